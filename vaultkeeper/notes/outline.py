"""The lines of a note and what they are: headings, fenced code, sections."""

import re
from dataclasses import dataclass
from typing import NamedTuple

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NOT_PARAGRAPH = re.compile(r"[ \t]*(?:$|[-*+][ \t]|\d+[.)][ \t]|>|#|\||---|===)| {4}|\t")


class Heading(NamedTuple):
    """A heading at index `at` of the lines; `last` is its underline's index in setext form, else the same."""

    at: int
    last: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Outline:
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
    lines = text.split("\n")
    first = text.count("\n", 0, body)
    headings: list[Heading] = []
    code: set[int] = set()
    fence = ""
    for index in range(first, len(lines)):
        line = lines[index]
        mark = line.lstrip(" ")[:1]
        if fence:
            code.add(index)
            closing = _FENCE.match(line) if mark in ("`", "~") else None
            if closing and closing[1].startswith(fence) and not line[closing.end() :].strip():
                fence = ""
        elif mark == "#":
            if match := _ATX.fullmatch(line.rstrip("\r")):
                headings.append(Heading(index, index, len(match[1]), (match[2] or "").strip()))
        elif mark in ("`", "~"):
            if opening := _FENCE.match(line):
                fence = opening[1]
                code.add(index)
        elif mark in ("=", "-") and index > first and (match := _SETEXT.fullmatch(line.rstrip("\r"))):
            before = lines[index - 1].strip()
            if not _NOT_PARAGRAPH.match(lines[index - 1]) and index - 1 not in code:
                headings.append(Heading(index - 1, index, 1 if match[1][0] == "=" else 2, before))
    return Outline(lines, first, tuple(headings), frozenset(code))
