"""The rhythm two people fell into, and drifting from it (RULES.md, derived facts)."""

from datetime import date
from itertools import pairwise
from statistics import median

from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.summary import Summary


def rhythm(summary: Summary, policy: Policy, today: date) -> float | None:
    """The median gap in days between the last 12 distinct days of contact.

    None with fewer than 4 gaps, or where those days span less than 3 weeks.
    """
    rules = policy.rules
    days = sorted({t.date for t in summary.until(today)})[-rules.rhythm_days_of_contact :]
    gaps = [(b - a).days for a, b in pairwise(days)]
    if len(gaps) < rules.rhythm_least_gaps or (days[-1] - days[0]).days < rules.rhythm_least_days:
        return None
    return median(gaps)


def is_drifting(summary: Summary, policy: Policy, today: date) -> bool:
    """Silent for more than max(2 gaps, 14 days) and at most max(12 gaps, 90 days)."""
    gap = rhythm(summary, policy, today)
    last = summary.last(today)
    if gap is None or last is None:
        return False
    rules = policy.rules
    silent = (today - last.date).days
    start = max(rules.drifting_gaps * gap, rules.drifting_days)
    end = max(rules.drifting_last_gaps * gap, rules.drifting_last_days)
    return start < silent <= end
