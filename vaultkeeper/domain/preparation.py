"""Getting ready for an event: who will be there, and whom to invite to one of your own (seed 002)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.duration import say_day
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.introduction import content_words, share_met
from vaultkeeper.domain.link import link_key
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.status import reasons_left
from vaultkeeper.domain.summary import Summary

_MOST = 15


class Guest(NamedTuple):
    """Somebody to invite, and why."""

    summary: Summary
    why: str


def expected(event: Event, summaries: Sequence[Summary]) -> list[Summary]:
    """The contacts whom the event's note names, as expected or spoken with."""
    keys = {link_key(target) for target in (*event.attendees, *event.people)}
    return [s for s in summaries if link_key(s.contact.path) in keys]


def lives_at(summary: Summary, place: str) -> bool:
    """Whether `place` is a part of one of their locations, case and accents aside."""
    where = fold(place)
    return bool(where) and any(where in fold(location) for location in summary.contact.location)


def lives_near(summary: Summary, event: Event) -> bool:
    """Whether the event is where they live: `Berlin` and `c-base, Berlin`."""
    return any(event.is_in(place) for place in summary.contact.location)


def whom_to_invite(event: Event, summaries: Sequence[Summary], policy: Policy, today: date) -> list[Guest]:
    """Those who live there or care for what it is about, the longest silent first; not those named."""
    known = {s.contact.path for s in expected(event, summaries)}
    found = []
    for summary in summaries:
        contact = summary.contact
        if contact.path in known or reasons_left(summary, policy, today) is not None:
            continue
        reasons = [f"lives in {place}" for place in contact.location if event.is_in(place)][:1]
        topics = [i for i in contact.interests if content_words(i) and share_met(i, event.title) >= 1]
        reasons += [f"cares for {topic}" for topic in topics[:1]]
        if reasons:
            last = summary.last(today)
            found.append((last.date if last is not None else date.min, fold(contact.name), reasons, summary))
    found.sort(key=lambda row: (row[0], row[1]))
    return [
        Guest(
            summary,
            ", ".join([*reasons, *([f"silent since {say_day(last, today)}"] if last > date.min else [])]),
        )
        for last, _, reasons, summary in found[:_MOST]
    ]
