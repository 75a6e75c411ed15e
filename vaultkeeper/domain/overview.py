"""The vault at a glance, for the Dashboard: warmth, streak, load (RULES.md, Review)."""

from math import fsum
from typing import NamedTuple

from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.glance import Sums
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.warmth import WARMTHS
from vaultkeeper.domain.week import Week, dated_weeks, streak

WEEKS = 12


class Overview(NamedTuple):
    """`streak`: full weeks in a row in which the quota was met, this one too if it is already.

    `load`: contacts a week that the cadences ask for. `weeks`: the last twelve and this one, oldest first.
    """

    contacts: int
    warmth: dict[str, int]
    streak: int
    load: float
    weeks: tuple[Week, ...]


def make_overview(sums: Sums, view: View) -> Overview:
    """As of the end of the view's week."""
    weekly = dated_weeks(sums.weeks, view.week)
    return Overview(
        sums.warmth.total(),
        {warmth: sums.warmth[warmth] for warmth in WARMTHS},
        streak(weekly, view.week, view.policy.quota),
        fsum(sums.load.elements()),
        tuple(
            Week(first, weekly.get(first, 0))
            for first in (days_after(view.week, -7 * back) for back in range(WEEKS, -1, -1))
        ),
    )
