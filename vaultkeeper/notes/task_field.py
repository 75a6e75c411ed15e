"""The fields at the end of a task's line, as Obsidian's Tasks plugin has them (FORMAT.md section 5).

They are read from the end of the line, at most twenty of them.
"""

import re
from datetime import date

from vaultkeeper.notes.entry import day_of

_DATES = {"📅": "due", "📆": "due", "🗓": "due", "⏳": "scheduled", "⌛": "scheduled", "🛫": "start"}
_DATES |= {"➕": "made", "✅": "done", "❌": "cancelled"}
_WORDS = {"due": "due", "scheduled": "scheduled", "start": "start", "created": "made"}
_WORDS |= {"completion": "done", "cancelled": "cancelled"}
_INLINE_KEYS = frozenset({*_WORDS, "repeat", "priority", "id"})
_EMOJI = re.compile(r"(📅|📆|🗓|⏳|⌛|🛫|➕|✅|❌)\ufe0f?[ \t]*(\d{4}-\d{1,2}-\d{1,2})$")
_INLINE = re.compile(r"[\[(][ \t]*(\w+)[ \t]*::([^\[\]()]*)[\])]$")
_BY = re.compile(r"(?:^|,[ \t]|[ \t,])by (\d{4}-\d{1,2}-\d{1,2})$", re.I)
_OTHER = re.compile(
    r"(?:(?:🔺|⏫|🔼|🔽|⏬)\ufe0f?|(🔁)\ufe0f?[\w, \t!]*"
    r"|🏁[ \t]*\w+|🆔[ \t]*[\w-]+|⛔\ufe0f?[\w, \t-]+)$"
)
_TAG = re.compile(r"(?:^|[ \t])(#[^\s#]+)$")
_MOST = 20  # Tasks' own bound
_FAR = 500  # characters before the line's end, of one field: lest each costs the length of a hostile line
BLOCK = re.compile(r"(?:^|[ \t])\^[\w-]+$")
_DAY = r"(\d{4}-\d{1,2}-\d{1,2})"
DUE = (
    re.compile(rf"(?:📅|📆|🗓)\ufe0f?[ \t]*{_DAY}"),
    re.compile(rf"[\[(][ \t]*due[ \t]*::[ \t]*{_DAY}[ \t]*[\])]", re.I),
    re.compile(rf"(?:^|[ \t,])by {_DAY}(?=[ \t\r]*$)", re.I),
)
"""The forms of the day that a task is due, wherever on its line they stand."""


def read_fields(text: str) -> tuple[str, dict[str, date], bool, str]:
    """A task's text without its fields, the day of each, whether it recurs, and a date that doesn't exist."""
    dates: dict[str, date] = {}
    tags: list[str] = []
    recurring, bad = False, ""
    if block := BLOCK.search(text, near_end(text)):
        text = text[: block.start()].rstrip()
    for _ in range(_MOST):
        near = near_end(text)
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


def near_end(text: str) -> int:
    """Where to begin to look for one."""
    return max(0, len(text) - _FAR)
