"""What was done this week: whom the user was in touch with, what they kept of their promises."""

from collections.abc import Iterable

from vaultkeeper.domain.duration import say_day
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.summary import Summary


def done_this_week(summaries: Iterable[Summary], view: View) -> list[Item]:
    """An item a touch by the user and a kept promise, from the week's first day to today, by day."""
    found = []
    for summary in summaries:
        who = summary.contact.path, summary.contact.name
        found += [
            Item("done", t.date, f"{t.channel or 'contact'}, {say_day(t.date, view.week)}", *who)
            for t in summary.until(view.today)
            if t.date >= view.week and t.by_user
        ]
        found += [
            Item("done", promise.done_on, f"kept: {promise.words}", *who)
            for promise in summary.follow_ups
            if promise.done_on is not None and view.week <= promise.done_on <= view.today
        ]
    return sorted(found, key=lambda item: (item.due, item.path, item.detail))
