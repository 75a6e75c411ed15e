"""Spans of calendar time (`3w`, `2m`) and the weeks that an agenda is made for.

Months and years clamp to the month's end: 31 January plus one month is the last day of February.
"""

import re
from datetime import date
from typing import NamedTuple

_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}
_LAST = date.max.toordinal()
_NAMED = {
    "daily": (1, "d"),
    "weekly": (1, "w"),
    "fortnightly": (2, "w"),
    "biweekly": (2, "w"),
    "monthly": (1, "m"),
    "bimonthly": (2, "m"),
    "quarterly": (3, "m"),
    "yearly": (1, "y"),
    "annually": (1, "y"),
}
_SPAN = r"(?:every\s+)?(?:(\d{1,5})\s*)?(d|w|m|y|days?|weeks?|mos?|mths?|months?|quarters?|yrs?|years?)"


class Duration(NamedTuple):
    """`number` of `unit`, one of `d w m y`; at least one day long."""

    number: int
    unit: str

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"

    def words(self) -> str:
        """`every 3 weeks`, `every month`."""
        unit = _UNITS[self.unit]
        return f"every {unit}" if self.number == 1 else f"every {self.number} {unit}s"

    def after(self, day: date) -> date:
        """The day this long after `day`; `date.max` where the calendar ends first."""
        try:
            if self.unit in "dw":
                return days_after(day, self.number * (7 if self.unit == "w" else 1))
            from calendar import monthrange

            months = day.year * 12 + day.month - 1 + self.number * (12 if self.unit == "y" else 1)
            year, month = divmod(months, 12)
            return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        except (OverflowError, ValueError):
            return date.max


def parse_duration(text: str) -> Duration:
    """Reads `10d`, `3w`, `every 3 weeks`, `quarterly`, or a bare number of days.

    Raises ValueError for anything else, and for zero.
    """
    words = " ".join(text.lower().split()).replace("every other ", "every 2 ")
    if words in _NAMED:
        return Duration(*_NAMED[words])
    if words.isdecimal() and words.isascii():
        count, unit = int(words), "d"
    else:
        match = re.fullmatch(_SPAN, words)
        if match is None or (match[1] is None and not words.startswith("every")):
            raise ValueError(f"{text!r} is not a duration such as 10d, 3w, 2m or 1y")
        count, unit = int(match[1] or 1), match[2][0]
        if unit == "q":
            count, unit = count * 3, "m"
    if not 0 < count <= 36500:
        raise ValueError(f"{text!r} is not a duration such as 10d, 3w, 2m or 1y")
    return Duration(count, unit)


def week_start(day: date, weekday: int) -> date:
    """The first day of the week that holds `day`; `weekday` 0 is Monday (RULES.md, Terms)."""
    return days_after(day, -((day.weekday() - weekday) % 7))


def days_after(day: date, days: int) -> date:
    """So many days after `day`, or before it; the calendar's first or last day where it ends sooner."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), _LAST))


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def say_day(day: date, near: date) -> str:
    """`Thursday 26 November` from a week before `near` to two after, else `20 October`, with the year where
    it is more than 300 days past or 100 ahead: text that stays true through the week it was written in."""
    distance = (day - near).days
    text = f"{day.day} {MONTHS[day.month - 1]}"
    if -7 <= distance <= 14:
        return f"{WEEKDAYS[day.weekday()]} {text}"
    return text if -300 <= distance <= 100 else f"{text} {day.year}"
