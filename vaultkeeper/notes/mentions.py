"""Mentions: links in the words of a log's entries, and in lines of a dated note that tell of no contact."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.link import link_key
from vaultkeeper.domain.mention import Mention
from vaultkeeper.notes.links import find_links
from vaultkeeper.notes.outline import Outline

_OTHER = re.compile(r"[ \t]*(?:>|(?:(?:[-*+]|\d+[.)])[ \t]+)?\[[^\]xX]\][ \t])")  # a quote, an open task
_MARK = re.compile(r"[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?:\[[xX]\][ \t]+)?")
_COMMENT = re.compile(r"%%.*?(?:%%|$)|<!--.*?(?:-->|$)")
_MOST = 300  # characters of the words shown


def mentions_of_entries(entries: Iterable[Interaction]) -> Iterator[Mention]:
    """The links in the text of a log's entries."""
    for entry in entries:
        if "[" in entry.text:
            there = {link_key(target) for target in entry.participants}
            words = " / ".join(filter(None, map(str.strip, entry.text.splitlines())))
            yield from _mentions(words, entry.date, entry.path, entry.line, there)


def mentions_of_lines(
    note: Outline, path: str, day: date, entries: Iterable[Interaction]
) -> Iterator[Mention]:
    """The links of a dated note beside those that its `entries` count. Quotes, code, embeds, open tasks are
    not looked at."""
    there = {entry.line: {link_key(target) for target in entry.participants} for entry in entries}
    for index in range(note.body, len(note.lines)):
        line = note.lines[index]
        if "[" in line and index not in note.code and not _OTHER.match(line):
            words = _COMMENT.sub("", line[_mark_end(line) :]).strip()
            yield from _mentions(words, day, path, index + 1, there.get(index + 1, set()))


def _mark_end(line: str) -> int:
    mark = _MARK.match(line)
    return mark.end() if mark is not None else 0


def _mentions(words: str, day: date, path: str, line: int, there: set[str]) -> Iterator[Mention]:
    """One for each other note that the words link to."""
    seen = set(there)
    for link in find_links(words):
        if (key := link_key(link.target)) not in seen:
            seen.add(key)
            yield Mention(link.target, day, path, line, words[:_MOST])
