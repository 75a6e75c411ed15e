"""The items of the agenda that are about no single contact: events, occasions, the look back (RULES.md)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from vaultkeeper.domain.duration import days_after, say_day
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.link import link_key
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.reason.dates import helped_lately, split_tag
from vaultkeeper.domain.status import reasons_left
from vaultkeeper.domain.summary import Summary

_NEAR = 5  # names of those who live where an event is


class Local(NamedTuple):
    """What an event or an occasion tells of a contact. Plain values, that the index may keep.

    `may`: "event" and "occasion", as far as their state lets these list them; `helped`: in the last year;
    `owed` are the open promises.
    """

    path: str
    name: str
    location: tuple[str, ...]
    may: tuple[str, ...]
    helped: bool
    owed: tuple[str, ...]


def local_of(summary: Summary, view: View) -> Local | None:
    """None for whom neither can list."""
    contact = summary.contact
    left = reasons_left(summary, view.policy, view.today)
    may = tuple([code for code in ("event", "occasion") if left is None or code in left])
    owed = tuple([promise.text for promise in summary.open_follow_ups])
    helped = helped_lately(summary, view)
    return Local(contact.path, contact.name, contact.location, may, helped, owed) if may else None


_BY_KEY, _BY_PLACE, _HELPED = "key ", "in ", "helped"


def lists_of(local: Local) -> Iterator[tuple[str, tuple[object, ...]]]:
    """By the key of a link to them, and by each place, for events; those who helped, for occasions."""
    if "event" in local.may:
        yield f"{_BY_KEY}{link_key(local.path)}", (local.path,)
        for place in dict.fromkeys(local.location):
            yield f"{_BY_PLACE}{place}", (local.path,)
    if "occasion" in local.may and local.helped:
        yield _HELPED, (local.path,)


class Locals(Protocol):
    """Everybody, by the lists of `lists_of`."""

    def among(self, lists: Mapping[str, int]) -> Sequence[Local]:
        """Those in any of the lists: of each the first so many (-1: all); none twice."""

    def names(self) -> Iterable[str]:
        """Of all the lists."""

    def anybody(self) -> bool:
        """Whether there is a contact at all."""


class Known:
    """Locals of contacts that are all there."""

    def __init__(self, summaries: Sequence[Summary], view: View) -> None:
        self._anybody = bool(summaries)
        self._lists: dict[str, list[tuple[tuple[object, ...], Local]]] = {}
        for one in filter(None, (local_of(summary, view) for summary in summaries)):
            for name, rank in lists_of(one):
                self._lists.setdefault(name, []).append((rank, one))

    def among(self, lists: Mapping[str, int]) -> list[Local]:
        found = [one for name in lists for _, one in sorted(self._lists.get(name, []))]
        return list(dict.fromkeys(found))

    def names(self) -> Iterable[str]:
        return self._lists

    def anybody(self) -> bool:
        return self._anybody


def vault_items(people: Locals, view: View, events: Sequence[Event]) -> list[Item]:
    """In the order of their days; the look back last. `people` are asked for only where there is any."""
    dated = [*_occasions(people, view), *_events(people, view, events)]
    return [*sorted(dated, key=lambda item: (item.due, item.name)), *_review(people, view)]


def _occasions(people: Locals, view: View) -> list[Item]:
    """An occasion without a tag is one line; it names those who helped in the last year."""
    found = []
    for occasion in view.policy.occasions:
        name, tag = split_tag(occasion)
        day = occasion.next_on_or_after(view.first)
        if tag or day is None or day > view.last:
            continue
        helpers = sorted(one.name for one in people.among({_HELPED: -1}))
        thanks = f": wishes, and thanks to {', '.join(helpers)}" if helpers else ": wishes"
        found.append(Item("occasion", day, f"{say_day(day, view.week)}{thanks}", name=name or "Wishes"))
    return found


def _events(people: Locals, view: View, events: Sequence[Event]) -> list[Item]:
    found = []
    for event in events:
        if event.end < view.first or event.start > view.last:
            continue
        place = f", {event.location}" if event.location else ""
        detail = f"{say_day(event.start, view.week)}{place}"
        there = _expected(people, event)
        if there:
            detail += f": {', '.join(map(_with_promises, there))} will be there"
        near = _near(people, event, {one.path for one in there})
        if near:
            detail += f"; also in {event.location}: {', '.join(one.name for one in near)}"
        found.append(Item("event", event.start, detail, name=event.title))
    return found


def _expected(people: Locals, event: Event) -> list[Local]:
    return sorted(people.among({f"{_BY_KEY}{link_key(target)}": -1 for target in event.attendees}))


def _near(people: Locals, event: Event, but: set[str]) -> list[Local]:
    """The first of those who live there."""
    if not event.location:
        return []
    places = (name for name in people.names() if name.startswith(_BY_PLACE))
    here = [name for name in places if event.is_in(name.removeprefix(_BY_PLACE))]
    found = people.among(dict.fromkeys(here, _NEAR + len(but)))
    return sorted(one for one in found if one.path not in but)[:_NEAR]


def _with_promises(local: Local) -> str:
    return f"{local.name} (you owe: {'; '.join(local.owed)})" if local.owed else local.name


def _review(people: Locals, view: View) -> list[Item]:
    """The first week of a quarter: the one that holds at least four of the quarter's first seven days."""
    middle = days_after(view.week, 3)
    first = date(middle.year, (middle.month - 1) // 3 * 3 + 1, 1)
    if (middle - first).days >= 7 or not people.anybody():
        return []
    return [Item("review", view.week, "a new quarter: what worked, and who matters now?", name="Look back")]
