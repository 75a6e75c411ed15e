"""`drifting`: silent for longer than the two of you used to be, where the cadence says nothing yet."""

from vaultkeeper.domain.duration import say_day
from vaultkeeper.domain.reason.base import Due, Reason, View
from vaultkeeper.domain.reason.cadence import CADENCE
from vaultkeeper.domain.rhythm import is_drifting, rhythm
from vaultkeeper.domain.summary import Summary


def _find(summary: Summary, view: View) -> Due | None:
    last = summary.last(view.today)
    if last is None or not is_drifting(summary, view.policy, view.today):
        return None
    if CADENCE.find(summary, view) is not None:
        return None
    gap = rhythm(summary, view.policy, view.today)
    assert gap is not None
    since = say_day(last.date, view.week)
    return Due(view.week, f"quiet since {since}; you used to be in touch {say_gap(gap)}")


def say_gap(days: float) -> str:
    """`about every 4 weeks`."""
    for length, unit in ((30.4, "month"), (7.0, "week"), (1.0, "day")):
        count = round(days / length)
        if days >= 2 * length or length == 1.0 or (count == 1 and abs(days - length) < length / 4):
            return f"about every {unit}" if count <= 1 else f"about every {count} {unit}s"
    return "often"


DRIFTING = Reason("drifting", 60, fixed=False, find=_find)
