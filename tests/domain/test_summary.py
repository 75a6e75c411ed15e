"""A summary: one contact's touches and promises, whichever notes they stand in."""

from datetime import date

import pytest

from domain.make import TODAY, ago, ahead, contact, entry, promise, summary, touch
from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.summary import summarise

JANE = contact("Jane Doe")
JOURNAL = "Journal/2026-11-20.md"


def dates(*entries: Interaction) -> list[date]:
    return [t.date for t in summarise(JANE, entries, ()).touches]


def test_touches_stand_by_date_however_the_notes_order_them() -> None:
    told = [entry(ago(3), "call", line=1), entry(ago(9), "email", line=2), entry(ahead(2), "lunch", line=3)]
    assert dates(*told) == dates(*reversed(told)) == [ago(9), ago(3), ahead(2)]


def test_a_talk_noted_in_two_notes_counts_once_with_the_kinds_of_both() -> None:
    own = entry(ago(3), "coffee", "gave")
    found = summarise(JANE, [entry(ago(3), "coffee", "asked", path=JOURNAL), own], ())
    assert [set(t.kinds) for t in found.touches] == [{"gave", "asked"}]


@pytest.mark.parametrize(
    ("other", "count"),
    [
        pytest.param(entry(ago(3), "call", path=JOURNAL), 2, id="another channel"),
        pytest.param(entry(ago(4), "coffee", path=JOURNAL), 2, id="another day"),
        pytest.param(entry(ago(3), "coffee", line=2), 2, id="the same note: two talks"),
        pytest.param(entry(ago(3), "coffee", path=JOURNAL), 1, id="the same"),
    ],
)
def test_what_makes_two_talks_of_it(other: Interaction, count: int) -> None:
    assert len(dates(entry(ago(3), "coffee"), other)) == count


def test_last_contact_of_the_front_matter_counts_only_without_any_entry() -> None:
    migrated = contact("Jane Doe", last_contact=ago(40))
    assert summarise(migrated, (), ()).last(TODAY) == touch(ago(40), "")
    assert [t.date for t in summarise(migrated, [entry(ago(90))], ()).touches] == [ago(90)]


@pytest.mark.parametrize(
    ("day", "last", "planned"),
    [
        (ago(11), None, 3),
        (ago(10), ago(10), 2),
        (ago(1), ago(10), 2),
        (TODAY, TODAY, 1),
        (ahead(5), ahead(5), 0),
    ],
)
def test_what_is_past_and_what_is_planned_depends_on_the_day(
    day: date, last: date | None, planned: int
) -> None:
    known = summary(touch(ago(10)), touch(TODAY, "call"), touch(ahead(5), "lunch"))
    found = known.last(day)
    assert (found.date if found else None) == last
    assert len(known.planned(day)) == planned
    assert len(known.until(day)) + planned == 3


def test_a_back_dated_entry_does_not_move_the_last_contact_back() -> None:
    late = summarise(JANE, [entry(ago(2), "call", line=1), entry(ago(50), "email", line=2)], ()).last(TODAY)
    assert late is not None
    assert late.date == ago(2)


def test_only_open_promises_are_owed() -> None:
    kept = [promise("a"), promise("b", state="done"), promise("c", state="cancelled")]
    assert [p.text for p in summary(follow_ups=kept).open_follow_ups] == ["a"]


@pytest.mark.parametrize(
    ("told", "introduced"),
    [
        pytest.param(entry(ago(40), "intro", "intro", participants=("Sam Lee",)), ("Sam Lee",), id="here"),
        pytest.param(
            entry(ago(40), "intro", "intro", path="People/Sam Lee.md", participants=("Jane Doe",)),
            ("People/Sam Lee.md",),
            id="in the other's note",
        ),
        pytest.param(
            entry(ago(40), "intro", "intro", path=JOURNAL, participants=("Jane Doe", "Sam Lee")),
            ("Sam Lee",),
            id="in a dated note",
        ),
        pytest.param(entry(ago(40), "call", participants=("Sam Lee",)), (), id="no introduction"),
    ],
)
def test_to_whom_an_introduction_was(told: Interaction, introduced: tuple[str, ...]) -> None:
    assert [t.introduced for t in summarise(JANE, [told], ()).touches] == [introduced]
