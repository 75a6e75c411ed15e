"""The agenda: who is due, and why, one item a contact and reason (RULES.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vaultkeeper.domain.priority import Priority, priority
from vaultkeeper.domain.reason import REASONS, View
from vaultkeeper.domain.status import reasons_left
from vaultkeeper.domain.summary import Summary


@dataclass(frozen=True, slots=True)
class Item:
    """A contact (None for an event or a look back, which have a `title`) and one reason.

    `due` is the day it asks for; `touch` and `suggestion` say what to do, and may be empty.
    """

    reason: str
    due: date
    detail: str
    summary: Summary | None = None
    title: str = ""
    touch: str | None = None
    suggestion: str = ""

    def overdue_days(self, today: date) -> int:
        return max((today - self.due).days, 0)


@dataclass(frozen=True, slots=True)
class Agenda:
    """`items` for this week, in order; `later` what the quota left for another one, complete."""

    view: View
    quota: int
    items: tuple[Item, ...]
    later: tuple[Item, ...] = ()


def make_agenda(summaries: Iterable[Summary], view: View, *, quota: bool = True) -> Agenda:
    """The items of every summary, promises first, then as their reasons rank, then by priority."""
    found = [pair for summary in summaries for pair in _due(summary, view)]
    found.sort(key=lambda pair: pair[0])
    return Agenda(view, view.policy.quota, tuple(item for _, item in found))


def _due(summary: Summary, view: View) -> list[tuple[tuple[int, date, Priority], Item]]:
    left = reasons_left(summary, view.policy, view.today)
    found = []
    for reason in REASONS:
        if left is not None and reason.code not in left:
            continue
        due = reason.find(summary, view)
        if due is not None:
            day = due.day if reason.fixed else date.max
            order = (reason.rank, day, priority(summary, view.policy, view.today))
            found.append((order, Item(reason.code, due.day, due.detail, summary)))
    return found
