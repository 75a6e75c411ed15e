"""A card put into a note: what it adds, and nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.added import added
from vaultkeeper.domain.card import Card, Trace, make_values
from vaultkeeper.domain.filling import Given
from vaultkeeper.domain.memory import Memory, remember
from vaultkeeper.errors import UnsafeNote
from vaultkeeper.notes.card_note import add_values, fill_note, make_note, settle, with_traces
from vaultkeeper.notes.note import read_note
from vaultkeeper.notes.reading import Reading

READING = Reading()
PATH = "People/Jane Doe.md"
TEMPLATE = "---\n---\n\n## Follow-ups\n\n## Log\n"
BOM = "\ufeff".encode()
DAY, TODAY = date(2026, 7, 1), date(2026, 11, 23)
CARD = Card(
    1,
    "Jane Doe",
    make_values(company="Globex", email=("a@x.example", "b@x.example"), phone="+49 170 1234567", tags="x"),
    remarks=("likes tea", "[ ] is no task"),
    traces=(Trace(DAY, "email", "out", "the plan"), Trace(DAY, "email", "in", "thanks")),
)


def once(card: Card, *, overwrite: bool = False) -> Given:
    return Given((card,), remember([card], "test"), TODAY, overwrite)


def test_a_new_note() -> None:
    assert make_note(TEMPLATE, PATH, CARD, Memory("test", ("1",)), READING) == (
        "---\n"
        "company: Globex\n"
        "email:\n  - a@x.example\n  - b@x.example\n"
        'phone: "+49 170 1234567"\n'
        "tags:\n  - x\n"
        "imported:\n  - test 1\n"
        "---\n\n"
        "## Notes\n\n- likes tea\n- \\[ ] is no task\n\n"
        "## Follow-ups\n\n## Log\n\n"
        "- 2026-07-01 email out: the plan\n- 2026-07-01 email in: thanks\n"
    )


@pytest.mark.parametrize(
    "text", ["", "---\nowner: me # mine\ncompany:\n---\nHello\n", "\ufeffHello", "a\n\n# Log\n"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_filling_adds_lines_and_changes_none(text: str, end: str) -> None:
    before = text.replace("\n", end)
    card = Card(1, "Jane", make_values(title="CTO", email="a@x.example"), remarks=("likes tea",))
    after = fill_note(before, PATH, once(card), READING)
    assert after.startswith("\ufeff") == before.startswith("\ufeff")
    lines = added(before.encode("utf-8").removeprefix(BOM), after.encode().removeprefix(BOM))
    assert {"title: CTO", "email: a@x.example", "- likes tea"} <= {*lines}
    assert fill_note(after, PATH, once(card), READING) == after


def test_a_user_s_own_spelling_of_a_key_gets_the_item() -> None:
    text = "---\norg: Globex\nemails: [a@x.example] # work\n---\n"
    after = fill_note(text, PATH, once(CARD, overwrite=True), READING)
    assert 'emails: [a@x.example, "b@x.example"] # work\n' in after
    assert "org: Globex\n" in after and "company:" not in after


def test_values_that_would_break_front_matter_are_kept_as_they_are() -> None:
    hostile = (
        "---",
        "a: b",
        "# x",
        "*y",
        "[[z]]",
        "'q",
        '"q"',
        "=1+1",
        "{{ x }}",
        "- [ ] t",
        "no",
        "1e3",
        "%%",
    )
    text = add_values(TEMPLATE, {f"k{n}": value for n, value in enumerate(hostile)}, PATH, READING)
    note = read_note(text, PATH, READING)
    assert not note.problems
    assert note.properties is not None and [*note.properties.values()] == [*hostile]


@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=4))
def test_any_text_is_a_value(one: str, several: list[str]) -> None:
    values = make_values(company=one, tags=several, aliases=several)
    text = make_note(TEMPLATE, PATH, Card(1, "Jane", values), Memory("test", ("1",)), READING)
    note = read_note(text, PATH, READING)
    assert not [problem for problem in note.problems if problem.unsafe]
    assert note.contact is not None
    assert note.contact.company == values.get("company", ())
    assert text.endswith("\n\n## Follow-ups\n\n## Log\n")


def test_a_note_that_cannot_be_read_surely_is_left() -> None:
    with pytest.raises(UnsafeNote):
        add_values("---\na: [\n---\n", {"b": "c"}, PATH, READING)


def test_entries_are_added_at_once_and_none_twice() -> None:
    text = "---\n---\n## Log\n- 2026-07-01 email: I wrote\n- 2026-07-02 coffee: talked\n"
    traces = settle(
        [
            Trace(DAY, "email", "out", "known"),
            Trace(DAY, "email", "in", "new"),
            Trace(date(2026, 7, 2), "meeting", None, "the same talk"),
            Trace(date(2026, 7, 3), "meeting", None, "another", "14:30"),
            Trace(date(2026, 7, 4), None, None, "Lunch at Marie's"),
            Trace(date(2026, 7, 4), None, None, "we met: a walk"),
        ],
        READING,
    )
    after = with_traces(text, PATH, traces, READING)
    assert added(text.encode(), after.encode()) == [
        "- 2026-07-01 email in: new",
        "- 2026-07-03 14:30 meeting: another",
        "- 2026-07-04 lunch: at Marie's",
        "- 2026-07-04 we met: a walk",
    ]
    assert with_traces(after, PATH, traces, READING) == after
    elsewhere = {trace.key for trace in traces}
    assert with_traces(text, PATH, traces, READING, elsewhere) == text


def test_newest_first() -> None:
    reading = Reading(newest_first=True)
    text = "## Log\n- 2026-06-01 call: old\n"
    after = with_traces(text, PATH, settle(CARD.traces, reading), reading)
    assert after.splitlines()[1:] == [
        "- 2026-07-01 email in: thanks",
        "- 2026-07-01 email out: the plan",
        "- 2026-06-01 call: old",
    ]


def test_a_log_in_which_nothing_would_be_read_is_left() -> None:
    with pytest.raises(UnsafeNote, match="would not be read back"):
        with_traces("## Log\n```\nnever closed\n", PATH, settle(CARD.traces, READING), READING)
