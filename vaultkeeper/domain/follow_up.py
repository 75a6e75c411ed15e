"""A follow-up: something promised to a contact, an open task in a note (FORMAT.md section 5)."""

import re
from datetime import date
from typing import NamedTuple

_TAGS = r"^(?:#[^\s#\[\]]+\s*)+|(?:(?:^|\s)#[^\s#\[\]]+)+$"


class FollowUp(NamedTuple):
    """One task. `text` is without its fields; `line` counts from 1.

    `state` is "open", "done" or "cancelled". `made` is the ➕ date, else the date of the entry it stands
    under, else None. `participants` are link targets as written. `own` tells that it stands in the
    contact's own note.
    """

    text: str
    path: str
    line: int
    state: str = "open"
    due: date | None = None
    made: date | None = None
    done_on: date | None = None
    participants: tuple[str, ...] = ()
    own: bool = True

    @property
    def words(self) -> str:
        """The text without tags before and after it: a task's filter is nobody's promise."""
        return re.sub(_TAGS, "", " ".join(self.text.split())) or self.text

    @property
    def is_open(self) -> bool:
        return self.state == "open"
