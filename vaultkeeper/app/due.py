"""`due`: the agenda, worked out once and kept until something changes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.item import Agenda, Item
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.view import View
from vaultkeeper.storage.index import Index


def read_agenda(index: Index, view: View, *, quota: bool = True) -> Agenda:
    """Who is due in `view`, why, and what to do; without `quota` nobody is left for later.

    Kept until something changes: the contacts of a kept agenda are known by path and name alone.
    """
    mark = repr((view, quota))
    kept = index.kept("agenda", mark)
    if kept is not None:
        return _restored(view, *kept)
    from vaultkeeper.app.agenda import Adviser, advise_all

    agenda = advise_all(Adviser(index, view), quota=quota)
    rows = [[_row(item) for item in items] for items in (agenda.items, agenda.later)]
    index.keep("agenda", mark, (*rows, agenda.done))
    return agenda


def _row(item: Item) -> tuple[object, ...]:
    who = (item.summary.contact.path, item.summary.contact.name) if item.summary is not None else None
    return item.reason, item.due.toordinal(), item.detail, who, item.title, item.touch, item.suggestion


def _restored(
    view: View, items: Iterable[tuple[Any, ...]], later: Iterable[tuple[Any, ...]], done: int
) -> Agenda:
    """The agenda of what `_row` made of each of its items."""

    def item(reason: str, due: int, detail: str, who: Any, *rest: Any) -> Item:
        return Item(reason, date.fromordinal(due), detail, Summary(Contact(*who)) if who else None, *rest)

    now, then = (tuple(item(*row) for row in rows) for rows in (items, later))
    return Agenda(view, view.policy.quota, now, then, done)
