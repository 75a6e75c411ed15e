"""Any CSV with a header: `--map KEY=COLUMN` says which column is what; a column called like one of our keys
is that without being mapped. `name=First+Last` joins columns by a blank; `notes=COLUMN` becomes remarks.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vaultkeeper.domain.anniversary import parse_anniversary
from vaultkeeper.domain.card import JOINED, Card, make_values
from vaultkeeper.domain.contact import KEYS
from vaultkeeper.domain.naming import fold, plain
from vaultkeeper.domain.place import Problem
from vaultkeeper.interop.format import Asked, Parsed, Source
from vaultkeeper.interop.spelled_date import date_reader
from vaultkeeper.interop.table import Row, Table, open_table

_PARTED = re.compile(r"\s*(?:;|:::|\n)\s*")
_GUARD = re.compile(r"\A'(?='*[=+\-@\t\r\n])")  # what keeps a spreadsheet from taking a text for a formula
_DERIVED = ("next_contact", "last_contact")
_UID = "uid"
_REMARKS = "notes"  # as `--map notes=COLUMN`: lines of the note's section of that name
_CALLED = "contact"  # the name's column in our own export


def parse(sources: Iterable[Source], asked: Asked) -> Parsed:
    cards: list[Card] = []
    problems: list[Problem] = []
    said: list[str] = []
    rows = nameless = 0
    expected = (
        "no header has all the columns that --map names"
        if "name" in asked.columns
        else "no column is called `name`; say which one is the name with --map name=COLUMN"
    )
    for source in sources:
        table = open_table(
            source, asked, lambda header, _: _named(header, asked.columns), expected, padded=True
        )
        said += table.said
        columns = _columns(table.header, asked.columns)
        problems += table.problems
        rows += len(table.rows)
        for card in _cards(table, columns, source.name, problems):
            nameless += card is None
            cards += [card] if card is not None else []
    skipped = {"without a name": nameless} if nameless else {}
    return Parsed(tuple(cards), rows, tuple(problems), skipped, tuple(said))


def _named(header: Sequence[str], mapped: Mapping[str, str]) -> Sequence[str] | None:
    columns = _columns(header, mapped)
    known = {fold(cell) for cell in header}
    return header if "name" in columns and all(set(parts) <= known for parts in columns.values()) else None


def _columns(header: Sequence[str], mapped: Mapping[str, str]) -> dict[str, list[str]]:
    """Key → the columns that make it, folded."""
    own = {fold(cell): [fold(cell)] for cell in header if fold(cell) in {*KEYS, _UID} - {*_DERIVED}}
    known = {fold(cell) for cell in header}
    if _CALLED in known:
        own.setdefault("name", [_CALLED])
    for key, column in mapped.items():
        whole = fold(column)
        own[key] = [whole] if whole in known else [fold(part) for part in column.split("+")]
    return own


def _cards(
    table: Table, columns: Mapping[str, list[str]], name: str, problems: list[Problem]
) -> Iterator[Card | None]:
    """None for a row without a name."""
    readers = {
        key: date_reader(_cell(row, parts) for row in table.rows)
        for key, parts in columns.items()
        if KEYS.get(key) == "date"
    }
    for row in table.rows:
        cells = {key: _cell(row, parts) for key, parts in columns.items()}
        for key, read_day in readers.items():
            if cells[key]:
                try:
                    cells[key] = read_day(cells[key]).isoformat()
                except ValueError:
                    _tell(problems, name, row, key, f"{cells[key]!r} is not a date")
                    cells[key] = ""
        for key in ("birthday", "special_dates"):
            cells[key] = "; ".join(_days(cells.get(key, ""), key, name, row, problems))
        uid = plain(cells.pop(_UID, ""))
        whole = plain(cells.pop("name"))
        remarks = tuple(line for line in cells.pop(_REMARKS, "").splitlines() if line.strip())
        values = make_values(**{key: _several(key, text) for key, text in cells.items()})
        yield Card(row.line, whole, values, uid, remarks=remarks) if whole else None


def _cell(row: Row, parts: Sequence[str]) -> str:
    return " ".join(filter(None, (_GUARD.sub("", row.cells.get(part, ""), count=1) for part in parts)))


def _several(key: str, text: str) -> list[str]:
    """Lists are parted by `;`, ` ::: ` or line ends; and tags by commas and blanks, too."""
    if key == "tags":
        return re.split(r"[\s,;]+", text)
    several = key in JOINED or KEYS.get(key) in ("list", "anniversaries")
    return _PARTED.split(text) if several or key == "network" else [text]


def _days(text: str, key: str, name: str, row: Row, problems: list[Problem]) -> list[str]:
    """Days that come back, as a note has them; one that is none is told."""
    found = []
    for one in filter(None, _PARTED.split(text)):
        try:
            day = parse_anniversary(one)
        except ValueError:
            try:
                day = parse_anniversary(date_reader([one])(one).isoformat())
            except ValueError as error:
                _tell(problems, name, row, key, str(error))
                continue
        found.append(f"{day.iso()} {day.label}".strip())
    return found


def _tell(problems: list[Problem], name: str, row: Row, key: str, message: str) -> None:
    problems.append(Problem(name, row.line, f"{key}: {message}; it is left out"))
