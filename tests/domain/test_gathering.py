"""The look back: the first week of a quarter (RULES.md); and where what is nobody's stands in the agenda."""

from collections import Counter
from datetime import date, timedelta

import pytest

from domain.make import agenda, promise, reasons, summary, view
from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.duration import week_start
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.gathering import Known, vault_items


@pytest.mark.parametrize("week_day", range(7))
def test_one_look_back_a_quarter_whatever_day_the_week_begins_on(week_day: int) -> None:
    """Day by day over decades: in one week of each quarter, on all seven of its days, and in no other."""
    vault, days = [summary()], Counter[tuple[int, int, date]]()
    day = week_start(date(1999, 12, 29), week_day)
    while day < date(2029, 12, 15):
        seen = view(day, week_day=week_day)
        for item in vault_items(Known(vault, seen), seen, ()):
            assert item.reason == "review"
            middle = item.due + timedelta(days=3)
            days[middle.year, (middle.month - 1) // 3, item.due] += 1
            assert item.due <= day < item.due + timedelta(days=7)
        day += timedelta(days=1)
    assert set(days.values()) == {7}
    quarters = Counter((year, quarter) for year, quarter, _ in days)
    assert set(quarters.values()) == {1}
    assert len(quarters) == 30 * 4


@pytest.mark.parametrize("week_day", range(7))
def test_it_is_the_week_with_most_of_the_quarters_first_seven_days(week_day: int) -> None:
    for year in range(2000, 2030):
        for month in (1, 4, 7, 10):
            start = date(year, month, 1)
            firsts = [week_start(start + timedelta(days=n), week_day) for n in range(7)]
            most = Counter(firsts).most_common(1)[0][0]
            for first in set(firsts):
                shown = "review" in reasons(agenda([summary()], first, week_day=week_day))
                assert shown == (first == most), (first, most)


def test_nobody_to_look_back_on() -> None:
    assert not agenda([], date(2026, 10, 1)).items


def test_where_they_stand() -> None:
    """After all that always shows, before the rest; the look back last."""
    today = date(2026, 9, 30)
    vault = [
        summary(name="a", follow_ups=[promise(due=today)]),
        summary(name="b", birthday=date(2026, 10, 2)),
        summary(name="c", tier="A"),
    ]
    party = Event("Events/P.md", "Party", date(2026, 10, 3), date(2026, 10, 3))
    made = agenda(vault, today, [party], occasions=(Anniversary(10, 1, None, "Harvest"),))
    found = [item.reason for item in made.items]
    assert found == ["follow-up", "birthday", "occasion", "event", "cadence", "review"]
