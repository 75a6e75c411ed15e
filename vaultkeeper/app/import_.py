"""`import`: the people of another program into the vault, and what they and the user wrote to each other."""

import io
import os
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from vaultkeeper.app.change import Change
from vaultkeeper.app.import_plan import Planner, Row, known_persons
from vaultkeeper.app.refresh import Progress
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.card import Card
from vaultkeeper.domain.contact import KEYS
from vaultkeeper.domain.matching import assign
from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import BadInput, VaultkeeperError
from vaultkeeper.interop.format import FORMATS, Asked, Format, Parsed, Source
from vaultkeeper.storage.index import Index

_NO_MAIL = re.compile(r"(?i)(^|[./])(trash|junk|spam|drafts?|deleted[ _-].*|bulk mail)$|^tmp$")
_LARGEST = 1 << 30  # bytes of a file inside a ZIP: what is larger is no export of people


class ImportRequest(NamedTuple):
    """`file` may be a folder, a ZIP, or `-` for stdin. `where`: (key, pattern) pairs that must all hold.
    `since`, `until`: the first and the last day looked at."""

    format: str
    file: str
    until: date
    since: date | None = None
    into: str | None = None
    where: Sequence[tuple[str, str]] = ()
    me: tuple[str, ...] = ()
    columns: Mapping[str, str] = {}
    encoding: str | None = None
    overwrite: bool = False


class Plan(NamedTuple):
    """`read`: how many people, messages or events were in the file; `filtered` of the people were not asked
    for; `skipped`: reason → how many count for nobody."""

    rows: tuple[Row, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    read: int
    filtered: int
    skipped: Mapping[str, int]
    said: tuple[str, ...]

    def count(self, action: str) -> int:
        return sum(row.action == action for row in self.rows)

    @property
    def entries(self) -> int:
        """Of the logs, that it would write."""
        return sum(row.entries for row in self.rows if row.action != "left")


def plan_import(
    vault: Vault, index: Index, request: ImportRequest, today: date, progress: Progress | None = None
) -> Plan:
    """Writes nothing. Raises VaultkeeperError where the file can't be read, or holds no row that can."""
    form = FORMATS[request.format]
    persons = known_persons(index, vault.reading.keys)
    others = {key for person in persons for key in (*person.emails, person.profile) if key}
    asked = Asked(request.until, request.me, frozenset(others), request.columns, request.encoding)
    parsed = _read(form, request.file, asked)
    cards = _chosen(parsed.cards, request)
    assigned = assign(cards, persons, request.format, by_name=form.by_name)
    folder = _folder(vault, form, request.into)
    planner = Planner(vault, index, request.format, form, request.file, folder, request.overwrite, today)
    planned = planner.run(assigned, progress)
    return Plan(
        tuple(planned.rows),
        tuple(planned.changes),
        tuple(sorted((*parsed.problems, *planned.problems))),
        parsed.rows,
        len(parsed.cards) - len(cards),
        dict(parsed.skipped),
        parsed.said,
    )


def _read(form: Format, file: str, asked: Asked) -> Parsed:
    try:
        with ExitStack() as stack:
            parsed = form.parse(_sources(form, file, stack), asked)
    except OSError as error:
        raise VaultkeeperError(f"{error.filename or file}: cannot be read: {error.strerror}") from error
    if not parsed.rows:
        wrong = "".join(f"\n{problem}" for problem in parsed.problems[:10])
        raise VaultkeeperError(f"{file}: nothing to import: not one row was read{wrong}")
    return parsed


def _sources(form: Format, file: str, stack: ExitStack) -> Iterator[Source]:
    """Each file to be read, closed when the next one is asked for."""
    if file == "-":
        yield Source("-", sys.stdin.buffer)
        return
    path = Path(file)
    if path.is_dir():
        yield from _in_folder(form, path)
        return
    stream = stack.enter_context(path.open("rb"))
    if stream.peek(4)[:4] == b"PK\3\4":
        yield from _in_zip(form, file, stream)
    else:
        yield Source(file, stream)


def _in_folder(form: Format, folder: Path) -> Iterator[Source]:
    """The messages of a Maildir; else the files whose names end as the format's do."""
    files = _in_maildir(folder) if form.module == "mail" else []
    files = files or sorted(f for f in folder.iterdir() if f.is_file() and form.takes(f.name))
    if not files:
        raise VaultkeeperError(f"{folder}: no file of this format is in that folder")
    for file in files:
        with file.open("rb") as stream:
            yield Source(str(file), stream)


def _in_maildir(folder: Path) -> list[Path]:
    """The messages in it and in its folders (`.Sent`), but for what was thrown away or never sent."""
    found = []
    for inner, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not _NO_MAIL.search(one))
        if inner.rpartition(os.sep)[2] in ("cur", "new"):
            found += [Path(inner, file) for file in sorted(files)]
    return found


def _in_zip(form: Format, file: str, stream: BinaryIO) -> Iterator[Source]:
    """Of a data export, the files that are of the format."""
    try:
        archive = zipfile.ZipFile(stream)
        members = [m for m in archive.infolist() if form.takes(m.filename.rsplit("/", 1)[-1])]
        if not members:
            raise VaultkeeperError(f"{file}: the ZIP holds no {' or '.join(form.inside)}")
        for member in members:
            if member.file_size > _LARGEST:
                raise VaultkeeperError(f"{file}: {member.filename} is too large; unpack it, and import that")
            data = archive.read(member)
            yield Source(f"{file}/{member.filename}", cast(BinaryIO, io.BytesIO(data)))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise VaultkeeperError(f"{file}: the ZIP cannot be read: {error}") from error


def _chosen(cards: Sequence[Card], request: ImportRequest) -> list[Card]:
    """Raises BadInput where a `where` asks for what this file tells of nobody."""
    told = sorted({"name", *(key for card in cards for key in card.values)})
    for key, _ in request.where:
        if key not in told and key not in KEYS:
            raise BadInput(f"--where: nobody here has a {key!r}; they have {', '.join(told)}")
    chosen = [card for card in cards if all(card.has(key, pattern) for key, pattern in request.where)]
    if request.since is None:
        return chosen
    return [left for card in chosen if (left := card.since(request.since)) is not None]


def _folder(vault: Vault, form: Format, into: str | None) -> str:
    """For new notes: as asked for, else the format's own below the people folder."""
    people = vault.layout.people[0] if vault.layout.people else ""
    if into is not None:
        return vault.folder_for_notes("--into", into)
    return "/".join(filter(None, (people, form.folder or "")))
