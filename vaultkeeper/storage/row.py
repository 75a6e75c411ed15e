"""What goes into the index and comes out of it, and as which bytes: loaded where there is any to read."""

from typing import NamedTuple

from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.event import Event, News
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction, Touch
from vaultkeeper.domain.mention import Mention
from vaultkeeper.domain.place import Problem
from vaultkeeper.domain.summary import Summary
from vaultkeeper.storage.codec import decode, encode

CONTACT = Contact
EVENT = Event
INTERACTIONS = tuple[Interaction, ...]
FOLLOW_UPS = tuple[FollowUp, ...]
TOUCHES = tuple[Touch, ...]
PROBLEMS = tuple[Problem, ...]
NEWS = tuple[News, ...]
MENTION = Mention


class Row(NamedTuple):
    """A contact's note as it is put into the index. `names` are (folded, whole) pairs to be found by;
    `mentions` the keys of the links that count for others, `asides` the mentions of others, by
    their keys: they count for nobody."""

    path: str
    key: str
    problems: tuple[Problem, ...] = ()
    contact: Contact | None = None
    properties: dict[str, object] | None = None
    interactions: tuple[Interaction, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    names: tuple[tuple[str, bool], ...] = ()
    mentions: frozenset[str] = frozenset()
    text: str = ""
    event: Event | None = None
    news: tuple[News, ...] = ()
    asides: tuple[tuple[str, Mention], ...] = ()


class Told(NamedTuple):
    """What one note tells: its entries and promises, for its own contact and for those it links to."""

    path: str
    interactions: tuple[Interaction, ...]
    follow_ups: tuple[FollowUp, ...]


def summed_up(summary: Summary) -> tuple[bytes | None, bytes | None]:
    """The touches and promises, as `summary_of` takes them."""
    touches, promises = summary.touches, summary.follow_ups
    return encode(touches, TOUCHES) if touches else None, encode(promises, FOLLOW_UPS) if promises else None


def summary_of(contact: bytes, touches: bytes | None, promises: bytes | None) -> Summary:
    return Summary(
        decode(contact, Contact),
        decode(touches, TOUCHES) if touches else (),
        decode(promises, FOLLOW_UPS) if promises else (),
    )


def told_of(path: str, interactions: bytes | None, follow_ups: bytes | None) -> Told:
    return Told(
        path,
        decode(interactions, INTERACTIONS) if interactions else (),
        decode(follow_ups, FOLLOW_UPS) if follow_ups else (),
    )
