"""What an import said of a contact last: a line of the note's property `imported`, one for each source.

With it an import takes from a card only what is new there since the last time: a value that the user has
deleted or changed meanwhile is not brought back, and a change is told once. In the note, because it must
go where the note goes, by sync, rename, merge and undo.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from vaultkeeper.domain.card import Card

KEY = "imported"


@dataclass(frozen=True, slots=True)
class Memory:
    """Written `linkedin 5d41402abc4b: CTO, Initech`. `digest` is the card's; `words` are its headline."""

    source: str
    digest: str
    words: str = ""

    def __str__(self) -> str:
        return f"{self.source} {self.digest}" + (f": {self.words}" if self.words else "")


def read_memory(lines: Iterable[str], source: str) -> Memory | None:
    """Of the lines of `imported`, that of `source`."""
    for line in lines:
        head, _, words = line.partition(": ")
        name, _, digest = head.partition(" ")
        if name == source:
            return Memory(name, digest, words)
    return None


def remember(card: Card, source: str) -> Memory:
    """What is to be written of `card`: its headline; else, where only the name tells who it is, that."""
    nameless = not (card.uid or card.profile or card.emails)
    return Memory(source, card.digest(), card.headline or (card.name if nameless else ""))


def replaced(lines: Iterable[str], memory: Memory) -> list[str]:
    """The lines of `imported` with `memory` in place of its source's last."""
    kept = [line for line in lines if read_memory([line], memory.source) is None]
    return [*kept, str(memory)]
