"""`matches`, `who --for` and `intro`: connecting people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vaultkeeper.app.change import Change, plan_edit
from vaultkeeper.app.find import find_contact
from vaultkeeper.app.log import entry_edit, spell
from vaultkeeper.app.vault import Vault
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
from vaultkeeper.notes.entry import write_entry
from vaultkeeper.storage.index import Index

_LIVE = ("active", "new", "paused")


@dataclass(frozen=True, slots=True)
class Liked:
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


def plan_intro(vault: Vault, index: Index, one: str, other: str, text: str, day: date) -> list[Change]:
    """An introduction, into both notes; it counts once, being one day's one `intro` for each of them."""
    paths = [find_contact(index, name, reading=False) for name in (one, other)]
    if paths[0] == paths[1]:
        raise BadInput("one person cannot be introduced to themselves")
    said = " ".join(text.split()) or _reason(index, paths)
    return [
        _plan_entry(vault, index, path, f"{said} #intro".strip(), with_whom, day)
        for path, with_whom in (paths, paths[::-1])
    ]


def _reason(index: Index, paths: list[str]) -> str:
    """Why the two would like to know each other, where the notes tell."""
    contacts = {path: summary.contact for path in paths if (summary := index.summary(path)) is not None}
    found = find_matches(contacts, frozenset())
    if not found:
        return "introduced"
    match = found[0]
    if not match.need:
        return f"both care for {match.offer}"
    needs, offers = contacts[match.needs].name, contacts[match.offers].name
    return f"{needs} looks for {match.need}, {offers} offers {match.offer}"


def _plan_entry(vault: Vault, index: Index, path: str, text: str, other: str, day: date) -> Change:
    people = (spell(index, other),)
    entry = write_entry(day, text, vault.reading.channels, channel="intro", people=people)
    return plan_edit(vault, path, entry_edit(vault, path, entry, ""))
