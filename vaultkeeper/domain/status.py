"""Which reasons a contact's state stops (RULES.md, "Which reasons stop")."""

from datetime import date

from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.response import is_unresponsive
from vaultkeeper.domain.summary import Summary

_PROMISES = frozenset({"follow-up"})
_AND_MEETINGS = _PROMISES | {"meeting"}
_AND_DATES = _AND_MEETINGS | {"birthday", "special-date", "event"}
_LEFT: dict[str, frozenset[str]] = {
    "new": _AND_MEETINGS,
    "paused": _AND_DATES,
    "dormant": _PROMISES,
    "archived": _PROMISES,
    "deceased": frozenset(),
}


def is_snoozed(summary: Summary, today: date) -> bool:
    until = summary.contact.snooze_until
    return until is not None and today < until


def reasons_left(
    summary: Summary, policy: Policy, today: date, *, awake_by: date | None = None
) -> frozenset[str] | None:
    """The reason codes that may still list this contact; None for all of them.

    With `awake_by` a snooze that is over by that day stops nothing.
    """
    left = _LEFT.get(summary.contact.status)
    if is_snoozed(summary, awake_by or today):
        left = _AND_MEETINGS if left is None else left & _AND_MEETINGS
    elif left is None and is_unresponsive(summary, policy, today):
        left = _AND_DATES
    return left
