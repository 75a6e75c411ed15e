"""The agenda from the index, with something to do for every line."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from operator import attrgetter
from typing import Any

from vaultkeeper.app.gather import gather
from vaultkeeper.app.matches import help_for, introduced_pairs
from vaultkeeper.domain.agenda import Agenda, draw_up, needed
from vaultkeeper.domain.digest import blake2b
from vaultkeeper.domain.event import Event, News
from vaultkeeper.domain.finding import WAITING, Finding, finder, lists_of
from vaultkeeper.domain.gathering import Known, Local, local_of
from vaultkeeper.domain.gathering import lists_of as lists_of_local
from vaultkeeper.domain.glance import NEAR, TOLD, Glance, Sums, counts_of, glance, sums_of
from vaultkeeper.domain.glance import lists_of as told_in_glance
from vaultkeeper.domain.introduction import Match, Matchmaker, Seeker, seeker
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.memory import last_move, lines_of
from vaultkeeper.domain.outcome import Noted, outcome_of
from vaultkeeper.domain.outcome import lists_of as noted_by_key
from vaultkeeper.domain.priority import tier_rank
from vaultkeeper.domain.reason import View
from vaultkeeper.domain.suggestion import Situation, Suggestion, suggest
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.told import untold
from vaultkeeper.domain.warmth import warmth
from vaultkeeper.notes.links import unlinked
from vaultkeeper.storage.folding import Fold, Prepared
from vaultkeeper.storage.index import Index

_OUTCOMES = Fold(
    *("outcomes", "", Noted, outcome_of, noted_by_key), tells_of=attrgetter("key"), word="outcome"
)
WISHES = "wishes"  # the sum of what stands for each one's: another one where any is

# What it goes by beside the contact; by what wishes of all, or ""; its touch type, and the words.
_Advice = tuple[str, str, str, str]


def digest_of(value: object) -> str:
    return blake2b(repr(value).encode("utf-8", "surrogatepass")).hex()


def _wishes_of(one: Seeker) -> dict[str, int]:
    return {WISHES: int(digest_of(one), 16)}


_SEEKERS = Fold("seekers", "", Seeker, seeker, counts=_wishes_of)


def advise_all(adviser: "Adviser", *, quota: bool = True, later: int, complete: bool = False) -> Agenda:
    """The agenda of the adviser's view, a suggestion on every line; of those left for later on the first
    `later` contacts, and the others are but counted, unless it is to be `complete`."""
    index, findings, waiting = adviser.index, adviser.findings, 0
    if complete or not quota:
        found = index.of_each(findings)
    else:
        found = index.among(findings, needed(adviser.view.policy, later))
        waiting = index.total(findings)[WAITING]
    people, view = _Neighbours(index, adviser.view), adviser.informed
    agenda = draw_up(found, view, people, adviser.events, quota=quota, waiting=waiting)
    return adviser.advise_agenda(agenda, later)


class _Neighbours:
    """Everybody, as events and occasions look at them: domain.gathering.Locals."""

    def __init__(self, index: Index, view: View) -> None:
        make, mark = partial(local_of, view=view), repr((view.today, view.policy))
        self._index, self._fold = index, Fold("locals", mark, Local, make, lists_of_local)

    def among(self, lists: Mapping[str, int]) -> list[Local]:
        return self._index.among(self._fold, lists) if lists else []

    def names(self) -> list[str]:
        return list(self._index.total(self._fold))

    def anybody(self) -> bool:
        return self._index.count() > 0


class _Outcomes:
    """The days of a key, looked up when they are asked for; sent to a worker, those of all the keys."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[str, tuple[date, ...]] = {}

    def __call__(self, key: str) -> tuple[date, ...]:
        if key not in self._known:
            found = self._index.among(_OUTCOMES, {key: -1})
            self._known[key] = tuple(day for noted in found for day in noted.days)
        return self._known[key]

    def __reduce__(self) -> tuple[Any, ...]:
        days: dict[str, tuple[date, ...]] = {}
        for noted in self._index.of_each(_OUTCOMES):
            days[noted.key] = (*days.get(noted.key, ()), *noted.days)
        return partial, (_days_of, days)


def _days_of(known: dict[str, tuple[date, ...]], key: str) -> tuple[date, ...]:
    return known.get(key, ())


class Adviser:
    """Loads the chosen few in full and says what to do about each; `discreet`: without a word of any log."""

    def __init__(self, index: Index, view: View, *, discreet: bool = False) -> None:
        self.index, self.view, self.discreet = index, view, discreet
        self._matched = False

    @cached_property
    def summaries(self) -> list[Summary]:
        return self.index.summaries()

    @cached_property
    def informed(self) -> View:
        """The view, with all that was noted of how introductions went."""
        return self.view._replace(outcomes=_Outcomes(self.index))

    @property
    def folds(self) -> tuple[Fold[Any], ...]:
        """What it goes by, to be made ready together."""
        return self.findings, self._glances, _SEEKERS

    @cached_property
    def findings(self) -> Fold[Finding]:
        """Of each contact of whom the agenda has anything to say."""
        self.index.ready(_OUTCOMES)  # before: where these change, so do findings
        view = self.view
        name = "findings of the week" if view.first == view.week else "findings"
        return Fold(name, repr(view), Finding, Prepared(finder, self.informed), lists_of)

    @cached_property
    def told(self) -> list[Glance]:
        """Of whom there is more to tell than sums, on the Dashboard."""
        return self.index.among(self._glances, {TOLD: -1})

    @cached_property
    def near(self) -> list[Glance]:
        """Whose days are near, for the note Due this week and the digest."""
        return self.index.among(self._glances, {NEAR: -1})

    @cached_property
    def sums(self) -> Sums:
        """Of everybody's glances."""
        return sums_of(self.index.total(self._glances).items())

    @cached_property
    def _glances(self) -> Fold[Glance]:
        make = partial(glance, view=self.view)
        return Fold("glance", repr(self.view), Glance, make, told_in_glance, counts_of)

    @cached_property
    def events(self) -> list[Event]:
        return self.index.events()

    @cached_property
    def news(self) -> list[News]:
        return self.index.news()

    def agenda_of(self, summary: Summary) -> Agenda:
        """As if there were nobody else, and no quota."""
        found = finder(self.informed)(summary)
        return draw_up([found] if found else [], self.informed, Known([summary], self.view), quota=False)

    def advise_agenda(self, agenda: Agenda, later: int) -> Agenda:
        """With a suggestion on each item; of those left for later on those of the first `later` contacts.

        A suggestion is kept until the contact changes, or anything else that it goes by.
        """
        name = "advice" + " of the week" * (self.view.first == self.view.week) + " discreetly" * self.discreet
        (asked, known), said = self.index.recall(name), dict[str, _Advice]()

        def advise(items: Sequence[Item], most: int | None) -> tuple[Item, ...]:
            reasons: dict[str, set[str]] = {}
            for item in items:
                if item.path:
                    reasons.setdefault(item.path, set()).add(item.reason)
            for path in [*reasons][:most]:
                said[path] = self._advice(path, frozenset(reasons[path]), known.get(path))
            return tuple(
                [
                    item._replace(touch=said[item.path][2], suggestion=said[item.path][3])
                    if item.path in said
                    else item
                    for item in items
                ]
            )

        advised = agenda._replace(items=advise(agenda.items, None), later=advise(agenda.later, later))
        if said != known:
            self.index.memorise(name, asked, said)
        return advised

    def _advice(self, path: str, reasons: frozenset[str], known: _Advice | None) -> _Advice:
        """The `known` one where all that it goes by is the same."""
        mark = f"{self._mark} {sorted(reasons)}"
        if known is not None and known[0] == mark and known[1] in ("", self._wishes):
            return known
        self._matched = False
        summary = self.index.summary(path)
        assert summary is not None  # it was found a moment ago
        what = self.suggest(summary, reasons)
        return mark, self._wishes if self._matched else "", what.touch, what.text

    @cached_property
    def _mark(self) -> str:
        """Another one where the view, events or news are."""
        return digest_of((self.view, self.events, self.news))

    @cached_property
    def _wishes(self) -> str:
        """Another one where introductions may be."""
        return digest_of((self.index.total(_SEEKERS)[WISHES], self.twins))

    @cached_property
    def twins(self) -> dict[str, int]:
        """Key → how many notes a link with it may lead to, where these are several."""
        return self.index.twins()

    def suggest(self, summary: Summary, reasons: frozenset[str]) -> Suggestion:
        return suggest(self.situation(summary, reasons), self.view.policy.style)

    def situation(self, summary: Summary, reasons: frozenset[str]) -> Situation:
        view, contact = self.informed, summary.contact
        talks, _ = gather(self.index, contact.path)
        if self.discreet:
            talks = [talk._replace(text="") for talk in talks]
        return Situation(
            summary,
            view,
            reasons,
            warmth(summary, view.policy, view.measured(summary)),
            tier_rank(summary, view.policy),
            [talk for talk in talks if talk.date <= view.today],
            [talk for talk in talks if talk.date > view.today],
            [event for event in self.events if view.first <= event.start <= view.last],
            [] if self.discreet else untold(summary, self.news, view.policy, view.today),
            last_move(lines_of(self.index.properties_of(contact.path))),
            lambda: self._match(contact.path),
            lambda need: self._lead(contact.path, need),
            lambda: help_for(contact, view.policy.offers),
            unlinked,
        )

    def _lead(self, path: str, need: str) -> str | None:
        """The name of the one whose offer meets `need` best."""
        self._matched = True
        other = self._matchmaker.lead(path, need)
        return None if other is None else self._seekers[other].name

    def introductions(self, path: str) -> list[tuple[str, str]]:
        """(the other's name, why) of the introductions worth making for the contact at `path`, best first."""
        return [
            (self._seekers[other].name, _why(match, path, self._seekers))
            for match in self._matchmaker.of(path)
            for other in ((match.offers if path == match.needs else match.needs),)
        ]

    def _match(self, path: str) -> tuple[str, str] | None:
        """(the other's name, why) of the best introduction for the contact at `path`."""
        self._matched = True
        return next(iter(self.introductions(path)), None)

    @cached_property
    def _matchmaker(self) -> Matchmaker:
        return Matchmaker(self._seekers, introduced_pairs(self.index, self._seekers.values()))

    @cached_property
    def _seekers(self) -> dict[str, Seeker]:
        return {one.path: one for one in sorted(self.index.of_each(_SEEKERS))}


def _why(match: Match, path: str, seekers: dict[str, Seeker]) -> str:
    if not match.need:
        return f"both care for {match.offer}"
    if path == match.needs:
        return f"{seekers[match.offers].name} offers {match.offer}"
    return f"{seekers[match.needs].name} looks for {match.need}"
