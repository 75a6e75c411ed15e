"""Tasks as Obsidian's Tasks plugin has them: how they are read, written and ticked (FORMAT.md section 5)."""

import re
from datetime import date
from typing import NamedTuple

TASK = re.compile(r"(\ufeff?[ \t]*)(?:[-*+]|\d+[.)])[ \t]+\[(.)\][ \t]+(.*)", re.S)
_STATES = {"x": "done", "X": "done", "-": "cancelled"}


class Task(NamedTuple):
    """A task's text without its fields, and what these say. `bad` is a date that doesn't exist."""

    indent: str
    state: str
    mark: str
    text: str
    due: date | None
    made: date | None
    done: date | None
    recurring: bool
    bad: str


def read_task(line: str) -> Task | None:
    """The task on `line`, or None where it is none. A forwarded `[>]` one counts as cancelled."""
    match = TASK.fullmatch(line.rstrip("\r"))
    if match is None:
        return None
    from vaultkeeper.notes.task_field import read_fields

    text, dates, recurring, bad = read_fields(match[3].strip())
    return Task(
        match[1],
        "cancelled" if match[2] in "-><" else _STATES.get(match[2], "open"),
        match[2],
        text,
        dates.get("due") or dates.get("scheduled"),
        dates.get("made"),
        dates.get("done"),
        recurring,
        bad,
    )


def write_task(text: str, tag: str = "", *, due: date | None = None, made: date | None = None) -> str:
    """`- [ ] TAG TEXT ➕ MADE 📅 DUE`, in the form that Tasks itself writes; `tag` is its global filter."""
    if tag and tag not in text.split():
        text = f"{tag} {text}"
    fields = [f"➕ {made.isoformat()}"] if made else []
    fields += [f"📅 {due.isoformat()}"] if due else []
    return " ".join([f"- [ ] {text}", *fields])


def cancel(line: str, day: date) -> str:
    """`line` given up on `day`: the box `[-]`, ` ❌ DAY` added at the end."""
    return _close(line, "-", "❌", day)


def move(line: str, day: date) -> str:
    """`line` due on `day`: its date replaced where it has one, else ` 📅 DAY` added at the end."""
    from vaultkeeper.notes.task_field import DUE

    for pattern in DUE:
        for found in list(pattern.finditer(line))[-1:]:
            moved = f"{line[: found.start(1)]}{day.isoformat()}{line[found.end(1) :]}"
            task = read_task(moved)
            if task is not None and task.due == day:  # else it stands in the words, and is no field
                return moved
    return _append(line, f" 📅 {day.isoformat()}")


def tick(line: str, day: date) -> str:
    """`line` done on `day`: the box ticked, ` ✅ DAY` added at the end (before a block id), nothing else."""
    return _close(line, "x", "✅", day)


def _close(line: str, mark: str, sign: str, day: date) -> str:
    match = TASK.fullmatch(line)
    if match is None:
        raise ValueError("not a task")
    box = match.start(2)
    return _append(f"{line[:box]}{mark}{line[box + 1 :]}", f" {sign} {day.isoformat()}")


def _append(line: str, field: str) -> str:
    from vaultkeeper.notes.task_field import BLOCK, near_end

    body = line.rstrip()
    block = BLOCK.search(body, near_end(body))
    at = block.start() if block else len(body)
    return f"{body[:at]}{field}{body[at:]}{line[len(body) :]}"
