"""What an import said of a contact last: a line of the note's property `imported`, one for each source.

With it an import takes from a file only what is new there since the last time: a value that the user has
deleted or changed meanwhile is not brought back, a note that was renamed is still the card's, and a change
is told once. In the note, because it must go where the note goes: by sync, rename, merge and undo.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from vaultkeeper.domain.card import Card

KEY = "imported"

_ISO = len("2026-11-23")  # a digest is longer


class Memory(NamedTuple):
    """Written `linkedin 5d41402abc4b: CTO, Initech`. `digests` are the cards', mostly one; `words` are what
    the source said that the person does, or the name where nothing else tells who it is.

    `moved` is the day on which an import found that the words had changed, and the note knew nothing of it:
    `linkedin 5d41402abc4b 2026-11-23: CTO, Initech`.
    """

    source: str
    digests: tuple[str, ...]
    words: str = ""
    moved: date | None = None

    def __str__(self) -> str:
        head = (self.source, *dict.fromkeys(self.digests), *([self.moved.isoformat()] if self.moved else []))
        return " ".join(head) + (f": {self.words}" if self.words else "")


def lines_of(properties: Mapping[str, object]) -> tuple[str, ...]:
    """The lines of `imported` in a note's front matter."""
    value = properties.get(KEY)
    values = value if isinstance(value, list) else [value]
    return tuple(str(one) for one in values if one not in (None, ""))


def read_memory(lines: Iterable[str], source: str) -> Memory | None:
    """Of the lines of `imported`, that of `source`; a note that was merged of two may have several."""
    digests: list[str] = []
    said: list[tuple[str, date | None]] = []
    for line in lines:
        head, _, words = line.partition(": ")
        name, *more = head.split(" ")
        if name == source:
            days = [day for text in more if (day := _day(text)) is not None]
            digests += [text for text in more if _day(text) is None]
            said.append((words, max(days, default=None)))
    return Memory(source, tuple(digests), *said[0]) if said else None


def last_move(lines: Iterable[str]) -> tuple[date, str] | None:
    """(day, words) of the latest change of job that an import found; the words are what they do now."""
    known = [*lines]
    read = (read_memory([line], line.split(" ", 1)[0]) for line in known)
    moves = [(memory.moved, memory.words) for memory in read if memory and memory.moved and memory.words]
    return max(moves, default=None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == _ISO else None
    except ValueError:
        return None


def remember(cards: "Sequence[Card]", source: str) -> Memory:
    """What is to be written of `cards`, all of one person; `digests` are in their order."""
    headline = next((card.headline for card in cards if card.headline), "")
    nameless = not any(card.uid or card.profile or card.emails for card in cards)
    return Memory(
        source, tuple(card.digest() for card in cards), headline or (cards[0].name if nameless else "")
    )


def replaced(lines: Iterable[str], memory: Memory) -> list[str]:
    """The lines of `imported` with `memory` in place of its source's last."""
    kept = [line for line in lines if read_memory([line], memory.source) is None]
    return [*kept, str(memory)]
