"""Google Contacts as CSV, in both forms: the present one (`First Name,…,Labels,E-mail 1 - Label,…`) and the
one before 2024 (`Name,Given Name,…,Group Membership,E-mail 1 - Type,…`).

Several values in one cell are parted by ` ::: `. Labels that begin with `* ` are Google's own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from vaultkeeper.domain.anniversary import parse_anniversary
from vaultkeeper.domain.card import FAMILY, Card, compose_name, make_values, part_links
from vaultkeeper.domain.naming import fold, plain
from vaultkeeper.domain.place import Problem
from vaultkeeper.interop.format import Asked, Parsed, Source
from vaultkeeper.interop.table import Row, open_table

_EXPECTED = "no header `First Name,…,E-mail 1 - Value,…`, as Google Contacts exports it"
_PARTED = " ::: "
_GIVEN = ("first name", "given name")
_FAMILY = ("last name", "family name")
_MOST = 50  # of numbered columns: E-mail 1 … E-mail 50


def parse(sources: Iterable[Source], asked: Asked) -> Parsed:
    cards: list[Card] = []
    problems: list[Problem] = []
    rows = nameless = 0
    said: list[str] = []
    for source in sources:
        table = open_table(source, asked, _names, _EXPECTED)
        said += table.said
        problems += table.problems
        rows += len(table.rows)
        for row in table.rows:
            card, wrong = _card(row, source.name)
            problems += wrong
            nameless += card is None
            cards += [card] if card is not None else []
    skipped = {"without a name": nameless} if nameless else {}
    return Parsed(tuple(cards), rows, tuple(problems), skipped, tuple(said))


def _names(header: Sequence[str], below: Sequence[str]) -> Sequence[str] | None:  # noqa: ARG001
    known = {fold(cell) for cell in header}
    theirs = known & {"labels", "group membership", "e-mail 1 - value", "phone 1 - value"}
    return header if theirs and known & {"name", *_GIVEN} else None


def _card(row: Row, name: str) -> tuple[Card | None, list[Problem]]:
    cells = row.cells
    whole = _name(row)
    company = next(_numbered(row, "organization", "name"), "") or cells.get("organization name", "")
    whole = whole or plain(company)
    if not whole:
        return None, []
    problems: list[Problem] = []
    birthday = _day(cells.get("birthday", ""), row, name, "birthday", problems)
    dates = [
        f"{day} {label}".strip()
        for label, value in _labelled(row, "event")
        if (day := _day(value, row, name, "event", problems))
    ]
    linkedin, links = part_links(_numbered(row, "website", "value"))
    values = make_values(
        aliases=cells.get("nickname", ""),
        company=company,
        title=next(_numbered(row, "organization", "title"), "") or cells.get("organization title", ""),
        email=_numbered(row, "e-mail", "value"),
        phone=_numbered(row, "phone", "value"),
        address=[", ".join(text.splitlines()) for text in _numbered(row, "address", "formatted")][:1],
        location=_place(row),
        linkedin=linkedin,
        links=links,
        interests=cells.get("hobby", "").split(_PARTED),
        family=[f"{name}, {kind}" for kind, name in _labelled(row, "relation") if kind in FAMILY],
        birthday=birthday,
        special_dates=dates,
        tags=_tags(row),
    )
    remarks = [line for line in cells.get("notes", "").splitlines() if line.strip()]
    remarks += [f"{label}: {value}" for label, value in _labelled(row, "custom field") if label]
    return Card(row.line, whole, values, remarks=tuple(remarks)), problems


def _name(row: Row) -> str:
    cells = row.cells
    if whole := plain(cells.get("name", "")):
        return whole
    given = next((cells[key] for key in _GIVEN if cells.get(key)), "")
    middle = cells.get("middle name", "") or cells.get("additional name", "")
    family = next((cells[key] for key in _FAMILY if cells.get(key)), "")
    suffix = cells.get("name suffix", "")
    return compose_name(f"{given} {middle}", f"{family} {suffix}") or plain(cells.get("file as", ""))


def _numbered(row: Row, what: str, part: str) -> Iterator[str]:
    """The values of `E-mail 1 - Value`, `E-mail 2 - Value` …, each parted where it holds several."""
    for number in range(1, _MOST):
        cell = row.cells.get(f"{what} {number} - {part}")
        if cell is None:
            return
        yield from (value for value in cell.split(_PARTED) if value.strip())


def _labelled(row: Row, what: str) -> Iterator[tuple[str, str]]:
    """(label, value) of `Event 1 - Label`, `Event 1 - Value` …; the older form says `Type`."""
    for number in range(1, _MOST):
        value = row.cells.get(f"{what} {number} - value")
        if value is None:
            return
        label = row.cells.get(f"{what} {number} - label") or row.cells.get(f"{what} {number} - type") or ""
        for one in value.split(_PARTED):
            if one.strip():
                yield label.removeprefix("* ").lower(), one.strip()


def _place(row: Row) -> str:
    parts = (row.cells.get(f"address 1 - {part}", "") for part in ("city", "country"))
    return ", ".join(plain(part) for part in parts if part) or plain(row.cells.get("location", ""))


def _tags(row: Row) -> list[str]:
    labels = (row.cells.get("labels", "") or row.cells.get("group membership", "")).split(_PARTED)
    return [label for label in labels if not label.strip().startswith("* ")]


def _day(text: str, row: Row, name: str, what: str, problems: list[Problem]) -> str:
    """ISO, the year left out where Google has none; a problem where it is no day."""
    bare = re.sub(r"^\s*--?(?=\d\d-)", "", text.strip())
    if not bare:
        return ""
    try:
        return parse_anniversary(bare).iso()
    except ValueError as error:
        problems.append(Problem(name, row.line, f"{what}: {error}; it is left out"))
        return ""
