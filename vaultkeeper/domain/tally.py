"""Counting touches, fast over decades of logs.

There are few kinds of touch, however many touches; what one adds to the counts is worked out once for each.
A *tally* is a whole number that holds all the counts side by side, so that one sum adds them all.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.interaction import OUTCOMES, Touch
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.response import is_answered, reply_days

_BITS = 40  # of each count in a tally: more than anybody lives to see
_DIRECTIONS = {"out": "out", "in": "made_in", "both": "both"}

# The groups that a touch belongs to. A new one is one line here.
BY_TOUCH: dict[str, Callable[[Touch], Sequence[str]]] = {
    "channel": lambda touch: (touch.channel or "",),
    "kind": lambda touch: touch.kinds,
}


class Counts(NamedTuple):
    """`made_in` is what the contacts made; `undirected` what says nothing of who reached out."""

    contacts: int = 0
    out: int = 0
    made_in: int = 0
    both: int = 0
    undirected: int = 0
    asks: int = 0
    answered: int = 0
    outcomes: int = 0

    @property
    def touches(self) -> int:
        return self.out + self.made_in + self.both + self.undirected

    @property
    def response_rate(self) -> float | None:
        """The share of asks that were answered; None where there were none."""
        return self.answered / self.asks if self.asks else None


_PLACES = {name: number * _BITS for number, name in enumerate(Counts._fields)}


def tally_of(counted: Iterable[str]) -> int:
    """One of each of the `counted`, by the names of Counts."""
    return sum(1 << _PLACES[name] for name in counted)


def counts_of(tally: int) -> Counts:
    return Counts(**{name: tally >> place & (1 << _BITS) - 1 for name, place in _PLACES.items()})


A_CONTACT = tally_of(["contacts"])


@dataclass(slots=True)
class Table:
    """A dimension's tallies while they grow, by the folded value ("": none), and how its values are spelled.
    `clean` takes the links out of a value."""

    clean: Callable[[str], str]
    tallies: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    spellings: Counter[tuple[str, str]] = field(default_factory=Counter)
    _known: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def add(self, values: Sequence[str], tally: int, times: int = 1) -> None:
        """`times` weighs the spelling."""
        for spelled in self.keys(values):
            self.tallies[spelled[0]] += tally
            self.spellings[spelled] += times

    def keys(self, values: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """(folded, as it is spelled, without links) of each value, once."""
        given = tuple(values)
        if given not in self._known:
            spelled = (self.clean(value).strip() for value in given)
            found = {fold(said): said for said in spelled if said} or {"": ""}
            self._known[given] = tuple(found.items())
        return self._known[given]

    def by(self) -> dict[str, Counts]:
        """By the commonest spelling; the most touches first."""
        commonest: dict[str, str] = {}
        for (key, said), _ in sorted(self.spellings.items(), key=lambda item: (-item[1], item[0])):
            commonest.setdefault(key, said)
        made = {said: counts_of(self.tallies[key]) for key, said in commonest.items() if key}
        return dict(sorted(made.items(), key=lambda i: (-i[1].touches, -i[1].contacts, fold(i[0]), i[0])))

    def without(self) -> Counts:
        return counts_of(self.tallies.get("", 0))


@dataclass(frozen=True, slots=True, eq=False)
class TouchKind:
    """What the counts need of a touch. `values` are its own by dimension; `groups` (dimension, folded)."""

    tally: int
    values: Mapping[str, Sequence[str]]
    groups: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Kinds:
    """Every kind met, one object each; `tables` those of BY_TOUCH."""

    tables: Mapping[str, Table]
    _met: dict[tuple[object, ...], TouchKind] = field(default_factory=dict)

    def of(self, touches: Iterable[Touch], known: tuple[Touch, ...], policy: Policy) -> list[TouchKind]:
        """The kind of each of one contact's touches; answers are looked for in all that are `known`."""
        found: list[TouchKind] = []
        replies: list[date] | None = None
        for touch in touches:
            answered = False
            if touch.asks_for_answer:
                replies = reply_days(known) if replies is None else replies
                answered = is_answered(touch.date, replies, policy)
            key = (touch.channel, touch.direction, touch.kinds, touch.asks_for_answer, answered)
            kind = self._met.get(key)
            if kind is None:
                kind = self._met[key] = self._make(touch, answered=answered)
            found.append(kind)
        return found

    def _make(self, touch: Touch, *, answered: bool) -> TouchKind:
        told = {
            "asks": touch.asks_for_answer,
            "answered": answered,
            "outcomes": not OUTCOMES.isdisjoint(touch.kinds),
        }
        direction = _DIRECTIONS.get(touch.direction or "", "undirected")
        values = {dimension: of(touch) for dimension, of in BY_TOUCH.items()}
        groups = [(name, key) for name, said in values.items() for key, _ in self.tables[name].keys(said)]
        return TouchKind(tally_of([direction, *(n for n, so in told.items() if so)]), values, tuple(groups))
