"""CSV, row by row: a bad row is told with its line, and costs no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkeeper.interop.table import Table, read_table

TAIL = "".join(f"g{n},h,i\n" for n in range(50))


def table(text: str, *, padded: bool = False) -> Table:
    found = read_table(text, "F", lambda header, _: header if header[0] == "A" else None, padded=padded)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ('d,"e,f\n', "F:3: a quote in this row is never closed"),
        ('d,"e"e,f\n', "F:3: a quote in this row is never closed, or stands within a cell"),
        ("d,e,f,g\n", "F:3: 4 cells where the header has 3"),
        ("d,e\n", "F:3: 2 cells where the header has 3"),
    ],
)
@pytest.mark.parametrize("tail", [TAIL, TAIL + 'x,"y, z",w\n', TAIL + 'x,"y\nz",w\n' * 3])
def test_one_bad_row_costs_itself_alone(bad: str, problem: str, tail: str) -> None:
    read = table(f"A,B,C\na,b,c\n{bad}{tail}")
    good = table(f"A,B,C\na,b,c\n{tail}")
    assert [row.cells for row in read.rows] == [row.cells for row in good.rows]
    assert len(read.problems) == 1
    assert str(read.problems[0]).startswith(problem)


def test_a_row_is_told_by_the_line_it_begins_on() -> None:
    read = table('A,B\n\n"one\ntwo",x\n\n\ny,z\nshort\n')
    assert [(row.line, row.cells["a"]) for row in read.rows] == [(3, "one\ntwo"), (7, "y")]
    assert read.problems[0].line == 8


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, end: str) -> None:
    lines = ["some preamble", "", "A,B,C", "a,b,c", "d,e,f"]
    read = table(end.join(lines).replace(",", delimiter))
    assert [tuple(row.cells.values()) for row in read.rows] == [("a", "b", "c"), ("d", "e", "f")]


def test_a_short_row_is_padded_where_people_write_the_file() -> None:
    assert table("A,B,C\na\n", padded=True).rows[0].cells == {"a": "a"}


def test_trailing_empty_cells_are_no_fault() -> None:
    assert not table("A,B\na,b,,\n").problems


@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), max_size=8))
def test_what_the_csv_module_writes_is_read(rows: list[list[str]]) -> None:
    import csv
    from io import StringIO

    clean = [[" ".join(cell.replace("\0", "").split()) for cell in row] for row in rows]
    out = StringIO()
    csv.writer(out).writerows([["A", "B", "C"], *clean])
    read = table(out.getvalue())
    assert not read.problems
    assert [list(row.cells.values()) for row in read.rows] == [row for row in clean if any(row)]


@given(st.text(alphabet='AB,;"\n\r\t a', max_size=60))
def test_any_text_is_read_to_its_end(text: str) -> None:
    read = read_table(f"A,B\n{text}\nlast,row\n", "F", lambda header, _: header)
    assert read is not None
    assert read.rows[-1].cells == {"a": "last", "b": "row"} or text.count('"') % 2
