"""The people of a vault, to be asked who somebody is that another program tells of.

By what was imported before, UID, profile page, email and name, in this order: the first that leads to
anybody decides. Where it leads to several, what else is known of them decides; where that leaves several
too, they are named and nobody is chosen.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from vaultkeeper.domain.address import is_shared
from vaultkeeper.domain.card import Card, uid_key
from vaultkeeper.domain.company import company_key
from vaultkeeper.domain.memory import read_memory, remember
from vaultkeeper.domain.naming import name_key


class Person(NamedTuple):
    """Somebody known, by what tells people apart: keys of domain.address, names and companies as written.

    `imported` are the lines of the note's property. `beside`: known from the same file as the card that is
    asked for, where two entries are rather two people.
    """

    path: str
    names: tuple[str, ...]
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    profile: str = ""
    uid: str = ""
    companies: tuple[str, ...] = ()
    imported: tuple[str, ...] = ()
    beside: bool = False

    def and_card(self, card: Card) -> "Person":
        """With what `card`, which is theirs, tells of them."""
        return self._replace(
            names=(*self.names, card.name),
            emails=self.emails | card.emails,
            phones=self.phones | card.phones,
            profile=self.profile or card.profile,
            uid=self.uid or card.uid,
            companies=(*self.companies, *card.values.get("company", ())),
            beside=True,
        )


class Match(NamedTuple):
    """The paths of those a card may be about: one, several (`how` says by what), or none."""

    paths: tuple[str, ...] = ()
    how: str = ""


class People:
    """Everybody known, to be asked who a card is about."""

    def __init__(self, persons: Iterable[Person], cards: Sequence[Card], source: str) -> None:
        self._source = source
        self._tables: dict[str, dict[object, dict[str, Person]]] = defaultdict(lambda: defaultdict(dict))
        self._persons: dict[str, Person] = {}
        self._not_own = _shared_by(cards)
        for person in persons:
            self.add(person)

    def at(self, path: str) -> Person:
        return self._persons.get(path) or Person(path, ())

    def add(self, person: Person) -> None:
        """Somebody more; or more of somebody."""
        self._persons[person.path] = person
        keys: list[tuple[str, object]] = [("uid", uid_key(person.uid)), ("profile", person.profile)]
        keys += [("email", email) for email in person.emails]
        keys += [("name", name_key(name)) for name in person.names]
        if memory := read_memory(person.imported, self._source):
            keys += [("words", memory.words), *(("digest", digest) for digest in memory.digests)]
        for table, key in keys:
            if key:
                self._tables[table][key][person.path] = person

    def by_marks(self, card: Card) -> Match:
        """By what belongs to one person alone."""
        return (
            self._match(card, "import", self._by_digest(card))
            or self._match(card, "uid", self._found("uid", uid_key(card.uid)))
            or self._match(card, "profile", self._found("profile", card.profile))
            or self._match(card, "email", self._by_email(card))
            or self._match(card, "import", self._by_memory(card))
            or Match()
        )

    def by_whole_name(self, card: Card) -> Match:
        """By the name, unless it must be somebody else's."""
        namesakes = self._found("name", name_key(card.name))
        return self._match(card, "name", [p for p in namesakes if not is_another(card, p)]) or Match()

    def _match(self, card: Card, how: str, found: list[Person]) -> Match | None:
        distinct = list({person.path: person for person in found}.values())
        if len(distinct) > 1:
            distinct = self._narrowed(card, distinct)
        return Match(tuple(sorted(person.path for person in distinct)), how) if distinct else None

    def _found(self, table: str, key: object) -> list[Person]:
        return list(self._tables[table][key].values()) if key and key in self._tables[table] else []

    def _by_email(self, card: Card) -> list[Person]:
        """An address that several people have, or an office, needs the name beside it."""
        return [
            person
            for email in sorted(card.emails)
            for person in self._found("email", email)
            if _same_name(card, person) or not (email in self._not_own or is_shared(email))
        ]

    def _by_digest(self, card: Card) -> list[Person]:
        """In whose note the very same card was put before."""
        return self._found("digest", card.digest()) if self._tables["digest"] else []

    def _by_memory(self, card: Card) -> list[Person]:
        """Whom a card of that name made known, where it had nothing else of one person's."""
        if card.headline or not self._tables["words"]:
            return []
        return self._found("words", remember([card], self._source).words)

    def _narrowed(self, card: Card, found: list[Person]) -> list[Person]:
        """Those of `found` for whom something more speaks; all of them where that is nobody."""
        companies = set(map(company_key, card.values.get("company", ())))
        evidence: tuple[Callable[[Person], bool], ...] = (
            lambda person: _same_name(card, person),
            lambda person: not companies.isdisjoint(map(company_key, person.companies)),
            lambda person: not card.phones.isdisjoint(person.phones),
        )
        for speaks in evidence:
            found = [person for person in found if speaks(person)] or found
        return found


def _same_name(card: Card, person: Person) -> bool:
    wanted = name_key(card.name)
    return any(name_key(name) == wanted for name in person.names)


def is_another(card: Card, person: Person) -> bool:
    """Whether a namesake must be somebody else: another profile and not the same company; beside each other
    in one file, another profile, address or company."""
    companies = set(map(company_key, card.values.get("company", ())))
    together = not companies.isdisjoint(map(company_key, person.companies))
    other_profile = bool(card.profile and person.profile and card.profile != person.profile)
    if not person.beside:
        return other_profile and not together
    apart = card.emails and person.emails and card.emails.isdisjoint(person.emails)
    elsewhere = companies and person.companies and not together
    return bool(other_profile or apart or elsewhere)


def _shared_by(cards: Sequence[Card]) -> frozenset[str]:
    """The addresses that people of different names have in the same file."""
    names: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for card in cards:
        for email in card.emails:
            names[email] |= {name_key(card.name)} - {()}
    return frozenset(email for email, known in names.items() if len(known) > 1)
