"""A CSV read row by row, so that one bad row costs itself alone.

The csv module takes an opened quote that is never closed for a cell that holds the rest of the file. Here
such a row is told with its line, and reading goes on with the next line.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from vaultkeeper.domain.naming import fold, plain
from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.interop.encoding import decode
from vaultkeeper.interop.format import Asked, Source

_LINES = re.compile(r"\r\n|\n|\r")
_DELIMITERS = (",", ";", "\t")
_LONGEST = 2000  # lines of one row: a long message
_HEADER_BY = 40  # lines of preamble
_LARGEST = 10_000_000  # characters of a cell


class Row(NamedTuple):
    """`line` from 1. `cells`: header, folded → text, stripped; of a column that stands twice, the first."""

    line: int
    cells: dict[str, str]


class Table(NamedTuple):
    """`header` as it stands there; `rows` without blank ones."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    said: tuple[str, ...] = ()


Known = Callable[[Sequence[str], Sequence[str]], Sequence[str] | None]


def read_table(text: str, name: str, known: Known, *, padded: bool = False) -> Table | None:
    """The rows under the header, which is the first of `text` for which `known(cells, next row)` gives names
    for the columns; None where there is none.

    A row with more cells than the header has, or with fewer unless `padded`, is a problem.
    """
    lines = _LINES.split(text)
    for at in range(min(len(lines), _HEADER_BY)):
        for delimiter in _DELIMITERS:
            records = _records(lines, at, delimiter)
            head, below = next(records, None), next(records, None)
            if head is None or head[1] is None or not lines[at].strip():
                continue
            names = known(head[1], (below[1] or ()) if below else ())
            if names is not None:
                return _under(lines, at, delimiter, tuple(head[1]), names, name, padded)
    return None


def open_table(source: Source, asked: Asked, known: Known, expected: str, *, padded: bool = False) -> Table:
    """The table in `source`, as read_table gives it; what there is to tell of its encoding goes into `said`.

    Raises VaultkeeperError, with what was `expected`, where there is no header.
    """
    text, told = decode(source.stream.read(), source.name, asked.encoding)
    table = read_table(text, source.name, known, padded=padded)
    if table is None:
        first = next((line for line in text.splitlines() if line.strip()), "")[:200]
        found = f"; it begins with: {plain(first)}" if first else "; it is empty"
        raise VaultkeeperError(f"{source.name}:1: {expected}{found}")
    return table._replace(said=(told,) if told else ())


def _under(
    lines: list[str],
    at: int,
    delimiter: str,
    header: tuple[str, ...],
    names: Sequence[str],
    name: str,
    padded: bool,
) -> Table:
    rows: list[Row] = []
    problems: list[Problem] = []
    records = _records(lines, at, delimiter)
    next(records)
    keys = [fold(one) for one in names]
    for number, cells in records:
        if cells is None:
            message = "a quote in this row is never closed, or stands within a cell; the row is left out"
            problems.append(Problem(name, number, message, mend="Correct the row, and import again."))
        elif len(cells) > len(keys) and any(cell.strip() for cell in cells[len(keys) :]):
            said = f"{len(cells)} cells where the header has {len(keys)}; the row is left out"
            problems.append(Problem(name, number, said, mend="Put a cell that holds a comma in quotes."))
        elif not any(cell.strip() for cell in cells):
            continue
        elif len(cells) < len(keys) and not padded:
            said = f"{len(cells)} cells where the header has {len(keys)} (cut off?); the row is left out"
            problems.append(Problem(name, number, said))
        else:
            found: dict[str, str] = {}
            for key, cell in zip(keys, cells, strict=False):
                found.setdefault(key, cell.strip())
            rows.append(Row(number, found))
    return Table(header, tuple(rows), tuple(problems))


def _records(lines: list[str], at: int, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """(line from 1, cells) of each record from index `at` on; None for one that can't be read."""
    csv.field_size_limit(_LARGEST)
    while at < len(lines):
        count = _span(lines, at)
        cells = _cells(lines[at : at + count], delimiter) if count else None
        if lines[at] or count > 1:
            yield at + 1, cells
        at += count if cells is not None else 1


def _span(lines: list[str], at: int) -> int:
    """How many lines the record at index `at` takes: until its quotes are closed; 0 where they never are."""
    quotes = 0
    for end in range(at, min(at + _LONGEST, len(lines))):
        quotes += lines[end].count('"')
        if quotes % 2 == 0:
            return end - at + 1
    return 0


def _cells(lines: list[str], delimiter: str) -> list[str] | None:
    try:
        rows = list(csv.reader(["\n".join(lines)], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else [] if not rows else None
