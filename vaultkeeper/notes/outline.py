"""The lines of a note and what they are: headings, fenced code, sections."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*")
_FENCE = re.compile(r"([ \t]*)(`{3,}(?=[^`]*$)|~{3,})")
_MARKED = re.compile(
    r"\n {0,3}(?:#|(?:=+|-+)[ \t]*\r*(?=\n|\Z))"
)  # a heading's line, maybe, or its underline
_NOT_PARAGRAPH = re.compile(r"\s|$|[-*+][ \t]|\d+[.)][ \t]|>|#|\||---|===")


class Heading(NamedTuple):
    """A heading at index `at` of the lines; `last` is its underline's index in setext form, else the same.

    A setext heading is one unindented line that begins a paragraph: a rule under a list's lines is none.
    """

    at: int
    last: int
    level: int
    text: str


class Outline(NamedTuple):
    """A note's `lines` (split at \\n, a \\r left on), from `body` on looked at: `code` holds the indices of
    lines inside fences, fence lines included."""

    lines: list[str]
    body: int
    headings: tuple[Heading, ...]
    code: frozenset[int]

    def section(self, title: str) -> tuple[Heading, int] | None:
        """The first heading that reads `title` (case ignored), and the index one past its section's end:
        the next heading of the same or a higher level."""
        wanted = title.casefold().strip()
        for number, heading in enumerate(self.headings):
            if heading.text.casefold() == wanted:
                after = self.headings[number + 1 :]
                end = next((h.at for h in after if h.level <= heading.level), len(self.lines))
                return heading, end
        return None

    def last_filled(self, start: int, end: int) -> int:
        """The index of the last line that isn't blank in [start, end); `start` - 1 where all are."""
        index = end - 1
        while index >= start and not self.lines[index].strip():
            index -= 1
        return index


def outline(text: str, body: int = 0) -> Outline:
    """`body` is the offset in `text` where the front matter has ended."""
    seen = lines = text.split("\n")
    first = text.count("\n", 0, body)
    if lines[first].startswith("\ufeff"):
        seen = [*lines[:first], lines[first][1:], *lines[first + 1 :]]
    headings: list[Heading] = []
    code: set[int] = set()
    fence, nested = "", False
    for index in range(first, len(seen)) if _has_fence(text) else _marked(text, first, body):
        line = seen[index]
        mark = line.lstrip()[:1]
        if nested and mark and line[0] not in " \t":  # the list item that holds the fence has ended
            fence, nested = "", False
        if fence:
            code.add(index)
            if mark == fence[0] and _closes(fence, nested, line):
                fence, nested = "", False
        elif mark == "#":
            if match := _ATX.fullmatch(line.rstrip("\r")):
                headings.append(Heading(index, index, len(match[1]), _without_closing(match[2] or "")))
        elif mark in ("`", "~"):
            if opening := _FENCE.match(line):
                fence, nested = opening[2], _nested(opening[1])
                code.add(index)
        elif mark in ("=", "-") and index > first and (match := _SETEXT.fullmatch(line.rstrip("\r"))):
            at, above = index - 1, seen[index - 1]
            begins = at == first or not seen[at - 1].strip() or at - 1 in code
            begins = begins or any(heading.last == at - 1 for heading in headings[-1:])
            if begins and not _NOT_PARAGRAPH.match(above) and at not in code:
                headings.append(Heading(at, index, 1 if match[1][0] == "=" else 2, above.strip()))
    return Outline(lines, first, tuple(headings), frozenset(code))


def _has_fence(text: str) -> bool:
    """Whether there may be one; a single character is found far sooner than three."""
    return ("`" in text and "```" in text) or ("~" in text and "~~~" in text)


def _marked(text: str, first: int, body: int) -> Iterator[int]:
    """The indices of the lines that can say something where no code is: the first, and those with a mark."""
    yield first
    index, at = first, text.rfind("\n", 0, body) + 1
    for match in _MARKED.finditer(text, at):
        index += text.count("\n", at, match.start() + 1)
        at = match.start() + 1
        yield index


def _closes(fence: str, nested: bool, line: str) -> bool:
    closing = _FENCE.match(line)
    if closing is None or not closing[2].startswith(fence) or line[closing.end() :].strip():
        return False
    return nested or not _nested(closing[1])


def _nested(indent: str) -> bool:
    """Four columns in, where a fence can only be a list item's."""
    return len(indent.expandtabs(4)) >= 4


def _without_closing(text: str) -> str:
    """An ATX heading's text without the #s that may close it."""
    text = text.strip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare[-1:] in ("", " ", "\t") else text
