"""Events and the user's own news: what one may speak of (FORMAT.md section 6)."""

from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.naming import fold


class Event(NamedTuple):
    """`attendees` are expected there, `people` were spoken with: links as written. Days inclusive."""

    path: str
    title: str
    start: date
    end: date
    location: str = ""
    attendees: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    def is_in(self, place: str) -> bool:
        """Whether one of the two names holds the other: `Berlin` and `Berlin, Germany`."""
        here, there = fold(self.location), fold(place)
        return bool(here and there) and (here in there or there in here)


class News(NamedTuple):
    """Something the user has to tell, since `day`."""

    day: date
    text: str
