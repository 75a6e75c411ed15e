"""The agenda: its items, and the whole of it."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from vaultkeeper.domain.view import View

if TYPE_CHECKING:
    from vaultkeeper.domain.summary import Summary


class Item(NamedTuple):
    """A contact, by `path` and `name`, and one reason; or an event or a look back, which have a name alone.

    `due` is the day it asks for; `touch` and `suggestion` say what to do, and may be empty. `summary` is
    there where the contact was loaded in full.
    """

    reason: str
    due: date
    detail: str
    path: str = ""
    name: str = ""
    touch: str | None = None
    suggestion: str = ""
    summary: "Summary | None" = None

    def overdue_days(self, today: date) -> int:
        return max((today - self.due).days, 0)


class Agenda(NamedTuple):
    """`items` for this week, in order; `later` what the quota left for another one, complete; `done` the
    contacts whom the user has been in touch with since the week began."""

    view: View
    quota: int
    items: tuple[Item, ...]
    later: tuple[Item, ...] = ()
    done: int = 0
