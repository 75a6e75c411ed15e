"""`set`, `snooze`, `pause`, `resume`: values in the front matter, and nothing else in the note (CLI.md)."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date

from vaultkeeper.app.change import Change, plan_edit
from vaultkeeper.app.find import find_contact
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.anniversary import parse_anniversary
from vaultkeeper.domain.contact import KEYS, STATUSES
from vaultkeeper.domain.duration import parse_duration
from vaultkeeper.errors import BadInput
from vaultkeeper.notes.fields import key_in_note
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.front_matter_edit import add_item, remove_item, remove_key, set_value
from vaultkeeper.notes.yaml_core import scalar
from vaultkeeper.notes.yaml_scalar import written
from vaultkeeper.storage.index import Index

Value = str | int | float | Sequence[str]
ReadDay = Callable[[str], date]

_HOLDS_SEVERAL = ("text", "list", "anniversaries")


def plan_set(
    vault: Vault, index: Index, names: Sequence[str], assignments: Sequence[str], read_day: ReadDay
) -> list[Change]:
    """Each of `assignments` is KEY=VALUE, KEY= (removes), KEY+=VALUE or KEY-=VALUE (a list's item).

    A known key's value is checked: raises BadInput for one that its key can't hold.
    """
    paths = dict.fromkeys(find_contact(index, name, reading=False) for name in names)
    return plan_set_paths(vault, list(paths), assignments, read_day)


def plan_set_paths(
    vault: Vault, paths: Sequence[str], assignments: Sequence[str], read_day: ReadDay
) -> list[Change]:
    """As `plan_set`, for notes by their paths."""
    steps = [_step(vault, assignment, read_day) for assignment in assignments]

    def edit_at(path: str) -> Callable[[str], str]:
        def edit(text: str) -> str:
            for step in steps:
                text = step(text, path)
            return text

        return edit

    return [plan_edit(vault, path, edit_at(path)) for path in paths]


def plan_snooze(vault: Vault, index: Index, name: str, until: date) -> Change:
    """`until` is the first day due again."""
    return plan_set(vault, index, [name], [f"snooze_until={until.isoformat()}"], date.fromisoformat)[0]


def plan_pause(vault: Vault, index: Index, name: str) -> Change:
    return plan_set(vault, index, [name], ["status=paused"], date.fromisoformat)[0]


def plan_resume(vault: Vault, index: Index, name: str) -> Change:
    """Active again: a status and a snooze are taken out, so that the default stands."""
    path = find_contact(index, name, reading=False)

    def edit(text: str) -> str:
        keys = vault.reading.keys
        for key in ("status", "snooze_until", "prm-paused"):
            for spelling in (key, *keys.get(key, ())):
                text = remove_key(text, spelling, path)
        return text

    return plan_edit(vault, path, edit)


def _step(vault: Vault, assignment: str, read_day: ReadDay) -> Callable[[str, str], str]:
    key, sign, value = split_assignment(assignment)
    if sign != "=" and KEYS.get(key, "list") not in _HOLDS_SEVERAL:
        raise BadInput(f"{key} holds one value: set it with {key}=VALUE")
    checked: Value = value
    if value and (key in KEYS or sign == "=") and sign != "-=":
        checked = check_value(key, value, tuple(vault.policy.tiers), read_day)

    def step(text: str, path: str) -> str:
        front_matter = parse(text, path)[0]
        place = key_in_note(key, front_matter, vault.reading.keys)
        if sign == "+=":
            for item in checked if isinstance(checked, list) else [value]:
                text = add_item(text, place, item, path)
            return text
        if sign == "-=":
            return remove_item(text, place, value, path)
        if not value:
            return remove_key(text, place, path) if place in front_matter.properties else text
        stays_text = key not in KEYS and isinstance(front_matter.properties.get(place), str)
        return set_value(text, place, value if stays_text else checked, path)

    return step


def split_assignment(assignment: str) -> tuple[str, str, str]:
    """(key, "=", "+=" or "-=", value). Raises BadInput where there is none of them."""
    key, equals, value = assignment.partition("=")
    if not equals or not key.strip(" +-"):
        raise BadInput(f"{assignment!r} is not KEY=VALUE, KEY+=VALUE, KEY-=VALUE or KEY= (to remove it)")
    sign = "="
    if key[-1] in "+-":
        sign, key = f"{key[-1]}=", key[:-1]
    if sign != "=" and not value.strip():
        raise BadInput(f"{assignment!r} names no value")
    return key.strip(), sign, value.strip()


def check_value(key: str, value: str, tiers: tuple[str, ...], read_day: ReadDay) -> Value:
    """`value` as it is written for `key`: lists as lists, days as ISO dates. Raises BadInput."""
    kind = KEYS.get(key, "line")
    try:
        match kind:
            case "list":
                return [value] if key != "tags" else _tags(value)
            case "anniversaries":
                parse_anniversary(value)
                return [value]
            case "anniversary":
                parse_anniversary(value)
            case "date":
                return read_day(value).isoformat()
            case "cadence":
                if value.lower() != "none":
                    parse_duration(value)
            case "number":
                return _number(value)
            case "status":
                if value.lower() not in STATUSES:
                    raise ValueError(f"{value!r} is not one of {', '.join(STATUSES)}")
                return value.lower()
    except ValueError as error:
        raise BadInput(f"{key}: {error}") from None
    if key == "introduced_by" and not value.startswith("["):
        return f"[[{value}]]"
    if key not in KEYS:
        return _typed(value)
    if key == "tier":
        known = next((tier for tier in tiers if tier.casefold() == value.casefold()), None)
        if known is None:
            raise BadInput(f"the config has no tier {value!r}; it has {', '.join(tiers)}")
        return known
    return value


def _tags(value: str) -> list[str]:
    """As Obsidian has them in a property: no `#`, and no blanks within."""
    tags = [tag.lstrip("#") for tag in value.replace(",", " ").split()]
    if not all(tags):
        raise ValueError(f"{value!r} is not a tag")
    return tags


def _number(value: str) -> int | float:
    with suppress(ValueError):
        number = float(value)
        if 0 <= number <= 3:
            return int(number) if number.is_integer() else number
    raise ValueError(f"{value!r} is not a number from 0 to 3")


def _typed(value: str) -> Value:
    """A number or a true or false, if that is how it would be written: `01234`, `+49` and `1e3` are texts."""
    plain = scalar(value)
    return plain if isinstance(plain, int | float) and written(plain) == value else value
