"""How an introduction went may be noted with either of the two: who has an #outcome, and when."""

from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.link import link_key
from vaultkeeper.domain.summary import Summary


class Outcomes(NamedTuple):
    """The days of one contact's; `key` is that of a link to them."""

    key: str
    days: tuple[date, ...]


def outcome_of(summary: Summary) -> Outcomes | None:
    days = tuple([touch.date for touch in summary.touches if "outcome" in touch.kinds])
    return Outcomes(link_key(summary.contact.path), days) if days else None
