"""Entries that were logged and are gone: an editor that had the note open saved over them (FORMAT.md 8.3)."""

from collections.abc import Iterable
from itertools import chain

from vaultkeeper.domain.interaction import Interaction

_ALIKE = 0.5  # of 1: a person corrected the entry, rather than that it went and another came
_COMPARED = 1_000  # characters of two texts
_TELLING = 12  # characters of a text by which an entry is known again under another date


def find_erased(logged: Iterable[Interaction], standing: Iterable[Interaction]) -> list[Interaction]:
    """Those of `logged` that no longer stand in their note, in order.

    One that a person has corrected, its words or its date, is still there: it is known again among the
    entries that were not logged so.
    """
    expected = {_key(entry): entry for entry in logged}
    there = {_key(entry): entry for entry in standing}
    missing = [entry for key, entry in expected.items() if key not in there]
    strange = [entry for key, entry in there.items() if key not in expected]
    return [entry for entry in missing if not _known_again(entry, strange)]


def _key(entry: Interaction) -> tuple[object, ...]:
    words = " ".join(entry.text.split())
    return entry.date, entry.time, entry.channel, entry.direction, entry.participants, words


def _known_again(entry: Interaction, strange: list[Interaction]) -> bool:
    """Takes the one it is known by out of `strange`: one entry is no proof of two."""
    same_day = (other for other in strange if other.date == entry.date and _is_alike(entry, other))
    same_text = (o for o in strange if o.text == entry.text and len(o.text) >= _TELLING)
    found = next(chain(same_day, same_text), None)
    if found is not None:
        strange.remove(found)
    return found is not None


def _is_alike(entry: Interaction, other: Interaction) -> bool:
    if entry.channel == other.channel and entry.channel is not None:
        return True
    from difflib import SequenceMatcher

    one, two = entry.text[:_COMPARED], other.text[:_COMPARED]
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= _ALIKE
