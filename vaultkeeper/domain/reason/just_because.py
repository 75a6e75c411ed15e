"""`just-because`: fills the week's quota when little is due (RULES.md; seed 004: "just because")."""

from datetime import date

from vaultkeeper.domain.cadence import tier_of
from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.view import View


def just_because_since(summary: Summary, before: View) -> date | None:
    """How long a contact with a tier or a relationship has been silent, as of the day before the week; None
    for the others, and for those who were heard of lately."""
    contact = summary.contact
    if contact.no_cadence or not (tier_of(contact, before.policy) or contact.relationship):
        return None
    last = summary.last(before.today)
    since = last.date if last is not None else contact.met or date.min
    quiet = days_after(before.today, -before.policy.rules.just_because_days)
    return since if since <= quiet else None
