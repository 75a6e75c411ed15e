"""File names with a date in them, by the moment.js formats of Obsidian's daily notes."""

import re
from datetime import date
from functools import cache

from vaultkeeper.domain.duration import MONTHS, WEEKDAYS

_TOKEN = re.compile(
    r"\[([^\]]*)\]|(YYYY|YY|MMMM|MMM|MM|Mo|M|DDDD|DDD|DD|Do|D|dddd|ddd|dd|GGGG|gggg|WW|ww|W|w|Q|E)"
)
_NAMES = {
    "MMMM": "|".join(MONTHS),
    "MMM": "|".join(month[:3] for month in MONTHS),
    "dddd": "|".join(WEEKDAYS),
    "ddd": "|".join(day[:3] for day in WEEKDAYS),
    "dd": "|".join(day[:2] for day in WEEKDAYS),
}
_PATTERNS = {
    "YYYY": r"(?P<year>\d{4})",
    "YY": r"(?P<short>\d{2})",
    "MM": r"(?P<month>\d{2})",
    "M": r"(?P<month>\d{1,2})",
    "Mo": r"(?P<month>\d{1,2})(?:st|nd|rd|th)",
    "DD": r"(?P<day>\d{2})",
    "D": r"(?P<day>\d{1,2})",
    "Do": r"(?P<day>\d{1,2})(?:st|nd|rd|th)",
    "DDDD": r"(?P<ordinal>\d{3})",
    "DDD": r"(?P<ordinal>\d{1,3})",
    "MMMM": rf"(?P<name>{_NAMES['MMMM']})",
    "MMM": rf"(?P<name>{_NAMES['MMM']})",
}


@cache
def _pattern(form: str) -> re.Pattern[str]:
    parts, at, named = [], 0, set()
    for token in _TOKEN.finditer(form):
        parts.append(re.escape(form[at : token.start()]))
        at = token.end()
        if token[1] is not None:
            parts.append(re.escape(token[1]))
            continue
        pattern = _PATTERNS.get(token[2]) or _NAMES.get(token[2]) or r"\d{1,4}"
        name = re.search(r"\?P<(\w+)>", pattern)
        if name is not None and name[1] in named:
            pattern = pattern.replace(f"?P<{name[1]}>", "?:")
            name = None
        elif name is not None:
            named.add(name[1])
        # What is not kept is not tried at other lengths: of a hundred `Q` in a row there are too many ways.
        parts.append(f"(?:{pattern})" if name is not None else f"(?>{pattern})")
    return re.compile("".join([*parts, re.escape(form[at:])]), re.I)


def day_of_path(path: str, folder: str, form: str) -> date | None:
    """The day of the note at `path`, where it lies in `folder` and its name has the form; else None.

    `form` may name folders: `YYYY/MM/YYYY-MM-DD`. Deeper folders than it names are read too.
    """
    prefix = f"{folder}/" if folder not in ("", ".") else ""
    if not path.casefold().startswith(prefix.casefold()) or path[-3:].lower() != ".md":
        return None
    parts = path[len(prefix) : -3].split("/")
    match = _pattern(form).fullmatch("/".join(parts[-(form.count("/") + 1) :]))
    return _day(match.groupdict()) if match is not None else None


def _day(found: dict[str, str | None]) -> date | None:
    year = int(found.get("year") or 0) or None
    if year is None and found.get("short"):
        year = 2000 + int(found["short"] or 0)
    if year is None:
        return None
    try:
        if found.get("ordinal"):
            return date.fromordinal(date(year, 1, 1).toordinal() + int(found["ordinal"] or 1) - 1)
        month = int(found.get("month") or 0) or _month(found.get("name") or "")
        return date(year, month, int(found.get("day") or 0))
    except ValueError:
        return None


def _month(name: str) -> int:
    short = [month[:3].casefold() for month in MONTHS]
    return short.index(name[:3].casefold()) + 1 if name[:3].casefold() in short else 0
