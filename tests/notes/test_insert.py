"""Where a new entry or promise goes, and that nothing else changes (FORMAT.md sections 4, 5 and 8)."""

from datetime import date
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from vaultkeeper.domain.channel import DIRECTIONS
from vaultkeeper.errors import UnsafeNote
from vaultkeeper.notes.entry import write_entry
from vaultkeeper.notes.front_matter import parse, split
from vaultkeeper.notes.insert import add_entries, add_entry, add_follow_up, change_task
from vaultkeeper.notes.log import Log, LogReader
from vaultkeeper.notes.outline import outline
from vaultkeeper.notes.task import read_task, tick, write_task

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges

DAY = date(2026, 11, 20)
NEW = "2026-11-20 call: new"
TASK = "- [ ] new"


def read(text: str, heading: str = "Log") -> Log:
    return LogReader(outline(text, parse(text, "")[0].body), "x.md", heading, DIRECTIONS).read()


def add(text: str, entry: str = NEW, more: str = "", heading: str = "Log", newest_first: bool = False) -> str:
    return add_entry(text, parse(text, "")[0].body, entry, more, heading, newest_first)


def promise(text: str, task: str = TASK, heading: str = "Follow-ups", log: str = "Log") -> str:
    return add_follow_up(text, parse(text, "")[0].body, task, heading, log)


def note(text: str) -> str:
    return dedent(text).removeprefix("\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "## Log\n\n- {}\n", id="an empty note"),
        pytest.param("\n", "\n## Log\n\n- {}\n", id="a blank note"),
        pytest.param("words\n", "words\n\n## Log\n\n- {}\n", id="no section"),
        pytest.param("words\n\n", "words\n\n## Log\n\n- {}\n", id="no section, a blank line at the end"),
        pytest.param("words", "words\n\n## Log\n\n- {}", id="no section, no final newline"),
        pytest.param("---\na: b\n---\n", "---\na: b\n---\n\n## Log\n\n- {}\n", id="front matter alone"),
        pytest.param(
            "---\na: b\n---", "---\na: b\n---\n\n## Log\n\n- {}", id="front matter, no final newline"
        ),
        pytest.param("# Log book\n", "# Log book\n\n## Log\n\n- {}\n", id="another heading"),
        pytest.param("## Log", "## Log\n\n- {}", id="an empty section, no final newline"),
        pytest.param("## Log\n", "## Log\n\n- {}\n", id="an empty section"),
        pytest.param("## Log\n\n", "## Log\n\n- {}\n\n", id="an empty section and a blank line"),
        pytest.param("## Log\n## Next\n", "## Log\n\n- {}\n\n## Next\n", id="an empty section, then another"),
        pytest.param("## Log\n\n## Next\n", "## Log\n\n- {}\n\n## Next\n", id="the same with a blank line"),
        pytest.param("Log\n===\n", "Log\n===\n\n- {}\n", id="a setext section"),
        pytest.param("## Log\n- a\n", "## Log\n- a\n- {}\n", id="after a list"),
        pytest.param("## Log\n- a", "## Log\n- a\n- {}", id="after a list, no final newline"),
        pytest.param("## Log\n- a\n\n\n", "## Log\n- a\n- {}\n\n\n", id="before blank lines"),
        pytest.param("## Log\n- a\n## Next\n", "## Log\n- a\n- {}\n## Next\n", id="before the next section"),
        pytest.param(
            "## Log\n- a\n\n## Next\n\nb\n", "## Log\n- a\n- {}\n\n## Next\n\nb\n", id="and its blank line"
        ),
        pytest.param("## Log\n- a\n    b\n", "## Log\n- a\n    b\n- {}\n", id="after a continuation line"),
        pytest.param("## Log\n* a\n", "## Log\n* a\n- {}\n", id="after another bullet"),
        pytest.param("## Log\n1. a\n", "## Log\n1. a\n- {}\n", id="after a numbered list"),
        pytest.param("## Log\nwords\n", "## Log\nwords\n\n- {}\n", id="after a paragraph"),
        pytest.param("## Log\n> a\n", "## Log\n> a\n\n- {}\n", id="after a quote"),
        pytest.param("## Log\n```\na\n```\n", "## Log\n```\na\n```\n\n- {}\n", id="after code"),
        pytest.param("## Log\n- a\n---\n", "## Log\n- a\n---\n\n- {}\n", id="after a rule"),
        pytest.param(
            "## Log\n- a\n### B\n\nc\n", "## Log\n- a\n### B\n\nc\n\n- {}\n", id="after a subsection"
        ),
        pytest.param(
            "## Log\n- a\n\nB\n---\nc\n", "## Log\n- a\n- {}\n\nB\n---\nc\n", id="before a setext one"
        ),
        pytest.param("## Log\r\n- a\r\n", "## Log\r\n- a\r\n- {}\r\n", id="Windows lines"),
        pytest.param("## Log\r\n- a", "## Log\r\n- a\r\n- {}", id="Windows lines, no final newline"),
        pytest.param("words\r\n", "words\r\n\r\n## Log\r\n\r\n- {}\r\n", id="Windows lines, no section"),
        pytest.param("## Log\r\n- a\n", "## Log\r\n- a\n- {}\n", id="mixed: as the line before"),
        pytest.param("\ufeff## Log\n- a\n", "\ufeff## Log\n- a\n- {}\n", id="behind a byte order mark"),
    ],
)
def test_an_entry_goes_to_the_end_of_its_section(before: str, after: str) -> None:
    assert add(before) == after.format(NEW)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "## Log\n\n- {}\n", id="an empty note"),
        pytest.param("## Log\n", "## Log\n\n- {}\n", id="an empty section"),
        pytest.param("## Log\n\n- 2026-11-18 a\n", "## Log\n\n- {}\n- 2026-11-18 a\n", id="before the first"),
        pytest.param("## Log\n- note\n", "## Log\n- note\n- {}\n", id="no entry yet"),
        pytest.param(
            "## Log\nwords\n\n- note\n- 2026-11-18 a\n",
            "## Log\nwords\n\n- note\n- {}\n- 2026-11-18 a\n",
            id="after words and notes",
        ),
        pytest.param(
            "## Log\n- [ ] b\n- [x] 2026-11-18 a\n",
            "## Log\n- [ ] b\n- {}\n- [x] 2026-11-18 a\n",
            id="a task",
        ),
        pytest.param(
            "## Log\n- [x] a ✅ 2026-11-18\n    - 2026-11-17 b\n",
            "## Log\n- {}\n- [x] a ✅ 2026-11-18\n    - 2026-11-17 b\n",
            id="a done task with a date of completion",
        ),
        pytest.param(
            "## Log\n```\n- 2026-11-19 x\n```\n- 2026-11-18 a\n",
            "## Log\n```\n- 2026-11-19 x\n```\n- {}\n- 2026-11-18 a\n",
            id="never into code",
        ),
        pytest.param(
            "## Log\n  - 2026-11-18 a\n", "## Log\n  - {}\n  - 2026-11-18 a\n", id="an indented list"
        ),
        pytest.param(
            "## Log\n- 2026\n\t- 2026-11-18 a\n",
            "## Log\n- 2026\n\t- {}\n\t- 2026-11-18 a\n",
            id="under a year",
        ),
        pytest.param(
            "## Log\r\n- 2026-11-18 a\r\n", "## Log\r\n- {}\r\n- 2026-11-18 a\r\n", id="Windows lines"
        ),
    ],
)
def test_newest_first(before: str, after: str) -> None:
    assert add(before, newest_first=True) == after.format(NEW)
    assert NEW.endswith(read(after.format(NEW)).interactions[0].text)


HEADINGS = "# Jane\n\n## Log\n\n### 2026-11-18 a\n\nb\n\n#### 2026-11-17 c\nd\n"


@pytest.mark.parametrize(
    ("before", "newest_first", "after"),
    [
        pytest.param(HEADINGS, False, f"{HEADINGS}\n#### {NEW}\n", id="appended"),
        pytest.param(HEADINGS[:-1], False, f"{HEADINGS}\n#### {NEW}", id="no final newline"),
        pytest.param(
            HEADINGS,
            True,
            HEADINGS.replace("### 2026-11-18", f"#### {NEW}\n\n### 2026-11-18"),
            id="newest first",
        ),
        pytest.param(
            "## Log\n### 2026-11-18 a\n## Next\n",
            False,
            f"## Log\n### 2026-11-18 a\n\n### {NEW}\n## Next\n",
            id="before the next section",
        ),
        pytest.param(
            "## Log\n### Ideas\n- a\n",
            False,
            f"## Log\n### Ideas\n- a\n- {NEW}\n",
            id="other headings are not",
        ),
    ],
)
def test_where_entries_are_headings_it_is_written_as_one(before: str, newest_first: bool, after: str) -> None:
    assert add(before, newest_first=newest_first) == after


@pytest.mark.parametrize("text", ["learnt C #", "## a ##", "#", "a\t##"])
def test_a_heading_s_own_signs_are_kept_from_the_text(text: str) -> None:
    entries = read(add(HEADINGS, f"2026-11-20 {text}")).interactions
    assert text in [entry.text for entry in entries]


def test_further_lines_are_indented() -> None:
    after = add("## Log\n- 2026-11-18 a\n", more="one\n\n- two")
    assert after == f"## Log\n- 2026-11-18 a\n- {NEW}\n    one\n\n    - two\n"
    assert read(after).interactions[1].text == "new\none\n\n- two"


def test_further_lines_under_a_heading_are_not() -> None:
    after = add(HEADINGS, more="one\ntwo")
    assert after == f"{HEADINGS}\n#### {NEW}\none\ntwo\n"
    assert read(after).interactions[-1].text == "new\none\ntwo"


def test_the_section_may_have_another_name() -> None:
    assert (
        add("## Log\n- a\n## History\n- b\n", heading="History") == f"## Log\n- a\n## History\n- b\n- {NEW}\n"
    )
    assert add("## Log\n", heading="History") == f"## Log\n\n## History\n\n- {NEW}\n"


def test_several_at_once_keep_their_order() -> None:
    entries = [("2026-11-18 a", ""), ("2026-11-19 b", "more"), ("2026-11-20 c", "")]
    text = "## Log\n\n- 2026-11-01 z\n"
    assert add_entries(text, 0, entries, "Log", newest_first=False) == note("""
        ## Log

        - 2026-11-01 z
        - 2026-11-18 a
        - 2026-11-19 b
            more
        - 2026-11-20 c
        """)
    assert add_entries(text, 0, entries, "Log", newest_first=True) == note("""
        ## Log

        - 2026-11-20 c
        - 2026-11-19 b
            more
        - 2026-11-18 a
        - 2026-11-01 z
        """)
    assert add_entries("", 0, entries[:2], "Log", newest_first=False) == note("""
        ## Log

        - 2026-11-18 a
        - 2026-11-19 b
            more
        """)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "## Follow-ups\n\n{}\n", id="an empty note"),
        pytest.param("words\n", "words\n\n## Follow-ups\n\n{}\n", id="neither section"),
        pytest.param("words", "words\n\n## Follow-ups\n\n{}", id="no final newline"),
        pytest.param(
            "words\n\n## Log\n\n- a\n", "words\n\n## Follow-ups\n\n{}\n\n## Log\n\n- a\n", id="above the log"
        ),
        pytest.param("## Log\n", "## Follow-ups\n\n{}\n\n## Log\n", id="above a log that begins the note"),
        pytest.param(
            "\ufeff## Log\n", "\ufeff## Follow-ups\n\n{}\n\n## Log\n", id="the byte order mark stays in front"
        ),
        pytest.param("# A\n### Log\n", "# A\n### Follow-ups\n\n{}\n\n### Log\n", id="at the log's own level"),
        pytest.param("# A\n# Log\n", "# A\n## Follow-ups\n\n{}\n\n# Log\n", id="never at the first level"),
        pytest.param("Log\n---\n", "## Follow-ups\n\n{}\n\nLog\n---\n", id="above a setext log"),
        pytest.param("## Follow-ups\n", "## Follow-ups\n\n{}\n", id="an empty section"),
        pytest.param(
            "## follow-ups\n\n- [ ] a\n\n## Log\n",
            "## follow-ups\n\n- [ ] a\n{}\n\n## Log\n",
            id="after others",
        ),
        pytest.param("## Follow-ups\nwords\n", "## Follow-ups\nwords\n\n{}\n", id="after a paragraph"),
        pytest.param("a\r\n## Log\r\n", "a\r\n## Follow-ups\r\n\r\n{}\r\n\r\n## Log\r\n", id="Windows lines"),
    ],
)
def test_a_promise_goes_to_the_end_of_its_section(before: str, after: str) -> None:
    assert promise(before) == after.format(TASK)


def test_a_second_promise_stands_beside_the_first() -> None:
    text = promise(promise("# A\n### Log\n- 2026-11-18 a\n", "- [ ] one"), "- [ ] two")
    assert text == "# A\n### Follow-ups\n\n- [ ] one\n- [ ] two\n\n### Log\n- 2026-11-18 a\n"


class TestChangeTask:
    """A task is found by its words, wherever it has moved to."""

    TEXT = "- [ ] a\n- [ ] b 📅 2026-11-30\r\n    - [ ] a ^x\n- [x] c\nno task: a"

    @pytest.mark.parametrize(
        ("words", "near", "line", "ticked"),
        [
            ("a", 1, 0, "- [x] a ✅ 2026-11-20"),
            ("a", 3, 2, "    - [x] a ✅ 2026-11-20 ^x"),
            ("a", 99, 2, "    - [x] a ✅ 2026-11-20 ^x"),
            ("b", 99, 1, "- [x] b 📅 2026-11-30 ✅ 2026-11-20\r"),
        ],
    )
    def test_the_nearest_is_ticked_and_nothing_else(
        self, words: str, near: int, line: int, ticked: str
    ) -> None:
        lines = self.TEXT.split("\n")
        lines[line] = ticked
        after = change_task(self.TEXT, words, near, "x.md", lambda found: tick(found, DAY))
        assert after == "\n".join(lines)

    @pytest.mark.parametrize("words", ["c", "no task: a", "", "A"])
    def test_where_it_is_gone_nothing_is_written(self, words: str) -> None:
        with pytest.raises(UnsafeNote, match=r"x\.md.*no longer there"):
            change_task(self.TEXT, words, 1, "x.md", lambda found: tick(found, DAY))


LINE = st.sampled_from(
    [
        *("## Log", "# Log", "### Follow-ups", "## Follow-ups", "## Next", "### Deep", "Log", "===", "---"),
        *("", "", "", "   ", "\t", "- 2026-11-18 call: a", "* 2026-11-17 b", "  - 2026-11-16 c", "- [ ] d"),
        *("    - [ ] e 📅 2026-11-30", "- [x] f ✅ 2026-11-15", "- [x] 2026-11-14 g", "### 2026-11-13 h"),
        *(
            "#### 2026-11-12 i",
            "### 2026-02-30 j",
            "- 2026-13-01 k",
            "    more",
            "words",
            "- note",
            "> quote",
        ),
        *(
            "```",
            "~~~",
            "    ```",
            "  ```",
            "```x",
            "| table |",
            "1. 2026-11-11 l",
            "\ufeff",
            "- 2026",
            "===",
        ),
    ]
)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=15)
ENDS = st.sampled_from(["\n", "\n", "\r\n"])
BODIES = st.one_of(
    st.lists(LINE, max_size=20).map("\n".join),
    st.lists(LINE, max_size=20).map("\r\n".join),
    st.lists(st.tuples(LINE | ANY, ENDS).map("".join), max_size=15).map("".join),
    ANY,
)
FRONT = st.sampled_from(
    ["", "", "---\nname: x\n---\n", "---\r\na: b\r\n---\r\n", "---\na: b\n---", "---\n", "---"]
)
NOTES = st.tuples(st.sampled_from(["", "\ufeff"]), FRONT, BODIES).map("".join)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=20).map(
    str.strip
)
TEXTS = WORDS | st.sampled_from(
    ["call: x", "14:30", "# a #", "- b", "[ ] c", "```", "in: d", "[[A]]: e", "#"]
)
ENTRIES = st.builds(
    lambda text, channel, people: write_entry(DAY, text, DIRECTIONS, channel=channel, people=people),
    TEXTS,
    st.sampled_from([None, "call", "email", "touch"]),
    st.sampled_from([(), ("[[Sam Lee]]",), ("[[A|a: b]]", "[[B]]")]),
)


def is_insertion(before: str, after: str) -> bool:
    """Whether `after` is `before` with one piece put in."""
    same = next(
        (at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before)
    )
    return len(after) > len(before) and after.endswith(before[same:])


def is_refused(before: str, after: str) -> bool:
    """Where the use case, which looks whether it is read back, may write nothing: the piece stands in a fence
    that is never closed, or makes front matter of the prose between two rules."""
    probed = outline(f"{before}\nwords", parse(before, "")[0].body)
    return len(probed.lines) - 1 in probed.code or split(after).present != split(before).present


def bare(log: Log) -> list[str]:
    """The entries without their places."""
    return sorted(
        repr((*entry.touch, entry.text, entry.time, entry.participants)) for entry in log.interactions
    )


@settings(STEADY, max_examples=400)
@given(NOTES, ENTRIES, st.booleans())
def test_an_entry_is_only_added_and_read_back_once(text: str, entry: str, newest_first: bool) -> None:
    after = add(text, entry, newest_first=newest_first)
    assert is_insertion(text, after)
    assert after.count("\ufeff") == text.count("\ufeff") + entry.count("\ufeff")
    assert after.startswith("\ufeff") == (text.startswith("\ufeff") or (not text and entry[0] == "\ufeff"))
    before, found = bare(read(text)), bare(read(after))
    (new,) = bare(read(f"## Log\n- {entry}"))
    if not is_refused(text, after):
        assert sorted([*before, new]) == found
    elif split(after).present == split(text).present:
        assert len(found) - len(before) in (0, 1)


@settings(STEADY, max_examples=400)
@given(NOTES, WORDS.filter(bool), st.none() | st.dates(), st.sampled_from(["Follow-ups", "Next"]))
@example("## Next\n- a\nLog\n===\n- [x] f ✅ 2026-11-15", "0", None, "Next")
@example("## Next\n    ```\nLog\n===\n- [x] f ✅ 2026-11-15", "0", None, "Next")
def test_a_promise_is_only_added_and_read_back_once(
    text: str, words: str, due: date | None, heading: str
) -> None:
    task = write_task(words, due=due)
    after = promise(text, task, heading)
    assert is_insertion(text, after)
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    expected = read_task(task)
    assert expected is not None
    before = sorted(task.text for task in read(text).follow_ups)
    found = sorted(task.text for task in read(after).follow_ups)
    told = not expected.recurring and bool(expected.text or expected.due)
    if not is_refused(text, after):
        assert sorted([*before, *([expected.text] if told else [])]) == found
    elif split(after).present == split(text).present:
        assert len(found) - len(before) in (0, 1)
    if not is_refused(text, after):
        assert bare(read(after)) == bare(read(text))


@STEADY
@given(NOTES, ENTRIES)
def test_line_ends_follow_the_note(text: str, entry: str) -> None:
    windows = "\r\n".join(text.replace("\r", "").split("\n"))
    if windows.count("\r\n"):
        after = add(windows, entry)
        assert after.count("\n") == after.count("\r\n")
    assert "\r" not in add(text.replace("\r", ""), entry)


@settings(STEADY, max_examples=300)
@given(NOTES, st.integers(1, 30), st.data())
def test_a_ticked_promise_changes_its_own_line_alone(text: str, near: int, data: st.DataObject) -> None:
    tasks = [task for task in read(text).follow_ups if task.is_open]
    if not tasks:
        return
    words = data.draw(st.sampled_from([task.text for task in tasks]))
    after = change_task(text, words, near, "x.md", lambda line: tick(line, DAY))
    changed = [(old, new) for old, new in zip(text.split("\n"), after.split("\n"), strict=True) if old != new]
    ((old, new),) = changed
    assert new == tick(old, DAY)
