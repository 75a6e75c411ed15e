"""Links as they stand in a note's text: wikilinks and Markdown links."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

LINK = re.compile(r"\[\[([^\[\]\n|]+)(?:\|([^\[\]\n]*))?\]\]|\[([^\[\]\n]*)\]\((?:<([^<>\n]+)>|([^()\s]+))\)")
_TICKS = re.compile(r"`+")


class TextLink(NamedTuple):
    """A link's target as written (a Markdown one unquoted), what it shows, and its span in the text."""

    target: str
    label: str
    start: int
    end: int


def find_links(text: str) -> list[TextLink]:
    """Every link to a note in `text`, in order; web addresses, embeds and inline code are left out."""
    if "[" not in text:
        return []
    found = []
    for match in link_matches(text):
        if match.start() and text[match.start() - 1] == "!":
            continue
        written = (match[1] or match[4] or match[5]).strip().rstrip("\\")
        if not written or "://" in written or written.startswith(("#", "^", "mailto:")):
            continue
        target = written if match[1] or "%" not in written else _unquoted(written)
        label = match[2] or match[3] or target.split("#", 1)[0].rsplit("/", 1)[-1]
        found.append(TextLink(target, label, match.start(), match.end()))
    return found


def unlinked(text: str) -> str:
    """`text` as a person reads it: each link by what it shows."""
    if "[" not in text:
        return text
    parts, at = [], 0
    for link in find_links(text):
        parts += [text[at : link.start], link.label]
        at = link.end
    return "".join([*parts, text[at:]])


def link_matches(text: str) -> Iterator[re.Match[str]]:
    """What `LINK` matches in `text`, outside of inline code."""
    spans = _code_spans(text) if "`" in text else []
    starts = [start for start, _ in spans]
    for match in LINK.finditer(text):
        before = bisect_right(starts, match.start()) - 1
        if before < 0 or match.start() >= spans[before][1]:
            yield match


def _code_spans(line: str) -> list[tuple[int, int]]:
    """Inline code: from some backticks to the next that are as many, in order; one pass, however many."""
    runs = [match.span() for match in _TICKS.finditer(line)]
    closes: list[int | None] = []  # for each run the next of its length
    last: dict[int, int] = {}
    for at in range(len(runs) - 1, -1, -1):
        start, end = runs[at]
        closes.append(last.get(end - start))
        last[end - start] = at
    closes.reverse()
    spans, at = [], 0
    while at < len(runs):
        close = closes[at]
        if close is not None:
            spans.append((runs[at][0], runs[close][1]))
        at = at + 1 if close is None else close + 1
    return spans


def _unquoted(target: str) -> str:
    from urllib.parse import unquote

    return unquote(target)
