"""Events and the user's own news: what one may speak of (FORMAT.md section 6)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Event:
    """`attendees` are expected there, `people` were spoken with: links as written. Days inclusive."""

    path: str
    title: str
    start: date
    end: date
    location: str = ""
    attendees: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """Something the user has to tell, since `day`."""

    day: date
    text: str
