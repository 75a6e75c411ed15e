"""Whom to introduce to whom: needs against offers, and rare interests shared (RULES.md, Introduce).

Words are near-equal where one begins the other, or where a slip of the pen parts them (rapidfuzz).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple, Protocol

from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.summary import Summary

_STOP = frozenset(
    fold(
        "a an and any are at by for from good great has have help her his how in into is it its my new of on"
        " one or our out some somebody someone that the their them they to up who with work works working"
    ).split()
)
_WORD = re.compile(r"\w[\w+#.-]*")  # `c++`, `node.js`
_NEAR = 86  # per cent alike, of 100
_SHARE = 0.5  # of the need's words that an offer must meet
_MOST = 20  # introductions of one contact
_RARE = 3  # contacts at most who share an interest that is worth an introduction


class Seeker(NamedTuple):
    """What introductions go by: a contact's wishes, and the links to those they know already. Plain values,
    that the index may keep."""

    path: str
    name: str
    needs: tuple[str, ...]
    offers: tuple[str, ...]
    interests: tuple[str, ...]
    introduced: tuple[str, ...]


def seeker(summary: Summary) -> Seeker | None:
    """None for whom nothing is known to go by."""
    contact = summary.contact
    live = contact.status in ("active", "paused")
    wishes = (contact.needs, contact.offers, contact.interests) if live else ((), (), ())
    introduced = tuple([target for touch in summary.touches for target in touch.introduced])
    if not (introduced or any(wishes)):
        return None
    return Seeker(contact.path, contact.name, *wishes, introduced)


class Wishes(Protocol):
    """A Seeker, or a whole Contact."""

    @property
    def name(self) -> str: ...
    @property
    def needs(self) -> tuple[str, ...]: ...
    @property
    def offers(self) -> tuple[str, ...]: ...
    @property
    def interests(self) -> tuple[str, ...]: ...


class Match(NamedTuple):
    """`needs` (a contact) looks for `need`, which `offers` can give; or both care for a rare interest,
    and `need` is empty."""

    needs: str
    offers: str
    need: str
    offer: str
    score: float

    @property
    def why(self) -> str:
        return f"needs {self.need}; offers {self.offer}" if self.need else f"both care for {self.offer}"


def content_words(text: str) -> tuple[str, ...]:
    """The words of `text` that carry its meaning, folded."""
    words = (word.strip(".-") for word in _WORD.findall(fold(text)))
    return tuple(dict.fromkeys(word for word in words if len(word) > 1 and word not in _STOP))


class Vocabulary:
    """The words of many texts, so that near-equal ones are found without comparing all with all."""

    def __init__(self) -> None:
        self._owners: dict[str, set[int]] = defaultdict(set)
        self._near: dict[str, tuple[str, ...]] = {}
        self._sizes: dict[int, int] = {}

    def add(self, words: tuple[str, ...], owner: int) -> None:
        self._sizes[owner] = len(words)
        for word in words:
            self._owners[word].add(owner)

    def scores(self, words: tuple[str, ...]) -> dict[int, float]:
        """Owner → the share of `words` that a text of theirs meets."""
        met: dict[int, int] = defaultdict(int)
        for word in words:
            owners = set().union(*(self._owners[known] for known in self.near(word)))
            for owner in owners:
                met[owner] += 1
        return {owner: count / len(words) for owner, count in met.items()}

    def covered(self, words: tuple[str, ...]) -> dict[int, float]:
        """Owner → the share of their own words that `words` meet."""
        met: dict[int, int] = defaultdict(int)
        for known in {known for word in words for known in self.near(word)}:
            for owner in self._owners[known]:
                met[owner] += 1
        return {owner: count / self._sizes[owner] for owner, count in met.items()}

    def near(self, word: str) -> tuple[str, ...]:
        """The known words that are near-equal to `word`."""
        if word not in self._near:
            self._near[word] = tuple(known for known in self._candidates(word) if _alike(word, known))
        return self._near[word]

    def _candidates(self, word: str) -> Iterable[str]:
        from rapidfuzz import fuzz, process

        known = list(self._owners)
        alike = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None)
        beginnings = [k for k in known if k.startswith(word) or word.startswith(k)]
        return dict.fromkeys([*(k for k, _, _ in alike), *beginnings])


def _alike(one: str, other: str) -> bool:
    """Short words must be the same; a longer one may begin the other (`robot`, `robotics`)."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 5:
        return False
    from rapidfuzz import fuzz

    return (long.startswith(short) and len(long) - len(short) <= 5) or fuzz.ratio(one, other) >= _NEAR


def share_met(need: str, offer: str) -> float:
    """The share of the need's words that `offer` meets, 0 to 1."""
    vocabulary = Vocabulary()
    vocabulary.add(content_words(offer), 0)
    words = content_words(need)
    return vocabulary.scores(words).get(0, 0.0) if words else 0.0


class Matchmaker:
    """Finds whom to introduce to whom among `contacts` (by path); pairs in `introduced` are left out."""

    def __init__(self, contacts: Mapping[str, Wishes], introduced: frozenset[frozenset[str]]) -> None:
        self._contacts, self._introduced = contacts, introduced

    def of(self, path: str) -> list[Match]:
        """The introductions of one contact that are worth making, best first; the best 20."""
        contact = self._contacts.get(path)
        if contact is None:
            return []
        found = [*self._given_to(path, contact), *self._taken_from(path, contact), *self._shared_with(path)]
        return self._best(found)[:_MOST]

    def all(self) -> list[Match]:
        """Everybody's, best first."""
        return self._best([match for path in self._contacts for match in self.of(path)])

    def lead(self, path: str, need: str) -> str | None:
        """The path of the one whose offer meets a `need` of the contact at `path` best."""
        words = content_words(need)
        found = self._offers[1].scores(words) if words else {}
        able = [
            (score, other)
            for number, score in found.items()
            if score >= _SHARE and (other := self._offers[0][number][0]) != path
            if frozenset((path, other)) not in self._introduced
        ]
        best = max(able, default=(0.0, ""))[0]
        return min((self._name(other), other) for score, other in able if score == best)[1] if able else None

    def _best(self, found: Iterable[Match]) -> list[Match]:
        """The best of each pair, by score and names."""
        best: dict[frozenset[str], Match] = {}
        for match in found:
            pair = frozenset((match.needs, match.offers))
            if pair not in self._introduced and (pair not in best or best[pair].score < match.score):
                best[pair] = match
        return sorted(best.values(), key=lambda m: (-m.score, self._name(m.needs), self._name(m.offers)))

    def _name(self, path: str) -> str:
        return fold(self._contacts[path].name)

    def _given_to(self, path: str, contact: Wishes) -> list[Match]:
        """Offers of others that meet a need of this contact."""
        found = []
        for need in contact.needs:
            words = content_words(need)
            for number, score in self._offers[1].scores(words).items() if words else ():
                other, offer = self._offers[0][number]
                if other != path and score >= _SHARE:
                    found.append(Match(path, other, need, offer, 1 + score))
        return found

    def _taken_from(self, path: str, contact: Wishes) -> list[Match]:
        """Needs of others that an offer of this contact meets."""
        found = []
        for offer in contact.offers:
            for number, score in self._needs[1].covered(content_words(offer)).items():
                other, need = self._needs[0][number]
                if other != path and score >= _SHARE:
                    found.append(Match(other, path, need, offer, 1 + score))
        return found

    def _shared_with(self, path: str) -> list[Match]:
        found = []
        for interest in self._contacts[path].interests:
            shared = self._interests[fold(interest)]
            if 2 <= len(shared) <= _RARE:
                pairs = (sorted((path, other)) for other in shared if other != path)
                found += [Match(one, other, "", interest, 1 / len(shared)) for one, other in pairs]
        return found

    @cached_property
    def _offers(self) -> "_Texts":
        return _texts((path, text) for path, contact in self._contacts.items() for text in contact.offers)

    @cached_property
    def _needs(self) -> "_Texts":
        return _texts((path, text) for path, contact in self._contacts.items() for text in contact.needs)

    @cached_property
    def _interests(self) -> dict[str, set[str]]:
        """Folded interest → the paths of those who share it."""
        sharing: dict[str, set[str]] = defaultdict(set)
        for path, contact in self._contacts.items():
            for interest in contact.interests:
                sharing[fold(interest)].add(path)
        return sharing


_Texts = tuple[list[tuple[str, str]], Vocabulary]


def _texts(pairs: Iterable[tuple[str, str]]) -> _Texts:
    """(path, text) pairs, and the vocabulary of the texts by their place in that list."""
    found = list(pairs)
    vocabulary = Vocabulary()
    for number, (_, text) in enumerate(found):
        vocabulary.add(content_words(text), number)
    return found, vocabulary


def find_matches(contacts: Mapping[str, Wishes], introduced: frozenset[frozenset[str]]) -> list[Match]:
    """The pairs worth an introduction, best first; `contacts` by path. Pairs in `introduced` are left out."""
    return Matchmaker(contacts, introduced).all()


def who_for(contacts: Mapping[str, Contact], topic: str) -> list[tuple[str, str, float]]:
    """(path, why, score) of the contacts who would like something on `topic`, best first: their interests,
    needs, goals, offers, tags, title and company."""
    words = content_words(topic)
    texts: list[tuple[str, str, str]] = []
    for path, c in contacts.items():
        texts += [(path, f"interested in {text}", text) for text in c.interests]
        texts += [(path, f"needs {text}", text) for text in c.needs]
        texts += [(path, f"offers {text}", text) for text in c.offers]
        texts += [(path, f"#{text}", text.replace("/", " ").replace("-", " ")) for text in c.tags]
        texts += [(path, text, text) for text in (*c.title, *c.company)]
        texts += [(path, f"goal: {text}", text) for text in c.goals]
    vocabulary = Vocabulary()
    for number, (_, _, text) in enumerate(texts):
        vocabulary.add(content_words(text), number)
    best: dict[str, tuple[str, float]] = {}
    for number, score in sorted(vocabulary.scores(words).items()) if words else ():
        path, why, _ = texts[number]
        if score >= _SHARE and score > best.get(path, ("", 0.0))[1]:
            best[path] = (why, score)
    found = [(path, why, score) for path, (why, score) in best.items()]
    return sorted(found, key=lambda f: (-f[2], fold(contacts[f[0]].name), f[0]))
