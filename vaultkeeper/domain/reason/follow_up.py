"""`follow-up`: what was promised, by its date (RULES.md; seed 004: "practice relentless follow up")."""

from datetime import date

from vaultkeeper.domain.duration import days_after, say_day
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.reason.base import Due, Reason, View
from vaultkeeper.domain.summary import Summary


def promise_day(follow_up: FollowUp, view: View) -> date | None:
    """Its own date; for an undated one in the contact's note, 2 days after it was made; else None."""
    if follow_up.due is not None:
        return follow_up.due
    if follow_up.made is None or not follow_up.own:
        return None
    return days_after(follow_up.made, view.policy.rules.promise_due_days)


def due_promises(summary: Summary, view: View) -> list[tuple[date, FollowUp]]:
    """The open promises that are due in the view or before it, by date."""
    if not summary.follow_ups:
        return []
    dated = [(promise_day(f, view), f) for f in summary.follow_ups if f.is_open]
    due = [(day, f) for day, f in dated if day is not None and day <= view.last]
    return sorted(due, key=lambda pair: (pair[0], pair[1].path, pair[1].line))


def _find(summary: Summary, view: View) -> Due | None:
    promises = due_promises(summary, view)
    if not promises:
        return None
    return Due(promises[0][0], "; ".join(say_promise(f, view.week) for _, f in promises))


def say_promise(follow_up: FollowUp, near: date) -> str:
    """`Send the hiring plan, by Thursday 26 November`."""
    by = "" if follow_up.due is None else f", by {say_day(follow_up.due, near)}"
    return f"{follow_up.words}{by}"


FOLLOW_UP = Reason("follow-up", 10, fixed=True, find=_find)
