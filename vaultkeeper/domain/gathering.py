"""The items of the agenda that are about no single contact: events, occasions, the look back (RULES.md)."""

from collections.abc import Callable, Sequence
from datetime import date

from vaultkeeper.domain.duration import days_after, say_day
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.link import link_key
from vaultkeeper.domain.preparation import lives_near
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.reason.dates import helped_lately, split_tag
from vaultkeeper.domain.status import reasons_left
from vaultkeeper.domain.summary import Summary

Everybody = Callable[[], Sequence[Summary]]


def vault_items(everybody: Everybody, view: View, events: Sequence[Event]) -> list[Item]:
    """In the order of their days; the look back last. `everybody` is asked for only where there is any."""
    dated = [*_occasions(everybody, view), *_events(everybody, view, events)]
    return [*sorted(dated, key=lambda item: (item.due, item.name)), *_review(everybody, view)]


def _occasions(everybody: Everybody, view: View) -> list[Item]:
    """An occasion without a tag is one line; it names those who helped in the last year."""
    found = []
    for occasion in view.policy.occasions:
        name, tag = split_tag(occasion)
        day = occasion.next_on_or_after(view.first)
        if tag or day is None or day > view.last:
            continue
        helped = [s for s in everybody() if helped_lately(s, view)]
        helpers = [s.contact.name for s in helped if _may(s, "occasion", view)]
        thanks = f": wishes, and thanks to {', '.join(sorted(helpers))}" if helpers else ": wishes"
        found.append(Item("occasion", day, f"{say_day(day, view.week)}{thanks}", name=name or "Wishes"))
    return found


def _events(everybody: Everybody, view: View, events: Sequence[Event]) -> list[Item]:
    found = []
    for event in events:
        if event.end < view.first or event.start > view.last:
            continue
        place = f", {event.location}" if event.location else ""
        detail = f"{say_day(event.start, view.week)}{place}"
        expected = {link_key(target) for target in event.attendees}
        may = sorted((s for s in everybody() if _may(s, "event", view)), key=lambda s: s.contact.path)
        there = [s for s in may if link_key(s.contact.path) in expected]
        if there:
            detail += f": {', '.join(_with_promises(s) for s in there)} will be there"
        paths = {s.contact.path for s in there}
        near = [s for s in may if s.contact.path not in paths and lives_near(s, event)]
        if near:
            detail += f"; also in {event.location}: {', '.join(s.contact.name for s in near[:5])}"
        found.append(Item("event", event.start, detail, name=event.title))
    return found


def _with_promises(summary: Summary) -> str:
    owed = [promise.text for promise in summary.open_follow_ups]
    return f"{summary.contact.name} (you owe: {'; '.join(owed)})" if owed else summary.contact.name


def _may(summary: Summary, code: str, view: View) -> bool:
    left = reasons_left(summary, view.policy, view.today)
    return left is None or code in left


def _review(everybody: Everybody, view: View) -> list[Item]:
    """The first week of a quarter: the one that holds at least four of the quarter's first seven days."""
    middle = days_after(view.week, 3)
    first = date(middle.year, (middle.month - 1) // 3 * 3 + 1, 1)
    if (middle - first).days >= 7 or not everybody():
        return []
    return [Item("review", view.week, "a new quarter: what worked, and who matters now?", name="Look back")]
