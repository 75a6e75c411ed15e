"""Notes into the index: those that changed are read, and whom they tell of is summed up anew.

A part of `refresh`, and apart from it since most commands find nothing changed and need no reader.
"""

from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b

from vaultkeeper.app.gather import gather
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.conflict_copy import possible_original, sure_original
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.link import link_key
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.place import Problem
from vaultkeeper.domain.summary import summarise
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.notes.note import Note, in_folders, read_note
from vaultkeeper.storage.index import Index, Seen
from vaultkeeper.storage.row import Row
from vaultkeeper.storage.scan import Stamp

_GRAIN = 2_000_000_000  # ns: the coarsest clock of a common filesystem (FAT)


class Update:
    """One transaction's worth of change: the notes of a scan into the index."""

    def __init__(self, vault: Vault, index: Index, seen: dict[str, Seen], now: int, full: bool) -> None:
        self._vault, self._index, self._seen, self._now, self._full = vault, index, seen, now, full
        self._keys: set[str] = set()
        self._put: set[str] = set()
        self._let_go: set[str] = set()
        self._notes: dict[str, Stamp] = {}
        self._counts = {"added": 0, "modified": 0, "removed": 0}

    def run(self, notes: dict[str, Stamp], progress: Callable[[int, int], None] | None) -> dict[str, int]:
        self._notes = notes
        for path in [path for path in self._seen if path not in notes]:
            self._remove(path, "removed")
            del self._seen[path]
        todo = [path for path, stamp in notes.items() if self._full or self._is_new(path, stamp)]
        for number, path in enumerate(sorted(todo), 1):
            self._take(path, notes[path])
            if progress is not None:
                progress(number, len(todo))
        self._sum_up()
        self._index.put_seen(self._seen)
        return self._counts

    def _is_new(self, path: str, stamp: Stamp) -> bool:
        before = self._seen.get(path)
        return before is None or before[0] != stamp or before[2]

    def _take(self, path: str, stamp: Stamp) -> None:
        before = self._seen.get(path)
        data, problem = _read(self._vault, path)
        digest = blake2b(data or str(problem).encode(), digest_size=16).digest()
        doubtful = max(stamp[0], stamp[3]) > self._now - _GRAIN or data is None
        self._seen[path] = (stamp, digest, doubtful)
        if before is not None and before[1] == digest and not self._full:
            return
        was_contact = before is not None and self._remove(path, None)
        row = _row(self._vault, path, data, problem, self._notes)
        self._index.put(row)
        self._put.add(row.key)
        self._keys |= row.mentions | {row.key}
        if row.contact is not None:
            self._counts["modified" if was_contact else "added"] += 1
        elif was_contact:
            self._counts["removed"] += 1

    def _remove(self, path: str, count: str | None) -> bool:
        """Whether it was a contact's."""
        was_contact = self._index.summary(path) is not None
        gone = self._index.remove(path)
        self._keys |= gone
        self._let_go |= gone - {link_key(path)}
        if count is not None and was_contact:
            self._counts[count] += 1
        return was_contact

    def _sum_up(self) -> None:
        """Contacts that other notes count for, or did before, are summed up anew."""
        mentioned = self._index.mentioned() | self._let_go
        keys = {key for key in self._keys if key in mentioned or key not in self._put}
        for path in self._index.contacts_of(keys):
            summary = self._index.summary(path)
            if summary is not None:
                told = gather(self._index, path)
                self._index.put_summary(path, summarise(summary.contact, *told))


def _read(vault: Vault, path: str) -> tuple[bytes | None, Problem | None]:
    try:
        return vault.files.read(path).data, None
    except VaultkeeperError as error:
        message = str(error).removeprefix(f"{path}:1: ").removeprefix(f"{path}: ")
        return None, Problem(path, 1, message, unsafe=True)


def _row(
    vault: Vault, path: str, data: bytes | None, problem: Problem | None, others: Mapping[str, Stamp]
) -> Row:
    """A note in a people folder that cannot be read is a contact of whom nothing is known but the name."""
    text = ""
    if data is not None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            message = f"not UTF-8 (byte 0x{data[error.start]:02x})"
            problem = Problem(path, line, message, unsafe=True, mend="Save the note as UTF-8.")
    if problem is not None:
        stem = path.rsplit("/", 1)[-1][:-3]
        known = in_folders(path, vault.reading.people)
        note = Note(path, "contact", Contact(path, stem), {}) if known else Note(path, "other")
        note = note._replace(problems=(problem,) if known else ())
    else:
        note = _not_a_copy(vault, read_note(text, path, vault.reading), others)
    people = {link_key(target) for entry in note.interactions for target in entry.participants}
    people |= {link_key(target) for promise in note.follow_ups for target in promise.participants}
    names = frozenset(_names(note.contact)) if note.contact is not None else frozenset()
    return Row(
        *(path, link_key(path), note.problems, note.contact, note.properties, note.interactions),
        note.follow_ups,
        names=tuple(names),
        mentions=frozenset(people),
        text=text if note.contact is not None else "",
        event=note.event,
        news=note.news,
        asides=tuple((link_key(mention.target), mention) for mention in note.asides),
    )


def _not_a_copy(vault: Vault, note: Note, others: Mapping[str, Stamp]) -> Note:
    """A conflict copy of a contact's note is a problem, and nobody (FORMAT.md section 2)."""
    if note.contact is None:
        return note
    original = sure_original(note.path)
    if original is None:
        possible = possible_original(note.path)
        if possible in others and possible is not None and _tells_the_same(vault, note, possible):
            original = possible
    if original is None:
        return note
    message = f"looks like a conflict copy of {original}; it is not counted"
    mend = "Compare the two, take over what is new, and delete the copy."
    return Note(note.path, "other", problems=(Problem(note.path, 1, message, mend=mend),))


def _tells_the_same(vault: Vault, note: Note, original: str) -> bool:
    """Whether neither the notes' own names, nor addresses, nor first entries differ."""
    try:
        other = read_note(vault.files.read(original).text, original, vault.reading)
    except VaultkeeperError:
        return False
    if other.contact is None or note.contact is None:
        return False

    def told(one: Note) -> tuple[object, ...]:
        first = one.interactions[0] if one.interactions else None
        entry = (first.date, first.channel, first.text) if first is not None else None
        properties = one.properties or {}
        return properties.get("name"), one.contact.email if one.contact else (), entry

    return told(note) == told(other)


def _names(contact: Contact) -> Iterator[tuple[str, bool]]:
    """What the contact is found by: (folded, whether it is a whole name); each further word begins one."""
    stem = contact.path.rsplit("/", 1)[-1][:-3]
    for name in {contact.name, stem, *contact.aliases}:
        folded = fold(name)
        yield folded, True
        words = folded.split(" ")
        for at in range(1, len(words)):
            yield " ".join(words[at:]).lstrip("([\"'"), False
