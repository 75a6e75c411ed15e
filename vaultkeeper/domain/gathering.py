"""The items of the agenda that are about no single contact: events, occasions, the look back (RULES.md)."""

from collections.abc import Sequence
from datetime import date

from vaultkeeper.domain.duration import days_after, say_day
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.link import link_key
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.reason.dates import helped_lately, split_tag
from vaultkeeper.domain.status import reasons_left
from vaultkeeper.domain.summary import Summary


def vault_items(summaries: Sequence[Summary], view: View, events: Sequence[Event]) -> list[Item]:
    """In the order of their days; the look back last."""
    dated = [*_occasions(summaries, view), *_events(summaries, view, events)]
    return [*sorted(dated, key=lambda item: (item.due, item.title)), *_review(summaries, view)]


def _occasions(summaries: Sequence[Summary], view: View) -> list[Item]:
    """An occasion without a tag is one line; it names those who helped in the last year."""
    found = []
    for occasion in view.policy.occasions:
        name, tag = split_tag(occasion)
        day = occasion.next_on_or_after(view.first)
        if tag or day is None or day > view.last:
            continue
        helpers = [s.contact.name for s in summaries if helped_lately(s, view) and _may(s, "occasion", view)]
        thanks = f": wishes, and thanks to {', '.join(sorted(helpers))}" if helpers else ": wishes"
        found.append(Item("occasion", day, f"{say_day(day, view.week)}{thanks}", title=name or "Wishes"))
    return found


def _events(summaries: Sequence[Summary], view: View, events: Sequence[Event]) -> list[Item]:
    found = []
    for event in events:
        if event.end < view.first or event.start > view.last:
            continue
        place = f", {event.location}" if event.location else ""
        detail = f"{say_day(event.start, view.week)}{place}"
        expected = {link_key(target) for target in event.attendees}
        there = [s for s in summaries if link_key(s.contact.path) in expected and _may(s, "event", view)]
        if there:
            detail += f": {', '.join(_with_promises(s) for s in there)} will be there"
        near = [s for s in summaries if s not in there and _lives_at(s, event) and _may(s, "event", view)]
        if near:
            detail += f"; also in {event.location}: {', '.join(s.contact.name for s in near[:5])}"
        found.append(Item("event", event.start, detail, title=event.title))
    return found


def _with_promises(summary: Summary) -> str:
    owed = [promise.text for promise in summary.open_follow_ups]
    return f"{summary.contact.name} (you owe: {'; '.join(owed)})" if owed else summary.contact.name


def _lives_at(summary: Summary, event: Event) -> bool:
    return any(event.is_in(place) for place in summary.contact.location)


def _may(summary: Summary, code: str, view: View) -> bool:
    left = reasons_left(summary, view.policy, view.today)
    return left is None or code in left


def _review(summaries: Sequence[Summary], view: View) -> list[Item]:
    """The first week of a quarter: the one that holds at least four of the quarter's first seven days."""
    middle = days_after(view.week, 3)
    first = date(middle.year, (middle.month - 1) // 3 * 3 + 1, 1)
    if not summaries or (middle - first).days >= 7:
        return []
    return [Item("review", view.week, "a new quarter: what worked, and who matters now?", title="Look back")]
