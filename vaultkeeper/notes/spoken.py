"""Dates as people say them, and an entry typed in one breath: `coffee yesterday: her new job #gave`.

What a phrase means is dateparser's to say; this module only finds the phrase.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from vaultkeeper.domain.duration import WEEKDAYS
from vaultkeeper.errors import BadInput
from vaultkeeper.notes.entry import Head, day_of, head_end, read_date, read_head

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SHORT = r"(?:mon|tues?|wed|thur?s?|fri|sat|sun)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_COUNT = r"(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
_UNIT = r"(?:day|week|month|year)s?"
_PHRASE = (
    r"(?:today|tonight|yesterday|tomorrow|the day before yesterday|this (?:morning|afternoon|evening)"
    rf"|(?:on |last |this |next )?{_DAY}|(?:on |last |this |next ){_SHORT}"
    rf"|{_COUNT} {_UNIT} ago|in {_COUNT} {_UNIT}(?! ago)|(?:last|next) (?:week|month|year)"
    rf"|{_NUMBER} (?:of )?{_MONTH}(?:,? \d{{4}})?"
    rf"|{_MONTH} {_NUMBER}(?:,? \d{{4}})?|\d{{4}}-\d{{1,2}}-\d{{1,2}})"
)
_TIME = r"(?:[, ]+(?:at )?((?:[01]?\d|2[0-3]):[0-5]\d))?"
_FIRST = rf"(?i)({_PHRASE}){_TIME}(?=[\s,:]|$)[\s,]*"
_LAST = rf"(?i)(?<![^\s,])({_PHRASE}){_TIME}$"
# How the first word of a phrase begins, where it is no digit: most entries begin otherwise, and need no more.
_BEGINNINGS = frozenset(
    [
        "tod",
        "ton",
        "yes",
        "tom",
        "the",
        "thi",
        "on",
        "las",
        "nex",
        "in",
        "a",
        "an",
        "one",
        "two",
        "thr",
        "fou",
        "fiv",
        "six",
        "sev",
        "eig",
        "nin",
        "ten",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
    ]
)
_SHORT_DAY = rf"(?ia)\b{_SHORT}\b"
_LONGEST = 60  # characters; what is longer is no day, and takes dateparser seconds
_SAME_DAY = r"(?i)today|tonight|this (?:morning|afternoon|evening)"


class Said(NamedTuple):
    """An entry as typed: `day` None where it names none."""

    day: date | None
    time: str | None
    head: Head


def read_day(text: str, today: date, *, back: bool) -> date:
    """The day that `text` says: an ISO date, `yesterday`, `last friday`, `in 3 days`, `1 dec`.

    Names of days and dates without a year look `back` or ahead. Raises BadInput where it says no day.
    """
    words = " ".join(text.split())
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", words):
        day = day_of(words)
        if day is None:
            raise BadInput(f"{text!r}: there is no such day")
        return day
    if re.fullmatch(_SAME_DAY, words):
        return today
    found = _interpret(words, today, back) if len(words) <= _LONGEST else None
    if found is None:
        raise BadInput(f"{words!r} is not a date; try 2026-11-20, yesterday, last friday, in 3 days, 1 dec")
    return found


def _interpret(words: str, today: date, back: bool) -> date | None:
    import dateparser

    phrase = re.sub(r"^on |\bof ", "", words, flags=re.I)
    if phrase.lower() == "the day before yesterday":
        phrase = "2 days ago"
    phrase = re.sub(
        _SHORT_DAY, lambda short: next(d for d in WEEKDAYS if d[:3] == short[0].title()[:3]), phrase
    )
    settings = {
        "RELATIVE_BASE": datetime(today.year, today.month, today.day, 12),  # noqa: DTZ001 (plain dates only)
        "PREFER_DATES_FROM": "past" if back else "future",
        "DATE_ORDER": "DMY",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    found = dateparser.parse(phrase, languages=["en"], settings=settings)
    found = found or dateparser.parse(phrase, settings=settings)
    day: date | None = found.date() if found is not None else None
    return day


def read_said(text: str, channels: Mapping[str, str | None], today: date) -> Said:
    """TEXT of `log -m`: the log's grammar with a spoken date at its start, after the channel, or at the
    end of what stands before the colon."""
    text = text.strip()
    dated = read_date(text)
    if dated is not None:
        if dated.day is None:
            raise BadInput(f"{dated.written!r}: there is no such day")
        return Said(dated.day, dated.time, read_head(dated.rest, channels))
    day, time, rest = _take(text, today)
    word = re.match(r"[^\s:]+(?=[\s:]|$)", rest)
    if day is None and word is not None and word[0].lower() in channels:
        after = rest[word.end() :].lstrip()
        day, time, after = _take(after, today)
        if day is None:
            day, time, after = _take_from_head(after, today)
        rest = f"{word[0]} {after}" if not after.startswith(":") else f"{word[0]}{after}"
    head = read_head(rest.removeprefix(": ") if day is not None else rest, channels)
    return Said(day, time and time.rjust(5, "0"), head)


def _take(text: str, today: date) -> tuple[date | None, str | None, str]:
    begins = text[:1].isdecimal() or re.split(r"\W", text, maxsplit=1)[0][:3].lower() in _BEGINNINGS
    match = re.match(_FIRST, text) if begins else None
    if match is None:
        return None, None, text
    return read_day(match[1], today, back=True), match[2], text[match.end() :]


def _take_from_head(text: str, today: date) -> tuple[date | None, str | None, str]:
    """A phrase that ends the head, where the rest of the head is grammar."""
    end = head_end(text)
    head, tail = (text, "") if end is None else (text[:end], text[end:])
    match = re.search(_LAST, head.rstrip()) if head.strip() else None
    if match is None:
        return None, None, text
    left = head[: match.start()].rstrip(", \t")
    if left and read_head(f"{left}:", {}).text:
        return None, None, text
    return read_day(match[1], today, back=True), match[2], left + tail
