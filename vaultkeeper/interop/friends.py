"""The friends.md of the program friends: people with nicknames, a place, tags; dated activities and notes.

An activity is contact with everybody whose name is bold in it; a note is only told of them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from vaultkeeper.domain.card import Card, Trace, harmless, make_values
from vaultkeeper.domain.interaction import KINDS
from vaultkeeper.domain.naming import fold, plain
from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.interop.encoding import decode
from vaultkeeper.interop.format import Asked, Parsed, Source

_HEADING = re.compile(r"###\s*(Activities|Notes|Friends|Locations):?\s*", re.I)
_FRIEND = re.compile(r"([^(\[@]+?)\s*(?:\(a\.k\.a\.\s*(.*?)\))?\s*(?:\[(.*?)\])?((?:\s+@[\w:-]+)*)\s*", re.I)
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2}):\s*(.*)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PLACE = re.compile(r"(?<!\w)_(.+?)_(?!\w)")
_TAG = re.compile(r"(?<!\S)@([\w:-]+)")
_LONGEST = 500  # characters of an activity: the user's own words, not cut short as a stranger's are


class _Reader:
    def __init__(self, name: str, until: date) -> None:
        self._name, self._until = name, until
        self.rows = 0
        self.problems: list[Problem] = []
        self._friends: dict[str, Card] = {}
        self._traces: dict[str, list[Trace]] = defaultdict(list)
        self._remarks: dict[str, list[str]] = defaultdict(list)
        self._mentioned: dict[str, tuple[int, str]] = {}
        self.later = 0

    def read(self, text: str) -> bool:
        """Whether it has any of the sections."""
        section = ""
        seen = False
        for number, line in enumerate(text.splitlines(), 1):
            if heading := _HEADING.fullmatch(line.strip()):
                section, seen = heading[1].casefold(), True
            elif line.strip() and section in ("activities", "notes", "friends"):
                item = line.strip()
                if item.startswith(("- ", "* ")):
                    self._take(section, number, item[2:].strip())
                else:
                    self._tell(number, f"not an item of the {section}: {plain(item)[:40]!r}; it is left out")
        return seen

    def _take(self, section: str, number: int, item: str) -> None:
        self.rows += 1
        if section == "friends":
            self._friend(number, item)
            return
        dated = _DATED.fullmatch(item)
        try:
            day = date.fromisoformat(dated[1]) if dated else None
        except ValueError:
            day = None
        if dated is None or day is None:
            self._tell(number, f"does not begin with a date: {plain(item)[:40]!r}; it is left out")
            return
        names = dict.fromkeys(_BOLD.findall(dated[2]))
        self.later += day > self._until and section == "activities"
        words = _words(dated[2])
        for name in names:
            self._mentioned.setdefault(fold(name), (number, plain(name)))
            if section == "notes":
                self._remarks[fold(name)].append(f"{day.isoformat()}: {words}")
            elif day <= self._until:
                self._traces[fold(name)].append(Trace(day, None, None, words))

    def _friend(self, number: int, item: str) -> None:
        match = _FRIEND.fullmatch(item)
        if match is None or not plain(match[1]):
            self._tell(number, f"not `Name (a.k.a. X) [Place] @tag`: {plain(item)[:40]!r}; it is left out")
            return
        values = make_values(
            aliases=re.split(r"\s+a\.k\.a\.\s+", match[2]) if match[2] else (),
            location=match[3] or "",
            tags=_TAG.findall(match[4]),
        )
        self._friends[fold(match[1])] = Card(number, plain(match[1]), values)

    def _tell(self, number: int, message: str) -> None:
        self.problems.append(Problem(self._name, number, message))

    def cards(self) -> list[Card]:
        """The friends, and whoever else is bold in a line."""
        for key, (number, name) in self._mentioned.items():
            self._friends.setdefault(key, Card(number, name))
        return [
            card._replace(traces=tuple(self._traces[key]), remarks=tuple(self._remarks[key]))
            for key, card in self._friends.items()
        ]


def parse(sources: Iterable[Source], asked: Asked) -> Parsed:
    cards: list[Card] = []
    problems: list[Problem] = []
    said: list[str] = []
    rows = later = 0
    for source in sources:
        text, told = decode(source.stream.read(), source.name, asked.encoding)
        said += [told] if told else []
        reader = _Reader(source.name, asked.until)
        if not reader.read(text):
            raise VaultkeeperError(
                f"{source.name}: no section like `### Friends:` found: is it a friends.md?"
            )
        cards += reader.cards()
        problems += reader.problems
        rows += reader.rows
        later += reader.later
    skipped = {f"after {asked.until}; --until takes in what is planned": later} if later else {}
    return Parsed(tuple(cards), rows, tuple(problems), skipped, tuple(said))


def _words(text: str) -> str:
    """Without the marks for people and places; a tag as Obsidian has it, unless it were a kind of ours."""
    bare = _PLACE.sub(r"\1", _BOLD.sub(r"\1", text))
    return _TAG.sub(_as_tag, harmless(bare, _LONGEST))


def _as_tag(match: re.Match[str]) -> str:
    tag = match[1].replace(":", "/").strip("/-")
    return match[0] if tag.casefold() in KINDS or not tag or tag.isdecimal() else f"#{tag}"
