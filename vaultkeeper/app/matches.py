"""`matches` and `who --for`: whom to connect, and who would like what."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vaultkeeper.app.find import find_contact
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.introduction import (
    Match,
    Seeker,
    Vocabulary,
    content_words,
    find_matches,
    seeker,
    who_for,
)
from vaultkeeper.domain.link import link_key, resolve_link
from vaultkeeper.errors import BadInput
from vaultkeeper.storage.index import Index

_LIVE = ("active", "new", "paused")


class Liked(NamedTuple):
    """Somebody who would like a thing on some topic, and why."""

    name: str
    path: str
    why: str
    score: float


def introduced_pairs(index: Index, seekers: Iterable[Seeker]) -> frozenset[frozenset[str]]:
    """The pairs of contacts' paths of whom an #intro is logged."""
    pairs = set()
    for path, target in ((one.path, target) for one in seekers for target in one.introduced):
        other = resolve_link(target, path, index.paths_of(link_key(target)))
        if other is not None and other != path:
            pairs.add(frozenset((path, other)))
    return frozenset(pairs)


def help_for(contact: Contact, offers: Sequence[str]) -> tuple[str, str] | None:
    """(need, offer) where one of the user's `offers` meets a need of theirs."""
    if not contact.needs or not offers:
        return None
    vocabulary = Vocabulary()
    for number, offer in enumerate(offers):
        vocabulary.add(content_words(offer), number)
    best = [
        (score, need, offers[number])
        for need in contact.needs
        if (words := content_words(need))
        for number, score in vocabulary.scores(words).items()
        if score >= 0.5
    ]
    return max(best)[1:] if best else None


def list_matches(index: Index, name: str | None) -> tuple[list[Match], dict[str, str]]:
    """The pairs worth an introduction, best first (of one contact, where `name` is given), and the names by
    path."""
    summaries = [s for s in index.summaries() if s.contact.status in _LIVE]
    contacts = {s.contact.path: s.contact for s in summaries}
    known = [one for s in summaries if (one := seeker(s)) is not None]
    found = find_matches(contacts, introduced_pairs(index, known))
    if name is not None:
        path = find_contact(index, name, reading=True)
        found = [match for match in found if path in (match.needs, match.offers)]
    return found, {path: contact.name for path, contact in contacts.items()}


def list_who_for(index: Index, topic: str) -> list[Liked]:
    """Who would like an article, an event, a job on `topic`, best first."""
    if not content_words(topic):
        raise BadInput(f"{topic!r} has no word to go by")
    contacts = {s.contact.path: s.contact for s in index.summaries() if s.contact.status in _LIVE}
    return [Liked(contacts[path].name, path, why, score) for path, why, score in who_for(contacts, topic)]
