"""Tasks in the form of Obsidian's Tasks plugin: how they are read, written and ticked (FORMAT.md section 5).

As that plugin does, fields are read from the end of the line, at most twenty of them.
"""

import re
from datetime import date
from typing import NamedTuple

from vaultkeeper.notes.entry import day_of

TASK = re.compile(r"(\ufeff?[ \t]*)(?:[-*+]|\d+[.)])[ \t]+\[(.)\][ \t]+(.*)", re.S)
_STATES = {"x": "done", "X": "done", "-": "cancelled"}
_DATES = {"📅": "due", "📆": "due", "🗓": "due", "⏳": "scheduled", "⌛": "scheduled", "🛫": "start"}
_DATES |= {"➕": "made", "✅": "done", "❌": "cancelled"}
_WORDS = {"due": "due", "scheduled": "scheduled", "start": "start", "created": "made"}
_WORDS |= {"completion": "done", "cancelled": "cancelled"}
_INLINE_KEYS = frozenset({*_WORDS, "repeat", "priority", "id"})
_EMOJI = re.compile(r"(📅|📆|🗓|⏳|⌛|🛫|➕|✅|❌)\ufe0f?[ \t]*(\d{4}-\d{1,2}-\d{1,2})$")
_INLINE = re.compile(r"[\[(][ \t]*(\w+)[ \t]*::([^\[\]()]*)[\])]$")
_BY = re.compile(r"(?:^|,[ \t]|[ \t,])by (\d{4}-\d{1,2}-\d{1,2})$", re.I)
_DAY = r"(\d{4}-\d{1,2}-\d{1,2})"
_DUE_EMOJI = re.compile(rf"(?:📅|📆|🗓)\ufe0f?[ \t]*{_DAY}")
_DUE_INLINE = re.compile(rf"[\[(][ \t]*due[ \t]*::[ \t]*{_DAY}[ \t]*[\])]", re.I)
_DUE_WORD = re.compile(rf"(?:^|[ \t,])by {_DAY}(?=[ \t\r]*$)", re.I)
_OTHER = re.compile(
    r"(?:(?:🔺|⏫|🔼|🔽|⏬)\ufe0f?|(🔁)\ufe0f?[\w, \t!]*"
    r"|🏁[ \t]*\w+|🆔[ \t]*[\w-]+|⛔\ufe0f?[\w, \t-]+)$"
)
_TAG = re.compile(r"(?:^|[ \t])(#[^\s#]+)$")
_MOST = 20  # Tasks' own bound
_FAR = 500  # characters before the line's end, of one field: lest each costs the length of a hostile line
_BLOCK = re.compile(r"(?:^|[ \t])\^[\w-]+$")


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
    text, dates, recurring, bad = _read_fields(match[3].strip())
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


def _read_fields(text: str) -> tuple[str, dict[str, date], bool, str]:
    dates: dict[str, date] = {}
    tags: list[str] = []
    recurring, bad = False, ""
    if block := _BLOCK.search(text, _near_end(text)):
        text = text[: block.start()].rstrip()
    for _ in range(_MOST):
        near = _near_end(text)
        if match := _EMOJI.search(text, near):
            name, written = _DATES[match[1]], match[2]
        elif match := _BY.search(text, near):
            name, written = "due", match[1]
        elif (match := _INLINE.search(text, near)) and match[1].lower() in _INLINE_KEYS:
            recurring |= match[1].lower() == "repeat"
            name, written = _WORDS.get(match[1].lower(), ""), match[2].strip()
        elif match := _OTHER.search(text, near):
            recurring |= match[1] is not None
            name, written = "", ""
        elif match := _TAG.search(text, near):
            tags.insert(0, match[1])
            name, written = "", ""
        else:
            break
        if name:
            day = day_of(written) if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", written) else None
            if day is None:
                bad = written
            else:
                dates.setdefault(name, day)
        text = text[: match.start()].rstrip()
    return " ".join([text, *tags]).strip(), dates, recurring, bad


def _near_end(text: str) -> int:
    return max(0, len(text) - _FAR)


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
    for pattern in (_DUE_EMOJI, _DUE_INLINE, _DUE_WORD):
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
    body = line.rstrip()
    block = _BLOCK.search(body, _near_end(body))
    at = block.start() if block else len(body)
    return f"{body[:at]}{field}{body[at:]}{line[len(body) :]}"
