"""The log of a contact's note: the section read into interactions and promises, and an entry added to it
(FORMAT.md section 4)."""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.place import Problem
from vaultkeeper.notes.entry import (
    PLAIN,
    Dated,
    day_of,
    plain_heads,
    read_date,
    read_head,
    read_kinds,
    read_people,
)
from vaultkeeper.notes.outline import Outline
from vaultkeeper.notes.task import Task, read_task

ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d+[.)])[ \t]+(.*)", re.S)


class Log(NamedTuple):
    """What a note's tasks and its log section say; `follow_ups` holds done and cancelled ones too."""

    interactions: tuple[Interaction, ...]
    follow_ups: tuple[FollowUp, ...]
    problems: tuple[Problem, ...]


class LogReader:
    """Reads one note's body, line by line; `read()` gives the Log.

    Tasks are read everywhere in the note, entries in its log section only. Of the open entry, the lines
    below it that are indented deeper than `_depth` columns are more.
    """

    def __init__(self, note: Outline, path: str, heading: str, channels: Mapping[str, str | None]) -> None:
        self._note, self._path, self._channels = note, path, channels
        self._section = range(note.body, note.body)
        if found := note.section(heading):
            self._section = range(found[0].last + 1, found[1])
        self._heads = plain_heads(tuple(channels.items()))
        self._headings = {h.at: h for h in note.headings}
        self._underlines = {h.last for h in note.headings if h.last != h.at}
        self._entries: list[Interaction] = []
        self._tasks: list[FollowUp] = []
        self._problems: list[Problem] = []
        self._open: Interaction | None = None
        self._depth = 0
        self._more: list[str] = []
        self._under_heading = 0  # the level of the heading that is the open entry

    def read(self) -> Log:
        lines, code, section = self._note.lines, self._note.code, self._section
        self._promises(self._note.body, section.start)
        for index in section:
            line = lines[index].rstrip("\r")
            if index in code or not line:
                self._continue(line)
            elif entry := self._glance(index, line):
                self._close()
                self._entries.append(entry)
                self._open = entry
            elif index not in self._underlines:
                self._log_line(index, line)
        self._close()
        self._promises(section.stop, len(lines))
        return Log(tuple(self._entries), tuple(self._tasks), tuple(self._problems))

    def _promises(self, start: int, end: int) -> None:
        """The tasks outside of the log."""
        for index, line in enumerate(self._note.lines[start:end], start):
            if "[" in line and index not in self._note.code and (task := read_task(line)):
                self._task(index, task)

    def _glance(self, index: int, line: str) -> Interaction | None:
        """The entry, where it is written as we write it; else the careful way has to look."""
        match = PLAIN.match(line)
        if match is None:
            return None
        written, time, head, links, text = match.groups()
        day, known, people = day_of(written), self._heads.get(head), read_people(links) if links else ()
        if day is None or known is None or people is None:
            return None
        channel, direction, explicit = known
        text = text.strip()
        kinds = read_kinds(text) if "#" in text else ()
        return Interaction(
            day, self._path, index + 1, text, time, channel, direction, explicit, people, kinds
        )

    def _log_line(self, index: int, line: str) -> None:
        if heading := self._headings.get(index):
            dated = read_date(heading.text)
            if dated is None and self._open is not None and 0 < self._under_heading < heading.level:
                self._more.append(heading.text)
                return
            self._close()
            if dated is not None:
                self._begin(index, dated)
                self._under_heading = heading.level
            return
        task = read_task(line) if "[" in line else None
        item = ITEM.fullmatch(line)
        depth = len(item[1].expandtabs(4)) if item is not None else 0
        top = item is not None and depth < max(2, self._depth + 1 if self._open else 0)
        if task is not None and not (task.state == "done" and (top or self._open is None)):
            if top and not self._under_heading:
                self._close()
            self._task(index, task)
        elif item is not None and (top or self._open is None):
            self._item(index, line, depth, item[2], task)
        elif task is None:
            self._continue(line)

    def _continue(self, line: str) -> None:
        """An indented or blank line goes on with the entry, another one ends it."""
        if self._open is None:
            return
        if line[:1] in (" ", "\t", "") or self._under_heading:
            self._more.append(line.strip())
        else:
            self._close()

    def _item(self, index: int, line: str, depth: int, rest: str, task: Task | None) -> None:
        dated = read_date(line[line.index("]") + 1 :].lstrip() if task else rest)
        if dated is not None:
            if task is not None and dated.day is not None:
                shown = read_date(task.text)
                dated = shown if shown is not None else dated
            self._close()
            self._begin(index, dated, depth)
        elif task is not None and (task.done is not None or task.bad):
            self._close()
            self._begin(index, Dated(task.done, task.bad, None, task.text), depth)
        elif self._under_heading and self._open is not None:
            self._more.append(line.strip())
        else:
            self._close()

    def _begin(self, index: int, dated: Dated, depth: int = 0) -> None:
        if dated.day is None:
            message = f"{dated.written} in the log is no date; the entry is not counted"
            self._problems.append(Problem(self._path, index + 1, message, mend="Correct the date."))
            return
        head = read_head(dated.rest, self._channels)
        self._open = Interaction(
            *(dated.day, self._path, index + 1, head.text, dated.time, head.channel, head.direction),
            explicit=head.explicit,
            participants=head.participants,
            kinds=read_kinds(head.text),
        )
        self._entries.append(self._open)
        self._depth = depth

    def _close(self) -> None:
        if self._more:
            self._entries[-1] = _with_more(self._entries[-1], self._more)
            self._more = []
        self._open = None
        self._depth = self._under_heading = 0

    def _task(self, index: int, task: Task) -> None:
        if task.recurring or not (task.text or task.due):
            return
        if task.bad:
            message = f"{task.bad} is no date; the promise has none"
            self._problems.append(Problem(self._path, index + 1, message, mend="Correct the date."))
        people: tuple[str, ...] = ()
        made: date | None = task.made
        if self._open is not None:
            people = self._open.participants
            made = made or self._open.date
        self._tasks.append(
            FollowUp(task.text, self._path, index + 1, task.state, task.due, made, task.done, people)
        )


def _with_more(entry: Interaction, more: list[str]) -> Interaction:
    """`entry` with the lines under it, blank ones at their end left out."""
    text = "\n".join([entry.text, *more]).rstrip("\n")
    if text == entry.text:
        return entry
    text = text.strip()
    return entry._replace(text=text, kinds=read_kinds(text))
