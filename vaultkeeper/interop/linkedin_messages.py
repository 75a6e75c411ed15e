"""LinkedIn's messages.csv: who wrote to whom, as traces of contact.

A draft was never sent, and a thread of more than two is nobody's own: neither counts. The user is whoever
takes part in every thread.
"""

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vaultkeeper.domain.address import profile_key
from vaultkeeper.domain.card import Card, Trace, harmless, make_values
from vaultkeeper.domain.naming import fold, name_key
from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.interop.format import Asked, Parsed, Source
from vaultkeeper.interop.spelled_date import date_reader
from vaultkeeper.interop.table import Row, open_table

_EXPECTED = "no header `…,FROM,…,TO,…,DATE,…`, as LinkedIn's messages.csv has it"
_NEEDED = {"from", "to", "date"}
_LINK = re.compile(r"https?://\S+", re.I)
_MARKUP = re.compile(r"<[^<>]*>")
_WORDS = 60  # characters that a message's first words may take


class _Party(NamedTuple):
    """Somebody who writes or is written to; `key` is their profile, else their name."""

    key: str
    name: str
    profile: str


class _Message(NamedTuple):
    line: int
    thread: str
    sender: _Party
    recipients: tuple[_Party, ...]
    trace: Trace


def parse(sources: Iterable[Source], asked: Asked) -> Parsed:
    messages: list[_Message] = []
    problems: list[Problem] = []
    skipped: Counter[str] = Counter()
    said: list[str] = []
    rows = 0
    for source in sources:
        table = open_table(source, asked, _names, _EXPECTED)
        said += table.said
        problems += table.problems
        rows += len(table.rows)
        read_day = date_reader(row.cells["date"] for row in table.rows)
        for row in table.rows:
            if reason := _reason_to_skip(row):
                skipped[reason] += 1
                continue
            try:
                trace = Trace(read_day(row.cells["date"]), "linkedin", "in", _words(row))
            except ValueError:
                message = f"{row.cells['date']!r} is not a date; the message is left out"
                problems.append(Problem(source.name, row.line, message))
                continue
            messages.append(_message(row, trace))
    messages = _with_profiles(messages)
    threads = _threads(messages)
    groups = {thread for thread, parties in threads.items() if len(parties) > 2}
    skipped["in threads of more than two"] += sum(message.thread in groups for message in messages)
    alone = [message for message in messages if message.thread not in groups]
    me = _me(threads, asked) if alone else frozenset()
    cards = _cards([message for message in alone if message.trace.day <= asked.until], me)
    return Parsed(cards, rows, tuple(problems), +skipped, tuple(said))


def _names(header: Sequence[str], below: Sequence[str]) -> Sequence[str] | None:  # noqa: ARG001
    return header if {fold(cell) for cell in header} >= _NEEDED else None


def _reason_to_skip(row: Row) -> str:
    folder = fold(row.cells.get("folder", ""))
    if fold(row.cells.get("is message draft", "")) in ("yes", "true") or folder.startswith("draft"):
        return "drafts"
    if folder == "spam":
        return "spam"
    return "" if row.cells["from"] and row.cells["to"] else "with somebody who left LinkedIn"


def _message(row: Row, trace: Trace) -> _Message:
    cells = row.cells
    sender = _party(cells["from"], cells.get("sender profile url", ""))
    pages = _LINK.findall(cells.get("recipient profile urls", "").replace(",", " "))
    names = [cells["to"]] if len(pages) == 1 else [name.strip() for name in cells["to"].split(",")]
    if pages and len(pages) != len(names):
        names = [""] * len(pages)
    found = [_party(name, page) for name, page in zip(names, pages or [""] * len(names), strict=True)]
    both = sorted([sender.key, *(party.key for party in found)])
    return _Message(row.line, cells.get("conversation id") or "|".join(both), sender, tuple(found), trace)


def _party(name: str, page: str) -> _Party:
    return _Party(profile_key(page) or " ".join(name_key(name)), name, page)


def _words(row: Row) -> str:
    """The subject, else the first words; without markup."""
    for column in ("subject", "content"):
        bare = html.unescape(_MARKUP.sub(" ", row.cells.get(column, "")))
        if bare.strip():
            return harmless(bare, _WORDS)
    return ""


def _with_profiles(messages: Sequence[_Message]) -> list[_Message]:
    """Who stands with a profile in one row and without it in another is one party."""
    everybody = [party for message in messages for party in (message.sender, *message.recipients)]
    known: dict[str, set[_Party]] = defaultdict(set)
    for party in everybody:
        if party.profile and (name := " ".join(name_key(party.name))):
            known[name].add(party)
    same = {
        name: min(parties, key=lambda party: party.name)
        for name, parties in known.items()
        if len({party.key for party in parties}) == 1
    }
    return [
        message._replace(
            sender=same.get(message.sender.key, message.sender),
            recipients=tuple(same.get(party.key, party) for party in message.recipients),
        )
        for message in messages
    ]


def _threads(messages: Iterable[_Message]) -> dict[str, dict[str, _Party]]:
    """Thread → key → party."""
    found: dict[str, dict[str, _Party]] = defaultdict(dict)
    for message in messages:
        for party in (message.sender, *message.recipients):
            found[message.thread].setdefault(party.key, party)
    return found


def _me(threads: dict[str, dict[str, _Party]], asked: Asked) -> frozenset[str]:
    """The keys of the user. Raises VaultkeeperError where the file doesn't tell."""
    if asked.me:
        named = {profile_key(text) for text in asked.me} | {" ".join(name_key(text)) for text in asked.me}
        everybody = [party for parties in threads.values() for party in parties.values()]
        mine = {p.key for p in everybody if p.key in named or " ".join(name_key(p.name)) in named}
        if not mine:
            raise VaultkeeperError(f"--me {', '.join(asked.me)}: takes part in none of the threads")
        return frozenset(mine)
    counts = Counter(key for parties in threads.values() for key in parties if key not in asked.others)
    most = counts.most_common(2)
    if not most or (len(most) == 2 and most[0][1] == most[1][1]):
        raise VaultkeeperError("the file doesn't tell who in it you are; say it with --me PROFILE-ADDRESS")
    return frozenset({most[0][0]})


def _cards(messages: Iterable[_Message], me: frozenset[str]) -> tuple[Card, ...]:
    """One for each person that the user wrote to, or got a message from."""
    parties: dict[str, tuple[int, _Party]] = {}
    traces: dict[str, list[Trace]] = defaultdict(list)
    for message in messages:
        sent = message.sender.key in me
        for party in message.recipients if sent else (message.sender,):
            if party.key and party.key not in me:
                if not (party.key in parties and parties[party.key][1].name):
                    parties[party.key] = (message.line, party)
                traces[party.key].append(message.trace._replace(direction="out" if sent else "in"))
    return tuple(
        Card(line, party.name, make_values(linkedin=party.profile), traces=tuple(traces[key]))
        for key, (line, party) in parties.items()
    )
