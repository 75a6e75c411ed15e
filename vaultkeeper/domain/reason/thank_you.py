"""`thank-you`: within two days of meeting somebody, or of being helped (RULES.md; seeds 000, 004)."""

from datetime import date

from vaultkeeper.domain.duration import days_after, say_day
from vaultkeeper.domain.reason.base import Due, Reason, View
from vaultkeeper.domain.summary import Summary


def _find(summary: Summary, view: View) -> Due | None:
    found = [due for due in (_met(summary, view), _helped(summary, view)) if due is not None]
    if not found:
        return None
    first = min(found, key=lambda due: due.day)
    return Due(first.day, "; ".join(dict.fromkeys(due.detail for due in found)))


def _met(summary: Summary, view: View) -> Due | None:
    """Until an entry that isn't `in`, dated after `met`, or a #thanks on the day."""
    met = summary.contact.met
    rules = view.policy.rules
    if met is None or not days_after(view.first, -rules.thank_you_days) <= met <= view.today:
        return None
    for touch in summary.until(view.today):
        if (touch.date > met and touch.by_user) or (touch.date == met and "thanks" in touch.kinds):
            return None
    where = summary.contact.met_at
    place = f" at {where}" if where else ""
    return Due(days_after(met, rules.thank_you_due_days), f"met {say_day(met, view.week)}{place}")


def _helped(summary: Summary, view: View) -> Due | None:
    """From each #helped until a #thanks on that day or later; after a quarter it is too late to begin."""
    rules = view.policy.rules
    known = [t for t in summary.until(view.today) if t.kinds]
    thanked = max((t.date for t in known if "thanks" in t.kinds), default=date.min)
    oldest = max(days_after(thanked, 1), days_after(view.first, -rules.thank_you_helped_days))
    waiting = next((t.date for t in known if "helped" in t.kinds and t.date >= oldest), None)
    if waiting is None:
        return None
    due = days_after(waiting, rules.thank_you_due_days)
    return Due(due, f"helped you {say_day(waiting, view.week)}")


THANK_YOU = Reason("thank-you", 30, fixed=True, find=_find)
