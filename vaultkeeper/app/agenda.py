"""The agenda from the index, with something to do for every line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from vaultkeeper.app.gather import gather
from vaultkeeper.app.matches import help_for, introduced_pairs
from vaultkeeper.domain.agenda import Agenda, make_agenda
from vaultkeeper.domain.event import Event, News
from vaultkeeper.domain.filling import held
from vaultkeeper.domain.glance import Glance, glance
from vaultkeeper.domain.introduction import Match, Matchmaker
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.memory import KEY, last_move
from vaultkeeper.domain.priority import tier_rank
from vaultkeeper.domain.reason import View
from vaultkeeper.domain.suggestion import Situation, Suggestion, suggest
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.told import untold
from vaultkeeper.domain.warmth import warmth
from vaultkeeper.notes.links import unlinked
from vaultkeeper.storage.index import Index

_MOST_LATER = 200  # contacts: beyond that nobody reads what to say


def advise_all(adviser: "Adviser", *, quota: bool = True) -> Agenda:
    """The agenda of the adviser's view, a suggestion on every line."""
    agenda = make_agenda(adviser.summaries, adviser.view, adviser.events, quota=quota)
    return replace(
        agenda,
        items=adviser.advise(agenda.items),
        later=adviser.advise(agenda.later[:_MOST_LATER]) + agenda.later[_MOST_LATER:],
    )


@dataclass
class Adviser:
    """Loads the chosen few in full and says what to do about each; `discreet`: without a word of any log."""

    index: Index
    view: View
    discreet: bool = False

    @cached_property
    def summaries(self) -> list[Summary]:
        return self.index.summaries()

    @cached_property
    def glances(self) -> list[Glance]:
        """Every contact's, for the notes and the digest."""
        return self.index.of_each("glance", repr(self.view), Glance, partial(glance, view=self.view))

    @cached_property
    def events(self) -> list[Event]:
        return self.index.events()

    @cached_property
    def news(self) -> list[News]:
        return self.index.news()

    def advise(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """The items, each contact's with one and the same suggestion."""
        reasons: dict[str, set[str]] = {}
        for item in items:
            if item.summary is not None:
                reasons.setdefault(item.summary.contact.path, set()).add(item.reason)
        made: dict[str, Suggestion] = {}
        advised = []
        for item in items:
            if item.summary is None:
                advised.append(item)
                continue
            path = item.summary.contact.path
            if path not in made:
                made[path] = self.suggest(item.summary, frozenset(reasons[path]))
            advised.append(replace(item, touch=made[path].touch, suggestion=made[path].text))
        return tuple(advised)

    def suggest(self, summary: Summary, reasons: frozenset[str]) -> Suggestion:
        return suggest(self.situation(summary, reasons), self.view.policy.style)

    def situation(self, summary: Summary, reasons: frozenset[str]) -> Situation:
        view, contact = self.view, summary.contact
        talks, _ = gather(self.index, contact.path)
        if self.discreet:
            talks = [replace(talk, text="") for talk in talks]
        return Situation(
            summary,
            view,
            reasons,
            warmth(summary, view.policy, view.today),
            tier_rank(summary, view.policy),
            [talk for talk in talks if talk.date <= view.today],
            [event for event in self.events if view.first <= event.start <= view.last],
            [] if self.discreet else untold(summary, self.news, view.policy, view.today),
            last_move(held(self.index.properties_of(contact.path), {}).get(KEY, ())),
            lambda: self._match(contact.path),
            lambda need: self._lead(contact.path, need),
            lambda: help_for(contact, view.policy.offers),
            unlinked,
        )

    def _lead(self, path: str, need: str) -> str | None:
        """The name of the one whose offer meets `need` best."""
        other = self._matchmaker.lead(path, need)
        return None if other is None else self._names[other]

    def introductions(self, path: str) -> list[tuple[str, str]]:
        """(the other's name, why) of the introductions worth making for the contact at `path`, best first."""
        return [
            (self._names[other], _why(match, path, self._names))
            for match in self._matchmaker.of(path)
            for other in ((match.offers if path == match.needs else match.needs),)
        ]

    def _match(self, path: str) -> tuple[str, str] | None:
        """(the other's name, why) of the best introduction for the contact at `path`."""
        return next(iter(self.introductions(path)), None)

    @cached_property
    def _matchmaker(self) -> Matchmaker:
        contacts = {
            s.contact.path: s.contact for s in self.summaries if s.contact.status in ("active", "paused")
        }
        return Matchmaker(contacts, introduced_pairs(self.index, self.summaries))

    @cached_property
    def _names(self) -> dict[str, str]:
        return {summary.contact.path: summary.contact.name for summary in self.summaries}


def _why(match: Match, path: str, names: dict[str, str]) -> str:
    if not match.need:
        return f"both care for {match.offer}"
    if path == match.needs:
        return f"{names[match.offers]} offers {match.offer}"
    return f"{names[match.needs]} looks for {match.need}"
