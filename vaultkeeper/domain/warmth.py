"""Cold, warm, hot: how alive a tie is (RULES.md, derived facts)."""

from datetime import date
from functools import lru_cache

from vaultkeeper.domain.cadence import cadence_of
from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.summary import Summary

WARMTHS = ("hot", "warm", "cold")


def warmth(summary: Summary, policy: Policy, today: date) -> str:
    """hot: both directions within 30 days; warm: a touch, or `met`, within 90 days or the cadence where
    that is longer; cold: the rest."""
    touches = summary.until(today)
    hot_from = _ago(today, policy.rules.hot_days)
    directions = set()
    for touch in reversed(touches):
        if touch.date < hot_from:
            break
        directions.add(touch.direction)
    if "both" in directions or {"out", "in"} <= directions:
        return "hot"
    met = summary.contact.met
    last = touches[-1].date if touches else None
    if met is not None and met <= today:
        last = met if last is None else max(last, met)
    if last is None:
        return "cold"
    if last >= _ago(today, policy.rules.warm_days):
        return "warm"
    cadence = cadence_of(summary.contact, policy)
    return "warm" if cadence is not None and today <= cadence.after(last) else "cold"


@lru_cache(maxsize=64)  # the same for everybody
def _ago(today: date, days: int) -> date:
    return days_after(today, -days)
