"""`due`: the agenda, worked out once and kept until something changes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from vaultkeeper.domain.item import Agenda, Item
from vaultkeeper.domain.view import View
from vaultkeeper.storage.index import Index

_MOST_LATER = 200  # contacts: beyond that nobody reads what to say


def read_agenda(index: Index, view: View, *, quota: bool = True, advise_later: bool = False) -> Agenda:
    """Who is due in `view`, why, and what to do; without `quota` nobody is left for later. What to do about
    those left for later is asked for with `advise_later`.

    Kept until something changes; without the contacts themselves.
    """
    name, mark = "agenda and later" if advise_later else "agenda", repr((view, quota))
    kept = index.kept(name, mark)
    if kept is not None:
        return _restored(view, *kept)
    from vaultkeeper.app.agenda import Adviser, advise_all

    agenda = advise_all(
        Adviser(index, view), quota=quota, later=_MOST_LATER if advise_later else 0, complete=True
    )
    rows = [[_row(item) for item in items] for items in (agenda.items, agenda.later)]
    index.keep(name, mark, (*rows, agenda.done))
    return agenda


def _row(item: Item) -> tuple[object, ...]:
    who = item.path, item.name
    return item.reason, item.due.toordinal(), item.detail, *who, item.touch, item.suggestion


def _restored(
    view: View, items: Iterable[tuple[Any, ...]], later: Iterable[tuple[Any, ...]], done: int
) -> Agenda:
    """The agenda of what `_row` made of each of its items."""

    def item(reason: str, due: int, *rest: Any) -> Item:
        return Item(reason, date.fromordinal(due), *rest)

    now, then = (tuple(item(*row) for row in rows) for rows in (items, later))
    return Agenda(view, view.policy.quota, now, then, done)
