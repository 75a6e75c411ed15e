"""`meeting`: a future entry of the log, in the view (RULES.md; seed 002: "set up times to talk")."""

from vaultkeeper.domain.duration import say_day
from vaultkeeper.domain.reason.base import Due, Reason, View
from vaultkeeper.domain.summary import Summary


def _find(summary: Summary, view: View) -> Due | None:
    if not summary.touches or summary.touches[-1].date <= view.today:
        return None
    planned = [touch for touch in summary.planned(view.today) if view.first <= touch.date <= view.last]
    if not planned:
        return None
    said = (f"{touch.channel or 'planned'} {say_day(touch.date, view.week)}" for touch in planned)
    return Due(planned[0].date, "; ".join(said))


MEETING = Reason("meeting", 20, fixed=True, find=_find)
