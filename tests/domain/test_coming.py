"""What lies ahead with a date on it, for the generated notes."""

from datetime import date

import pytest

from domain.make import ahead, promise, summary, touch, view
from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.coming import coming
from vaultkeeper.domain.summary import Summary

FIRST, LAST = ahead(8), ahead(14)


def found(*vault: Summary) -> list[tuple[str, date]]:
    return [(item.reason, item.due) for item in coming(vault, view(), FIRST, LAST)]


@pytest.mark.parametrize("days", [7, 8, 14, 15])
def test_both_ends_count(days: int) -> None:
    day = ahead(days)
    for known, reason in [
        (summary(birthday=day), "birthday"),
        (summary(special_dates=(Anniversary(day.month, day.day),)), "special-date"),
        (summary(touch(day, "lunch")), "meeting"),
        (summary(follow_ups=[promise(due=day)]), "follow-up"),
    ]:
        assert found(known) == ([(reason, day)] if 8 <= days <= 14 else [])


def test_a_meeting_before_does_not_hide_the_one_after() -> None:
    assert found(summary(touch(ahead(2), "lunch"), touch(ahead(9), "call"))) == [("meeting", ahead(9))]


def test_each_promise_is_a_line_of_its_own_and_only_open_ones() -> None:
    owed = [promise(due=ahead(9)), promise(due=ahead(10)), promise(due=ahead(11), state="done"), promise()]
    assert found(summary(follow_ups=owed)) == [("follow-up", ahead(9)), ("follow-up", ahead(10))]


def test_by_day() -> None:
    vault = [
        summary(birthday=ahead(12)),
        summary(touch(ahead(9), "lunch")),
        summary(follow_ups=[promise(due=ahead(10))]),
    ]
    assert found(*vault) == [("meeting", ahead(9)), ("follow-up", ahead(10)), ("birthday", ahead(12))]


@pytest.mark.parametrize(
    ("facts", "left"),
    [
        ({}, {"birthday", "meeting", "follow-up"}),
        ({"status": "paused"}, {"birthday", "meeting", "follow-up"}),
        ({"status": "new"}, {"meeting", "follow-up"}),
        ({"snooze_until": ahead(1)}, {"meeting", "follow-up"}),
        ({"status": "dormant"}, {"follow-up"}),
        ({"status": "deceased"}, set()),
    ],
)
def test_the_same_reasons_stop(facts: dict[str, object], left: set[str]) -> None:
    known = summary(touch(ahead(9), "lunch"), follow_ups=[promise(due=ahead(9))], birthday=ahead(13), **facts)
    assert {reason for reason, _ in found(known)} == left
