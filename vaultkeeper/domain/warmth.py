"""Cold, warm, hot: how alive a tie is (RULES.md, derived facts)."""

from datetime import date
from itertools import takewhile

from vaultkeeper.domain.cadence import cadence_of
from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.summary import Summary

WARMTHS = ("hot", "warm", "cold")


def warmth(summary: Summary, policy: Policy, today: date) -> str:
    """hot: both directions within 30 days; warm: a touch, or `met`, within 90 days or the cadence where
    that is longer; cold: the rest."""
    rules = policy.rules
    touches = summary.until(today)
    hot_from = days_after(today, -rules.hot_days)
    lately = list(takewhile(lambda t: t.date >= hot_from, reversed(touches)))
    if any(t.direction in ("out", "both") for t in lately) and any(t.by_contact for t in lately):
        return "hot"
    met = summary.contact.met
    days = [t.date for t in touches[-1:]] + ([met] if met is not None and met <= today else [])
    if not days:
        return "cold"
    last = max(days)
    cadence = cadence_of(summary.contact, policy)
    warm_until = days_after(last, rules.warm_days)
    if cadence is not None:
        warm_until = max(warm_until, cadence.after(last))
    return "warm" if today <= warm_until else "cold"
