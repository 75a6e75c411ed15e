"""Who knows whom: what the notes tell of two contacts having met."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.statistics import Resolve, find_introductions
from vaultkeeper.domain.summary import Summary

_TABLE = 6  # people of one entry who have surely spoken with each other; of a whole party one can't tell
HOWS = ("introduced", "by-you", "together")


class Tie(NamedTuple):
    """Two contacts' paths, in order. `how` is the first that holds of: "introduced" (one introduced the other
    to the user), "by-you" (the user introduced them), "together" (both were in one talk)."""

    one: str
    other: str
    how: str


def find_ties(
    summaries: Sequence[Summary], entries: Iterable[Interaction], resolve: Resolve, today: date
) -> list[Tie]:
    """One a pair, in order; `entries` are those of all notes that name others. The deceased stand apart."""
    living = {s.contact.path for s in summaries if s.contact.status != "deceased"}
    found: dict[tuple[str, str], str] = {}

    def tie(one: str, other: str, how: str) -> None:
        if one != other and {one, other} <= living:
            found.setdefault((min(one, other), max(one, other)), how)

    for summary in summaries:
        by = summary.contact.introduced_by
        tie(summary.contact.path, resolve(by, summary.contact.path) or "" if by else "", "introduced")
    for _, one, other in find_introductions(summaries, date.min, today, resolve):
        tie(one, other, "by-you")
    for entry in entries:
        if entry.date <= today:
            there = [resolve(target, entry.path) for target in entry.participants]
            people = sorted({path for path in (*there, entry.path) if path in living})
            for at, one in enumerate(people if len(people) <= _TABLE else ()):
                for other in people[at + 1 :]:
                    tie(one, other, "together")
    return sorted(Tie(*pair, how) for pair, how in found.items())


def best_tied(ties: Sequence[Tie], most: int) -> list[Tie]:
    """The ties among `most` contacts or fewer: the largest circles first, each from its best known out."""
    known: dict[str, list[str]] = defaultdict(list)
    for tie in ties:
        known[tie.one].append(tie.other)
        known[tie.other].append(tie.one)
    ranked = sorted(known, key=lambda path: (-len(known[path]), path))
    seen: set[str] = set()
    circles = [_circle(path, known, seen) for path in ranked if path not in seen]
    circles.sort(key=lambda circle: -len(circle))
    kept = set([path for circle in circles for path in circle][:most])
    return [tie for tie in ties if {tie.one, tie.other} <= kept]


def _circle(first: str, known: Mapping[str, Sequence[str]], seen: set[str]) -> list[str]:
    """All who are reached from `first`, the nearest first; they are put into `seen`."""
    circle = [first]
    seen.add(first)
    for path in circle:  # it grows meanwhile
        for other in sorted(known[path]):
            if other not in seen:
                seen.add(other)
                circle.append(other)
    return circle
