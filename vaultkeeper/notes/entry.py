"""The grammar of one entry of the log (FORMAT.md section 4):

DATE [TIME] [CHANNEL] [in|out|both] [with LINK, LINK…]: TEXT
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from vaultkeeper.domain.interaction import KINDS
from vaultkeeper.notes.links import find_links

_ISO = r"\d{4}-\d{1,2}-\d{1,2}"
_DATE = re.compile(
    rf"(?:\*\*|__)?(?:({_ISO})|\[\[(?:[^\[\]|]*?({_ISO})(?:\|[^\[\]|]*)?|[^\[\]|]*\|({_ISO}))\]\])(?:\*\*|__)?"
    r"(?=T\d|[^\w-]|$)(?:(?:T|\s+)(\d{1,2}:\d{2})(?=[\s:,;.]|$))?[,;.]?\s*"
)
_TIME = re.compile(r"\d{1,2}:\d{2}(?=[\s:,;.]|$)")
_WORD = re.compile(r"([^\s:\[\]]+)(?=[\s:]|$)")
_COLON = re.compile(r":(?=\s|$)")
_HEAD = re.compile(r"(?:((?ai:in|out|both))(?=\s|$))?\s*(?:with\s+(.*))?", re.I | re.S)
_BETWEEN = re.compile(r",?\s*(?:and|&)|,", re.I)
_KIND = re.compile(rf"#(?<![^\s(]#)({'|'.join(KINDS)})(?![\w/-])", re.I)  # a fixed first letter is found fast
PLAIN = re.compile(
    r"[-*+] ([0-9]{4}-[0-9]{2}-[0-9]{2})(?: ((?:[01][0-9]|2[0-3]):[0-5][0-9]))?"
    r" ([a-z]+(?: (?:in|out|both))?)(?: with (\[\[[^:`]+\]\]))?: (.*)"
)
"""`- DATE [TIME] CHANNEL [in|out|both] [with LINKS]: TEXT`, as we write it: told at a glance, no grammar."""


class Head(NamedTuple):
    """What stands before the text. `explicit` tells that the direction was written."""

    channel: str | None
    direction: str | None
    explicit: bool
    participants: tuple[str, ...]
    text: str


class Dated(NamedTuple):
    """A leading date: `day` is None where there is no such day. `rest` is what follows."""

    day: date | None
    written: str
    time: str | None
    rest: str


def read_date(text: str) -> Dated | None:
    """The date (and time) that `text` begins with, plain, bold or as a link; else None."""
    if not text or text[0] not in "0123456789[*_":
        return None
    match = _DATE.match(text)
    if match is None:
        return None
    written = match[1] or match[2] or match[3]
    time = match[4]
    rest = text[match.end() :]
    if time is not None and not (int(time[:-3]) < 24 and int(time[-2:]) < 60):
        time, rest = None, text[match.start(4) :]
    return Dated(day_of(written), written, time and time.rjust(5, "0"), rest)


@lru_cache(maxsize=4096)
def day_of(written: str) -> date | None:
    """The day that `YYYY-M-D` names, or None where there is no such day."""
    year, month, day = written.split("-")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@lru_cache(maxsize=8)
def plain_heads(channels: tuple[tuple[str, str | None], ...]) -> dict[str, tuple[str, str | None, bool]]:
    """`call`, `email in`…: of each head that is a channel, or that and a direction, what Head says."""
    return {
        f"{channel} {said}".rstrip(): (channel, said or default, bool(said))
        for channel, default in channels
        for said in ("", "in", "out", "both")
        if _WORD.fullmatch(channel)
    }


def read_head(rest: str, channels: Mapping[str, str | None]) -> Head:
    """What follows date and time. `channels` gives each channel's direction where none is written."""
    channel = None
    word = _WORD.match(rest)
    if word is not None and word[1].lower() in channels:
        channel = word[1].lower()
        rest = rest[word.end() :].lstrip()
    default = channels[channel] if channel is not None else None
    colon = head_end(rest)
    head = rest if colon is None else rest[:colon]
    grammar = _read_grammar(head)
    if grammar is None:
        return Head(channel, default, False, (), rest.strip())
    direction, participants = grammar
    text = "" if colon is None else rest[colon + 1 :].strip()
    return Head(channel, direction or default, direction is not None, participants, text)


def head_end(rest: str) -> int | None:
    """The offset of the first colon outside a link that a space or the end follows."""
    at = 0
    for link in find_links(rest):
        if colon := _COLON.search(rest, at, link.start + 1):  # so as to see what follows the colon
            return colon.start()
        at = link.end
    colon = _COLON.search(rest, at)
    return colon.start() if colon else None


def _read_grammar(head: str) -> tuple[str | None, tuple[str, ...]] | None:
    """(direction, participants) where the whole head is grammar, else None."""
    if not head or head.isspace():
        return None, ()
    match = _HEAD.fullmatch(head.strip())
    if match is None:
        return None
    people: tuple[str, ...] = ()
    if match[2] is not None:
        read = read_people(match[2])
        if read is None:
            return None
        people = read
    return (match[1].lower() if match[1] else None), people


def read_people(text: str) -> tuple[str, ...] | None:
    """The targets of links parted by `,`, `and` or `&`, where `text` is nothing else; else None."""
    links = find_links(text)
    if not links or text[: links[0].start].strip() or text[links[-1].end :].strip():
        return None
    for one, other in pairwise(links):
        if not _BETWEEN.fullmatch(text[one.end : other.start].strip()):
            return None
    return tuple(link.target for link in links)


def read_kinds(text: str) -> tuple[str, ...]:
    """The kind tags in `text`, in order, without `#`."""
    if "#" not in text:
        return ()
    return _known_kinds(tuple(_KIND.findall(text)))


@lru_cache(maxsize=256)
def _known_kinds(written: tuple[str, ...]) -> tuple[str, ...]:
    found = dict.fromkeys(kind.lower() for kind in written)
    return tuple(kind for kind in found if kind in KINDS)  # ſ counts as an s there


def write_entry(
    day: date,
    text: str,
    channels: Mapping[str, str | None],
    *,
    time: str | None = None,
    channel: str | None = None,
    direction: str | None = None,
    people: tuple[str, ...] = (),
) -> str:
    """The entry without its bullet: `direction` only where it isn't the channel's own, `people` as links.

    `text` is on one line. Reading the entry back gives the same parts: where the text itself would be
    taken for grammar, a colon is put before it.
    """
    head = " ".join(
        [
            *filter(None, (channel, direction)),
            *(["with " + ", ".join(people)] if people else []),
        ]
    )
    stamp = f"{day.isoformat()} {time}" if time else day.isoformat()
    if head:
        return f"{stamp} {head}: {text}" if text else f"{stamp} {head}"
    plain = read_head(text, channels).text == text and not _TIME.match(text)
    return f"{stamp}{' ' if plain else ' : '}{text}".rstrip()
