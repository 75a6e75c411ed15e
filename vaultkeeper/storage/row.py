"""What goes into the index and comes out of it, and as which bytes: loaded where there is any to read."""

from collections.abc import Iterable
from typing import NamedTuple

from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.event import Event, News
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction, Touch
from vaultkeeper.domain.link import link_key
from vaultkeeper.domain.mention import Mention
from vaultkeeper.domain.place import Problem
from vaultkeeper.domain.summary import Summary, summarise
from vaultkeeper.storage.codec import decode, dump, encode

CONTACT = Contact
EVENT = Event
INTERACTIONS = tuple[Interaction, ...]
FOLLOW_UPS = tuple[FollowUp, ...]
TOUCHES = tuple[Touch, ...]
PROBLEMS = tuple[Problem, ...]
NEWS = tuple[News, ...]
MENTION = Mention


class Row(NamedTuple):
    """A note as it is put into the index, with a digest of its bytes. `names` are (folded, whole) pairs to be
    found by; `asides` the mentions of others, by their keys: they count for nobody."""

    path: str
    key: str
    problems: tuple[Problem, ...] = ()
    contact: Contact | None = None
    properties: dict[str, object] | None = None
    interactions: tuple[Interaction, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    names: tuple[tuple[str, bool], ...] = ()
    text: str = ""
    event: Event | None = None
    news: tuple[News, ...] = ()
    asides: tuple[tuple[str, Mention], ...] = ()
    digest: bytes = b""


class Told(NamedTuple):
    """What one note tells: its entries and promises, for its own contact and for those it links to."""

    path: str
    interactions: tuple[Interaction, ...]
    follow_ups: tuple[FollowUp, ...]


Encoded = bytes | None


class Record(NamedTuple):
    """A row as it is stored, all of it plain: so that another process may make it.

    `note`: path, key, problems, interactions, follow-ups, digest. `contact`: name, contact, touches and
    promises (of its own note alone), properties. `mentions`: the key of a link, and what counts for those it
    leads to.
    """

    note: tuple[str, str, Encoded, Encoded, Encoded, bytes]
    contact: tuple[str, bytes, Encoded, Encoded, bytes] | None
    names: tuple[tuple[str, bool], ...]
    mentions: list[tuple[str, Encoded, Encoded]]
    asides: list[tuple[str, bytes]]
    event: Encoded
    news: Encoded
    text: str


def record_of(row: Row) -> Record:
    contact = None
    if row.contact is not None:
        own = summarise(row.contact, row.interactions, row.follow_ups)
        contact = (row.contact.name, encode(row.contact, CONTACT), *summed_up(own), dump(row.properties))
    return Record(
        (
            *(row.path, row.key, encode(row.problems, PROBLEMS) if row.problems else None),
            *(*_encoded(row.interactions, row.follow_ups), row.digest),
        ),
        contact,
        row.names,
        _mentions(row),
        [(key, encode(mention, MENTION)) for key, mention in row.asides],
        None if row.event is None else encode(row.event, EVENT),
        encode(row.news, NEWS) if row.news else None,
        row.text,
    )


def _mentions(row: Row) -> list[tuple[str, Encoded, Encoded]]:
    """What counts for others, by the keys of the links to them."""
    counts: dict[str, tuple[list[Interaction], list[FollowUp]]] = {}
    for entry in row.interactions:
        for key in _keys(entry.participants):
            counts.setdefault(key, ([], []))[0].append(entry)
    for promise in row.follow_ups:
        for key in _keys(promise.participants):
            counts.setdefault(key, ([], []))[1].append(promise)
    return [(key, *_encoded(*counting)) for key, counting in counts.items()]


def _keys(participants: tuple[str, ...]) -> Iterable[str]:
    return dict.fromkeys(map(link_key, participants)) if participants else ()


def _encoded(entries: Iterable[Interaction], promises: Iterable[FollowUp]) -> tuple[Encoded, Encoded]:
    return encode(entries, INTERACTIONS) if entries else None, encode(
        promises, FOLLOW_UPS
    ) if promises else None


def summed_up(summary: Summary) -> tuple[Encoded, Encoded]:
    """The touches and promises, as `summary_of` takes them."""
    touches, promises = summary.touches, summary.follow_ups
    return encode(touches, TOUCHES) if touches else None, encode(promises, FOLLOW_UPS) if promises else None


def summary_of(contact: bytes, touches: Encoded, promises: Encoded) -> Summary:
    return Summary(
        decode(contact, Contact),
        decode(touches, TOUCHES) if touches else (),
        decode(promises, FOLLOW_UPS) if promises else (),
    )


def told_of(path: str, interactions: Encoded, follow_ups: Encoded) -> Told:
    return Told(
        path,
        decode(interactions, INTERACTIONS) if interactions else (),
        decode(follow_ups, FOLLOW_UPS) if follow_ups else (),
    )
