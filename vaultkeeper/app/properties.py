"""`set`, `snooze`, `pause`, `resume`: values in the front matter, and nothing else in the note (CLI.md)."""

from collections.abc import Callable, Sequence
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
from vaultkeeper.storage.index import Index

Value = str | int | float | Sequence[str]
ReadDay = Callable[[str], date]


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
        for key in ("status", "snooze_until"):
            front_matter = parse(text, path)[0]
            written = key_in_note(key, front_matter, vault.reading.keys)
            if written in front_matter.properties:
                text = remove_key(text, written, path)
        if "prm-paused" in parse(text, path)[0].properties:
            text = remove_key(text, "prm-paused", path)
        return text

    return plan_edit(vault, path, edit)


def _step(vault: Vault, assignment: str, read_day: ReadDay) -> Callable[[str, str], str]:
    key, sign, value = split_assignment(assignment)
    written_value: Value = value
    if sign == "=" and value:
        written_value = check_value(key, value, tuple(vault.policy.tiers), read_day)
    elif sign == "+=" and KEYS.get(key) == "anniversaries":
        check_value(key, value, tuple(vault.policy.tiers), read_day)

    def step(text: str, path: str) -> str:
        front_matter = parse(text, path)[0]
        written = key_in_note(key, front_matter, vault.reading.keys)
        if sign == "+=":
            return add_item(text, written, value, path)
        if sign == "-=":
            return remove_item(text, written, value, path)
        if not value:
            return remove_key(text, written, path) if written in front_matter.properties else text
        return set_value(text, written, written_value, path)

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
                return [value]
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
                number = float(value)
                if not 0 <= number <= 3:
                    raise ValueError(f"{value} is not a number from 0 to 3")
                return int(number) if number.is_integer() else number
            case "status":
                if value.lower() not in STATUSES:
                    raise ValueError(f"{value!r} is not one of {', '.join(STATUSES)}")
                return value.lower()
    except ValueError as error:
        raise BadInput(f"{key}: {error}") from None
    if key == "introduced_by" and not value.startswith("["):
        return f"[[{value}]]"
    if key not in KEYS and value.isdecimal():
        return int(value)
    if key == "tier":
        known = next((tier for tier in tiers if tier.casefold() == value.casefold()), None)
        if known is None:
            raise BadInput(f"the config has no tier {value!r}; it has {', '.join(tiers)}")
        return known
    return value
