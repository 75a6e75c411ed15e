"""What the lines of a note are: headings in both styles, fenced code, sections (CommonMark 0.31)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkeeper.notes.outline import Heading, outline

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges


def headings(text: str) -> list[tuple[int, str]]:
    return [(heading.level, heading.text) for heading in outline(text).headings]


@pytest.mark.parametrize(
    ("line", "level", "text"),
    [
        ("# a", 1, "a"),
        ("###### a", 6, "a"),
        ("   ## a", 2, "a"),
        ("##\ta", 2, "a"),
        ("##   a b   ", 2, "a b"),
        ("## a ##", 2, "a"),
        ("## a #########  ", 2, "a"),
        ("## a#", 2, "a#"),
        ("## C # b", 2, "C # b"),
        ("## # #", 2, "#"),
        ("##", 2, ""),
        ("## ##", 2, ""),
        ("## a\r", 2, "a"),
        ("## a ##\r", 2, "a"),
        ("## [[Jane]]: **b**", 2, "[[Jane]]: **b**"),
    ],
)
def test_an_atx_heading(line: str, level: int, text: str) -> None:
    assert headings(f"words\n{line}\nwords") == [(level, text)]


@pytest.mark.parametrize(
    "line", ["#a", "#", "####### a", "    # a", "\t# a", "\\# a", "> # a", "- # a", "a # b"]
)
def test_what_is_no_atx_heading(line: str) -> None:
    assert headings(line) == ([(1, "")] if line == "#" else [])


@pytest.mark.parametrize(
    ("text", "level", "title"),
    [
        pytest.param("a\n=", 1, "a", id="one sign"),
        pytest.param("a\n-----", 2, "a", id="many"),
        pytest.param("a b\n   ===   ", 1, "a b", id="indented underline"),
        pytest.param("a\r\n---\r", 2, "a", id="Windows lines"),
        pytest.param("words\n\na\n---", 2, "a", id="after a blank line"),
        pytest.param("```\n```\na\n---", 2, "a", id="after code"),
        pytest.param("\ufeffa\n---", 2, "a", id="behind a byte order mark"),
        pytest.param("2026-11-20 call\n---", 2, "2026-11-20 call", id="a date"),
    ],
)
def test_a_setext_heading(text: str, level: int, title: str) -> None:
    assert headings(text) == [(level, title)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---", id="a rule"),
        pytest.param("\n---", id="a rule after a blank line"),
        pytest.param("- a\n---", id="under a list"),
        pytest.param("1. a\n---", id="under a numbered list"),
        pytest.param("- a\n  b\n---", id="under a list's line"),
        pytest.param("- a\n    b\n---", id="under a list's deeper line"),
        pytest.param("- a\nb\n---", id="under a lazy line"),
        pytest.param("> a\n---", id="under a quote"),
        pytest.param("| a |\n---", id="under a table"),
        pytest.param("```\na\n```\n---", id="under code"),
        pytest.param("```\na\n---\n```", id="in code"),
        pytest.param("a\n--- -", id="another rule"),
        pytest.param("a\n    ---", id="indented too far"),
        pytest.param("a\n=-=", id="mixed"),
    ],
)
def test_what_is_no_setext_heading(text: str) -> None:
    assert headings(text) == []


def test_a_rule_under_a_heading_is_none_of_its_own() -> None:
    assert headings("# a\n---\nb\n---\n---\nc\n") == [(1, "a")]
    assert headings("a\n===\nb\n---\n---\n") == [(1, "a"), (2, "b")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("a\n```\nb\n```\nc", {1, 2, 3}, id="backticks"),
        pytest.param("~~~\nb\n~~~\nc", {0, 1, 2}, id="tildes"),
        pytest.param("```python\nb\n```\nc", {0, 1, 2}, id="with a language"),
        pytest.param("````\n```\n````\nc", {0, 1, 2}, id="a longer fence holds a shorter one"),
        pytest.param("```\n````\nc", {0, 1}, id="a longer one closes"),
        pytest.param("```\n~~~\n```\nc", {0, 1, 2}, id="another sign does not close"),
        pytest.param("```\n``` b\n```\nc", {0, 1, 2}, id="nor one with words"),
        pytest.param("```\n``` \t\nc", {0, 1}, id="one with blanks does"),
        pytest.param("```\n    ```\n```\nc", {0, 1, 2}, id="one indented as code does not"),
        pytest.param("   ```\n b\n  ```\nc", {0, 1, 2}, id="slightly indented"),
        pytest.param("- a\n    ```\n    b\n    ```\nc", {1, 2, 3}, id="in a list"),
        pytest.param("- a\n\t```\n\tb\n\t```\nc", {1, 2, 3}, id="in a list, with tabs"),
        pytest.param("- a\n    ```\n    b\n\n    c\nd", {1, 2, 3, 4}, id="left open in a list: ends with it"),
        pytest.param("```\r\nb\r\n```\r\nc", {0, 1, 2}, id="Windows lines"),
        pytest.param("a\n```\nb", {1, 2}, id="left open: to the end"),
        pytest.param("```a``` b\nc", set(), id="code within a line"),
        pytest.param("``\nb\n``", set(), id="two are none"),
        pytest.param("a ```\nb", set(), id="not at the start"),
    ],
)
def test_fenced_code(text: str, code: set[int]) -> None:
    assert outline(text).code == code


def test_headings_in_code_are_text() -> None:
    assert headings("```\n# a\n```\n# b\n") == [(1, "b")]


NOTE = "# Jane\n## Log\na\n### Deep\nb\n## log ##\nc\nLog\n===\nd\n"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Log", (Heading(1, 1, 2, "Log"), 5)),
        ("LOG ", (Heading(1, 1, 2, "Log"), 5)),
        ("jane", (Heading(0, 0, 1, "Jane"), 11)),
        ("deep", (Heading(3, 3, 3, "Deep"), 5)),
        ("Lo", None),
        ("", None),
    ],
)
def test_a_section_goes_to_the_next_heading_of_its_level(
    title: str, expected: tuple[Heading, int] | None
) -> None:
    assert outline(NOTE).section(title) == expected


def test_the_last_filled_line() -> None:
    note = outline("a\n\nb\n \n\t\n\r\n")
    assert note.last_filled(0, 7) == 2
    assert note.last_filled(0, 2) == 0
    assert note.last_filled(3, 7) == 2
    assert note.last_filled(3, 3) == 2


def test_the_body_alone_is_looked_at() -> None:
    text = "---\n# a\n```\n---\n# b\n"
    note = outline(text, text.index("# b"))
    assert (note.body, [heading.at for heading in note.headings], note.code) == (4, [4], frozenset())


LINES = st.sampled_from(
    [
        "# a",
        "## b ##",
        "c",
        "===",
        "---",
        "",
        "  ",
        "```",
        "    ```",
        "~~~",
        "- d",
        "  e",
        "> f",
        "#",
        "\ufeff",
    ]
)
TEXT = st.lists(LINES | st.text(max_size=10), max_size=20).map("\n".join) | st.text()


@settings(STEADY, max_examples=300)
@given(TEXT, st.data())
def test_the_outline_fits_the_lines(text: str, data: st.DataObject) -> None:
    body = data.draw(st.integers(0, len(text)))
    note = outline(text, body)
    assert "\n".join(note.lines) == text
    assert note.body == text[:body].count("\n")
    assert all(note.body <= index < len(note.lines) for index in note.code)
    before = note.body - 1
    for heading in note.headings:
        assert before < heading.at <= heading.last <= heading.at + 1
        assert not {heading.at, heading.last} & note.code
        assert 1 <= heading.level <= 6
        assert heading.text in note.lines[heading.at]
        before = heading.last
    for heading in note.headings:
        found = note.section(heading.text)
        assert found is not None
        first, end = found
        assert first.at <= heading.at
        assert first.last < end <= len(note.lines)
        assert note.last_filled(first.last + 1, end) in range(first.last, end)
