"""Entries and promises put into a note's text, and promises ticked: no other byte changes."""

import re
from datetime import date

from vaultkeeper.errors import UnsafeNote
from vaultkeeper.notes.entry import read_date
from vaultkeeper.notes.log import ITEM
from vaultkeeper.notes.outline import Heading, Outline, outline
from vaultkeeper.notes.task import tick


def insert_lines(lines: list[str], at: int, new: list[str]) -> None:
    """Puts `new` before index `at` of `lines` (split at \\n), with the line ending of the line before.

    A note without a final newline stays without one.
    """
    at_end = at == len(lines)
    example = lines[at - 2 if at_end else at - 1 : at if not at_end else at - 1] if at else lines[:1]
    crlf = bool(example) and example[0].endswith("\r")
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
    note = outline(text, body)
    lines = note.lines
    found = note.section(heading)
    if found is None:
        _at_end(lines, ["", f"## {heading}", "", *_item(entry, more)])
        return "\n".join(lines)
    section, end = found
    dated = [h for h in note.headings if section.at < h.at < end and read_date(h.text)]
    new = _as_heading(dated[-1], entry, more) if dated else _item(entry, more)
    first = _first_entry(note, section, end, dated) if newest_first else None
    if first is not None:
        insert_lines(lines, first, [*new[1:], ""] if dated else new)
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
        insert_lines(lines, log[0].at, [f"## {heading}", "", task, ""])
    else:
        _at_end(lines, ["", f"## {heading}", "", task])
    return "\n".join(lines)


def tick_follow_up(text: str, line: int, day: date) -> str:
    """`text` with the task on `line` (from 1) done on `day`."""
    lines = text.split("\n")
    try:
        lines[line - 1] = tick(lines[line - 1], day)
    except (IndexError, ValueError):
        raise UnsafeNote(f"line {line} is no longer the task that was read there") from None
    return "\n".join(lines)


def _item(entry: str, more: str) -> list[str]:
    return [f"- {entry}", *(f"    {line}" if line else "" for line in more.splitlines())]


def _as_heading(like: Heading, entry: str, more: str) -> list[str]:
    return ["", f"{'#' * like.level} {entry}", *more.splitlines()]


def _first_entry(note: Outline, section: Heading, end: int, dated: list[Heading]) -> int | None:
    if dated:
        return dated[0].at
    for index in range(section.last + 1, end):
        match = ITEM.fullmatch(note.lines[index]) if index not in note.code else None
        if match and read_date(re.sub(r"^\[.\][ \t]+", "", match[2])):
            return index
    return None


def _at_section_end(note: Outline, section: Heading, end: int, new: list[str], *, apart: bool) -> None:
    last = note.last_filled(section.last + 1, end)
    if last == section.last:
        touching = last + 1 < len(note.lines) and note.lines[last + 1].strip()
        spaced = new if new[0] == "" else ["", *new]
        insert_lines(note.lines, last + 1, [*spaced, ""] if touching else spaced)
        return
    line = note.lines[last]
    in_list = line[:1] in (" ", "\t") or ITEM.match(line) is not None
    if not (in_list or apart) or (last in note.code and new[0] != ""):
        new = ["", *new]
    insert_lines(note.lines, last + 1, new)


def _at_end(lines: list[str], new: list[str]) -> None:
    at = len(lines) - 1 if lines[-1] == "" and len(lines) > 1 else len(lines)
    before = lines[at - 1] if at else ""
    if not before.strip():
        new = new[1:]
    insert_lines(lines, at, new)
