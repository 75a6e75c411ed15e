"""The log as people keep it: sections, lists, headings, tasks, continuation lines (FORMAT.md section 4)."""

import re
from datetime import date
from textwrap import dedent
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkeeper.domain.channel import DIRECTIONS
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.notes.log import Log, LogReader
from vaultkeeper.notes.outline import outline

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges

PATH = "People/Jane Doe.md"
NOV_20 = date(2026, 11, 20)
NOV_18 = date(2026, 11, 18)


def read(text: str, heading: str = "Log", channels: dict[str, str | None] = DIRECTIONS) -> Log:
    return LogReader(outline(text), PATH, heading, channels).read()


def log(body: str) -> Log:
    """`body`, dedented, under `## Log`: its first line is the note's line 3."""
    return read("## Log\n\n" + dedent(body).strip("\n") + "\n")


def texts(found: Log) -> list[tuple[str, str]]:
    return [(entry.date.isoformat(), entry.text) for entry in found.interactions]


def test_the_contract_s_example() -> None:
    found = log("""
        - 2026-11-20 call: caught up; she is moving to Berlin #checkin
        - 2026-11-18 email out: sent the robotics article #gave
        - 2026-11-02 14:30 coffee with [[Sam Lee]], [[Ana Ruiz]]: talked about hiring
            and the new lab (an indented line continues the entry)
        """)
    assert found == Log(
        (
            Interaction(
                *(NOV_20, PATH, 3, "caught up; she is moving to Berlin #checkin"),
                channel="call",
                direction="both",
                kinds=("checkin",),
            ),
            Interaction(
                *(NOV_18, PATH, 4, "sent the robotics article #gave"),
                channel="email",
                direction="out",
                explicit=True,
                kinds=("gave",),
            ),
            Interaction(
                *(date(2026, 11, 2), PATH, 5),
                text="talked about hiring\nand the new lab (an indented line continues the entry)",
                time="14:30",
                channel="coffee",
                direction="both",
                participants=("Sam Lee", "Ana Ruiz"),
            ),
        ),
        (),
        (),
    )


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("- 2026-11-20 call: x", id="hyphen"),
        pytest.param("* 2026-11-20 call: x", id="star"),
        pytest.param("+ 2026-11-20 call: x", id="plus"),
        pytest.param("-  2026-11-20 call: x", id="two spaces"),
        pytest.param("-\t2026-11-20 call: x", id="a tab"),
        pytest.param(" - 2026-11-20 call: x", id="a slip of the space bar"),
        pytest.param("1. 2026-11-20 call: x", id="numbered"),
        pytest.param("2) 2026-11-20 call: x", id="numbered with a bracket"),
        pytest.param("- [[2026-11-20]] call: x", id="link"),
        pytest.param("- [[Nov 20, 2026|2026-11-20]] call: x", id="link that shows the date"),
        pytest.param("- [[Journal/2026/2026-11-20|yesterday]] call: x", id="link with path and alias"),
        pytest.param("- **2026-11-20** call: x", id="bold"),
        pytest.param("- [x] 2026-11-20 call: x", id="done task"),
        pytest.param("- [X] 2026-11-20 call: x", id="done with a capital"),
        pytest.param("- [x] [[2026-11-20]] call: x", id="done task, linked date"),
        pytest.param("* [x] 2026-11-20 call: x", id="done task with a star"),
        pytest.param("1. [x] 2026-11-20 call: x", id="done task, numbered"),
        pytest.param("- [x] call: x ✅ 2026-11-20", id="done task, date of completion"),
        pytest.param("- [x] call: x ✅️ 2026-11-20", id="with a variation selector"),
        pytest.param("- [x] call: x [completion:: 2026-11-20]", id="done task, Dataview"),
        pytest.param("- [x] 2026-11-20 call: x ✅ 2026-11-22", id="the leading date wins"),
        pytest.param("- [x] call: x ⏫ 📅 2026-11-01 ✅ 2026-11-20", id="with more fields"),
        pytest.param("- 2026-11-20 call: x\r", id="a Windows line"),
    ],
)
def test_each_form_of_an_entry_is_read(line: str) -> None:
    (entry,) = read(f"## Log\n\n{line}\n").interactions
    assert (entry.date, entry.channel, entry.text, entry.line) == (NOV_20, "call", "x", 3)


@pytest.mark.parametrize(
    "heading",
    [
        "# Log",
        "## Log",
        "###### Log",
        "  ## Log",
        "## log",
        "## LOG",
        "##   Log   ",
        "##\tLog",
        "## Log ##",
        "## Log\r",
        "Log\n===",
        "Log\n---",
        "Log\n-",
        "Log\r\n=======\r",
        "LOG\n=  ",
    ],
)
def test_the_section_is_found_at_any_level_and_in_both_styles(heading: str) -> None:
    assert texts(read(f"About her.\n\n{heading}\n- 2026-11-20 call: x\n")) == [("2026-11-20", "x")]


@pytest.mark.parametrize(
    "heading", ["## Logs", "## The Log", "##Log", "####### Log", "Log", "- Log", "**Log**", "    ## Log"]
)
def test_what_is_no_log_section(heading: str) -> None:
    assert read(f"{heading}\n\n- 2026-11-20 call: x\n").interactions == ()


def test_without_the_section_there_are_no_entries() -> None:
    assert read("- 2026-11-20 call: x\n\n## Notes\n\n- 2026-11-20 call: x\n") == Log((), (), ())


@pytest.mark.parametrize("name", ["History", "Journal d'été", "C#", "日誌"])
def test_the_heading_may_have_another_name(name: str) -> None:
    text = f"## Log\n- 2026-01-01 a\n## {name}\n- 2026-11-20 call: x\n"
    assert texts(read(text, heading=name)) == [("2026-11-20", "x")]


def test_the_first_heading_of_that_name_counts() -> None:
    assert texts(read("## Log\n- 2026-11-20 a\n## Log\n- 2026-11-18 b\n")) == [("2026-11-20", "a")]


@pytest.mark.parametrize(
    ("after", "ends"),
    [
        pytest.param("## Next", True, id="the same level"),
        pytest.param("# Next", True, id="a higher level"),
        pytest.param("Next\n---", True, id="the same level, setext"),
        pytest.param("Next\n===", True, id="a higher level, setext"),
        pytest.param("### Next", False, id="a lower level"),
        pytest.param("##Next", False, id="a tag is no heading"),
        pytest.param("---", False, id="a rule"),
        pytest.param("***", False, id="another rule"),
        pytest.param("    ## Next", False, id="code, by its indentation"),
        pytest.param("```\n## Next\n```", False, id="a heading in a fence"),
        pytest.param("~~~\n## Next\n~~~", False, id="a heading in a tilde fence"),
    ],
)
def test_where_the_section_ends(after: str, ends: bool) -> None:
    found = read(f"## Log\n\n- 2026-11-20 a\n\n{after}\n\n- 2026-11-18 b\n")
    assert [day for day, _ in texts(found)] == ["2026-11-20", "2026-11-18"][: 1 if ends else 2]


@pytest.mark.parametrize(
    "rule", ["- 2026-11-20 a\n  and more\n---", "- 2026-11-20 a\nlazy\n---", "- 2026-11-20 a\n---"]
)
def test_a_rule_right_under_an_entry_is_no_heading(rule: str) -> None:
    found = read(f"## Log\n\n{rule}\n- 2026-11-18 b\n")
    assert [day for day, _ in texts(found)] == ["2026-11-20", "2026-11-18"]


def test_entries_are_read_in_any_order_and_keep_it() -> None:
    found = log("""
        - 2026-11-18 b
        - 2027-01-09 planned: dinner
        - 2026-11-20 a
        - 2026-11-18 call: c
        """)
    assert [(entry.date.isoformat(), entry.line) for entry in found.interactions] == [
        ("2026-11-18", 3),
        ("2027-01-09", 4),
        ("2026-11-20", 5),
        ("2026-11-18", 6),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("- 2026-11-20 a\n  b", "a\nb", id="two spaces"),
        pytest.param("- 2026-11-20 a\n    b", "a\nb", id="four spaces"),
        pytest.param("- 2026-11-20 a\n b", "a\nb", id="one space"),
        pytest.param("- 2026-11-20 a\n\tb", "a\nb", id="a tab"),
        pytest.param("- 2026-11-20 a\n\n    b", "a\n\nb", id="a blank line between"),
        pytest.param("- 2026-11-20 a\n   \n    b", "a\n\nb", id="a line of spaces between"),
        pytest.param("- 2026-11-20 a\n    b\n    c", "a\nb\nc", id="several"),
        pytest.param("- 2026-11-20\n    b", "b", id="all the text indented"),
        pytest.param("- 2026-11-20 call with [[Sam]]:\n    b", "b", id="all of it after the head"),
        pytest.param("- 2026-11-20 a\n    - b\n    - c", "a\n- b\n- c", id="a list under it"),
        pytest.param("- 2026-11-20 a\n    1. b", "a\n1. b", id="a numbered list under it"),
        pytest.param("- 2026-11-20 a\n    > b", "a\n> b", id="a quote under it"),
        pytest.param("- 2026-11-20 a\n    - 2026-11-18 b", "a\n- 2026-11-18 b", id="a date under it"),
        pytest.param("- 2026-11-20 a\r\n    b\r\n", "a\nb", id="Windows lines"),
        pytest.param("- 2026-11-20 a\n\n\n", "a", id="blank lines at the end"),
        pytest.param(
            "- 2026-11-20 a\n    ```\n    - [ ] b\n    ```", "a\n```\n- [ ] b\n```", id="a fence under it"
        ),
        pytest.param("- 2026-11-20 a\nb", "a", id="an unindented line is not part of it"),
        pytest.param("- 2026-11-20 a\n\nb\n    c", "a", id="nor what follows one"),
        pytest.param("- 2026-11-20 a\n- b\n    c", "a", id="nor an undated note with its lines"),
        pytest.param("- 2026-11-20 a\n> b", "a", id="nor a quote"),
        pytest.param("- 2026-11-20 a\n```\nb\n```\n    c", "a", id="nor a fence"),
        pytest.param("- 2026-11-20 a\n## Next\n    b", "a", id="nor the next section"),
    ],
)
def test_indented_lines_continue_an_entry(body: str, expected: str) -> None:
    (entry,) = read(f"## Log\n{body}\n").interactions
    assert entry.text == expected


def test_kinds_of_all_an_entry_s_lines_count() -> None:
    (entry,) = log("""
        - 2026-11-20 call: she got the job #congrats
            offered an introduction #gave #congrats
        """).interactions
    assert entry.kinds == ("congrats", "gave")


def test_continuation_lines_take_nothing_from_the_entry() -> None:
    (entry,) = log("""
        - 2026-11-20 14:30 email in with [[Sam]]: a
            b
        """).interactions
    assert entry == Interaction(NOV_20, PATH, 3, "a\nb", "14:30", "email", "in", True, ("Sam",))


@pytest.mark.parametrize(
    "note",
    [
        "- likes tea",
        "- [ ] nothing yet",
        "Some words.",
        "> 2026-11-20 a quote",
        "2026-11-20 without a bullet",
        "| 2026-11-20 | a table |",
        "- [[Jane Doe]] likes tea",
        "- [ ] 2026-11-20 call her",
        "- [-] 2026-11-20 call her",
        "- [x] sent the plan",
    ],
)
def test_undated_lines_and_open_tasks_are_no_entries(note: str) -> None:
    assert texts(log(f"- 2026-11-18 a\n{note}\n- 2026-11-17 b")) == [("2026-11-18", "a"), ("2026-11-17", "b")]


def test_code_is_text() -> None:
    found = log("""
        ```
        - 2026-11-20 call: an example
        - [ ] an example
        ## Log
        ```
        - 2026-11-18 a

        ~~~markdown
        - 2026-11-20 call: another
        ~~~

        ```inline``` code opens nothing
        - 2026-11-17 b
        """)
    assert [day for day, _ in texts(found)] == ["2026-11-18", "2026-11-17"]
    assert found.follow_ups == ()


def test_a_list_that_is_indented_as_a_whole() -> None:
    found = read("## Log\n\n  - 2026-11-20 a\n      more\n  - 2026-11-18 b\n  - a note\n  - 2026-11-17 c\n")
    assert texts(found) == [("2026-11-20", "a\nmore"), ("2026-11-18", "b"), ("2026-11-17", "c")]


def test_entries_under_a_year() -> None:
    found = log("""
        - 2026
            - 2026-11-20 a
                more
            - 2026-11-18 b
        - 2025
        \t- 2025-11-18 c
        \t- [x] 2025-11-17 d
        """)
    assert texts(found) == [
        ("2026-11-20", "a\nmore"),
        ("2026-11-18", "b"),
        ("2025-11-18", "c"),
        ("2025-11-17", "d"),
    ]


def test_entries_under_undated_headings() -> None:
    found = log("""
        ### 2026
        - 2026-11-20 a
        ### Older
        - 2026-11-18 b
        """)
    assert texts(found) == [("2026-11-20", "a"), ("2026-11-18", "b")]


class TestHeadings:
    """`### DATE …` with the text under it."""

    def test_the_text_under_it_is_the_entry_s(self) -> None:
        found = log("""
            ### 2026-11-20 14:30 coffee with [[Sam]]: hiring

            She wants two people.
            - one in Berlin #helped
            - one here

            ### [[2026-11-18]]
            email: x
            """)
        assert found.interactions == (
            Interaction(
                *(NOV_20, PATH, 3, "hiring\n\nShe wants two people.\n- one in Berlin #helped\n- one here"),
                time="14:30",
                channel="coffee",
                direction="both",
                participants=("Sam",),
                kinds=("helped",),
            ),
            Interaction(NOV_18, PATH, 9, "email: x"),
        )

    @pytest.mark.parametrize("heading", ["### 2026-11-20 call: a", "##### 2026-11-20 call: a ###"])
    def test_at_any_level_below_the_section(self, heading: str) -> None:
        assert texts(read(f"## Log\n{heading}\n\nb\n\n## Next\n\nc\n")) == [("2026-11-20", "a\n\nb")]

    def test_in_setext_style(self) -> None:
        assert texts(read("# Log\n\n2026-11-20 call: a\n---\nb\n")) == [("2026-11-20", "a\nb")]

    def test_deeper_headings_belong_to_it(self) -> None:
        found = log("""
            ### 2026-11-20 call with [[Sam]]: a
            #### Actions
            - [ ] send the plan
            b
            ### Other
            c
            """)
        assert texts(found) == [("2026-11-20", "a\nActions\nb")]
        assert [(task.text, task.participants) for task in found.follow_ups] == [("send the plan", ("Sam",))]

    def test_a_dated_item_under_it_is_its_own_entry(self) -> None:
        found = log("""
            ### 2026-11-20 call: a
            - b
            - 2026-11-18 email: c
            - d
            """)
        assert texts(found) == [("2026-11-20", "a\n- b"), ("2026-11-18", "c")]

    def test_a_date_that_does_not_exist(self) -> None:
        found = log("### 2026-02-30 call: a\n\nb\n- 2026-11-18 c\n")
        assert texts(found) == [("2026-11-18", "c")]
        assert [str(problem) for problem in found.problems] == [
            f"{PATH}:3: 2026-02-30 in the log is no date; the entry is not counted"
        ]


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("- 2026-13-01 call: x", "2026-13-01"),
        ("- 2026-02-30", "2026-02-30"),
        ("- [[2026-11-31]] call: x", "2026-11-31"),
        ("- [x] 2026-11-31 call: x", "2026-11-31"),
        ("- [x] call: x ✅ 2026-11-31", "2026-11-31"),
        ("- [x] 2026-11-31 call: x ✅ 2026-11-20", "2026-11-31"),
    ],
)
def test_a_date_that_does_not_exist_is_a_problem_on_its_line(line: str, written: str) -> None:
    found = read(f"---\nname: x\n---\n\n## Log\n\n- 2026-11-20 a\n{line}\n    more\n- 2026-11-18 b\n")
    assert texts(found) == [("2026-11-20", "a"), ("2026-11-18", "b")]
    assert [(p.path, p.line, p.unsafe) for p in found.problems] == [(PATH, 8, False)]
    assert written in found.problems[0].message


def promise(text: str, line: int, **more: object) -> FollowUp:
    return FollowUp(text, PATH, line, **more)  # type: ignore[arg-type]


class TestPromises:
    """Tasks of the contact's note (FORMAT.md section 5)."""

    def test_an_indented_task_is_a_promise_to_the_entry_s_participants(self) -> None:
        found = log("""
            - 2026-11-20 coffee with [[Sam]] and [[Ana]]: hiring
                - [ ] send the plan 📅 2026-11-30
                - [x] book a room ✅ 2026-11-21
                - [-] ask Bob
                and more
            - [ ] call the bank
            """)
        both = ("Sam", "Ana")
        assert texts(found) == [("2026-11-20", "hiring\nand more")]
        assert found.follow_ups == (
            promise("send the plan", 4, due=date(2026, 11, 30), made=NOV_20, participants=both),
            promise(
                *("book a room", 5), state="done", made=NOV_20, done_on=date(2026, 11, 21), participants=both
            ),
            promise("ask Bob", 6, state="cancelled", made=NOV_20, participants=both),
            promise("call the bank", 8),
        )

    @pytest.mark.parametrize("indent", ["  ", "    ", "\t", "        "])
    def test_however_deep_it_is_indented(self, indent: str) -> None:
        (task,) = log(f"- 2026-11-20 with [[Sam]]: x\n{indent}- [ ] y").follow_ups
        assert (task.participants, task.made) == (("Sam",), NOV_20)

    def test_its_own_date_of_making_wins(self) -> None:
        (task,) = log("- 2026-11-20 x\n    - [ ] y ➕ 2026-11-18").follow_ups
        assert task.made == NOV_18

    def test_tasks_anywhere_in_the_note_are_promises(self) -> None:
        found = read("- [ ] a\n\n## Follow-ups\n\n- [ ] b 📅 2026-11-30\n- [x] c ✅ 2026-11-20\n\n## Log\n")
        assert found.interactions == ()
        assert found.follow_ups == (
            promise("a", 1),
            promise("b", 5, due=date(2026, 11, 30)),
            promise("c", 6, state="done", done_on=NOV_20),
        )

    def test_an_entry_ends_with_its_section(self) -> None:
        (task,) = read("## Log\n- 2026-11-20 with [[Sam]]: x\n## Next\n    - [ ] y\n").follow_ups
        assert (task.participants, task.made) == ((), None)

    def test_recurring_ones_are_left_to_the_tasks_plugin(self) -> None:
        assert log("- [ ] ping 🔁 every week 📅 2026-11-30\n- [ ] pong [repeat:: every day]").follow_ups == ()

    def test_an_empty_box_promises_nothing(self) -> None:
        assert read("- [ ] \n- [ ]\n\n## Log\n- [ ] \n") == Log((), (), ())

    @pytest.mark.parametrize("where", ["", "## Log\n- 2026-11-20 x\n    "])
    def test_a_date_that_does_not_exist_is_a_problem(self, where: str) -> None:
        text = f"{where}- [ ] y 📅 2026-11-31\n"
        found = read(text)
        assert [(task.text, task.due) for task in found.follow_ups] == [("y", None)]
        assert [problem.line for problem in found.problems] == [text.count("\n")]
        assert "2026-11-31" in found.problems[0].message

    def test_behind_a_byte_order_mark(self) -> None:
        assert [task.text for task in read("\ufeff- [ ] a\n").follow_ups] == ["a"]


def test_custom_channels() -> None:
    (entry,) = read("## Log\n- 2026-11-20 Padel with [[Sam]]: x\n", channels={"padel": "both"}).interactions
    assert (entry.channel, entry.direction, entry.participants) == ("padel", "both", ("Sam",))


def test_a_section_behind_a_byte_order_mark() -> None:
    assert texts(read("\ufeff## Log\n- 2026-11-20 a\n")) == [("2026-11-20", "a")]


def test_front_matter_is_not_read() -> None:
    text = "---\n# Log\n- 2026-11-20 a\n---\n\n## Log\n- 2026-11-18 b\n"
    found = LogReader(outline(text, text.index("\n\n")), PATH, "Log", DIRECTIONS).read()
    assert [(entry.text, entry.line) for entry in found.interactions] == [("b", 7)]


LINES = st.sampled_from(
    [
        *("## Log", "### Notes", "# Top", "Log", "===", "---", "", "", "    ", "```", "~~~", "    ```"),
        *("- 2026-11-20 call: a #gave", "- 2026-11-18", "* [[2026-11-17]] x", "  - 2026-11-16 y", "- note"),
        *("### 2026-11-15 coffee", "#### Details", "- 2026-13-01 bad", "    more", "  - nested", "words"),
        *(
            "- [ ] open",
            "    - [ ] inner 📅 2026-11-30",
            "- [x] done ✅ 2026-11-14",
            "- [x] done ✅ 2026-13-01",
        ),
        *("- [x] 2026-11-13 done", "> quote", "\t- tab", "1. 2026-11-12 numbered", "- [ ] "),
    ]
)
NOTES = st.lists(LINES | st.text(max_size=20), max_size=25).map("\n".join)


@settings(STEADY, max_examples=300)
@given(NOTES | st.text(), st.booleans())
def test_any_note_is_read(text: str, windows: bool) -> None:
    text = text.replace("\n", "\r\n") if windows else text
    lines = text.split("\n")
    note = outline(text)
    found = read(text)
    for entry in found.interactions:
        line = lines[entry.line - 1]
        assert entry.line - 1 not in note.code
        assert f"{entry.date.year:04}-" in line
        assert entry.direction in ("in", "out", "both", None)
    numbers = [entry.line for entry in found.interactions]
    assert numbers == sorted(set(numbers))
    for task in found.follow_ups:
        assert "[" in lines[task.line - 1]
        assert task.line not in numbers
    assert all(1 <= problem.line <= len(lines) for problem in found.problems)


@STEADY
@given(NOTES)
def test_line_ends_say_nothing(text: str) -> None:
    assert read(text.replace("\n", "\r\n")) == read(text)


TEXTS = st.sampled_from(["a", " a #gave", "b: c", "[[Sam]]", "#a #news", ""]) | st.text(max_size=5)
LINKS = st.sampled_from(["[[A]]", "[[A|b]], [[ C ]]", "[[A]] and [[B]]", "[[A]] b [[C]]", "[x](y) & [[#z]]"])
ENTRIES = st.builds(
    "- {}{} {}{}: {}".format,
    st.sampled_from(["2026-11-20", "2026-11-21", "2026-02-30", "0000-01-01"]),
    st.sampled_from(["", " 14:30", " 24:00", " 9:05"]),
    st.sampled_from(["call", "email in", "touch both", "in", "in out", "x in", "note"]),
    st.just("") | LINKS.map(" with {}".format),
    TEXTS,
)
SLIPS = st.sampled_from([*" :[]`#\\,-x1\t\r\n٢", "", "[[", "]]", "  - ", "\n  ", "*"])
SLIPPED = st.builds(lambda line, slip, at: line[:at] + slip + line[at:], ENTRIES, SLIPS, st.integers(0, 40))


@settings(STEADY, max_examples=300)
@given(st.lists(ENTRIES | SLIPPED | LINES, max_size=6).map("\n".join))
def test_a_glance_says_what_the_grammar_says(body: str) -> None:
    channels = {**DIRECTIONS, "in": None, "x in": "out"}
    found = read(f"## Log\n{body}", channels=channels)
    with patch("vaultkeeper.notes.log.PLAIN", re.compile("(?!)")):
        assert found == read(f"## Log\n{body}", channels=channels)
