"""One line of the agenda."""

from dataclasses import dataclass
from datetime import date

from vaultkeeper.domain.summary import Summary


@dataclass(frozen=True, slots=True)
class Item:
    """A contact (None for an event or a look back, which have a `title`) and one reason.

    `due` is the day it asks for; `touch` and `suggestion` say what to do, and may be empty.
    """

    reason: str
    due: date
    detail: str
    summary: Summary | None = None
    title: str = ""
    touch: str | None = None
    suggestion: str = ""

    def overdue_days(self, today: date) -> int:
        return max((today - self.due).days, 0)
