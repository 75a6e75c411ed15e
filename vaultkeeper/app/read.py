"""The vault's notes, read into what the index stores of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.conflict_copy import possible_original, sure_original
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.digest import blake2b
from vaultkeeper.domain.link import link_key
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.notes.note import Note, in_folders, read_note
from vaultkeeper.notes.reading import Reading
from vaultkeeper.storage.files import Files
from vaultkeeper.storage.row import Record, Row, record_of

_SOME = 64  # notes read in one go
MANY = 2000  # notes to be read anew: for fewer, to start workers takes longer


class Read(NamedTuple):
    """A note that was read: whether there were no bytes to be had, and what the index stores of it: None
    where they are those that are known."""

    path: str
    failed: bool
    record: Record | None


class Reader:
    """`known` are digests of notes that need not be read again; `others` the paths of all notes."""

    def __init__(
        self, files: Files, reading: Reading, known: Mapping[str, bytes], others: Collection[str]
    ) -> None:
        self._files, self._reading, self._known, self._others = files, reading, known, others

    def read_all(self, paths: Iterable[str]) -> list[Read]:
        return [self.read(path) for path in paths]

    def read(self, path: str) -> Read:
        data, problem = self._bytes(path)
        digest = blake2b(data or str(problem).encode())
        record = None
        if self._known.get(path) != digest:
            record = record_of(self._row(path, data, problem)._replace(digest=digest))
        return Read(path, data is None, record)

    def _bytes(self, path: str) -> tuple[bytes | None, Problem | None]:
        try:
            return self._files.read(path).data, None
        except VaultkeeperError as error:
            message = str(error).removeprefix(f"{path}:1: ").removeprefix(f"{path}: ")
            return None, Problem(path, 1, message, unsafe=True)

    def _row(self, path: str, data: bytes | None, problem: Problem | None) -> Row:
        """One in a people folder that cannot be read is a contact of whom nothing is known but the name."""
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
            known = in_folders(path, self._reading.people)
            note = Note(path, "contact", Contact(path, stem), {}) if known else Note(path, "other")
            note = note._replace(problems=(problem,) if known else ())
        else:
            note = self._not_a_copy(read_note(text, path, self._reading))
        names = frozenset(_names(note.contact)) if note.contact is not None else frozenset()
        return Row(
            *(path, link_key(path), note.problems, note.contact, note.properties, note.interactions),
            note.follow_ups,
            names=tuple(names),
            text=text if note.contact is not None else "",
            event=note.event,
            news=note.news,
            asides=tuple((link_key(mention.target), mention) for mention in note.asides),
        )

    def _not_a_copy(self, note: Note) -> Note:
        """A conflict copy of a contact's note is a problem, and nobody (FORMAT.md section 2)."""
        if note.contact is None:
            return note
        original = sure_original(note.path)
        if original is None:
            possible = possible_original(note.path)
            if possible in self._others and possible is not None and self._tells_the_same(note, possible):
                original = possible
        if original is None:
            return note
        message = f"looks like a conflict copy of {original}; it is not counted"
        mend = "Compare the two, take over what is new, and delete the copy."
        return Note(note.path, "other", problems=(Problem(note.path, 1, message, mend=mend),))

    def _tells_the_same(self, note: Note, original: str) -> bool:
        """Whether neither the notes' own names, nor addresses, nor first entries differ."""
        try:
            other = read_note(self._files.read(original).text, original, self._reading)
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


class Task(NamedTuple):
    """What a worker is told: whose vault, and how to read it."""

    root: Path
    state: Path
    reading: Reading
    known: Mapping[str, bytes]
    others: Collection[str]


@contextmanager
def reading(
    vault: Vault, paths: Sequence[str], changed: int, known: Mapping[str, bytes], others: Collection[str]
) -> Iterator[Iterable[list[Read]]]:
    """The notes at `paths`, some at a time, in their order: by workers, one a core, if many seem `changed`.

    `known` and `others` as for a Reader."""
    parts = (paths[at : at + _SOME] for at in range(0, len(paths), _SOME))
    reader = Reader(vault.files, vault.reading, known, others)
    if changed < MANY:
        yield map(reader.read_all, parts)
        return
    from vaultkeeper.storage.worker import Workers, how_many

    task = Task(vault.root, vault.state, vault.reading, known, frozenset(others))
    with Workers(how_many(), __name__, serve.__name__, task) as workers:
        yield workers.each(parts, reader.read_all)


def serve() -> None:
    """What a worker runs."""
    from vaultkeeper.storage.worker import work

    work(lambda task: Reader(Files(task.root, task.state), *task[2:]).read_all)


def _names(contact: Contact) -> Iterator[tuple[str, bool]]:
    """What the contact is found by: (folded, whether it is a whole name); each further word begins one."""
    stem = contact.path.rsplit("/", 1)[-1][:-3]
    for name in {contact.name, stem, *contact.aliases}:
        folded = fold(name)
        yield folded, True
        words = folded.split(" ")
        for at in range(1, len(words)):
            yield " ".join(words[at:]).lstrip("([\"'"), False
