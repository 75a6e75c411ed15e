"""People whom contact lines name and who have no note yet: `add --mentioned` makes them one."""

from datetime import date
from typing import NamedTuple

from vaultkeeper.app.add import note_text
from vaultkeeper.app.change import Change, plan_new
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.link import link_key, resolve_link, spell_link, target_path
from vaultkeeper.domain.naming import safe_stem
from vaultkeeper.errors import BadInput
from vaultkeeper.notes.front_matter_edit import set_value
from vaultkeeper.notes.note import read_note
from vaultkeeper.storage.index import Index


class Mentioned(NamedTuple):
    """A name, the link's target as written, and the first line that counts as contact with them."""

    name: str
    target: str
    day: date
    path: str
    line: int


def find_mentioned(index: Index) -> list[Mentioned]:
    """By day, then name; one each."""
    first: dict[str, Mentioned] = {}
    for key in index.unknown_keys():
        for told in index.mentioning(key):
            for entry in told.interactions:
                target = next(target for target in entry.participants if link_key(target) == key)
                if key not in first or entry.date < first[key].day:
                    whole = target_path(target)
                    name = whole.rsplit("/", 1)[-1]
                    first[key] = Mentioned(name, whole, entry.date, told.path, entry.line)
    return sorted(first.values(), key=lambda m: (m.day, m.name))


def plan_add_mentioned(
    vault: Vault, index: Index, today: date
) -> tuple[list[Change], list[tuple[Mentioned, str]]]:
    """A new note each, with the day you met, and the event of that day where there was one; and those to
    whom no note can be made, with the reason."""
    events = index.events()
    changes, left = [], []
    for mentioned in find_mentioned(index):
        path = _path(vault, mentioned)
        try:
            if resolve_link(mentioned.target, mentioned.path, (path,)) != path:
                raise BadInput(f"[[{mentioned.target}]] can lead to no note of that name; correct the link")
            vault.folder_for_notes(f"[[{mentioned.target}]]: the folder", path.rpartition("/")[0])
        except BadInput as error:
            left.append((mentioned, str(error)))
            continue
        text = note_text(vault, mentioned.name, today)
        if mentioned.day <= today:
            text = set_value(text, "met", mentioned.day.isoformat(), path)
            where = _where(mentioned, events)
            if where is not None:
                twins = len(index.paths_of(link_key(where)))
                name = where.rsplit("/", 1)[-1][:-3]
                text = set_value(text, "met_at", spell_link(where, name, twins), path)
        if read_note(text, path, vault.reading).contact is None:  # outside the people folders
            text = set_value(text, "type", "contact")
        changes.append(plan_new(vault, path, text))
    return changes, left


def _path(vault: Vault, mentioned: Mentioned) -> str:
    """Where the link leads, once the note is there."""
    folder, _, name = mentioned.target.rpartition("/")
    folder = folder or next(iter(vault.layout.people), "")
    return f"{folder}/{safe_stem(name)}.md" if folder else f"{safe_stem(name)}.md"


def _where(mentioned: Mentioned, events: list[Event]) -> str | None:
    """The event whose note names them, else the one that was on that day or ended the day before."""
    for event in events:
        if event.path == mentioned.path:
            return event.path
    day = mentioned.day
    on = [e.path for e in events if e.start <= day <= e.end]
    before = [e.path for e in events if days_after(e.end, 1) == day]
    return next(iter((*on, *before)), None)
