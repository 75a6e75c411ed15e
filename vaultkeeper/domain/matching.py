"""Who is who: the contacts that the cards of another program's file are about."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from vaultkeeper.domain.card import Card
from vaultkeeper.domain.memory import remember, replaced
from vaultkeeper.domain.person import Match, People, Person, is_another

_ROUNDS = 4  # in which cards that contradict each other may still change places


class Group(NamedTuple):
    """Cards of one file that are about one person: at `path`, or somebody new where that is empty."""

    path: str
    how: str
    cards: tuple[Card, ...]


class Assignment(NamedTuple):
    """Every card in one of the groups, or among those that could be about several people."""

    groups: tuple[Group, ...]
    unclear: tuple[tuple[Card, Match], ...]


def assign(cards: Sequence[Card], persons: Iterable[Person], source: str, *, by_name: bool) -> Assignment:
    """Who each of `cards` is about. `by_name`: a name alone is enough, for a person of the vault and for two
    cards of the file. `source` is the format's name in `imported`.

    Where cards share a person, or could, it is asked again with what the notes will say when all is written:
    the answer must be the one that the next import of the same file finds.
    """
    known = {person.path: person for person in persons}
    answer = _Assigner(cards, known.values(), source, by_name).run()
    hows = dict(answer.hows)
    for _ in range(_ROUNDS if answer.unclear or len(set(answer.paths.values())) < len(cards) else 0):
        after = {**known, **answer.persons_after(cards, known, source)}
        again = _Assigner(cards, after.values(), source, by_name).run()
        if again.paths == answer.paths:
            break
        answer, hows = again, {**again.hows, **hows}
    groups = [
        Group(path if path in known else "", hows[several[0]], tuple(cards[at] for at in several))
        for path, several in answer.groups().items()
    ]
    return Assignment(tuple(groups), tuple((cards[at], m) for at, m in sorted(answer.unclear.items())))


class _Answer(NamedTuple):
    """By the cards' places in the file: the path of whom each is about (of somebody new, a made-up one), by
    what, and what is unclear."""

    paths: dict[int, str]
    hows: dict[int, str]
    unclear: dict[int, Match]

    def groups(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for at, path in sorted(self.paths.items()):
            found[path].append(at)
        return found

    def persons_after(
        self, cards: Sequence[Card], known: Mapping[str, Person], source: str
    ) -> dict[str, Person]:
        """Those that have cards, as their notes will tell of them."""
        found = {}
        for path, several in self.groups().items():
            theirs = [cards[at] for at in several]
            person = known.get(path) or Person(path, (theirs[0].name,))
            names, imported = person.names, person.imported
            for card in theirs:
                person = person.and_card(card)
            memory = tuple(replaced(imported, remember(theirs, source)))
            found[path] = person._replace(names=names, imported=memory, beside=False)
        return found


class _Assigner:
    """First those whom more than a name tells, so that a name cannot take their place; then by name; and
    those who are in no note yet among themselves."""

    def __init__(self, cards: Sequence[Card], persons: Iterable[Person], source: str, by_name: bool) -> None:
        self._cards, self._by_name = cards, by_name
        self._people = People(persons, cards, source)
        self._paths: dict[int, str] = {}
        self._hows: dict[int, str] = {}
        self._unclear: dict[int, Match] = {}

    def run(self) -> _Answer:
        rest = [at for at in range(len(self._cards)) if not self._take(at, self._people.by_marks)]
        if self._by_name:
            rest = self._take_by_name(rest)
        for at in rest:
            self._take_new(at, f"\0{at}")
        self._clear_up()
        return _Answer(self._paths, self._hows, self._unclear)

    def _take(self, at: int, find: Callable[[Card], Match]) -> bool:
        match = find(self._cards[at])
        if len(match.paths) == 1:
            self._join(match.paths[0], at, match.how)
        elif match.paths:
            self._unclear[at] = match
        return bool(match.paths)

    def _clear_up(self) -> None:
        """What other cards tell of a person may tell who an unclear one is about."""
        before = len(self._unclear) + 1
        while len(self._unclear) < before:
            before = len(self._unclear)
            for at, match in [*self._unclear.items()]:
                again = self._people.by_marks(self._cards[at])
                if self._by_name and not again.paths and match.how == "name":
                    again = self._people.by_whole_name(self._cards[at])
                if len(again.paths) == 1:
                    del self._unclear[at]
                    self._join(again.paths[0], at, again.how)

    def _take_by_name(self, rest: list[int]) -> list[int]:
        """Two cards of the file that can't be one person leave open which of them a note is about."""
        found = {at: self._people.by_whole_name(self._cards[at]) for at in rest}
        claims: dict[str, list[int]] = defaultdict(list)
        for at, match in found.items():
            for path in match.paths if len(match.paths) == 1 else ():
                claims[path].append(at)
        for path, several in claims.items():
            cards = [self._cards[at] for at in several]
            person = Person(path, ()).and_card(cards[0])
            if any(is_another(card, person) for card in cards[1:]):
                self._unclear |= {at: found[at]._replace(how="name, as others here") for at in several}
        for at, match in found.items():
            if at in self._unclear or not match.paths:
                continue
            if len(match.paths) > 1:
                self._unclear[at] = match
            else:
                self._join(match.paths[0], at, match.how)
        return [at for at in rest if not found[at].paths]

    def _take_new(self, at: int, key: str) -> None:
        """Somebody new, or whom another card of the file has made known already."""
        card = self._cards[at]
        matches = [self._people.by_marks(card)]
        if self._by_name:
            matches.append(self._people.by_whole_name(card))
        known = next((m.paths[0] for m in matches if len(m.paths) == 1), key)
        self._join(known, at, "")

    def _join(self, path: str, at: int, how: str) -> None:
        self._paths[at], self._hows[at] = path, how
        self._people.add(self._people.at(path).and_card(self._cards[at]))
