"""An interaction: one line of a log, a talk, a message, a card (FORMAT.md section 4)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

KINDS = (
    *("thanks", "checkin", "congrats", "news", "gave", "asked", "helped", "declined"),
    *("intro", "outcome", "comment", "card"),
)
OUTCOMES = frozenset({"outcome", "helped"})
_ASKS_FOR_ANSWER = frozenset({"email", "message", "letter", "linkedin"})


class Interaction(NamedTuple):
    """One entry. `participants` are link targets as written; `line` counts from 1.

    `direction` is "in", "out", "both" or None; `explicit` tells that it was written by hand.
    """

    date: date
    path: str
    line: int
    text: str = ""
    time: str | None = None
    channel: str | None = None
    direction: str | None = None
    explicit: bool = False
    participants: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def touch(self) -> "Touch":
        others = self.participants if "intro" in self.kinds else ()
        return Touch(self.date, self.channel, self.direction, self.kinds, self.asks_for_answer, others)

    @property
    def asks_for_answer(self) -> bool:
        """RULES.md, unresponsive: `out` by a written channel, or any `out` written by hand."""
        return self.direction == "out" and (self.explicit or self.channel in _ASKS_FOR_ANSWER)


class Touch(NamedTuple):
    """What the rules need of an interaction; a summary holds one for each.

    `introduced` are the links to those whom an introduction was to.
    """

    date: date
    channel: str | None
    direction: str | None
    kinds: tuple[str, ...]
    asks_for_answer: bool
    introduced: tuple[str, ...] = ()

    @property
    def by_user(self) -> bool:
        return self.direction != "in"

    @property
    def by_contact(self) -> bool:
        return self.direction in ("in", "both")


def unite(own: str, interactions: Iterable[Interaction]) -> list[Interaction]:
    """One contact's interactions by date, a talk noted in two notes counted once (FORMAT.md section 4).

    Same day and channel in different notes is the same talk: the one in the note `own` stands, and the
    kinds of both are joined. Without a channel it is the same only in the same words. Within one note every
    line is a talk of its own.
    """
    known = list(interactions)
    if len({entry.path for entry in known}) > 1:
        known = _joined(own, known)
    return sorted(known, key=lambda i: (i.date, i.time or "", i.path, i.line, i.channel or ""))


def _joined(own: str, interactions: Iterable[Interaction]) -> list[Interaction]:
    kept: list[Interaction] = []
    heads: dict[tuple[date, str | None, str], int] = {}
    for entry in sorted(interactions, key=lambda i: (i.date, i.channel or "", i.path != own, i.path, i.line)):
        at = heads.setdefault((entry.date, entry.channel, "" if entry.channel else entry.text), len(kept))
        if at == len(kept) or kept[at].path == entry.path:
            kept.append(entry)
        elif set(entry.kinds) - set(kept[at].kinds):
            kept[at] = _with_kinds(kept[at], entry.kinds)
    return kept


def _with_kinds(entry: Interaction, more: tuple[str, ...]) -> Interaction:
    return entry._replace(kinds=tuple(dict.fromkeys((*entry.kinds, *more))))
