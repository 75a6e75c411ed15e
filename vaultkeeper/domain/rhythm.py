"""The rhythm two people fell into, and drifting from it (RULES.md, derived facts)."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from vaultkeeper.domain.interaction import Touch
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.summary import Summary


def rhythm(summary: Summary, policy: Policy, today: date) -> float | None:
    """The median gap in days between the last 12 distinct days of contact.

    None with fewer than 4 gaps, or where those days span less than 3 weeks.
    """
    rules = policy.rules
    days = _last_days(summary.until(today), rules.rhythm_days_of_contact)
    gaps = [(b - a).days for a, b in pairwise(days)]
    if len(gaps) < rules.rhythm_least_gaps or (days[-1] - days[0]).days < rules.rhythm_least_days:
        return None
    gaps.sort()
    middle = len(gaps) // 2
    return gaps[middle] if len(gaps) % 2 else (gaps[middle - 1] + gaps[middle]) / 2


def _last_days(touches: Sequence[Touch], most: int) -> list[date]:
    """The latest distinct days of `touches` (by date), oldest first: at most so many."""
    days: list[date] = []
    for touch in reversed(touches):
        if not days or touch.date != days[-1]:
            if len(days) == most:
                break
            days.append(touch.date)
    return days[::-1]


def is_drifting(summary: Summary, policy: Policy, today: date) -> bool:
    """Silent for more than max(2 gaps, 14 days) and at most max(12 gaps, 90 days)."""
    rules = policy.rules
    last = summary.last(today)
    silent = (today - last.date).days if last is not None else 0
    if silent <= rules.drifting_days:
        return False
    gap = rhythm(summary, policy, today)
    if gap is None:
        return False
    start = max(rules.drifting_gaps * gap, rules.drifting_days)
    end = max(rules.drifting_last_gaps * gap, rules.drifting_last_days)
    return start < silent <= end
