"""`thank-you`: RULES.md, what the agenda lists."""

from datetime import date

import pytest

from domain.make import TODAY, agenda, ago, ahead, later, names, summary, touch
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.summary import Summary


def thanks(known: Summary, today: date = TODAY) -> Item | None:
    return next((item for item in agenda([known], today).items if item.reason == "thank-you"), None)


MET = ago(5)


@pytest.mark.parametrize(
    ("known", "listed"),
    [
        pytest.param(summary(met=TODAY), True, id="met today"),
        pytest.param(summary(met=ago(14)), True, id="14 days ago"),
        pytest.param(summary(met=ago(15)), False, id="15 days ago"),
        pytest.param(summary(met=ahead(1)), False, id="tomorrow"),
        pytest.param(summary(), False, id="never"),
        pytest.param(summary(connected=MET), False, id="a LinkedIn connection is no meeting"),
        pytest.param(summary(touch(MET, "coffee"), met=MET), True, id="the talk itself is no thanks"),
        pytest.param(summary(touch(MET, "coffee", "thanks"), met=MET), False, id="thanked on the day"),
        pytest.param(summary(touch(MET, "in", "thanks"), met=MET), False, id="thanks of either side"),
        pytest.param(summary(touch(ago(4)), met=MET), False, id="wrote the day after"),
        pytest.param(summary(touch(ago(4), "touch"), met=MET), False, id="a touch the day after"),
        pytest.param(summary(touch(ago(4), "call"), met=MET), False, id="a call the day after"),
        pytest.param(summary(touch(ago(4), "email in"), met=MET), True, id="they wrote: still to thank"),
        pytest.param(summary(touch(ago(6)), met=MET), True, id="wrote the day before"),
        pytest.param(summary(touch(ahead(1), "lunch"), met=MET), True, id="a lunch to come"),
    ],
)
def test_after_meeting_somebody(known: Summary, listed: bool) -> None:
    assert (thanks(known) is not None) == listed


@pytest.mark.parametrize(
    ("known", "listed"),
    [
        pytest.param(summary(touch(TODAY, "email in", "helped")), True, id="helped today"),
        pytest.param(summary(touch(ago(5), "call", "helped"), touch(ago(3))), True, id="a mail is no thanks"),
        pytest.param(
            summary(touch(ago(5), "call", "helped"), touch(ago(3), "email", "thanks")), False, id="thanked"
        ),
        pytest.param(summary(touch(ago(5), "call", "helped", "thanks")), False, id="in the same talk"),
        pytest.param(
            summary(touch(ago(5), "email", "thanks"), touch(ago(5), "in", "helped")), False, id="on the day"
        ),
        pytest.param(
            summary(touch(ago(6), "email", "thanks"), touch(ago(5), "in", "helped")), True, id="before"
        ),
        pytest.param(
            summary(
                touch(ago(9), "in", "helped"), touch(ago(8), "card", "thanks"), touch(ago(7), "in", "helped")
            ),
            True,
            id="helped again",
        ),
        pytest.param(
            summary(
                touch(ago(9), "in", "helped"), touch(ago(7), "in", "helped"), touch(ago(6), "card", "thanks")
            ),
            False,
            id="helped twice, thanked once",
        ),
        pytest.param(summary(touch(ago(90), "in", "helped")), True, id="a quarter ago"),
        pytest.param(summary(touch(ago(91), "in", "helped")), False, id="too late to begin"),
        pytest.param(
            summary(touch(ago(200), "in", "helped"), touch(ago(5), "in", "helped")),
            True,
            id="long ago, and again",
        ),
    ],
)
def test_after_help(known: Summary, listed: bool) -> None:
    assert (thanks(known) is not None) == listed


def test_it_is_due_two_days_after() -> None:
    for known in (summary(met=MET), summary(touch(MET, "in", "helped"))):
        item = thanks(known)
        assert item is not None
        assert (item.due, item.overdue_days(TODAY)) == (ago(3), 3)


def test_two_grounds_are_one_item_due_with_the_earlier() -> None:
    item = thanks(summary(touch(ago(4), "in", "helped"), met=ago(6), met_at="PyCon"))
    assert item is not None
    assert item.due == ago(4)
    assert "PyCon" in item.detail
    assert "helped" in item.detail


def test_only_the_newest_five_show_and_the_rest_waits() -> None:
    met = [summary(name=f"{n:02}", met=ago(n)) for n in range(9)]
    made = agenda(met, quota=20)
    assert sorted(names(made)) == ["00", "01", "02", "03", "04"]
    assert later(made) == ["08", "07", "06", "05"]  # the longest waiting first
    assert len(names(agenda(met, quota=20, everything=True), "thank-you")) == 9


def test_those_beyond_five_take_no_place() -> None:
    met = [summary(name=f"met {n}", met=ago(n)) for n in range(8)]
    due = [summary(name=f"due {n}", tier="A") for n in range(8)]
    assert len(names(agenda([*met, *due], quota=7), "cadence")) == 2


def test_one_who_is_thanked_makes_room_for_the_next() -> None:
    met = [summary(name=f"{n:02}", met=ago(n + 1)) for n in range(6)]
    met[0] = summary(touch(TODAY), name="00", met=ago(1))
    assert sorted(names(agenda(met), "thank-you")) == ["01", "02", "03", "04", "05"]


def test_one_listed_for_another_reason_does_not_wait_as_well() -> None:
    met = [summary(name=f"{n:02}", met=ago(n), birthday=ahead(2) if n == 6 else None) for n in range(7)]
    made = agenda(met)
    assert names(made, "birthday") == ["06"]
    assert later(made) == ["05"]
