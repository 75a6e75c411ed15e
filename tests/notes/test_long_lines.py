"""Long lines that a naive pattern takes its length squared for: each is read at once, and rightly.

A pattern that goes back over the line again makes this file take minutes.
"""

from datetime import date

import pytest

from vaultkeeper.domain.channel import DIRECTIONS
from vaultkeeper.domain.link import link_key, target_path
from vaultkeeper.domain.naming import fold, safe_stem
from vaultkeeper.notes.entry import read_date, read_head, read_kinds
from vaultkeeper.notes.insert import add_entry
from vaultkeeper.notes.links import find_links, unlinked
from vaultkeeper.notes.log import LogReader
from vaultkeeper.notes.note import conflict_markers, read_note
from vaultkeeper.notes.outline import outline
from vaultkeeper.notes.reading import Reading
from vaultkeeper.notes.spoken import read_said
from vaultkeeper.notes.task import move, read_task, tick

SIZE = 50_000
DAY = date(2026, 11, 20)
UNITS = (
    *("[", "]", "(", ":", "#", " ", "\t", "`", "^", "|", "a", "1", "\r", "\u00a0", "é", "\U0001f4a5\ufe0f"),
    *("a: ", "[[", "[[a", "[[a]]", "[[a: ]]", "[[a]], ", "[a](", "[](<", "#a ", " #a", "# ", "- ", "- [ ] "),
    *(
        "📅 2026-01-01 ",
        "📅",
        "📅 ",
        "🔁",
        "🔁 ",
        "🔁 every day ",
        "⛔ a",
        "[due:: 2026-01-01] ",
        "[due::",
        "(a",
    ),
    *(
        "by 2026-01-01 ",
        "2026-01-01 ",
        "with ",
        "and ",
        "today ",
        "today, ",
        "in 3 days ",
        "at ",
        "../",
        ".md",
    ),
)
STARTS = ("", "- 2026-11-20 call with [[A]]", "- [ ] x [a::", "- [x] 2026-11-20 ", "# ", "[[2026-11-20")
ENDS = ("", "x", " ]]: x")


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_every_reader_comes_to_the_end_of_a_long_line(unit: str) -> None:
    for number, start in enumerate(STARTS):
        line = start + unit * (SIZE // len(unit)) + ENDS[number % len(ENDS)]
        log = LogReader(outline(f"## Log\n{line}"), "x.md", "Log", DIRECTIONS).read()
        assert len(log.interactions) == (line.startswith(("- 2026", "- [x]")) and "-20\t" not in line)
        task = read_task(line)
        assert (task is not None) == start.startswith("- [") or unit in ("- [ ] ",)
        if task is not None:
            assert tick(line, DAY).count("2026-11-20") == line.count("2026-11-20") + 1
        assert all(link.end <= len(line) for link in find_links(line))
        assert len(outline(line).headings) <= 1
        assert read_head(line, DIRECTIONS).text.strip() in line


def test_many_links_before_a_colon() -> None:
    links = ", ".join(["[[A|a: b]]"] * 20_000)
    head = read_head(f"call with {links}: x", DIRECTIONS)
    assert (head.text, len(head.participants)) == ("x", 20_000)
    assert read_head(f"call with {links} x", DIRECTIONS).participants == ()


def test_a_long_gap_between_two_links() -> None:
    gap = " " * SIZE
    assert read_head(f"call with [[A]]{gap}[[B]]: x", DIRECTIONS).participants == ()
    assert read_head(f"call with [[A]]{gap}and{gap}[[B]]: x", DIRECTIONS).participants == ("A", "B")


@pytest.mark.parametrize("field", ["🔁", "⛔", "🏁", "📅", "[due::", "[due", "(", "#", "^", "by"])
@pytest.mark.parametrize("end", ["-", "x", "(", "]", "2026-11-20"])
def test_a_long_gap_in_a_field(field: str, end: str) -> None:
    found = read_task(f"- [ ] Send it {field}{' ' * SIZE}{end}")
    assert found is not None
    assert found.text.startswith("Send it")
    assert found.due is None


def test_thousands_of_fields() -> None:
    fields = "📅 2026-01-01 " * 20_000
    found = read_task(f"- [ ] x {fields}📅 2026-11-20")
    assert found is not None
    assert found.due == DAY
    changed = read_task(move(f"- [ ] x {fields}", DAY))
    assert changed is not None
    assert changed.due == DAY


def test_a_heading_with_a_long_gap() -> None:
    (heading,) = outline(f"## a{' ' * SIZE}b #{' ' * SIZE}").headings
    assert (heading.level, len(heading.text)) == (2, SIZE + 2)


def test_many_lines() -> None:
    lines = 8_000
    for line in (
        "a\n  ---",
        "- a\n  b\n  ---",
        "```",
        "    ```",
        "# a",
        "- 2026-11-20 x",
        "    - [ ] y",
        "<<<<<<< a",
    ):
        text = "## Log\n" + f"{line}\n" * lines
        note = read_note(f"{text}>>>>>>> b\n", "People/X.md", Reading())
        assert note.kind == "contact"
        assert len(note.interactions) == (lines if line.startswith("- 2026") else 0)
        assert len(add_entry(text, 0, "2026-11-20 z", "", "Log", newest_first=True)) > len(text)
    assert conflict_markers("<<<<<<< a\n" * lines + ">>>>>>> b", "x.md") == ()


def test_what_is_typed_or_named() -> None:
    for unit in UNITS:
        text = unit * (SIZE // len(unit))
        for said in (text, f"call {text}: x", f"yesterday{text}"):
            assert read_said(said, DIRECTIONS, DAY).head.text.strip() in said
        assert target_path(text) in text.strip()
        assert len(link_key(text)) <= len(text)
        assert len(safe_stem(text).encode()) <= 120
        assert len(fold(text)) <= 2 * len(text)
        assert len(unlinked(text)) <= len(text)
        assert read_kinds(text) == ()
        assert read_date(f"2026-11-20{text}") is None or unit != "a"
