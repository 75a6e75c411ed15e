"""Weeks as the quota counts them: who was reached in each, how many in a row, what the cadences ask for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import NamedTuple

from vaultkeeper.domain.cadence import cadence_of
from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.summary import Summary


class Week(NamedTuple):
    """How many contacts the user reached out to, or talked with, in the week from `first` on."""

    first: date
    contacts: int


def count_weeks(summaries: Iterable[Summary], some_week: date, last: date) -> dict[date, int]:
    """First day of a week → contacts touched by the user in it, up to `last`; `some_week` is the first day of
    any week. Weeks without a touch are absent."""
    weeks = (weeks_of(summary, some_week, last) for summary in summaries)
    return dated_weeks(Counter(chain.from_iterable(weeks)), some_week)


def weeks_of(summary: Summary, some_week: date, last: date) -> tuple[int, ...]:
    """The weeks up to `last` in which the user touched one contact: how many after `some_week`."""
    start = some_week.toordinal()
    found = {(t.date.toordinal() - start) // 7 for t in summary.until(last) if t.direction != "in"}
    return tuple(sorted(found))


def dated_weeks(counts: Mapping[int, int], some_week: date) -> dict[date, int]:
    """First day of a week → its count, by the numbers that `weeks_of` gives."""
    start = some_week.toordinal()
    return {date.fromordinal(max(start + 7 * week, 1)): count for week, count in counts.items()}


def streak(weekly: Mapping[date, int], this_week: date, quota: int) -> int:
    """Full weeks in a row in which the quota was met, up to `this_week`; that one too if it is already."""
    count = int(weekly.get(this_week, 0) >= quota)
    week = days_after(this_week, -7)
    while weekly.get(week, 0) >= quota and week > date.min:
        count += 1
        week = days_after(week, -7)
    return count


def load(summaries: Iterable[Summary], policy: Policy, day: date) -> float:
    """Contacts a week that the cadences of active contacts ask for."""
    total = 0.0
    for summary in summaries:
        cadence = cadence_of(summary.contact, policy)
        if cadence is not None and summary.contact.status == "active":
            total += 7 / max((cadence.after(day) - day).days, 1)
    return total
