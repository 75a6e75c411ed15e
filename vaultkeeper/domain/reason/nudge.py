"""`nudge`: an ask without an answer for 10 days, once; and how an introduction went, after 30 (RULES.md)."""

from datetime import date, timedelta

from vaultkeeper.domain.balance import balance
from vaultkeeper.domain.duration import say_day
from vaultkeeper.domain.link import link_key, target_path
from vaultkeeper.domain.reason.base import Due, Reason, View
from vaultkeeper.domain.summary import Summary


def _find(summary: Summary, view: View) -> Due | None:
    return nudge_of_ask(summary, view) or _introduction(summary, view)


def nudge_of_ask(summary: Summary, view: View) -> Due | None:
    """Until the user wrote again, the contact answered in any way, or it is too long ago to ask again."""
    rules = view.policy.rules
    known = summary.until(view.today)
    for asked in reversed(balance(summary, view.policy, view.today).open_asks):
        due = asked + timedelta(days=rules.nudge_days)
        if not due <= view.today <= asked + timedelta(days=rules.nudge_last_days):
            continue
        answered = any(t.by_contact and t.date > asked for t in known)
        nudged = any(t.by_user and t.date >= due for t in known)
        if not answered and not nudged:
            return Due(due, f"you asked on {say_day(asked, view.week)}; no answer yet")
    return None


def _introduction(summary: Summary, view: View) -> Due | None:
    """Asked of the one of the two whose name comes first, until an #outcome is logged."""
    rules = view.policy.rules
    known = summary.until(view.today)
    for touch in reversed(known):
        if not touch.introduced:
            continue
        due = touch.date + timedelta(days=rules.introduction_outcome_days)
        if not due <= view.today <= touch.date + timedelta(days=rules.nudge_last_days):
            continue
        if any("outcome" in t.kinds and t.date >= touch.date for t in known):
            return None
        other = touch.introduced[0]
        if link_key(summary.contact.path) < link_key(other):
            return Due(due, _say(other, touch.date, view.week))
    return None


def _say(other: str, day: date, near: date) -> str:
    name = target_path(other).rsplit("/", 1)[-1]
    return f"you introduced {name} on {say_day(day, near)}; how did it go?"


NUDGE = Reason("nudge", 40, fixed=True, find=_find)
