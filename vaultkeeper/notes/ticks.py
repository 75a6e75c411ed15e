"""What a person did to a generated note: ticks, and words typed beside them (FORMAT.md section 7).

A contact's line is any checkbox item whose first link is a contact, whatever the template. What stands
indented under it, or under a plain item that begins with a contact's link, belongs to that contact.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import NamedTuple

from vaultkeeper.notes.entry import day_of, read_head
from vaultkeeper.notes.generated import digest_of
from vaultkeeper.notes.links import find_links

_BOX = re.compile(r"([ \t]*)([-*+])[ \t]+\[(.)\][ \t]+(.*)")
_ITEM = re.compile(r"([ \t]*)(?:[-*+][ \t]+)?(.*)")
_STAMP = re.compile(
    r"(?<![ \t])[ \t]*(?:(?:✅|❌)\ufe0f?[ \t]*(\d{4}-\d{2}-\d{2})"
    r"|[\[(](?:completion|cancelled)::[ \t]*(\d{4}-\d{2}-\d{2})[ \t]*[\])])"
)
_WORD = re.compile(r"\s([^\s:\[\]]+)(?=[ :])")
_MOST = 20  # words that may begin an entry, lest a hostile line cost its length squared
_MARKS = {"x": "x", "X": "x", ">": ">", "-": "-"}


class Tick(NamedTuple):
    """`target` is the contact's link; `mark` one of `x > -`; `text` the line's own, without what was added.

    `words` are entries typed beside an `x`, in the log's grammar; those typed beside a promise are among its
    contact's where that is ticked too. `day` is the date that the Tasks plugin added. `own`: the link that a
    line under another's begins with, a contact's own line unless it is a promise that reads so.
    """

    target: str
    mark: str
    text: str
    words: tuple[str, ...] = ()
    day: date | None = None
    own: str = ""


class Ticks(NamedTuple):
    """`lines` are contacts' own, `nested` the promises and choices under them.

    `all_known`: nothing else was changed in the note, so that nothing is lost when it is written anew.
    """

    lines: tuple[Tick, ...]
    nested: tuple[Tick, ...]
    all_known: bool


def read_ticks(body: str, digest: str, original: str | None, channels: Mapping[str, str | None]) -> Ticks:
    """`body` as it is now, the `digest` it was written with, and the body as written where that is known."""
    return _Reader(body.split("\n"), digest, original, channels).read()


@dataclass(slots=True)
class _Line:
    """A contact's line, or a promise under one, with what stands under it, while reading."""

    target: str
    indent: int
    mark: str
    text: str
    day: date | None
    own: str = ""
    words: list[str] = field(default_factory=list)

    def tick(self) -> Tick:
        return Tick(self.target, self.mark, self.text, tuple(self.words), self.day, self.own)


class _Reader:
    def __init__(
        self, lines: list[str], digest: str, original: str | None, channels: Mapping[str, str | None]
    ) -> None:
        self._lines, self._digest, self._channels = lines, digest, channels
        # What we wrote, by its text: editors change the blanks before a line and take them off its end.
        written = [_bare(line) for line in original.split("\n")] if original is not None else []
        self._known = {line.strip(): line for line in written} if original is not None else None
        self._filled = _filled(original.split("\n")) if original is not None else None
        self._boxes = {text for text in self._known or () if _BOX.fullmatch(f"{text} ")}
        self._lengths = sorted({len(line) for line in self._boxes}, reverse=True)
        self._left: list[str] = []
        self._open: _Line | None = None
        self._under: _Line | None = None  # the promise under it that was read last
        self._found: list[_Line] = []
        self._nested: list[_Line] = []

    def read(self) -> Ticks:
        for line in self._lines:
            self._read_line(line.rstrip("\r"))
        found, nested = (tuple(line.tick() for line in lines) for lines in (self._found, self._nested))
        return Ticks(found, nested, self._is_all_known())

    def _is_all_known(self) -> bool:
        """Whether what is left is what we wrote; a blank line more or less is nothing typed."""
        if digest_of("\n".join(self._left)) == self._digest:
            return True
        return self._filled is not None and _filled(self._left) == self._filled

    def _read_line(self, line: str) -> None:
        box = _BOX.fullmatch(line)
        if box is None:
            self._read_plain(line)
            return
        indent, mark = len(box[1].expandtabs(4)), _MARKS.get(box[3], "")
        day, bare = _unstamp(line) if mark else (None, line)
        own, added = self._split(_bare(bare))
        text = _BOX.fullmatch(own)
        said = text[4] if text is not None else box[4]
        links = find_links(said)
        nested = self._open is not None and indent > self._open.indent
        if (
            nested
            and self._known is not None
            and own.strip() not in self._known
            and self._take_box(bare, indent)
        ):
            return
        if nested and self._open is not None:
            whose = links[0].target if links and links[0].start == 0 and _is_line(said) else ""
            self._under = _Line(self._open.target, indent, mark, said.strip(), day, whose)
            if mark:
                self._nested.append(self._under)
        else:
            self._open = self._under = None
            if links:
                self._open = _Line(links[0].target, indent, mark, said.strip(), day)
                if mark:
                    self._found.append(self._open)
        taken = not added or self._take(added, indent + 1)
        self._left.append(own if taken and (mark or box[3] == " ") else line)

    def _take_box(self, line: str, indent: int) -> bool:
        """Words that an editor has put a box before, as it goes on with a list of tasks."""
        box = _BOX.fullmatch(line)
        said = box[4].strip() if box is not None else ""
        return read_head(said, self._channels).channel is not None and self._take(said, indent)

    def _take(self, words: str, indent: int) -> bool:
        """Words typed beside a tick, or `indent` columns in under it, go with it: with the contact's where
        that is one, else with the promise's."""
        lines = (self._open, self._under)
        for line in lines[::-1] if self._under is not None and self._under.own else lines:
            if line is not None and line.mark == "x" and indent > line.indent:
                line.words.append(words)
                return True
        return False

    def _read_plain(self, line: str) -> None:
        item = _ITEM.fullmatch(line)
        assert item is not None
        indent = len(item[1].expandtabs(4))
        under = self._open is not None and indent > self._open.indent
        if (
            under
            and item[2].strip()
            and self._is_typed(line, item[2])
            and self._take(item[2].strip(), indent)
        ):
            return
        if line.strip() and not under:
            self._open = self._under = None
            links = find_links(item[2])
            if links and links[0].start == 0 and line.lstrip()[:1] in "-*+":
                self._open = _Line(links[0].target, indent, "", item[2].strip(), None)
        self._left.append((self._known or {}).get(line.strip(), line))

    def _is_typed(self, line: str, text: str) -> bool:
        """Whether the line is the person's: it isn't in the note as we wrote it; where that is not known,
        it begins as an entry of the log does."""
        if self._known is not None:
            return line.strip() not in self._known
        return read_head(text, self._channels).channel is not None

    def _split(self, line: str) -> tuple[str, str]:
        """(the line as we wrote it, the words added at its end)."""
        if self._known is not None:
            text = line.strip()
            if text in self._known:
                return self._known[text], ""
            for length in self._lengths:
                if text[:length] in self._boxes:
                    return self._known[text[:length]], text[length:].lstrip(" \t,;:–—-")
        words = (match for match in _WORD.finditer(line) if match[1].lower() in self._channels)
        for match in islice(words, _MOST):
            said = line[match.start() :].strip()
            head = read_head(said, self._channels)
            if head.text and said.partition(": ")[2].strip() == head.text:
                return line[: match.start()].rstrip(), said
        return line, ""


def _is_line(said: str) -> bool:
    """Whether a text that begins with a link reads as a contact's own line: a colon follows, or nothing."""
    links = find_links(said)
    return said[links[0].end :].lstrip().startswith(":") or not said[links[0].end :].strip()


def _bare(line: str) -> str:
    """The line with its box empty, as it was written."""
    box = _BOX.fullmatch(line.rstrip("\r"))
    return line.rstrip("\r") if box is None else f"{box[1]}{box[2]} [ ] {box[4]}"


def _unstamp(line: str) -> tuple[date | None, str]:
    """The date the Tasks plugin added, and the line without it."""
    stamps = [match[1] or match[2] for match in _STAMP.finditer(line)]
    return (day_of(stamps[-1]) if stamps else None), _STAMP.sub("", line)


def _filled(lines: Sequence[str]) -> list[str]:
    """The lines that aren't blank, without blanks at their ends."""
    return [line.rstrip() for line in lines if line.strip()]


def entries_of(words: tuple[str, ...], channels: Mapping[str, str | None]) -> list[str]:
    """The typed lines as entries: one that begins with a channel is an entry of its own, others go on."""
    entries: list[str] = []
    for line in words:
        if entries and read_head(line, channels).channel is None:
            entries[-1] += f"\n{line}"
        else:
            entries.append(line)
    return entries
