"""Where nobody is warm: relationships, goals, places, companies of interest; and who could lead there
(RULES.md, Review; seed 001: which contacts to keep warm).

A gap is a value that no contact carries who is warm or hot. Its leads are warm or hot contacts who introduced
one of those who carry it, work where one of them works, are known from a network of that name, share a
network with one of them, or, for a goal, have it in an interest, an offer, a title. The deceased neither fill
a gap nor lead.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import NamedTuple

from vaultkeeper.domain.introduction import who_for
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.priority import tier_rank
from vaultkeeper.domain.statistics import BY_CONTACT, Resolve
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.warmth import WARMTHS, warmth

_MOST_LEADS = 5

# The kinds of gap: the dimension of a contact, and the values that the config wants though nobody has them.
KINDS: dict[str, tuple[str, Callable[[Policy], Iterable[str]]]] = {
    "relationship": ("relationship", lambda policy: policy.relationships),
    "goal": ("goal", lambda policy: policy.goals),
    "place": ("location", lambda _: ()),
    "company": ("company", lambda policy: policy.companies_of_interest),
}


class Lead(NamedTuple):
    """A warm contact and why they could lead there."""

    summary: Summary
    warmth: str
    why: str


class Gap(NamedTuple):
    """`kind` is one of KINDS. `contacts` are those there, all cold, those most lately in touch first."""

    kind: str
    value: str
    contacts: tuple[Summary, ...]
    leads: tuple[Lead, ...]


def find_gaps(
    summaries: Iterable[Summary],
    policy: Policy,
    today: date,
    resolve: Resolve,
    clean: Callable[[str], str] = str,
) -> list[Gap]:
    """By kind, the user's own wishes (config) first, then by value. Companies are those of interest alone."""
    living = [s for s in summaries if s.contact.status != "deceased"]
    guide = _Guide(living, policy, today, resolve, clean)
    gaps = []
    for kind, (dimension, wanted) in KINDS.items():
        values = {fold(value): value for value in wanted(policy)}
        wishes = len(values)
        if kind != "company":
            for key, value in sorted(guide.spelled[dimension].items()):
                values.setdefault(key, value)
        for number, (key, value) in enumerate(values.items()):
            there = guide.carrying[dimension].get(key, [])
            if any(guide.is_warm(summary) for summary in there):
                continue
            if there or number < wishes:
                leads = tuple(islice(guide.leads(kind, value, there), _MOST_LEADS))
                gaps.append(Gap(kind, value, tuple(sorted(there, key=guide.lately)), leads))
    return gaps


@dataclass(slots=True)
class _Guide:
    """Who carries what, and who is warm: made once, looked up for every gap."""

    living: Sequence[Summary]
    policy: Policy
    today: date
    resolve: Resolve
    clean: Callable[[str], str]
    warmths: dict[str, str] = field(default_factory=dict)
    by_path: dict[str, Summary] = field(default_factory=dict)
    carrying: dict[str, dict[str, list[Summary]]] = field(default_factory=dict)
    warm: dict[str, dict[str, list[Summary]]] = field(default_factory=dict)
    spelled: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_path = {s.contact.path: s for s in self.living}
        self.warmths = {path: warmth(s, self.policy, self.today) for path, s in self.by_path.items()}
        self.living = sorted(self.living, key=self._order)
        for dimension in ("relationship", "goal", "location", "company", "network"):
            carrying = self.carrying[dimension] = defaultdict(list)
            spelled = self.spelled[dimension] = {}
            for summary in self.living:
                for key, value in self.values(summary, dimension).items():
                    carrying[key].append(summary)
                    spelled.setdefault(key, value)
            # in their order already, for `living` is
            self.warm[dimension] = {key: list(filter(self.is_warm, there)) for key, there in carrying.items()}

    def values(self, summary: Summary, dimension: str) -> Mapping[str, str]:
        """Folded value → as it is spelled, without links."""
        said = (self.clean(value).strip() for value in BY_CONTACT[dimension](summary.contact, self.policy))
        return {fold(value): value for value in said if value}

    def is_warm(self, summary: Summary) -> bool:
        return self.warmths[summary.contact.path] != "cold"

    def lately(self, summary: Summary) -> tuple[int, str, str]:
        last = summary.last(self.today)
        return (-(last.date.toordinal() if last else 0), fold(summary.contact.name), summary.contact.path)

    def leads(self, kind: str, value: str, there: Sequence[Summary]) -> Iterator[Lead]:
        """The closest tie first; each contact once, for the first reason that holds."""
        seen: set[str] = set()
        for summary, why in self._found(kind, value, there):
            path = summary.contact.path
            if path not in seen:
                seen.add(path)
                yield Lead(summary, self.warmths[path], why)

    def _found(self, kind: str, value: str, there: Sequence[Summary]) -> Iterator[tuple[Summary, str]]:
        for known in there:
            target = known.contact.introduced_by
            by = self.by_path.get(self.resolve(target, known.contact.path) or "") if target else None
            if by is not None and self.is_warm(by):
                yield by, f"introduced you to {known.contact.name}"
        yield from self._sharing(there, "company", "works at {}, as {} does")
        for summary in self.warm["network"].get(fold(value), ()):
            yield summary, f"known from {value}"
        yield from self._sharing(there, "network", "known from {}, as {} is")
        if kind == "goal":
            warm = {s.contact.path: s.contact for s in self.living if self.is_warm(s)}
            for path, why, _ in who_for(warm, value):
                yield self.by_path[path], why

    def _sharing(self, there: Sequence[Summary], dimension: str, why: str) -> Iterator[tuple[Summary, str]]:
        """Warm contacts of the same company or network, the smallest of these first: the closest tie."""
        shared: dict[str, tuple[str, str]] = {}
        for known in there:
            for key, value in self.values(known, dimension).items():
                shared.setdefault(key, (value, known.contact.name))
        warm = self.warm[dimension]
        for key in sorted(shared, key=lambda key: (len(warm.get(key, ())), key)):
            for summary in warm.get(key, ()):
                yield summary, why.format(*shared[key])

    def _order(self, summary: Summary) -> tuple[int, int, str, str]:
        """Whom one would ask first: hot before warm, then by tier."""
        contact = summary.contact
        rank = WARMTHS.index(self.warmths[contact.path])
        return (rank, tier_rank(summary, self.policy), fold(contact.name), contact.path)
