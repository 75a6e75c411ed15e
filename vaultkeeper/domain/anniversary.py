"""Days that come back each year: birthdays, special dates, occasions."""

import re
from datetime import date
from typing import NamedTuple

_DAY = r"(?s)(?:(\d{4})-|--)?(\d{1,2})-(\d{1,2})(?:T[\d:.]+Z?)?(?:\s+(.*))?"


class Anniversary(NamedTuple):
    """A month and day, the year it first happened where known, and what it is."""

    month: int
    day: int
    year: int | None = None
    label: str = ""

    @property
    def first(self) -> date | None:
        """The day itself, where its year is known."""
        return None if self.year is None else self._in(self.year)

    def next_on_or_after(self, first: date) -> date | None:
        """Its next occurrence from `first` on, inclusive; none before the year it began.

        29 February falls on the 28th in other years (RULES.md). None past year 9999.
        """
        year = max(first.year, self.year or first.year)
        day = self._in(year)
        if day < first:
            if year == date.max.year:
                return None
            day = self._in(year + 1)
        return day

    def _in(self, year: int) -> date:
        try:
            return date(year, self.month, self.day)
        except ValueError:  # 29 February
            return date(year, self.month, 28)

    def iso(self) -> str:
        """`1990-05-17`, or `05-17` where the year is not known."""
        day = f"{self.month:02}-{self.day:02}"
        return day if self.year is None else f"{self.year:04}-{day}"


def parse_anniversary(text: str) -> Anniversary:
    """Reads `1990-05-17`, `05-17`, `--05-17`, each with a label after it.

    Raises ValueError where there is no such form or no such day.
    """
    match = re.fullmatch(_DAY, text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a date such as 1990-05-17 or 05-17")
    year, month, day = match[1], int(match[2]), int(match[3])
    try:
        date(int(year) if year else 2000, month, day)
    except ValueError:
        raise ValueError(f"{text!r}: there is no such day") from None
    return Anniversary(month, day, int(year) if year else None, (match[4] or "").strip())
