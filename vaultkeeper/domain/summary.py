"""What the rules need of a contact, free of today: made when a note is indexed, read by every agenda."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction, Touch, unite
from vaultkeeper.domain.link import link_key

_day_of = attrgetter("date")


class Summary(NamedTuple):
    """A contact, their touches by date (planned ones too), and the promises made to them."""

    contact: Contact
    touches: tuple[Touch, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

    def until(self, day: date) -> tuple[Touch, ...]:
        """The touches up to `day`, inclusive."""
        touches = self.touches
        if not touches or touches[-1].date <= day:
            return touches
        return touches[: bisect_right(touches, day, key=_day_of)]

    def planned(self, day: date) -> tuple[Touch, ...]:
        """The touches after `day`: meetings to come."""
        return tuple(t for t in self.touches if t.date > day)

    def last(self, day: date) -> Touch | None:
        """The latest touch up to `day`, in any direction."""
        known = self.until(day)
        return known[-1] if known else None

    @property
    def open_follow_ups(self) -> tuple[FollowUp, ...]:
        return tuple(f for f in self.follow_ups if f.is_open)


def summarise(
    contact: Contact, interactions: Iterable[Interaction], follow_ups: Iterable[FollowUp]
) -> Summary:
    """`interactions` and `follow_ups` from every note that counts for this contact.

    A `last_contact` in the front matter counts only where there is no entry at all (FORMAT.md section 3).
    """
    own = contact.path
    touches = tuple(
        [entry.touch if entry.path == own else _touch(entry, own) for entry in unite(own, interactions)]
    )
    if not touches and contact.last_contact is not None:
        touches = (Touch(contact.last_contact, None, None, (), False),)
    return Summary(contact, touches, tuple(follow_ups))


def first_known(summary: Summary, today: date) -> date | None:
    """The first day that is known of the tie: `met`, `connected`, the first touch; None where none is."""
    contact = summary.contact
    days = [contact.met, contact.connected, *(touch.date for touch in summary.touches[:1])]
    return min((day for day in days if day is not None and day <= today), default=None)


def _touch(entry: Interaction, own: str) -> Touch:
    """An introduction noted elsewhere was to the others named there, or to the one whose note it is."""
    touch = entry.touch
    if not touch.introduced:
        return touch
    others = tuple(target for target in touch.introduced if link_key(target) != link_key(own))
    return touch._replace(introduced=others or (entry.path,))
