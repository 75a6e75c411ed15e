"""A card: a person as another program knows them. Every import format gives people in this shape."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from typing import NamedTuple

from vaultkeeper.domain.address import email_key, is_linkedin, phone_key, profile_key
from vaultkeeper.domain.contact import KEYS
from vaultkeeper.domain.digest import blake2b
from vaultkeeper.domain.naming import fold, plain

# Keys of which a person may have several: what an import brings is added to what the note has.
JOINED = frozenset(
    {
        *("email", "phone", "tags", "aliases", "links", "relationship", "interests", "special_dates"),
        *("family", "needs", "offers", "goals"),
    }
)
# Of the people whom an address book ties to somebody, those who are `family`.
FAMILY = frozenset(
    {
        *("spouse", "partner", "domestic partner", "husband", "wife", "child", "son", "daughter"),
        *("mother", "father", "parent", "brother", "sister", "sibling"),
    }
)
_ORDER = {key: place for place, key in enumerate(KEYS)}
_FOREIGN = str.maketrans({"[": "(", "]": ")", "<": "‹", ">": "›", "`": "'", "|": "/"})
_DOUBLED = re.compile(r"([%$])\1+")  # a comment, mathematics
_TAG = re.compile(r"(?<![^\s(])#+(?=\w)")
_NOT_IN_TAGS = re.compile(r"[^\w/-]+")
_SCHEME = re.compile(r"\Ahttps?://(?:www\.)?")
_BULLETS = re.compile(r"\A(?:[-*+] +)+")
_BLOCK = re.compile(r"\[.?\]|#+ |>|```|~~~|<!--")
_ONE_WAY = ("in", "out")
_LONGEST = 100  # characters of a line of the log that somebody else's program wrote


class Trace(NamedTuple):
    """A contact with the person, of which the other program has a record; `messages` of one day.

    `channel` None: the text may begin with one. `text` is one line, already `harmless`.
    """

    day: date
    channel: str | None
    direction: str | None
    text: str
    time: str | None = None
    messages: int = 1

    @property
    def key(self) -> tuple[date, str | None, str | None]:
        """An import's unit: one entry a contact, day, channel and direction."""
        return self.day, self.channel, self.direction


class Card(NamedTuple):
    """`line` is where it stands in the file, from 1. `values`: our keys (FORMAT.md section 3) with texts as
    a note has them, ISO dates.

    `uid` is the other program's own name for the card. `headline`: what it says the person does; a change
    of it is news. `remarks`: what is told of them in words, a line each.
    """

    line: int
    name: str
    values: Mapping[str, tuple[str, ...]] = {}
    uid: str = ""
    headline: str = ""
    remarks: tuple[str, ...] = ()
    traces: tuple[Trace, ...] = ()

    @property
    def emails(self) -> frozenset[str]:
        return frozenset(filter(None, map(email_key, self.values.get("email", ()))))

    @property
    def phones(self) -> frozenset[str]:
        return frozenset(filter(None, map(phone_key, self.values.get("phone", ()))))

    @property
    def profile(self) -> str:
        return profile_key(next(iter(self.values.get("linkedin", ())), ""))

    def digest(self) -> str:
        """Equal for a card that says the same of the person: 12 hex digits. Traces don't count."""
        said = (self.name, self.uid, sorted(self.values.items()), self.remarks)
        return blake2b(repr(said).encode("utf-8", "replace"), 6).hex()

    def has(self, key: str, pattern: str) -> bool:
        """Whether `key` is or holds `pattern`, without case and accents; `*` in it is any text. An empty
        pattern asks for none."""
        texts = (self.name,) if key == "name" else self.values.get(key, ())
        wanted = fold(pattern)
        return any(fnmatchcase(fold(text), wanted) for text in texts) if wanted else not texts

    def since(self, day: date) -> "Card | None":
        """The card with what happened from `day` on; None where all its dates are before."""
        traces = tuple(trace for trace in self.traces if trace.day >= day)
        connected = next(iter(self.values.get("connected", ())), "")
        if not traces and (self.traces or (connected and connected < day.isoformat())):
            return None
        return self._replace(traces=traces)


def make_values(**texts: Iterable[str] | str) -> dict[str, tuple[str, ...]]:
    """The values of a card: each on one line, empty and doubled ones left out, in the order of KEYS."""
    found: dict[str, tuple[str, ...]] = {}
    for key in sorted(texts, key=_place):
        given = texts[key]
        several = [plain(text) for text in ((given,) if isinstance(given, str) else given)]
        if key == "tags":
            several = [as_tag(text) for text in several]
        unique = {value_key(key, text): text for text in reversed(several) if text}
        if unique:
            found[key] = tuple(reversed(unique.values()))
    return found


def part_links(links: Iterable[str], profile: str = "") -> tuple[str, list[str]]:
    """The LinkedIn `profile`, if need be the first among web addresses, and the other addresses."""
    cleaned = list(filter(None, map(plain, links)))
    own = plain(profile) or next(filter(is_linkedin, cleaned), "")
    return own, [link for link in cleaned if value_key("links", link) != value_key("links", own)]


def join_cards(cards: Sequence[Card]) -> Card:
    """Several cards of one person as one: of what can be only once, the first card's."""
    first = cards[0]
    if len(cards) == 1:
        return first
    values: dict[str, tuple[str, ...]] = {}
    for card in cards:
        for key, texts in card.values.items():
            known = values.get(key, ())
            if not known or key in JOINED:
                known_keys = {value_key(key, text) for text in known}
                values[key] = (*known, *(text for text in texts if value_key(key, text) not in known_keys))
    return first._replace(
        values={key: values[key] for key in sorted(values, key=_place)},
        uid=next((card.uid for card in cards if card.uid), ""),
        headline=next((card.headline for card in cards if card.headline), ""),
        remarks=tuple(dict.fromkeys(line for card in cards for line in card.remarks)),
        traces=tuple(trace for card in cards for trace in card.traces),
    )


def _place(key: str) -> tuple[int, str]:
    return (_ORDER.get(key, len(_ORDER)), key)


def uid_key(uid: str) -> str:
    """What two spellings of a UID share: `urn:uuid:` may stand before it."""
    return uid.strip().casefold().removeprefix("urn:uuid:")


def value_key(key: str, text: str) -> str:
    """What two spellings of one value share: for comparing what a note says with what a card says."""
    match key:
        case "email":
            return email_key(text) or fold(text)
        case "phone":
            return phone_key(text) or fold(text)
        case "linkedin":
            return profile_key(text) or fold(text)
        case "links":
            return profile_key(text) if is_linkedin(text) else _SCHEME.sub("", fold(text)).rstrip("/")
    return fold(text).removeprefix("#").strip("[]")


def as_tag(text: str) -> str:
    """As Obsidian has a tag: no `#`, no blanks; "" where nothing is left, or a number."""
    tag = _NOT_IN_TAGS.sub("-", text.strip().lstrip("#")).strip("-/")
    return "" if tag.isdecimal() else tag


def compose_name(first: str, last: str) -> str:
    """A whole name of its parts; without a blank and family first where both are written in Han or Hangul."""
    first, last = plain(first), plain(last)
    if first and last and all("\u2e80" <= c <= "\ud7ff" for c in first + last):
        return last + first
    return f"{first} {last}".strip()


def harmless(text: str, longest: int = _LONGEST) -> str:
    """Somebody else's words as one line of a log: no link, tag, comment, markup or checkbox begins in it."""
    line = _TAG.sub("", _DOUBLED.sub(r"\1", plain(text).translate(_FOREIGN)))
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.-") + "…"


def remark(text: str) -> str:
    """A line told of a person, as an item of their note: the words stay, but it can't be a task, a heading or
    the beginning of a block."""
    line = _BULLETS.sub("", _DOUBLED.sub(r"\1", plain(text)))
    return f"\\{line}" if _BLOCK.match(line) else line


def one_a_day(traces: Iterable[Trace]) -> list[Trace]:
    """One for each day, channel and direction, by date: of messages the first one's words and their number,
    of meetings the words of all."""
    found: dict[tuple[date, str | None, str | None], list[Trace]] = {}
    for trace in sorted(traces, key=lambda t: (t.day, t.time or "")):
        found.setdefault(trace.key, []).append(trace)
    return [_united(several) for several in found.values()]


def _united(traces: list[Trace]) -> Trace:
    first, count = traces[0], sum(trace.messages for trace in traces)
    texts = list(dict.fromkeys(trace.text for trace in traces if trace.text))
    if first.direction not in _ONE_WAY:
        return first._replace(text="; ".join(texts), messages=count)
    text = texts[0] if texts else ""
    return first._replace(text=f"{text} ({count} messages)".strip() if count > 1 else text, messages=count)
