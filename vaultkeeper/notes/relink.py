"""Links that follow a note to its new name: targets change, labels and headings stay, code is left alone."""

import re
from bisect import bisect_right
from collections.abc import Callable
from urllib.parse import quote, unquote

from vaultkeeper.domain.link import target_path
from vaultkeeper.notes.links import LINK
from vaultkeeper.notes.outline import outline

_TICKS = re.compile(r"`+")

Leads = Callable[[str], bool]


def relink(text: str, leads: Leads, new_path: str, twins: int) -> str:
    """`text` with every link whose target `leads` says yes to turned to the note at `new_path`.

    A link by the file's name stays one, unless `twins` > 1 notes share the new name. Every other byte stays.
    """
    code = outline(text).code
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if "[" in line and at not in code:
            lines[at] = _relink_line(line, leads, target_path(new_path), twins)
    return "\n".join(lines)


def _relink_line(line: str, leads: Leads, new: str, twins: int) -> str:
    spans = _code_spans(line) if "`" in line else []
    starts = [start for start, _ in spans]

    def replaced(match: re.Match[str]) -> str:
        before = bisect_right(starts, match.start()) - 1
        if before >= 0 and match.start() < spans[before][1]:
            return match[0]
        wiki = match[1] is not None
        target = match[1] if wiki else unquote(match[4] or match[5] or "")
        if "://" in target or not leads(target.strip()):
            return match[0]
        by_name = "/" not in target_path(target) and twins < 2
        name = new.rsplit("/", 1)[-1] if by_name else new
        ending = ".md" if not wiki or target.split("#", 1)[0].strip().lower().endswith(".md") else ""
        anchor = target[target.index("#") :] if "#" in target else ""
        there = f"{name}{ending}{anchor}"
        group = 1 if wiki else 4 if match[4] is not None else 5
        start, end = match.span(group)
        said = there if group != 5 else quote(there, safe="/#")
        return match[0][: start - match.start()] + said + match[0][end - match.start() :]

    return LINK.sub(replaced, line)


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
