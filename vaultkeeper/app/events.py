"""`events`, `event add`, `event prep`, `who --in`: places and gatherings."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from vaultkeeper.app.agenda import Adviser
from vaultkeeper.app.change import Change, plan_new
from vaultkeeper.app.find import find_contact
from vaultkeeper.app.gather import gather
from vaultkeeper.app.generated import plan_note
from vaultkeeper.app.log import spell
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.duration import say_day
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.naming import fold, plain, safe_stem
from vaultkeeper.domain.preparation import expected, lives_at, lives_near, whom_to_invite
from vaultkeeper.domain.reason.base import view_from_today
from vaultkeeper.domain.reason.follow_up import say_promise
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.warmth import warmth
from vaultkeeper.errors import Ambiguous, BadInput, NotFound, VaultkeeperError
from vaultkeeper.notes.front_matter_edit import set_value
from vaultkeeper.notes.links import unlinked
from vaultkeeper.storage.index import Index

_INTRODUCTIONS = 3  # of one person, in a prep note


class Nearby(NamedTuple):
    """Somebody at a place."""

    name: str
    path: str
    location: str
    warmth: str
    last_contact: date | None


def list_nearby(vault: Vault, index: Index, place: str, today: date) -> list[Nearby]:
    """Those of whose location `place` is a part, the latest in touch first."""
    found = []
    for summary in index.summaries():
        if summary.contact.status == "deceased" or not lives_at(summary, place):
            continue
        last = summary.last(today)
        found.append(
            Nearby(
                summary.contact.name,
                summary.contact.path,
                ", ".join(map(unlinked, summary.contact.location)),
                warmth(summary, vault.policy, today),
                last.date if last is not None else None,
            )
        )
    return sorted(found, key=lambda n: (-(n.last_contact or date.min).toordinal(), fold(n.name)))


def list_events(index: Index, today: date, *, past: bool) -> list[tuple[Event, list[str]]]:
    """Events to come (with `past` all of them), by day, with the names of the contacts named there."""
    summaries = index.summaries()
    events = [event for event in index.events() if past or event.end >= today]
    events.sort(key=lambda event: (event.start, event.title))
    return [(event, [s.contact.name for s in expected(event, summaries)]) for event in events]


def plan_event(
    vault: Vault, index: Index, title: str, start: date, end: date | None, place: str, names: Sequence[str]
) -> Change:
    """A new event's note. Raises VaultkeeperError where that name is taken."""
    stem = safe_stem(plain(title))
    if not stem:
        raise BadInput(f"{title!r} leaves nothing to name a file by")
    if end is not None and end < start:
        raise BadInput("the event ends before it begins")
    path = f"{vault.layout.events}/{stem}.md" if vault.layout.events else f"{stem}.md"
    if (vault.root / path).exists():
        raise VaultkeeperError(f"{path} is there already")
    text = set_value("---\n---\n", "type", "event")
    text = set_value(text, "date", start.isoformat())
    if end is not None:
        text = set_value(text, "end", end.isoformat())
    if place:
        text = set_value(text, "location", place)
    if stem != plain(title):
        text = set_value(text, "name", plain(title))
    links = [spell(index, find_contact(index, name, reading=False)) for name in names]
    return plan_new(vault, path, set_value(text, "attendees", links) if links else text)


def find_event(index: Index, name: str) -> Event:
    """By its title, or a unique part of it. Raises NotFound, Ambiguous."""
    wanted = fold(name)
    events = index.events()
    found = [e for e in events if fold(e.title) == wanted] or [e for e in events if wanted in fold(e.title)]
    if not found:
        raise NotFound(f"no event is called {name!r}")
    if len(found) > 1:
        raise Ambiguous(f"{name!r} may be one of {len(found)} events", tuple(e.title for e in found))
    return found[0]


def plan_prep(vault: Vault, index: Index, name: str, today: date, *, own: bool) -> tuple[str, list[Change]]:
    """(path, changes) of the event's prep note, a generated one; `own`: with whom to invite. Raises NotFound,
    Ambiguous, and UnsafeNote where that note is the user's."""
    event = find_event(index, name)
    title = f"Prep {safe_stem(event.title)}"
    path = f"{vault.layout.generated}/{title}.md"
    return path, plan_note(vault, path, title, _prep(vault, index, event, today, own), today)


def _prep(vault: Vault, index: Index, event: Event, today: date, own: bool) -> str:
    adviser = Adviser(index, view_from_today(vault.policy, today))
    there = expected(event, adviser.summaries)
    paths = {s.contact.path for s in there}
    near = [s for s in adviser.summaries if lives_near(s, event) and s.contact.path not in paths]
    guests = whom_to_invite(event, adviser.summaries, vault.policy, today) if own else []
    return vault.templates().render(
        "event-prep.md",
        title=event.title,
        day=say_day(event.start, today),
        place=event.location,
        people=[_person(index, adviser, summary, there, today) for summary in there],
        near=[spell(index, s.contact.path) for s in near if s.contact.status in ("active", "paused")],
        invite=[{"link": spell(index, g.summary.contact.path), "why": g.why} for g in guests],
    )


def _person(
    index: Index, adviser: Adviser, summary: Summary, there: Sequence[Summary], today: date
) -> dict[str, object]:
    """The introductions to those who are there stand first."""
    present = {other.contact.name for other in there}
    found = adviser.introductions(summary.contact.path)
    found = sorted(found, key=lambda pair: pair[0] not in present)[:_INTRODUCTIONS]
    talks = [t for t in gather(index, summary.contact.path)[0] if t.date <= today]
    last = talks[-1] if talks else None
    words = " / ".join(filter(None, map(plain, last.text.splitlines()))) if last else ""
    said = f"{last.channel or 'contact'} {say_day(last.date, today)}: {words}" if last else ""
    return {
        "name": summary.contact.name,
        "link": spell(index, summary.contact.path),
        "last": said.rstrip(": "),
        "promises": [say_promise(promise, today) for promise in summary.open_follow_ups],
        "looks_for": list(summary.contact.needs),
        "introduce_to": [f"{name}{', there too' * (name in present)}: {why}" for name, why in found],
    }
