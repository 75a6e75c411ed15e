"""The agenda from the index, with something to do for every line."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from vaultkeeper.app.gather import gather
from vaultkeeper.app.matches import help_for, introduced_pairs
from vaultkeeper.domain.agenda import Agenda, draw_up
from vaultkeeper.domain.event import Event, News
from vaultkeeper.domain.filling import held
from vaultkeeper.domain.finding import Finding, finder
from vaultkeeper.domain.glance import Glance, glance
from vaultkeeper.domain.introduction import Match, Matchmaker, Seeker, seeker
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.memory import KEY, last_move
from vaultkeeper.domain.outcome import Noted, outcome_of
from vaultkeeper.domain.priority import tier_rank
from vaultkeeper.domain.reason import View
from vaultkeeper.domain.suggestion import Situation, Suggestion, suggest
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.told import untold
from vaultkeeper.domain.warmth import warmth
from vaultkeeper.notes.links import unlinked
from vaultkeeper.storage.index import Index


def advise_all(adviser: "Adviser", *, quota: bool = True, later: int) -> Agenda:
    """The agenda of the adviser's view, a suggestion on every line; of those left for later on the first
    `later` contacts."""
    agenda = draw_up(
        adviser.findings, adviser.informed, lambda: adviser.summaries, adviser.events, quota=quota
    )
    return agenda._replace(
        items=adviser.advise(agenda.items),
        later=adviser.advise(agenda.later, most=later),
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
    def informed(self) -> View:
        """The view, with all that was noted of how introductions went."""
        return self.view.knowing(self.index.of_each("outcomes", "", Noted, outcome_of))

    @cached_property
    def findings(self) -> list[Finding]:
        """Of each contact of whom the agenda has anything to say."""
        view = self.informed
        name = "findings of the week" if view.first == view.week else "findings"
        return self.index.of_each(name, repr(view), Finding, finder(view))

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

    def agenda_of(self, summary: Summary) -> Agenda:
        """As if there were nobody else, and no quota."""
        found = finder(self.informed)(summary)
        return draw_up([found] if found else [], self.informed, lambda: [summary], quota=False)

    def advise(self, items: Sequence[Item], *, most: int | None = None) -> tuple[Item, ...]:
        """The items, each contact's with one and the same suggestion; those of the first `most` contacts."""
        reasons: dict[str, set[str]] = {}
        for item in items:
            if item.path:
                reasons.setdefault(item.path, set()).add(item.reason)
        heard = frozenset([*reasons][:most])
        made: dict[str, tuple[Summary, Suggestion]] = {}
        advised = []
        for item in items:
            path = item.path
            if path in heard and path not in made and (summary := self.index.summary(path)) is not None:
                made[path] = summary, self.suggest(summary, frozenset(reasons[path]))
            if path not in made:
                advised.append(item)
                continue
            whole, what = made[path]
            advised.append(item._replace(summary=whole, touch=what.touch, suggestion=what.text))
        return tuple(advised)

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
            last_move(held(self.index.properties_of(contact.path), {}).get(KEY, ())),
            lambda: self._match(contact.path),
            lambda need: self._lead(contact.path, need),
            lambda: help_for(contact, view.policy.offers),
            unlinked,
        )

    def _lead(self, path: str, need: str) -> str | None:
        """The name of the one whose offer meets `need` best."""
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
        return next(iter(self.introductions(path)), None)

    @cached_property
    def _matchmaker(self) -> Matchmaker:
        return Matchmaker(self._seekers, introduced_pairs(self.index, self._seekers.values()))

    @cached_property
    def _seekers(self) -> dict[str, Seeker]:
        return {one.path: one for one in self.index.of_each("seekers", "", Seeker, seeker)}


def _why(match: Match, path: str, seekers: dict[str, Seeker]) -> str:
    if not match.need:
        return f"both care for {match.offer}"
    if path == match.needs:
        return f"{seekers[match.offers].name} offers {match.offer}"
    return f"{seekers[match.needs].name} looks for {match.need}"
