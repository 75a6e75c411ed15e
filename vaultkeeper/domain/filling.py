"""What a card has to add to a contact, and what of it the user knows otherwise."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.card import JOINED, Card, join_cards, remark, uid_key, value_key
from vaultkeeper.domain.company import company_key
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.memory import KEY, Memory, read_memory
from vaultkeeper.domain.naming import fold

# Of somebody the user knows already, these say how they know them: an import can't tell.
_ONLY_NEW = frozenset({"name", "network", "status"})


class Move(NamedTuple):
    """A job that the other program tells of newly; `before` is empty where it never told of one."""

    before: str
    after: str


class Filling(NamedTuple):
    """`new`: keys that the note lacks; `added`: items for lists that it has; `instead`: what is to be
    overwritten; `differing`: key → what the card says, of which the note says something else."""

    new: Mapping[str, tuple[str, ...]] = {}
    added: Mapping[str, tuple[str, ...]] = {}
    instead: Mapping[str, tuple[str, ...]] = {}
    differing: Mapping[str, tuple[str, ...]] = {}
    remarks: tuple[str, ...] = ()
    move: Move | None = None
    memory: Memory | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """What it changes, the memory beside."""
        return (*self.new, *self.added, *self.instead, *(["notes"] if self.remarks else []))

    def __bool__(self) -> bool:
        """Whether the note is to be changed."""
        return self.memory is not None


def held(
    properties: Mapping[str, object], spellings: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """The keys, in our spelling, under which a note's front matter says anything, with the texts. `spellings`
    are the other ones for a key of ours."""
    ours = {other: key for key, others in spellings.items() for other in others}
    found: dict[str, tuple[str, ...]] = {}
    for written, value in properties.items():
        values = value if isinstance(value, list) else [value]
        if texts := tuple(str(one) for one in values if one not in (None, "")):
            found.setdefault(ours.get(written, written), texts)
    return found


class Given(NamedTuple):
    """What an import gives for one contact on a day: `cards`, and what is to be remembered of them.

    With `overwrite` what differs takes the place of the note's own; lists are joined all the same. `uid`:
    what our own export calls the contact while the note says none.
    """

    cards: tuple[Card, ...]
    memory: Memory
    today: date
    overwrite: bool = False
    uid: str = ""

    def new_since(self, before: Memory | None) -> list[Card]:
        """Those that were not imported the last time."""
        if before is None or self.overwrite:
            return list(self.cards)
        pairs = zip(self.cards, self.memory.digests, strict=True)
        return [card for card, digest in pairs if digest not in before.digests]


def fill(
    given: Given,
    contact: Contact,
    properties: Mapping[str, Sequence[str]],
    lines: Collection[str] = (),
) -> Filling:
    """What `given` adds to `contact`, of whose note `held` gives the `properties` and `lines` are the texts
    of its lines. Nothing where its cards were imported the last time."""
    before = read_memory(properties.get(KEY, ()), given.memory.source)
    cards = given.new_since(before)
    if not cards:
        return Filling()
    card = join_cards(cards)
    said = {key: texts for key, texts in card.values.items() if key not in _ONLY_NEW}
    if card.uid and uid_key(card.uid) != uid_key(given.uid):
        said["uid"] = (card.uid,)
    new: dict[str, tuple[str, ...]] = {}
    added: dict[str, tuple[str, ...]] = {}
    other: dict[str, tuple[str, ...]] = {}
    for key, texts in said.items():
        if key in JOINED:
            known = {value_key(key, text) for text in _known(contact, key, properties)}
            if more := tuple(text for text in texts if value_key(key, text) not in known):
                (added if key in properties else new)[key] = more
        elif key not in properties:
            new[key] = texts
        elif key != "uid" and not _same(key, texts, _known(contact, key, properties)):
            other[key] = texts
    move = _move(card, before, contact, other)
    instead, differing = (other, {}) if given.overwrite else ({}, other)
    remarks = tuple(line for line in map(remark, card.remarks) if line not in lines)
    if not (new or added or instead or remarks or move):
        return Filling(differing=differing)
    moved = given.today if move else before.moved if before else None
    return Filling(new, added, instead, differing, remarks, move, given.memory._replace(moved=moved))


def _known(contact: Contact, key: str, properties: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    value = getattr(contact, key, None)
    values = value if type(value) is tuple else (value,)
    texts = tuple(_text(one) for one in values if one not in (None, ""))
    if key == "links":  # a profile is no other link
        texts += (contact.linkedin,)
    return texts or tuple(properties.get(key, ()))


def _text(value: object) -> str:
    if isinstance(value, Anniversary):
        return f"{value.iso()} {value.label}".strip()
    return value.isoformat() if isinstance(value, date) else str(value)


def _same(key: str, texts: Sequence[str], known: Sequence[str]) -> bool:
    """Whether they say one thing, in other words perhaps: `Globex` and `Globex GmbH`, `Berlin` and `Berlin,
    Germany`, a birthday with its year and without."""
    return any(_is_one(key, value_key(key, text), value_key(key, other)) for text in texts for other in known)


def _is_one(key: str, one: str, two: str) -> bool:
    words, others = _words(one), _words(two)
    match key:
        case "birthday":
            return one == two or (one[-5:] == two[-5:] and 5 in (len(one), len(two)))
        case "company":
            return company_key(one) == company_key(two)
        case "location":
            return words == others or set(words) < set(others) or set(others) < set(words)
    return one == two or (words == others and bool(words))


def _move(
    card: Card, before: Memory | None, contact: Contact, other: Mapping[str, tuple[str, ...]]
) -> Move | None:
    """Told where the card says something new of what they do, and the note doesn't know it yet."""
    if not card.headline or not {"company", "title"} & set(other):
        return None
    if before is None:
        known = ", ".join((*contact.title, *contact.company))
        return Move(known, card.headline)
    return Move(before.words, card.headline) if fold(before.words) != fold(card.headline) else None


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)
