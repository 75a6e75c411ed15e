"""File names with a date in them, by the moment.js formats of Obsidian's daily notes."""

import re
from datetime import date
from functools import cache

from vaultkeeper.domain.duration import MONTHS, days_after

_TOKEN = re.compile(
    r"\[([^\]]*)\]|(YYYY|YY|MMMM|MMM|MM|Mo|M|DDDD|DDD|DD|Do|D|dddd|ddd|dd|do|d"
    r"|GGGG|gggg|WW|Wo|W|ww|wo|w|Qo|Q|E|e|HH|H|hh|h|mm|m|ss|s|A|a)"
)
_LOCAL = {"LL": "MMMM D, YYYY", "ll": "MMM D, YYYY", "L": "MM/DD/YYYY", "l": "M/D/YYYY"}
_SHORTHAND = re.compile(r"\[[^\]]*\]|LL|L|ll|l")
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th|\.|er|e|º|ª)?"
_NAME = r"[^\W\d_]+\.?"  # of a month or a weekday, in the language of Obsidian's window
# Token → (what it says of the day, how it is written).
_SAYS = {
    "YYYY": ("year", r"\d{4}"),
    "YY": ("short", r"\d{2}"),
    "MM": ("month", r"\d{2}"),
    "M": ("month", r"\d{1,2}"),
    "Mo": ("month", _ORDINAL),
    "MMMM": ("name", _NAME),
    "MMM": ("name", _NAME),
    "DD": ("day", r"\d{2}"),
    "D": ("day", r"\d{1,2}"),
    "Do": ("day", _ORDINAL),
    "DDDD": ("ordinal", r"\d{3}"),
    "DDD": ("ordinal", r"\d{1,3}"),
}
_OTHERS = {**dict.fromkeys(("dddd", "ddd", "dd"), _NAME), **dict.fromkeys(("A", "a"), r"[AaPp][Mm]")}
_WIDTHS = {1: r"\d{1,2}", 2: r"\d{2}", 4: r"\d{4}"}
_OTHERS |= dict.fromkeys(("do", "Wo", "wo", "Qo"), _ORDINAL)


@cache
def _tail(form: str) -> tuple[int, re.Pattern[str]] | None:
    """How many of the last parts of a path tell the day by this format, and their pattern; None where even
    all of them don't. As in Obsidian, a file that names its whole day is that day's in whatever folder."""
    form = _SHORTHAND.sub(lambda match: _LOCAL.get(match[0], match[0]), form)
    parts = form.split("/")
    for number in range(1, len(parts) + 1):
        said = {
            _SAYS[token[2]][0] for part in parts[-number:] for token in _tokens(part) if token[2] in _SAYS
        }
        if said & {"year", "short"} and ((said >= {"day"} and said & {"month", "name"}) or "ordinal" in said):
            return number, _pattern("/".join(parts[-number:]))
    return None


def _tokens(form: str) -> list[re.Match[str]]:
    return list(_TOKEN.finditer(form))


def _pattern(form: str) -> re.Pattern[str]:
    parts, at = [], 0
    tokens = _tokens(form)
    last = {_SAYS[token[2]][0]: token for token in tokens if token[2] in _SAYS}
    for token in tokens:
        parts.append(re.escape(form[at : token.start()]))
        at = token.end()
        if token[1] is not None:
            parts.append(re.escape(token[1]))
            continue
        name, pattern = _SAYS.get(token[2]) or ("", _OTHERS.get(token[2]) or _WIDTHS[len(token[2])])
        # What is not kept is not tried at other lengths: of a hundred `Q` in a row there are too many ways.
        parts.append(f"(?P<{name}>{pattern})" if last.get(name) is token else f"(?>{pattern})")
    return re.compile("".join([*parts, re.escape(form[at:])]), re.I)


def day_of_path(path: str, folder: str, form: str) -> date | None:
    """The day of the note at `path`, where it lies in `folder` and its name has the form; else None.

    `form` may name folders: `YYYY/MM/YYYY-MM-DD`. Deeper folders than it names are read too.
    """
    prefix = f"{folder}/" if folder not in ("", ".") else ""
    tail = _tail(form)
    if tail is None or not path.casefold().startswith(prefix.casefold()) or path[-3:].lower() != ".md":
        return None
    number, pattern = tail
    match = pattern.fullmatch("/".join(path[len(prefix) : -3].split("/")[-number:]))
    return _day(match.groupdict()) if match is not None else None


def _day(found: dict[str, str | None]) -> date | None:
    numbers = {name: int(re.sub(r"\D", "", said)) for name, said in found.items() if said and name != "name"}
    year = numbers.get("year") or 2000 + numbers.get("short", 0)
    try:
        if "ordinal" in numbers:
            day = days_after(date(year, 1, 1), numbers["ordinal"] - 1)
            return day if day.year == year else None
        return date(year, numbers.get("month") or _month(found.get("name") or ""), numbers["day"])
    except ValueError:
        return None


@cache
def _month(name: str) -> int:
    """A month's number by its name or the beginning of it, in whatever language; 0 where it is none."""
    short = [month[:3].casefold() for month in MONTHS]
    if name[:3].casefold() in short and MONTHS[short.index(name[:3].casefold())].casefold().startswith(
        name.rstrip(".").casefold()
    ):
        return short.index(name[:3].casefold()) + 1
    import dateparser

    found = dateparser.parse(f"1 {name} 2000", settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    return found.month if found is not None else 0
