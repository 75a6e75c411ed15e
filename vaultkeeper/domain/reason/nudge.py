"""`nudge`: an ask without an answer for 10 days, once; and how an introduction went, after 30 (RULES.md)."""

from datetime import date

from vaultkeeper.domain.balance import balance
from vaultkeeper.domain.duration import days_after, say_day
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
        due = days_after(asked, rules.nudge_days)
        if not due <= view.today <= days_after(asked, rules.nudge_last_days):
            continue
        answered = any(t.by_contact and t.date > asked for t in known)
        nudged = any(t.by_user and t.date >= due for t in known)
        if not answered and not nudged:
            return Due(due, f"you asked on {say_day(asked, view.week)}; no answer yet")
    return None


def open_introduction(summary: Summary, view: View) -> tuple[date, str] | None:
    """(day, name) of the latest introduction of which one may ask now how it went: until an #outcome is
    logged, on either side. It is asked of the one of the two whose name comes first."""
    rules = view.policy.rules
    known = summary.until(view.today)
    for touch in reversed(known):
        if not touch.introduced or link_key(touch.introduced[0]) < link_key(summary.contact.path):
            continue
        since = (view.today - touch.date).days
        if not rules.introduction_outcome_days <= since <= rules.introduction_outcome_last_days:
            continue
        theirs = (day for day in view.outcomes_of(link_key(touch.introduced[0])) if day <= view.today)
        own = (t.date for t in known if "outcome" in t.kinds)
        if not any(day >= touch.date for day in (*own, *theirs)):
            return touch.date, target_path(touch.introduced[0]).rsplit("/", 1)[-1]
    return None


def _introduction(summary: Summary, view: View) -> Due | None:
    found = open_introduction(summary, view)
    if found is None:
        return None
    due = days_after(found[0], view.policy.rules.introduction_outcome_days)
    return Due(due, f"you introduced {found[1]} on {say_day(found[0], view.week)}; how did it go?")


NUDGE = Reason("nudge", 40, fixed=True, find=_find)
