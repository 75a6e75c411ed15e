"""How often, and when next: RULES.md, derived facts; and the reason `cadence`."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.make import (
    POLICY,
    TODAY,
    agenda,
    ago,
    ahead,
    contact,
    duration,
    names,
    policy,
    summary,
    touch,
)
from vaultkeeper.domain.cadence import cadence_of, lateness, next_contact, tier_of
from vaultkeeper.domain.duration import week_start
from vaultkeeper.domain.summary import Summary

WITH_RELATIONSHIPS = policy(relationships={"mentor": "B", "Former Manager": "C"})


@pytest.mark.parametrize(
    ("facts", "tier", "cadence"),
    [
        pytest.param({}, "", None, id="nothing said"),
        pytest.param({"tier": "A"}, "A", "3w", id="the tier's"),
        pytest.param({"tier": "d"}, "D", "1y", id="a tier in small letters"),
        pytest.param({"tier": "Q"}, "", None, id="a tier the config lacks"),
        pytest.param({"cadence": "10d"}, "", "10d", id="own, without a tier"),
        pytest.param({"tier": "A", "cadence": "1y"}, "A", "1y", id="own before the tier's"),
        pytest.param({"tier": "A", "no_cadence": True}, "A", None, id="none before the tier's"),
        pytest.param({"relationship": ("mentor",)}, "B", "2m", id="the relationship's"),
        pytest.param({"relationship": ("FORMER  manager",)}, "C", "6m", id="however it is spelled"),
        pytest.param({"relationship": ("alumni", "mentor")}, "B", "2m", id="the first that the config knows"),
        pytest.param({"relationship": ("mentor",), "tier": "D"}, "D", "1y", id="the tier before it"),
        pytest.param({"relationship": ("mentor",), "tier": "Q"}, "B", "2m", id="where the tier is unknown"),
        pytest.param({"relationship": ("alumni",)}, "", None, id="a relationship without one"),
        pytest.param({"relationship": ("mentor",), "no_cadence": True}, "B", None, id="none before it"),
    ],
)
def test_own_then_tier_then_relationship(facts: dict[str, Any], tier: str, cadence: str | None) -> None:
    known = contact(**facts)
    assert tier_of(known, WITH_RELATIONSHIPS) == tier
    assert cadence_of(known, WITH_RELATIONSHIPS) == (duration(cadence) if cadence else None)


NEXT = [
    pytest.param(summary(touch(ago(10)), tier="A"), ahead(11), id="last contact and the cadence"),
    pytest.param(summary(touch(ago(10), "in"), tier="A"), ahead(11), id="in any direction"),
    pytest.param(summary(touch(ago(30)), touch(ago(10)), tier="A"), ahead(11), id="the latest of them"),
    pytest.param(
        summary(touch(ago(10)), touch(ahead(2), "lunch"), tier="A"), ahead(11), id="not a planned one"
    ),
    pytest.param(summary(tier="A", met=ago(10)), ahead(11), id="met, without a contact"),
    pytest.param(
        summary(touch(ago(30)), tier="A", met=ago(10)), ago(9), id="the contact, although met since"
    ),
    pytest.param(
        summary(touch(ago(30)), tier="A", snooze_until=ago(20)), ago(9), id="a snooze that is earlier"
    ),
    pytest.param(
        summary(touch(ago(30)), tier="A", snooze_until=ahead(5)), ahead(5), id="a snooze that is later"
    ),
    pytest.param(summary(tier="A"), None, id="never in touch: due, but no day to tell"),
    pytest.param(summary(touch(ago(30))), None, id="no cadence"),
    pytest.param(summary(touch(ago(30)), tier="A", no_cadence=True), None, id="none wanted"),
]


@pytest.mark.parametrize(("known", "day"), NEXT)
def test_when_next(known: Summary, day: date | None) -> None:
    assert next_contact(known, POLICY, TODAY) == day


def clamped(start: date, months: int) -> date:
    """The same day so many months on, or the month's last: counted month by month."""
    first = start.replace(day=1)
    for _ in range(months):
        first = (first + timedelta(days=31)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=start.day - 1), last)


@pytest.mark.parametrize(
    ("cadence", "months"), [("1m", 1), ("2m", 2), ("6m", 6), ("13m", 13), ("1y", 12), ("4y", 48)]
)
def test_months_and_years_clamp_to_the_months_end_on_every_day_of_decades(cadence: str, months: int) -> None:
    day = date(1996, 1, 1)
    while day < date(2033, 1, 1):
        due = next_contact(summary(touch(day), cadence=cadence), POLICY, day)
        assert due == clamped(day, months), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("last", "cadence", "due"),
    [
        (date(2026, 1, 31), "1m", date(2026, 2, 28)),
        (date(2028, 1, 31), "1m", date(2028, 2, 29)),
        (date(2028, 2, 29), "1y", date(2029, 2, 28)),
        (date(2024, 2, 29), "4y", date(2028, 2, 29)),
        (date(2026, 12, 31), "2m", date(2027, 2, 28)),
        (date(2026, 8, 31), "6m", date(2027, 2, 28)),
        (date(2026, 12, 31), "1d", date(2027, 1, 1)),
        (date(2026, 12, 28), "3w", date(2027, 1, 18)),
    ],
)
def test_ends_of_months_and_years(last: date, cadence: str, due: date) -> None:
    assert next_contact(summary(touch(last), cadence=cadence), POLICY, last) == due


@pytest.mark.parametrize(
    ("known", "late"),
    [
        pytest.param(summary(touch(ago(10)), tier="A"), -11 / 21, id="not yet due"),
        pytest.param(summary(touch(ago(21)), tier="A"), 0.0, id="due today"),
        pytest.param(summary(touch(ago(22)), tier="A"), 1 / 21, id="a day over"),
        pytest.param(summary(touch(ago(42)), tier="A"), 1.0, id="a whole cadence over"),
        pytest.param(summary(touch(ago(84)), tier="A"), 3.0, id="three of them"),
        pytest.param(summary(touch(date(2026, 8, 31)), cadence="1m"), 56 / 30, id="the month's own days"),
        pytest.param(summary(met=ago(28), tier="A"), 7 / 21, id="from the day they met"),
        pytest.param(
            summary(touch(ago(42)), tier="A", snooze_until=ago(7)), 7 / 21, id="from a snooze's end"
        ),
        pytest.param(summary(tier="A"), 0.0, id="never in touch"),
        pytest.param(summary(touch(ago(900))), 0.0, id="no cadence"),
    ],
)
def test_lateness_is_days_over_by_the_cadences_days(known: Summary, late: float) -> None:
    assert lateness(known, POLICY, TODAY) == pytest.approx(late)


@pytest.mark.parametrize("week_day", range(7))
def test_due_from_the_week_that_holds_the_day_on_every_day_and_week_start(week_day: int) -> None:
    """One contact, due on one day: listed on every day from that day's week on, and on none before."""
    known = summary(touch(date(2024, 2, 8)), cadence="3w")
    due = date(2024, 2, 29)
    for offset in range(-13, 60):
        today = due + timedelta(days=offset)
        listed = names(agenda([known], today, week_day=week_day), "cadence") == ["Jane Doe"]
        assert listed == (today >= week_start(due, week_day)), today


@pytest.mark.parametrize("week_day", range(7))
def test_a_week_is_the_seven_days_from_its_first_one(week_day: int) -> None:
    day = date(2023, 12, 1)
    while day < date(2025, 2, 1):
        first = week_start(day, week_day)
        assert first.weekday() == week_day
        assert timedelta(0) <= day - first < timedelta(days=7)
        day += timedelta(days=1)


def test_the_reason_says_the_cadence_and_the_last_contact() -> None:
    def detail(known: Summary) -> str:
        return next(i.detail for i in agenda([known]).items if i.reason == "cadence")

    assert (
        detail(summary(touch(date(2026, 10, 20), "coffee"), tier="A"))
        == "every 3 weeks, last coffee 20 October"
    )
    assert detail(summary(met=date(2026, 10, 20), tier="A")) == "every 3 weeks, met 20 October, nothing since"
    assert detail(summary(tier="A")) == "every 3 weeks, no contact noted yet"
    linked = summary(tier="A", connected=date(2026, 3, 1))
    assert detail(linked) == "every 3 weeks, connected 1 March, no contact noted yet"


def test_never_in_touch_is_due_today() -> None:
    item = next(i for i in agenda([summary(tier="D")]).items)
    assert (item.reason, item.due) == ("cadence", TODAY)
    assert item.overdue_days(TODAY) == 0
