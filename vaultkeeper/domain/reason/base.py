"""The shape that every reason of the agenda has."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.view import View, view_from_today, view_of_week


class Due(NamedTuple):
    """One contact is due for one reason, on `day`; `detail` says why in words that stay true this week."""

    day: date
    detail: str


Find = Callable[[Summary, View], Due | None]


class Reason(NamedTuple):
    """`find` gives a Due where the reason holds. `rank` orders the agenda; equal ranks mix.

    Those that are `fixed` always show and take their place of the quota; the others are chosen by priority
    as of the week's first day.
    """

    code: str
    rank: int
    fixed: bool
    find: Find


__all__ = ["Due", "Find", "Reason", "View", "view_from_today", "view_of_week"]
