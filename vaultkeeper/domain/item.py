"""The agenda: its items, and the whole of it."""

from dataclasses import dataclass
from datetime import date

from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.view import View


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


@dataclass(frozen=True, slots=True)
class Agenda:
    """`items` for this week, in order; `later` what the quota left for another one, complete; `done` the
    contacts whom the user has been in touch with since the week began."""

    view: View
    quota: int
    items: tuple[Item, ...]
    later: tuple[Item, ...] = ()
    done: int = 0
