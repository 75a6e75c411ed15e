"""Entries and promises put into a note's text, and promises ticked: no other byte changes."""

import re
from collections.abc import Callable, Sequence

from vaultkeeper.errors import UnsafeNote
from vaultkeeper.notes.entry import read_date
from vaultkeeper.notes.log import ITEM, LogReader
from vaultkeeper.notes.outline import Heading, Outline, outline
from vaultkeeper.notes.task import read_task


def insert_lines(lines: list[str], at: int, new: list[str]) -> None:
    """Puts `new` before index `at` of `lines` (split at \\n), with the line ending of the line before.

    A note without a final newline stays without one; a BOM stays in front.
    """
    at_end = at == len(lines)
    example = lines[at - 2 if at_end else at - 1 : at if not at_end else at - 1] if at else lines[:1]
    crlf = bool(example) and example[0].endswith("\r")
    if at == 0 and lines[0].startswith("\ufeff"):
        lines[0] = lines[0][1:]
        new = [f"\ufeff{new[0]}", *new[1:]]
    if crlf:
        new = [f"{line}\r" for line in new]
    if at_end:
        if crlf:
            new[-1] = new[-1][:-1]
            lines[-1] += "\r"
        if lines == [""]:
            new.append("")
            lines.clear()
    lines[at:at] = new


def add_entry(text: str, body: int, entry: str, more: str, heading: str, newest_first: bool) -> str:
    """`text` with a log entry: `entry` is its line without a bullet, `more` further lines of its text.

    It goes to the end of the log section, or its top; a missing section is added at the note's end. Where
    the section's entries are headings, it is written as one. `body` is the offset of the note's body.
    """
    return add_entries(text, body, [(entry, more)], heading, newest_first)


def add_entries(
    text: str, body: int, entries: Sequence[tuple[str, str]], heading: str, newest_first: bool
) -> str:
    """As `add_entry`, for several at once, the oldest first: the note is gone through once."""
    if newest_first:
        entries = entries[::-1]
    note = outline(text, body)
    lines = note.lines
    found = note.section(heading)
    if found is None:
        items = [line for entry, more in entries for line in _item(entry, more)]
        _at_end(lines, ["", f"## {heading}", "", *items])
        return "\n".join(lines)
    section, end = found
    dated = [h for h in note.headings if section.at < h.at < end and read_date(h.text)]
    new = [
        line
        for entry, more in entries
        for line in (_as_heading(dated[-1], entry, more) if dated else _item(entry, more))
    ]
    if newest_first and dated:
        insert_lines(lines, dated[0].at, [*new[1:], ""])
    elif newest_first and (there := LogReader(note, "", heading, {}).read().interactions):
        first = there[0].line - 1
        indent = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
        insert_lines(lines, first, [f"{indent}{line}" if line else "" for line in new])
    else:
        _at_section_end(note, section, end, new, apart=bool(dated))
    return "\n".join(lines)


def add_follow_up(text: str, body: int, task: str, heading: str, log_heading: str) -> str:
    """`text` with the task at the end of its section; a missing section is added above the log's."""
    note = outline(text, body)
    lines = note.lines
    if found := note.section(heading):
        _at_section_end(note, *found, [task], apart=False)
    elif log := note.section(log_heading):
        insert_lines(lines, log[0].at, [f"{'#' * max(2, log[0].level)} {heading}", "", task, ""])
    else:
        _at_end(lines, ["", f"## {heading}", "", task])
    return "\n".join(lines)


def change_task(text: str, words: str, near: int, path: str, change: Callable[[str], str]) -> str:
    """`text` with the open task that reads `words` changed: found by its words, not by its place; the one
    nearest to line `near` (from 1) where several read the same. Raises UnsafeNote where there is none."""
    lines = text.split("\n")
    places = [
        at
        for at, line in enumerate(lines)
        if "[" in line and (task := read_task(line)) and task.state == "open" and task.text == words
    ]
    if not places:
        raise UnsafeNote(f"{path}: the promise {words!r} is no longer there")
    at = min(places, key=lambda place: abs(place + 1 - near))
    lines[at] = change(lines[at])
    return "\n".join(lines)


def _item(entry: str, more: str) -> list[str]:
    return [f"- {entry}", *(f"    {line}" if line else "" for line in more.splitlines())]


def _as_heading(like: Heading, entry: str, more: str) -> list[str]:
    closing = " #" if re.search(r"[ \t]#+$", entry) else ""  # so that a # of the text isn't taken for one
    return ["", f"{'#' * like.level} {entry}{closing}", *more.splitlines()]


def _at_section_end(note: Outline, section: Heading, end: int, new: list[str], *, apart: bool) -> None:
    last = note.last_filled(section.last + 1, end)
    if last == section.last:
        touching = last + 1 < len(note.lines) and note.lines[last + 1].strip()
        spaced = new if new[0] == "" else ["", *new]
        insert_lines(note.lines, last + 1, [*spaced, ""] if touching else spaced)
        return
    line = note.lines[last]
    in_list = line[:1] in (" ", "\t") or ITEM.match(line) is not None
    if not (in_list or apart):
        new = ["", *new]
    if last + 1 == end and any(h.at == end < h.last for h in note.headings):
        new = [*new, ""]  # else an underlined heading would go on the item
    insert_lines(note.lines, last + 1, new)


def _at_end(lines: list[str], new: list[str]) -> None:
    at = len(lines) - 1 if lines[-1] == "" and len(lines) > 1 else len(lines)
    before = lines[at - 1] if at else ""
    if not before.strip():
        new = new[1:]
    insert_lines(lines, at, new)
