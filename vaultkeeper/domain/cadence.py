"""How often a contact is to hear from the user, and when next (RULES.md, derived facts)."""

from datetime import date

from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.duration import Duration
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.summary import Summary


def tier_of(contact: Contact, policy: Policy) -> str:
    """The contact's tier in the config's spelling, or that of their relationship, or "" for none."""
    if contact.tier in policy.tiers:
        return contact.tier
    if contact.tier:
        said = contact.tier.casefold()
        own = next((tier for tier in policy.tiers if tier.casefold() == said), "")
        if own:
            return own
    if not policy.relationships or not contact.relationship:
        return ""
    known = {fold(name): tier for name, tier in policy.relationships.items()}
    return next((known[fold(r)] for r in contact.relationship if fold(r) in known), "")


def cadence_of(contact: Contact, policy: Policy) -> Duration | None:
    """The note's own cadence, else its tier's, else its relationship's, else none."""
    if contact.cadence is not None or contact.no_cadence:
        return contact.cadence
    return policy.tiers.get(tier_of(contact, policy))


def due_since(summary: Summary, policy: Policy, today: date) -> date | None:
    """The day the cadence asks for a contact, snoozing aside; None without a cadence or a first contact."""
    cadence = cadence_of(summary.contact, policy)
    last = summary.last(today)
    since = last.date if last is not None else summary.contact.met
    if cadence is None or since is None:
        return None
    return cadence.after(since)


def next_contact(summary: Summary, policy: Policy, today: date) -> date | None:
    """When to be in touch next: `due_since`, or the end of a snooze where that is later."""
    due = due_since(summary, policy, today)
    snooze = summary.contact.snooze_until
    return due if due is None or snooze is None else max(due, snooze)


def lateness(summary: Summary, policy: Policy, today: date) -> float:
    """Days over, divided by the cadence's days: below 0 while it is not due yet, so that one whom the cadence
    asks for again later in the week comes after one who has waited all along. 0 where nothing is known."""
    cadence = cadence_of(summary.contact, policy)
    due = next_contact(summary, policy, today)
    if cadence is None or due is None:
        return 0.0
    last = summary.last(today)
    start = last.date if last is not None else summary.contact.met or due
    return (today - due).days / max((cadence.after(start) - start).days, 1)
