"""Tasks as Obsidian's Tasks plugin and Dataview write them, and as a person does (FORMAT.md section 5)."""

from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from vaultkeeper.notes.task import Task, cancel, move, read_task, tick, write_task

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges

NOV_30 = date(2026, 11, 30)
NOV_20 = date(2026, 11, 20)
DONE = date(2026, 12, 1)


def task(line: str) -> Task:
    found = read_task(line)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("- [ ] x", "open"),
        ("* [ ] x", "open"),
        ("+ [ ] x", "open"),
        ("1. [ ] x", "open"),
        ("12) [ ] x", "open"),
        ("    - [ ] x", "open"),
        ("\t- [ ] x", "open"),
        ("-   [ ]   x", "open"),
        ("- [/] x", "open"),
        ("- [!] x", "open"),
        ("- [?] x", "open"),
        ("- [x] x", "done"),
        ("- [X] x", "done"),
        ("- [-] x", "cancelled"),
        ("- [>] x", "cancelled"),
        ("- [<] x", "cancelled"),
        ("- [ ] x\r", "open"),
        ("\ufeff- [ ] x", "open"),
    ],
)
def test_a_box_makes_a_task(line: str, state: str) -> None:
    assert (task(line).state, task(line).text) == (state, "x")


@pytest.mark.parametrize(
    "line",
    [
        *("", "x", "- x", "[ ] x", "- [] x", "-[ ] x", "- [ ]x", "- [xx] x", "- [ ]", "> - [ ] x"),
        *("- [[Jane]] x", "- [a](b.md)", "- 2026-11-20 [ ] x", "\\- [ ] x"),
    ],
)
def test_what_is_no_task(line: str) -> None:
    assert read_task(line) is None


@pytest.mark.parametrize(
    ("words", "text", "due"),
    [
        pytest.param(
            "Send [[Jane Doe]] the hiring plan 📅 2026-11-30", None, NOV_30, id="the contract's own"
        ),
        pytest.param("Send it 📅️ 2026-11-30", "Send it", NOV_30, id="with a variation selector"),
        pytest.param("Send it 📅2026-11-30", "Send it", NOV_30, id="without a space"),
        pytest.param("Send it 📅  2026-11-30  ", "Send it", NOV_30, id="with many"),
        pytest.param("Send it 📆 2026-11-30", "Send it", NOV_30, id="another calendar"),
        pytest.param("Send it 🗓️ 2026-11-30", "Send it", NOV_30, id="a third"),
        pytest.param("Send it 📅 2026-11-3", "Send it", date(2026, 11, 3), id="without a zero"),
        pytest.param("Send it ⏳ 2026-11-30", "Send it", NOV_30, id="scheduled"),
        pytest.param("Send it ⏳ 2026-11-20 📅 2026-11-30", "Send it", NOV_30, id="due before scheduled"),
        pytest.param("Send it 📅 2026-11-30 ⏳ 2026-11-20", "Send it", NOV_30, id="in any order"),
        pytest.param("Send it 🛫 2026-11-20", "Send it", None, id="a start is no due date"),
        pytest.param("Send it [due:: 2026-11-30]", "Send it", NOV_30, id="Dataview"),
        pytest.param("Send it (due:: 2026-11-30)", "Send it", NOV_30, id="Dataview, hidden key"),
        pytest.param("Send it [Due::2026-11-30]", "Send it", NOV_30, id="Dataview, no space"),
        pytest.param("Send it [ due :: 2026-11-30 ]", "Send it", NOV_30, id="Dataview, spaces"),
        pytest.param("Send it [scheduled:: 2026-11-30]", "Send it", NOV_30, id="Dataview, scheduled"),
        pytest.param("Send it by 2026-11-30", "Send it", NOV_30, id="by"),
        pytest.param("Send it, by 2026-11-30", "Send it", NOV_30, id="a comma and by"),
        pytest.param("Send it,by 2026-11-30", "Send it", NOV_30, id="a comma that touches it"),
        pytest.param("Send it By 2026-11-30", "Send it", NOV_30, id="By"),
        pytest.param("by 2026-11-30", "", NOV_30, id="nothing else"),
        pytest.param("Send it by 2026-11-30 #work", "Send it #work", NOV_30, id="by, then a tag"),
        pytest.param("Send it 📅 2026-11-30 #work #x/y", "Send it #work #x/y", NOV_30, id="tags at the end"),
        pytest.param("Send it #a 📅 2026-11-30 #b", "Send it #a #b", NOV_30, id="tags on both sides"),
        pytest.param("Send it 🔺 📅 2026-11-30 ⏫", "Send it", NOV_30, id="priorities"),
        pytest.param("Send it 🔽 📅 2026-11-30 ⏬️", "Send it", NOV_30, id="low priorities"),
        pytest.param("Send it 📅 2026-11-30 ^plan-1", "Send it", NOV_30, id="a block id"),
        pytest.param(
            "Send it 📅 2026-11-30 #work ^plan-1", "Send it #work", NOV_30, id="a tag and a block id"
        ),
        pytest.param("Send it 🆔 abc ⛔ def,ghi 📅 2026-11-30", "Send it", NOV_30, id="id and depends on"),
        pytest.param("Send it 🏁 delete 📅 2026-11-30", "Send it", NOV_30, id="on completion"),
        pytest.param("Send it [priority:: high] [due:: 2026-11-30]", "Send it", NOV_30, id="two in Dataview"),
        pytest.param("Send it [id:: abc] [due:: 2026-11-30]", "Send it", NOV_30, id="an id in Dataview"),
        pytest.param("Send it 📅 2026-11-30 soon", None, None, id="a field inside the words is none"),
        pytest.param("Send it [due:: 2026-11-30] soon", None, None, id="nor a Dataview one"),
        pytest.param("Done by 2026-11-30 or so", None, None, id="nor by"),
        pytest.param("Standby 2026-11-30", None, None, id="nor a word that ends in by"),
        pytest.param("Send it [mood:: good]", None, None, id="an unknown Dataview field is text"),
        pytest.param("Send it #work", None, None, id="a tag alone"),
        pytest.param("Send C# 📅 2026-11-30", "Send C#", NOV_30, id="a # that is no tag"),
        pytest.param("Send it [due:: ]", "Send it", None, id="an empty field"),
    ],
)
def test_the_fields_are_read_from_the_end(words: str, text: str | None, due: date | None) -> None:
    found = task(f"- [ ] {words}")
    expected = words if text is None else text
    if text is None and due is not None:
        expected = words.partition(" 📅")[0]
    assert (found.text, found.due, found.bad, found.recurring) == (expected, due, "", False)


def test_all_dates_of_one_task() -> None:
    found = task("- [x] Send it ⏫ ➕ 2026-11-20 📅 2026-11-30 ✅ 2026-12-01")
    assert found == Task("", "done", "x", "Send it", NOV_30, NOV_20, DONE, False, "")
    inline = "  - [x] Send it [created:: 2026-11-20] [due:: 2026-11-30] [completion:: 2026-12-01]"
    assert task(inline) == found._replace(indent="  ")


@pytest.mark.parametrize(
    "words",
    [
        "Ping 🔁 every week",
        "Ping 🔁️ every week",
        "Ping 🔁 every 2 weeks on Tuesday, Thursday 📅 2026-11-30",
        "Ping 📅 2026-11-30 🔁 every month when done",
        "Ping 🔁 every month on the last Friday ⏫ #work ^a1",
        "Ping [repeat:: every day]",
        "Ping [repeat:: every day] [due:: 2026-11-30]",
    ],
)
def test_recurring_tasks_are_told(words: str) -> None:
    found = task(f"- [ ] {words}")
    assert found.recurring
    assert found.text.split()[0] == "Ping"


@pytest.mark.parametrize(
    ("words", "bad"),
    [
        ("Send it 📅 2026-11-31", "2026-11-31"),
        ("Send it [due:: 2026-13-01]", "2026-13-01"),
        ("Send it [due:: soon]", "soon"),
        ("Send it by 2026-02-30", "2026-02-30"),
        ("Send it ✅ 2026-11-31", "2026-11-31"),
    ],
)
def test_a_date_that_does_not_exist_is_told(words: str, bad: str) -> None:
    found = task(f"- [ ] {words}")
    assert (found.text, found.due, found.done, found.bad) == ("Send it", None, None, bad)


@pytest.mark.parametrize(
    ("line", "ticked"),
    [
        ("- [ ] a", "- [x] a ✅ 2026-12-01"),
        ("\t* [ ]  a  b", "\t* [x]  a  b ✅ 2026-12-01"),
        ("3. [/] a", "3. [x] a ✅ 2026-12-01"),
        ("- [ ] a 📅 2026-11-30", "- [x] a 📅 2026-11-30 ✅ 2026-12-01"),
        ("- [ ] a #b ^c", "- [x] a #b ✅ 2026-12-01 ^c"),
        ("- [ ] ^c", "- [x] ✅ 2026-12-01 ^c"),
        ("- [ ] a \t", "- [x] a ✅ 2026-12-01 \t"),
        ("- [ ] a\r", "- [x] a ✅ 2026-12-01\r"),
        ("- [ ] [x] a", "- [x] [x] a ✅ 2026-12-01"),
        ("\ufeff- [ ] a", "\ufeff- [x] a ✅ 2026-12-01"),
        ("- [ ] ", "- [x] ✅ 2026-12-01 "),
    ],
)
def test_ticking(line: str, ticked: str) -> None:
    assert tick(line, DONE) == ticked


@pytest.mark.parametrize("line", ["", "- a", "- [] a", "words"])
def test_only_a_task_is_ticked_or_cancelled(line: str) -> None:
    for change in (tick, cancel):
        with pytest.raises(ValueError, match="task"):
            change(line, DONE)


def test_cancelling() -> None:
    assert cancel("- [ ] a 📅 2026-11-30 ^b\r", DONE) == "- [-] a 📅 2026-11-30 ❌ 2026-12-01 ^b\r"


@pytest.mark.parametrize(
    ("line", "moved"),
    [
        ("- [ ] a", "- [ ] a 📅 2026-12-01"),
        ("- [ ] a ^b\r", "- [ ] a 📅 2026-12-01 ^b\r"),
        ("- [ ] a 📅 2026-11-30 #b", "- [ ] a 📅 2026-12-01 #b"),
        ("- [ ] a 📅️2026-11-3", "- [ ] a 📅️2026-12-01"),
        ("- [ ] a [due:: 2026-11-30] ⏫", "- [ ] a [due:: 2026-12-01] ⏫"),
        ("- [ ] a, by 2026-11-30 ", "- [ ] a, by 2026-12-01 "),
        ("- [ ] a 📅 2026-11-29 b 📅 2026-11-30", "- [ ] a 📅 2026-11-29 b 📅 2026-12-01"),
        ("- [ ] read 📅 2026-11-30 in print", "- [ ] read 📅 2026-11-30 in print 📅 2026-12-01"),
        ("- [ ] a ⏳ 2026-11-30", "- [ ] a ⏳ 2026-11-30 📅 2026-12-01"),
    ],
)
def test_moving(line: str, moved: str) -> None:
    assert move(line, DONE) == moved
    assert task(moved).due == DONE


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({}, "- [ ] Send it"),
        ({"due": NOV_30}, "- [ ] Send it 📅 2026-11-30"),
        ({"made": NOV_20}, "- [ ] Send it ➕ 2026-11-20"),
        ({"made": NOV_20, "due": NOV_30}, "- [ ] Send it ➕ 2026-11-20 📅 2026-11-30"),
    ],
)
def test_a_task_is_written_as_the_plugin_does(fields: dict[str, date], written: str) -> None:
    assert write_task("Send it", **fields) == written
    assert task(written)[3:6] == ("Send it", fields.get("due"), fields.get("made"))


LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=30)
FIELD = st.sampled_from(
    [
        *(
            "📅 2026-11-30",
            "📅️2026-11-30",
            "⏳ 2026-11-29",
            "➕ 2026-11-20",
            "📅 2026-11-31",
            "by 2026-11-28",
        ),
        *(
            "[due:: 2026-11-27]",
            "(due:: x)",
            "[due::",
            "#tag",
            "^block",
            "⏫",
            "🔁 every week",
            "⛔ a",
            "🆔 b",
        ),
        *("📅", "[", "]", "by", "✅", "  ", "\t", "\r", "^", "#"),
    ]
)
LINES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "  ", "\t", "\ufeff"]),
        st.sampled_from(["- ", "* ", "12. ", "-\t"]),
        st.sampled_from(["[ ] ", "[/]  ", "[x] "]),
        st.lists(FIELD | LINE, max_size=8).map(" ".join),
    ),
)


def taken_out(changed: str, field: str, mark: str, line: str) -> str:
    """`changed` without the field that was added, with `line`'s box: at the one place where that fits."""
    for at in range(len(changed)):
        if changed.startswith(field, at):
            bare = changed[:at] + changed[at + len(field) :]
            box = bare.index(f"[{mark}]") + 1
            bare = bare[:box] + line[box] + bare[box + 1 :]
            if bare == line:
                return bare
    return ""


@settings(STEADY, max_examples=300)
@given(LINES)
def test_a_change_of_a_task_keeps_every_other_character(line: str) -> None:
    assert taken_out(tick(line, DONE), " ✅ 2026-12-01", "x", line) == line
    assert taken_out(cancel(line, DONE), " ❌ 2026-12-01", "-", line) == line


@settings(STEADY, max_examples=300)
@given(LINES)
def test_a_ticked_task_reads_as_before_but_done(line: str) -> None:
    before = task(line)
    after = task(tick(line, DONE))
    assert after == before._replace(state="done", mark="x", done=DONE)
    assert task(cancel(line, DONE))[1:5] == ("cancelled", "-", before.text, before.due)


@settings(STEADY, max_examples=300)
@given(LINES, st.dates(min_value=date(1000, 1, 1)))
def test_a_moved_task_has_the_new_date_and_the_same_words(line: str, day: date) -> None:
    moved = task(move(line, day))
    assert (moved.due, moved.text, moved.state) == (day, task(line).text, task(line).state)


@STEADY
@given(LINE.map(str.strip).filter(bool), st.none() | st.dates(), st.none() | st.dates())
def test_what_is_written_is_read_back(text: str, due: date | None, made: date | None) -> None:
    assume(task(f"- [ ] {text}").text == text and "#" not in text)
    found = task(write_task(text, due=due, made=made))
    assert (found.text, found.due, found.made) == (text, due, made)


@STEADY
@given(LINE | LINES)
def test_any_line_may_be_asked_whether_it_is_a_task(line: str) -> None:
    found = read_task(line)
    assert found is None or (found.mark in line and all(word in line for word in found.text.split()))
