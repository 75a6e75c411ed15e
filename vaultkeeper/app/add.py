"""`add`: a new contact's note, from a template (CLI.md)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from unicodedata import normalize

from vaultkeeper.app.change import Change, plan_new
from vaultkeeper.app.find import find_contact
from vaultkeeper.app.log import LogRequest, spell, spell_entry
from vaultkeeper.app.properties import ReadDay, Value, check_value
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.link import link_key, resolve_link, spell_link
from vaultkeeper.domain.naming import fold, plain, safe_stem
from vaultkeeper.errors import BadInput, VaultkeeperError
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.front_matter_edit import set_value
from vaultkeeper.notes.insert import add_entry
from vaultkeeper.notes.links import find_links
from vaultkeeper.notes.note import read_note
from vaultkeeper.storage.index import Index


class NewContact(NamedTuple):
    """`values`: our keys with the texts given for each. `log` is a first entry as typed."""

    name: str
    values: Mapping[str, Sequence[str]]
    log: str | None = None
    folder: str | None = None


def plan_add(vault: Vault, index: Index, new: NewContact, today: date, read_day: ReadDay) -> Change:
    """Raises VaultkeeperError where that name is taken, BadInput for a value its key can't hold."""
    name = normalize("NFC", plain(new.name))
    stem = safe_stem(name)
    if not stem:
        raise BadInput(f"{new.name!r} leaves nothing to name a file by")
    folder = _folder(vault, new.folder)
    path = f"{folder}/{stem}.md" if folder else f"{stem}.md"
    _check_free(vault, index, name, path)
    text = note_text(vault, name, today)
    for key, values in new.values.items():
        if values:
            if key == "met" and read_day(values[0]) > today:
                raise BadInput(f"met {values[0]!r} is in the future; a meeting to come is an entry: --log")
            text = set_value(text, key, _value(vault, index, key, values, read_day))
    day = _day_of_event(index, new.values.get("met_at", ()), path)
    if day is not None and day <= today and not new.values.get("met"):
        text = set_value(text, "met", day.isoformat())
    if read_note(text, path, vault.reading).contact is None:  # outside the people folders
        text = set_value(text, "type", "contact")
    if new.log:
        _, entry, more = spell_entry(vault, index, LogRequest((), new.log), (), today)
        body = parse(text, path)[0].body
        text = add_entry(text, body, entry, more, vault.reading.heading, vault.reading.newest_first)
    return plan_new(vault, path, text)


def _day_of_event(index: Index, met_at: Sequence[str], source: str) -> date | None:
    """The first day of the event that `met_at` links to."""
    for link in find_links(" ".join(met_at)):
        found = resolve_link(link.target, source, index.paths_of(link_key(link.target)))
        return next((event.start for event in index.events() if event.path == found), None)
    return None


def _folder(vault: Vault, given: str | None) -> str:
    if given is None:
        return vault.layout.people[0] if vault.layout.people else ""
    return vault.folder_for_notes("--folder", given)


def note_text(vault: Vault, name: str, today: date) -> str:
    """A new note for `name`, from the template contact.md."""
    template = vault.templates()
    text = template.render("contact.md", name=name, today=today, log=vault.reading.heading)
    return text if safe_stem(name) == name else set_value(text, "name", name)


def _check_free(vault: Vault, index: Index, name: str, path: str) -> None:
    taken = [other for _, other in index.named(fold(name), how="whole")]
    if (vault.root / path).exists():
        taken = [path]
    if taken:
        raise VaultkeeperError(
            f"{taken[0]} is {name} already; another person of that name gets a note of their own"
            f" as, say, {name + ' (Acme)'!r}"
        )


def spell_event(index: Index, place: str) -> str:
    """The link to the one event of that name; `place` as it is where there is none."""
    said = fold(place)
    found = [e.path for e in index.events() if said in (fold(e.title), fold(e.path.rsplit("/", 1)[-1][:-3]))]
    if len(found) != 1:
        return place
    return spell_link(found[0], found[0].rsplit("/", 1)[-1][:-3], len(index.paths_of(link_key(found[0]))))


def _value(vault: Vault, index: Index, key: str, values: Sequence[str], read_day: ReadDay) -> Value:
    if key == "introduced_by":
        return spell(index, find_contact(index, values[0], reading=False))
    if key == "met_at":
        return spell_event(index, values[0])
    checked = [check_value(key, value, tuple(vault.policy.tiers), read_day) for value in values]
    if isinstance(checked[0], list):
        return [item for one in checked if isinstance(one, list) for item in one]
    return checked[0] if len(checked) == 1 else [str(value) for value in checked]
