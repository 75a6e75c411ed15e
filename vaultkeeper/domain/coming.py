"""What lies ahead with a date on it: birthdays, special dates, meetings, promises (for the notes)."""

from collections.abc import Iterable
from datetime import date

from vaultkeeper.domain.item import Item
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.reason.dates import BIRTHDAY, SPECIAL_DATE
from vaultkeeper.domain.reason.follow_up import say_promise
from vaultkeeper.domain.reason.meeting import MEETING
from vaultkeeper.domain.status import reasons_left
from vaultkeeper.domain.summary import Summary

_DATED = (BIRTHDAY, SPECIAL_DATE, MEETING)


def coming(summaries: Iterable[Summary], view: View, first: date, last: date) -> list[Item]:
    """One item a contact and reason, in [first, last], by day."""
    ahead = view._replace(first=first, last=last)
    found = []
    for summary in summaries:
        who = summary.contact.path, summary.contact.name
        left = reasons_left(summary, view.policy, view.today)
        for reason in _DATED:
            due = reason.find(summary, ahead) if left is None or reason.code in left else None
            if due is not None and due.day >= first:
                found.append(Item(reason.code, due.day, due.detail, *who))
        found += [
            Item("follow-up", promise.due, say_promise(promise, view.week), *who)
            for promise in (summary.open_follow_ups if left is None or left else ())
            if promise.due is not None and first <= promise.due <= last
        ]
    return sorted(found, key=lambda item: (item.due, item.reason, item.path))
