"""`just-because`: fills the week's quota when little is due (RULES.md; seed 004: "just because")."""

from datetime import date

from vaultkeeper.domain.cadence import tier_of
from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.view import View


def just_because_since(then: Summary, view: View) -> date | None:
    """Since when a contact with a tier or a relationship has been silent; None for the others, and for those
    heard of in two weeks up to the day before this one. `then`: as they were when the week began."""
    contact = then.contact
    if contact.no_cadence or not (tier_of(contact, view.policy) or contact.relationship):
        return None
    last = then.last(view.week)
    since = last.date if last is not None else contact.met or date.min
    quiet = days_after(view.week, -1 - view.policy.rules.just_because_days)
    return since if since <= quiet else None
