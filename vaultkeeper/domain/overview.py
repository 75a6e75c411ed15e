"""The vault at a glance, for the Dashboard: warmth, streak, load (RULES.md, Review)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from vaultkeeper.domain.cadence import cadence_of
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.rhythm import is_drifting
from vaultkeeper.domain.status import reasons_left
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.warmth import WARMTHS, warmth

WEEKS = 12


@dataclass(frozen=True, slots=True)
class Week:
    """How many contacts the user reached out to, or talked with, in the week from `first` on."""

    first: date
    contacts: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`streak`: full weeks in a row in which the quota was met, this one too if it is already.

    `load`: contacts a week that the cadences ask for. `weeks`: the last twelve and this one, oldest first.
    """

    contacts: int
    warmth: dict[str, int]
    streak: int
    load: float
    weeks: tuple[Week, ...]
    drifting: tuple[Summary, ...]


def make_overview(summaries: Sequence[Summary], view: View) -> Overview:
    """As of the end of the view's week, with the touches known today: the same all week."""
    policy = view.policy
    living = [replace(s, touches=s.until(view.today)) for s in summaries if s.contact.status != "deceased"]
    counts = dict.fromkeys(WARMTHS, 0)
    for summary in living:
        counts[warmth(summary, policy, view.week_end)] += 1
    weekly = _weekly(living, view)
    drifting = tuple(
        s for s in living if is_drifting(s, policy, view.week) and reasons_left(s, policy, view.today) is None
    )
    return Overview(
        len(living),
        counts,
        _streak(weekly, view.week, policy.quota),
        load(living, policy, view.week),
        tuple(
            Week(first, weekly.get(first, 0))
            for first in (view.week - timedelta(weeks=back) for back in range(WEEKS, -1, -1))
        ),
        drifting,
    )


def _weekly(summaries: Sequence[Summary], view: View) -> dict[date, int]:
    """First day of a week → contacts touched by the user in it."""
    counts: dict[date, int] = {}
    for summary in summaries:
        weeks = {_week_of(t.date, view.week) for t in summary.touches if t.by_user}
        for week in weeks:
            counts[week] = counts.get(week, 0) + 1
    return counts


def _week_of(day: date, some_week: date) -> date:
    return day - timedelta(days=(day - some_week).days % 7)


def _streak(weekly: dict[date, int], this_week: date, quota: int) -> int:
    streak = int(weekly.get(this_week, 0) >= quota)
    week = this_week - timedelta(weeks=1)
    while weekly.get(week, 0) >= quota:
        streak += 1
        week -= timedelta(weeks=1)
    return streak


def load(summaries: Sequence[Summary], policy: Policy, day: date) -> float:
    """Contacts a week that the cadences of active contacts ask for."""
    total = 0.0
    for summary in summaries:
        cadence = cadence_of(summary.contact, policy)
        if cadence is not None and summary.contact.status == "active":
            total += 7 / max((cadence.after(day) - day).days, 1)
    return total
