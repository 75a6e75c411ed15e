"""Mail into traces of contact: an mbox, or the messages of a Maildir. Headers alone are looked at.

What a program sent (mailing lists, newsletters, machines' answers) is no contact, nor is a message to more
than ten people.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import getaddresses, parsedate_tz
from typing import NamedTuple

from vaultkeeper.domain.address import email_key, is_shared
from vaultkeeper.domain.card import Card, Trace, harmless, make_values
from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.interop.format import Asked, Parsed, Source

_MOST = 10  # recipients of a message that is meant for each of them
_WORDS = 80  # characters of a subject
_SEPARATOR = re.compile(rb"From (?:.*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*\d{4}|-?)\s*$")
_HEADER = re.compile(rb"([!-9;-~]+):[ \t]*(.*)", re.S)
_MAILDIR_FLAGS = re.compile(r"[:;!]2,[A-Za-z]*[DT]")
_ANSWER = re.compile(r"(?:\s*(?:re|aw|fwd?|wg|sv|vs|tr|rv|antw|odp)(?:\[\d+\])?\s*:)+\s*", re.I)
_OF_LISTS = ("list-id", "list-unsubscribe", "list-post", "x-auto-response-suppress")
_LOOKED_AT = frozenset(
    {
        *("from", "to", "cc", "date", "subject", "delivered-to", "precedence", "auto-submitted"),
        *("x-gmail-labels", *_OF_LISTS),
    }
)
_NOT_MAIL = frozenset({"spam", "trash", "drafts", "draft", "junk", "chat"})


class _Message(NamedTuple):
    """The headers of one, in small letters, as they stand; `line` from 1 is that of the first."""

    source: str
    line: int
    headers: dict[str, str]

    def addresses(self, *names: str) -> list[str]:
        given = [self.headers[name] for name in names if name in self.headers]
        return list(dict.fromkeys(filter(None, (email_key(address) for _, address in getaddresses(given)))))

    def day(self) -> date | None:
        """As the sender's clock had it: the same whoever reads it, and where."""
        parts = parsedate_tz(self.headers.get("date", ""))
        try:
            return date(*parts[:3]) if parts else None
        except ValueError:
            return None

    def subject(self) -> str:
        written = self.headers.get("subject", "")
        if "=?" in written:
            with suppress(HeaderParseError, LookupError, ValueError):
                written = str(make_header(decode_header(written)))
        return harmless(_ANSWER.sub("", written, count=1), _WORDS)


@dataclass(slots=True)
class _Reader:
    asked: Asked
    rows: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    # (message, its day, sender, recipients) of those that a contact takes part in
    kept: list[tuple[_Message, date, str, list[str]]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)  # address → messages it takes part in

    def take(self, message: _Message) -> None:
        self.rows += 1
        if reason := _reason_to_skip(message):
            self.skipped[reason] += 1
            return
        senders = message.addresses("from")
        recipients = message.addresses("to", "cc")
        everybody = {*senders[:1], *recipients, *message.addresses("delivered-to")}
        self.seen.update(everybody)
        if not senders or not everybody & self.asked.others:
            self.skipped["with nobody who has a note"] += 1
            return
        day = message.day()
        if day is None:
            said = f"Date: {message.headers.get('date', '')!r} is not a date; the message is left out"
            self.problems.append(Problem(message.source, message.line, said))
        elif day <= self.asked.until:
            self.kept.append((message, day, senders[0], recipients))

    def me(self) -> tuple[frozenset[str], str]:
        """The user's addresses, and what to tell where they are guessed: the one in most of the messages,
        and in half of them at least, that is no contact's. Raises VaultkeeperError where there is none."""
        if self.asked.me:
            return frozenset(map(email_key, self.asked.me)), ""
        counts = Counter({a: n for a, n in self.seen.items() if a not in self.asked.others})
        most = counts.most_common(2)
        whole = self.rows - sum(n for why, n in self.skipped.items() if why != "with nobody who has a note")
        clear = most and 2 * most[0][1] >= whole and (len(most) == 1 or most[0][1] > most[1][1])
        if not clear:
            raise VaultkeeperError(
                "the mail doesn't tell which addresses are yours; say it with --me ADDRESS"
            )
        return frozenset({most[0][0]}), f"took {most[0][0]} for your address; --me ADDRESS names others"


def parse(sources: Iterable[Source], asked: Asked) -> Parsed:
    reader = _Reader(asked)
    for source in sources:
        if _MAILDIR_FLAGS.search(source.name):
            reader.rows += 1
            reader.skipped["drafts and deleted ones"] += 1
            continue
        for message in _messages(source):
            reader.take(message)
    me, said = reader.me() if reader.kept else (frozenset(), "")
    traces: dict[str, list[Trace]] = defaultdict(list)
    lines: dict[str, int] = {}
    for message, day, sender, recipients in reader.kept:
        sent = sender in me
        for address in recipients if sent else [sender]:
            if address in asked.others and address not in me:
                trace = Trace(day, "email", "out" if sent else "in", message.subject())
                traces[address].append(trace)
                lines.setdefault(address, message.line)
    cards = tuple(
        Card(lines[address], "", make_values(email=address), traces=tuple(several))
        for address, several in traces.items()
    )
    return Parsed(cards, reader.rows, tuple(reader.problems), reader.skipped, (said,) if said else ())


def _reason_to_skip(message: _Message) -> str:
    headers = message.headers
    labels = {label.strip().casefold() for label in headers.get("x-gmail-labels", "").split(",")}
    if labels & _NOT_MAIL:
        return "drafts and deleted ones" if not labels & {"spam", "junk"} else "spam"
    bulk = headers.get("precedence", "").strip().casefold() in ("bulk", "list", "junk")
    automatic = headers.get("auto-submitted", "no").strip().casefold() != "no"
    if bulk or automatic or any(name in headers for name in _OF_LISTS):
        return "bulk mail and mailing lists"
    if any(map(is_shared, message.addresses("from"))):
        return "from offices and machines"
    return "to more than ten people" if len(message.addresses("to", "cc")) > _MOST else ""


def _messages(source: Source) -> Iterator[_Message]:
    """Each message's headers; the bodies are passed over."""
    raw: list[bytes] = []
    first, in_headers, blank, pending = 1, True, True, False
    for number, line in enumerate(source.stream, 1):
        if pending:
            pending = False
            if _HEADER.match(line):
                if raw:
                    yield _Message(source.name, first, _headers(raw))
                raw, first, in_headers = [], number, True
        if blank and line.startswith(b"From ") and _SEPARATOR.match(line):
            pending = True
            continue
        blank = not line.strip()
        if in_headers:
            if blank:
                in_headers = False
            else:
                raw.append(line)
    if raw and _HEADER.match(raw[0]):
        yield _Message(source.name, first, _headers(raw))


def _headers(raw: list[bytes]) -> dict[str, str]:
    """Those that are looked at, unfolded; of one that stands several times, all, joined by a comma."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in raw:
        if line[:1] in b" \t" and name:
            found[name][-1] += " " + _text(line)
        elif match := _HEADER.match(line):
            name = match[1].decode("ascii").lower()
            if name not in _LOOKED_AT:
                name = ""
                continue
            found.setdefault(name, []).append(_text(match[2]))
    return {name: ", ".join(texts) for name, texts in found.items()}


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8").strip()
    except UnicodeDecodeError:
        return data.decode("latin-1").strip()
