"""The vault at a glance, for the Dashboard: warmth, streak, load (RULES.md, Review)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.rhythm import is_drifting
from vaultkeeper.domain.status import reasons_left
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.warmth import WARMTHS, warmth
from vaultkeeper.domain.week import Week, count_weeks, load, streak

WEEKS = 12


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
    living = [_as_of(s, view.today) for s in summaries if s.contact.status != "deceased"]
    counts = dict.fromkeys(WARMTHS, 0)
    for summary in living:
        counts[warmth(summary, policy, view.week_end)] += 1
    weekly = count_weeks(summaries, view.week, view.today)
    drifting = tuple(
        s for s in living if is_drifting(s, policy, view.week) and reasons_left(s, policy, view.today) is None
    )
    return Overview(
        len(living),
        counts,
        streak(weekly, view.week, policy.quota),
        load(living, policy, view.week),
        tuple(
            Week(first, weekly.get(first, 0))
            for first in (days_after(view.week, -7 * back) for back in range(WEEKS, -1, -1))
        ),
        drifting,
    )


def _as_of(summary: Summary, today: date) -> Summary:
    """Without the meetings to come."""
    known = summary.until(today)
    return summary if known is summary.touches else replace(summary, touches=known)
