"""The agenda: its items, and the whole of it."""

from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.view import View


class Item(NamedTuple):
    """A contact, by `path` and `name`, and one reason; or an event or a look back, which have a name alone.

    `due` is the day it asks for; `touch` and `suggestion` say what to do, and may be empty.
    `promises` are those of a follow-up, in words.
    """

    reason: str
    due: date
    detail: str
    path: str = ""
    name: str = ""
    touch: str | None = None
    suggestion: str = ""
    promises: tuple[str, ...] = ()

    def overdue_days(self, today: date) -> int:
        return max((today - self.due).days, 0)


class Agenda(NamedTuple):
    """`items` for this week, in order; `later` what the quota left for another one; `done` the contacts
    whom the user has been in touch with since the week began; `beyond`: how many contacts come after those of
    `later`, where not all were asked for."""

    view: View
    quota: int
    items: tuple[Item, ...]
    later: tuple[Item, ...] = ()
    done: int = 0
    beyond: int = 0
