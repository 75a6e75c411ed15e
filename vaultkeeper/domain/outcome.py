"""How an introduction went may be noted with either of the two: who has an #outcome, and when."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.link import link_key
from vaultkeeper.domain.summary import Summary


class Noted(NamedTuple):
    """The days on which one contact has an #outcome; `key` is that of a link to them."""

    key: str
    days: tuple[date, ...]


def lists_of(noted: Noted) -> Iterator[tuple[str, tuple[object, ...]]]:
    """A list for each key."""
    yield noted.key, ()


def outcome_of(summary: Summary) -> Noted | None:
    """None where there is none."""
    days = tuple([touch.date for touch in summary.touches if "outcome" in touch.kinds])
    return Noted(link_key(summary.contact.path), days) if days else None
