"""`add`: a new contact's note, from a template (CLI.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vaultkeeper.app.change import Change, plan_new
from vaultkeeper.app.find import find_contact
from vaultkeeper.app.log import spell
from vaultkeeper.app.properties import ReadDay, Value, check_value
from vaultkeeper.app.vault import TEMPLATES, Vault
from vaultkeeper.domain.naming import fold, plain, safe_stem
from vaultkeeper.errors import BadInput, VaultkeeperError
from vaultkeeper.notes.entry import write_entry
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.front_matter_edit import set_value
from vaultkeeper.notes.insert import add_entry
from vaultkeeper.notes.spoken import read_said
from vaultkeeper.render.template import Templates
from vaultkeeper.storage.index import Index


@dataclass(frozen=True, slots=True)
class NewContact:
    """`values`: our keys with the texts given for each. `log` is a first entry as typed."""

    name: str
    values: Mapping[str, Sequence[str]]
    log: str | None = None
    folder: str | None = None


def plan_add(vault: Vault, index: Index, new: NewContact, today: date, read_day: ReadDay) -> Change:
    """Raises VaultkeeperError where that name is taken, BadInput for a value its key can't hold."""
    name = plain(new.name)
    stem = safe_stem(name)
    if not stem:
        raise BadInput(f"{new.name!r} leaves nothing to name a file by")
    folder = new.folder if new.folder is not None else vault.layout.people[0]
    path = f"{folder}/{stem}.md" if folder not in ("", ".") else f"{stem}.md"
    _check_free(vault, index, name, path)
    template = Templates(vault.root / TEMPLATES)
    text = template.render("contact.md", name=name, today=today, log=vault.reading.heading)
    if stem != name:
        text = set_value(text, "name", name)
    for key, values in new.values.items():
        if values:
            text = set_value(text, key, _value(vault, index, key, values, read_day))
    if new.log:
        text = _with_entry(vault, text, path, new.log, today)
    return plan_new(vault, path, text)


def _check_free(vault: Vault, index: Index, name: str, path: str) -> None:
    taken = [other for _, other in index.named(fold(name), how="whole")]
    if (vault.root / path).exists():
        taken = [path]
    if taken:
        raise VaultkeeperError(
            f"{taken[0]} is {name} already; another person of that name gets a note of their own"
            f" as, say, {name + ' (Acme)'!r}"
        )


def _value(vault: Vault, index: Index, key: str, values: Sequence[str], read_day: ReadDay) -> Value:
    if key == "introduced_by":
        return spell(index, find_contact(index, values[0], reading=False))
    checked = [check_value(key, value, tuple(vault.policy.tiers), read_day) for value in values]
    if isinstance(checked[0], list):
        return [item for one in checked if isinstance(one, list) for item in one]
    return checked[0] if len(checked) == 1 else [str(value) for value in checked]


def _with_entry(vault: Vault, text: str, path: str, said: str, today: date) -> str:
    entry = read_said(said, vault.reading.channels, today)
    head = entry.head
    line = write_entry(
        entry.day or today,
        head.text,
        vault.reading.channels,
        time=entry.time,
        channel=head.channel,
        direction=head.direction if head.explicit else None,
        people=tuple(f"[[{target}]]" for target in head.participants),
    )
    body = parse(text, path)[0].body
    return add_entry(text, body, line, "", vault.reading.heading, vault.reading.newest_first)
