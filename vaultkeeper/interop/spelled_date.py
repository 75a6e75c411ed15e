"""Dates as exports spell them: `12 Mar 2025`, `12. März 2025`, `3/12/2025`, `2025-03-12`."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from vaultkeeper.domain.naming import fold

# The beginnings of the months' names in the languages that write Latin letters; four letters where three
# don't tell (juin, juillet).
_MONTHS = {
    **dict.fromkeys(("jan", "ene", "gen", "sty", "led", "tam"), 1),
    **dict.fromkeys(("feb", "fev", "lut", "uno", "hel"), 2),
    **dict.fromkeys(("mar", "mrz", "maer", "maa", "mrt", "bre"), 3),
    **dict.fromkeys(("apr", "avr", "abr", "kwi", "dub", "huh"), 4),
    **dict.fromkeys(("mai", "may", "mag", "mei", "maj", "kve", "tou"), 5),
    **dict.fromkeys(("jun", "juin", "giu", "cze"), 6),
    **dict.fromkeys(("jul", "juil", "lug", "lip", "hei"), 7),
    **dict.fromkeys(("aug", "aou", "ago", "sie", "srp"), 8),
    **dict.fromkeys(("sep", "set", "wrz", "zar", "syy"), 9),
    **dict.fromkeys(("okt", "oct", "ott", "out", "paz", "rij", "lok"), 10),
    **dict.fromkeys(("nov", "lis"), 11),
    **dict.fromkeys(("dec", "dez", "dic", "des", "gru", "pro"), 12),
}
_ISO = re.compile(r"(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?")
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ -](?:de )?([^\W\d]{3,})\.?,?[ -](?:de )?(\d{4}))")
_HYPHENS = re.compile(r"(\d{1,2})-([^\W\d]{3,})\.?-(\d{2})(?!\d)")  # as a spreadsheet saves it
_MONTH_FIRST = re.compile(r"([^\W\d]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")


def date_reader(texts: Iterable[str]) -> Callable[[str], date]:
    """How to read a column of dates, which `texts` are: where they are numbers, whether the month is first is
    told by those that leave no choice, else by the sign between them. What follows a date (a time) is not
    looked at.

    The reader raises ValueError for what is no date.
    """
    numbers = [match for match in map(_NUMBERS.match, texts) if match]
    day_first = any(int(match[1]) > 12 for match in numbers)
    month_first = not day_first and any(int(match[3]) > 12 or match[2] == "/" for match in numbers)
    return lambda text: _read(text, month_first)


_LONGEST = 60  # characters; what is longer is no day, and takes dateparser seconds


@lru_cache(maxsize=4096)
def _read(text: str, month_first: bool) -> date:
    words = fold(text)
    if match := _ISO.match(words):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.match(words):
        first, second, year = int(match[1]), int(match[3]), _year(match[4])
        return date(year, first, second) if month_first else date(year, second, first)
    if (match := _WORDS.match(words)) and (month := _month(match[2])):
        return date(int(match[3]), month, int(match[1]))
    if (match := _HYPHENS.match(words)) and (month := _month(match[2])):
        return date(_year(match[3]), month, int(match[1]))
    if (match := _MONTH_FIRST.match(words)) and (month := _month(match[1])):
        return date(int(match[3]), month, int(match[2]))
    return _in_any_language(text)


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == len("26") else 0)


def _month(word: str) -> int | None:
    return _MONTHS.get(word[:4]) or _MONTHS.get(word[:3])


def _in_any_language(text: str) -> date:
    if len(text) > _LONGEST or not re.search(r"\d{4}", text):
        raise ValueError(f"{text!r} is not a date")
    import dateparser

    found = dateparser.parse(text, settings={"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]})
    if found is None:
        raise ValueError(f"{text!r} is not a date")
    day: date = found.date()
    return day
