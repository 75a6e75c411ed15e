"""Who is who: the contact that a card from another program is about.

By UID, profile page, email, what was imported before, and name, in this order: the first that leads to
anybody decides. Where it leads to several, what else is known decides; where that leaves several too, they
are named and nobody is chosen.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from vaultkeeper.domain.address import is_shared
from vaultkeeper.domain.card import Card
from vaultkeeper.domain.naming import fold

_TITLES = frozenset(
    {
        *("dr", "prof", "professor", "mr", "mrs", "ms", "mx", "miss", "sir", "dame", "herr", "frau"),
        *("m", "mme", "mlle", "sr", "sra", "srta", "dott", "dottssa", "ing", "dipling", "mag", "drs", "ir"),
        *("phd", "mba", "md", "msc", "bsc", "ma", "ba", "meng", "llm", "llb", "jd", "esq", "cpa", "pmp"),
        *("dphil", "drphil", "drrernat", "drmed", "dring", "fca", "cfa", "mphil", "rn", "pe"),
    }
)
_ASIDE = re.compile(r"[(\[（][^)\]）]*[)\]）]|[\"“„][^\"”“]*[\"”“]")  # (she/her), (Acme), "Bob"
_JOINT = re.compile(r"(?<=\w)[.'’](?=\w)|['’]")  # Ph.D., O'Brien
_POST_NOMINALS = re.compile(r"(?:[A-Z][A-Za-z.®]{1,7}|[A-Z]+)(?:\s+[A-Z][A-Za-z.®]{0,7})*")


@dataclass(frozen=True, slots=True)
class Person:
    """A known contact, by what tells people apart: keys of domain.address, names and companies as written.

    `imported` are the lines of the note's property of that name. `planned`: the same import makes them.
    """

    path: str
    names: tuple[str, ...]
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    profile: str = ""
    uid: str = ""
    companies: tuple[str, ...] = ()
    imported: tuple[str, ...] = ()
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """The paths that a card may be about: one, several (`how` says by what), or none."""

    paths: tuple[str, ...] = ()
    how: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """What an import said of a contact last, as a line of the note: `linkedin 5d41402abc4b: CTO, Initech`."""

    source: str
    digest: str
    words: str = ""

    def __str__(self) -> str:
        return f"{self.source} {self.digest}" + (f": {self.words}" if self.words else "")


def read_memory(lines: Iterable[str], source: str) -> Memory | None:
    """Of the lines of `imported`, that of `source`."""
    for line in lines:
        head, _, words = line.partition(": ")
        name, _, digest = head.partition(" ")
        if name == source:
            return Memory(name, digest, words)
    return None


def remember(card: Card, source: str) -> Memory:
    """What is to be written of `card`: its headline; else, where nothing but the name tells who it is, that."""
    nameless = not (card.uid or card.profile or card.emails)
    return Memory(source, card.digest(), card.headline or (card.name if nameless else ""))


def name_key(name: str) -> tuple[str, ...]:
    """What spellings of one person's name share: no case, accents, titles, asides or order of words."""
    bare = _ASIDE.sub(" ", name)
    head, *tail = bare.split(",")
    if tail and len(head.split()) > 1 and all(_POST_NOMINALS.fullmatch(part.strip()) for part in tail):
        bare = head
    words = re.findall(r"[^\W_]+", fold(_JOINT.sub("", bare)))
    kept = [word for word in words if word not in _TITLES]
    return tuple(sorted(kept if len(kept) > 1 else words))


def uid_key(uid: str) -> str:
    return uid.strip().casefold().removeprefix("urn:uuid:")


class People:
    """Everybody known, to be asked who a card is. `cards` are those of the import: an address that several
    of its people share is nobody's own. `by_name`: a name alone is enough."""

    def __init__(
        self, persons: Iterable[Person], cards: Sequence[Card], source: str, *, by_name: bool
    ) -> None:
        self._source, self._by_name = source, by_name
        self._tables: dict[str, dict[object, list[Person]]] = defaultdict(lambda: defaultdict(list))
        self._not_own = _shared_by(cards)
        for person in persons:
            self.add(person)

    def add(self, person: Person) -> None:
        """Somebody more; of one path the newest knowledge stands."""
        keys: list[tuple[str, object]] = [("uid", uid_key(person.uid)), ("profile", person.profile)]
        keys += [("email", email) for email in person.emails]
        keys += [("name", name_key(name)) for name in person.names]
        if memory := read_memory(person.imported, self._source):
            keys += [("digest", memory.digest), ("words", memory.words)]
        for table, key in dict.fromkeys(keys):
            if key:
                several = self._tables[table][key]
                several[:] = [*(p for p in several if p.path != person.path), person]

    def find(self, card: Card) -> Match:
        """Whom the card is about."""
        for how, ask in (
            ("uid", self._by_uid),
            ("profile", self._by_profile),
            ("email", self._by_email),
            ("import", self._by_memory),
            ("name", self._by_whole_name),
        ):
            found = list({person.path: person for person in ask(card)}.values())
            if how in ("email", "name"):
                found = [person for person in found if not _another(card, person)]
            if len(found) > 1:
                found = self._narrowed(card, found)
            if found:
                return Match(tuple(sorted(person.path for person in found)), how)
        return Match()

    def _at(self, table: str, key: object) -> list[Person]:
        return self._tables[table].get(key, []) if key else []

    def _by_uid(self, card: Card) -> list[Person]:
        return self._at("uid", uid_key(card.uid))

    def _by_profile(self, card: Card) -> list[Person]:
        return self._at("profile", card.profile)

    def _by_email(self, card: Card) -> list[Person]:
        return [
            person
            for email in sorted(card.emails)
            for person in self._at("email", email)
            if self._is_own(email) or _same_name(card, person)
        ]

    def _is_own(self, email: str) -> bool:
        return email not in self._not_own and not is_shared(email)

    def _by_memory(self, card: Card) -> list[Person]:
        if not self._by_name:
            return []
        words = remember(card, self._source).words if not card.headline else ""
        return self._at("digest", card.digest()) or self._at("words", words)

    def _by_whole_name(self, card: Card) -> list[Person]:
        return self._at("name", name_key(card.name)) if self._by_name else []

    def _narrowed(self, card: Card, found: list[Person]) -> list[Person]:
        """Those of `found` for whom something more speaks; all of them where that is nobody."""
        digest, companies = card.digest(), set(map(fold, card.values.get("company", ())))

        def imported(person: Person) -> bool:
            memory = read_memory(person.imported, self._source)
            return memory is not None and memory.digest == digest

        evidence: tuple[Callable[[Person], bool], ...] = (
            imported,
            lambda person: _same_name(card, person),
            lambda person: not companies.isdisjoint(map(fold, person.companies)),
            lambda person: not card.phones.isdisjoint(person.phones),
        )
        for speaks in evidence:
            left = [person for person in found if speaks(person)]
            found = left or found
            if len(found) == 1:
                break
        return found


def _same_name(card: Card, person: Person) -> bool:
    wanted = name_key(card.name)
    return any(name_key(name) == wanted for name in person.names)


def _another(card: Card, person: Person) -> bool:
    """Whether a person of that name or address must be somebody else: another profile and another company;
    or, in one and the same file, another name, address or company."""
    companies = set(map(fold, card.values.get("company", ())))
    same_company = not companies.isdisjoint(map(fold, person.companies))
    if card.profile and person.profile and card.profile != person.profile and not same_company:
        return True
    if not person.planned:
        return False
    apart = card.emails and person.emails and card.emails.isdisjoint(person.emails)
    elsewhere = companies and person.companies and not same_company
    profiles = card.profile and person.profile and card.profile != person.profile
    return bool(apart or elsewhere or profiles or not _same_name(card, person))


def _shared_by(cards: Sequence[Card]) -> frozenset[str]:
    """The email addresses that people of different names have in the same file."""
    names: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for card in cards:
        for email in card.emails:
            names[email].add(name_key(card.name))
    return frozenset(email for email, known in names.items() if len(known) > 1)
