"""`cadence`: next contact falls in the week or has passed (RULES.md)."""

from vaultkeeper.domain.cadence import cadence_of, next_contact
from vaultkeeper.domain.duration import say_day
from vaultkeeper.domain.reason.base import Due, Reason, View
from vaultkeeper.domain.summary import Summary


def _find(summary: Summary, view: View) -> Due | None:
    cadence = cadence_of(summary.contact, view.policy)
    if cadence is None:
        return None
    last = summary.last(view.today)
    if last is not None:
        since = f"last {last.channel or 'contact'} {say_day(last.date, view.week)}"
    elif summary.contact.met is not None:
        since = f"met {say_day(summary.contact.met, view.week)}, nothing since"
    elif summary.contact.connected is not None:
        since = f"connected {say_day(summary.contact.connected, view.week)}, no contact noted yet"
    else:
        since = "no contact noted yet"
    day = next_contact(summary, view.policy, view.today) or view.first
    return Due(day, f"{cadence.words()}, {since}") if day <= view.week_end else None


CADENCE = Reason("cadence", 60, fixed=False, find=_find)
