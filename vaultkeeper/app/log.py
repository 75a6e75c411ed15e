"""`log`: an interaction into the note of the first contact, the others as participants (CLI.md)."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from vaultkeeper.app.change import Change, plan_edit
from vaultkeeper.app.find import find_contact
from vaultkeeper.app.follow_up import spell_promise
from vaultkeeper.app.gather import gather
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.cadence import cadence_of, next_contact
from vaultkeeper.domain.duration import say_day
from vaultkeeper.domain.interaction import KINDS
from vaultkeeper.domain.link import link_key, spell_link
from vaultkeeper.domain.summary import summarise
from vaultkeeper.errors import BadInput, UnsafeNote
from vaultkeeper.notes.entry import write_entry
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.insert import add_entry, add_follow_up
from vaultkeeper.notes.log import LogReader
from vaultkeeper.notes.note import read_note
from vaultkeeper.notes.outline import outline
from vaultkeeper.notes.spoken import read_said
from vaultkeeper.storage.index import Index


class LogRequest(NamedTuple):
    """What to log; options win over what `text` says. The note of the first of `names` is written."""

    names: Sequence[str]
    text: str
    channel: str | None = None
    direction: str | None = None
    kinds: Sequence[str] = ()
    day: date | None = None
    time: str | None = None
    follow_up: str | None = None
    follow_up_due: date | None = None


class Logged(NamedTuple):
    """`entry` is the line as written, without its bullet; `day` its date."""

    changes: tuple[Change, ...]
    path: str
    entry: str
    day: date


def plan_log(vault: Vault, index: Index, request: LogRequest, today: date) -> Logged:
    """Raises NotFound, Ambiguous, BadInput, UnsafeNote; writes nothing."""
    paths = list(dict.fromkeys(find_contact(index, name, reading=False) for name in request.names))
    day, entry, more = spell_entry(vault, index, request, paths[1:], today)
    promise = request.follow_up
    task = None if promise is None else spell_promise(vault, promise, request.follow_up_due, today)

    add = entry_edit(vault, paths[0], entry, more)

    def edit(note: str) -> str:
        after = add(note)
        if task is not None:
            body = parse(after, paths[0])[0].body
            after = add_follow_up(after, body, task, vault.reading.follow_ups, vault.reading.heading)
        return after

    return Logged((plan_edit(vault, paths[0], edit),), paths[0], entry, day)


def entry_edit(vault: Vault, path: str, entry: str, more: str) -> Callable[[str], str]:
    """Adds `entry` (a line without its bullet, and `more` below it) to a note's log. Raises UnsafeNote where
    it would not be read back."""
    reading = vault.reading

    def edit(note: str) -> str:
        body = parse(note, path)[0].body
        after = add_entry(note, body, entry, more, reading.heading, reading.newest_first)
        _check_added(vault, path, note, after)
        return after

    return edit


def spell_entry(
    vault: Vault, index: Index, request: LogRequest, others: Sequence[str], today: date
) -> tuple[date, str, str]:
    """The day; the entry's line without its bullet, `with` the contacts at `others`; the lines below it."""
    channels = vault.reading.channels
    said = read_said(request.text, channels, today)
    day = request.day or said.day or today
    head = said.head
    first, *rest = (line.strip() for line in (head.text or "").splitlines() or [""])
    known = {link_key(target) for target in head.participants}
    links = [spell(index, path) for path in others if link_key(path) not in known]
    entry = write_entry(
        day,
        " ".join([first, *_tags(request.kinds, head.text)]).strip(),
        channels,
        time=request.time or said.time,
        channel=request.channel or head.channel,
        direction=request.direction or (head.direction if head.explicit else None),
        people=(*(f"[[{target}]]" for target in head.participants), *links),
    )
    return day, entry, "\n".join(rest)


def after_log(vault: Vault, index: Index, logged: Logged, today: date) -> tuple[str, str]:
    """The contact's name, and what follows from the entry: when they are due next."""
    change = logged.changes[0]
    note = read_note(change.after, logged.path, vault.reading)
    assert note.contact is not None
    entries, promises = gather(index, logged.path)
    others = [entry for entry in entries if entry.path != logged.path]
    summary = summarise(note.contact, (*note.interactions, *others), promises)
    cadence = cadence_of(note.contact, vault.policy)
    due = next_contact(summary, vault.policy, today)
    if logged.day > today:
        return note.contact.name, f"Planned for {say_day(logged.day, today)}."
    if cadence is None or due is None:
        return (
            note.contact.name,
            f'No cadence: vk set "{note.contact.name}" tier=B would bring them back in time.',
        )
    return note.contact.name, f"Next: {say_day(due, today)} ({cadence.words()})."


def spell(index: Index, path: str) -> str:
    """The link to a contact's note, as Obsidian resolves it."""
    summary = index.summary(path)
    stem = path.rsplit("/", 1)[-1][:-3]
    name = summary.contact.name if summary is not None else stem
    return spell_link(path, name, len(index.paths_of(link_key(path))))


def _tags(kinds: Sequence[str], text: str) -> list[str]:
    tags = [f"#{kind.removeprefix('#').lower()}" for kind in kinds]
    unknown = [tag for tag in tags if tag[1:] not in KINDS]
    if unknown:
        raise BadInput(f"unknown kind {unknown[0][1:]!r}; one of {', '.join(KINDS)}")
    return [tag for tag in dict.fromkeys(tags) if tag not in text.split()]


def _check_added(vault: Vault, path: str, before: str, after: str) -> None:
    """What was written must be read back as one entry more; else nothing is written at all."""

    def count(text: str) -> int:
        note = outline(text, parse(text, path)[0].body)
        reading = vault.reading
        return len(LogReader(note, path, reading.heading, reading.channels).read().interactions)

    if count(after) != count(before) + 1:
        raise UnsafeNote(
            f"{path}: an entry at the end of its {vault.reading.heading} section would not be read back"
            " (an unclosed code fence?); the note is left as it is"
        )
