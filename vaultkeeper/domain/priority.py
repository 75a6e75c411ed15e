"""Who comes first when not everybody can (RULES.md, priority)."""

from datetime import date

from vaultkeeper.domain.cadence import lateness, tier_of
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.response import response_rate
from vaultkeeper.domain.summary import Summary

Priority = tuple[bool, int, float, float, float, str, str]


def tier_rank(summary: Summary, policy: Policy) -> int:
    """The place of the contact's tier in the config, from 0; after the last for none."""
    tier = tier_of(summary.contact, policy)
    return list(policy.tiers).index(tier) if tier in policy.tiers else len(policy.tiers)


def priority(summary: Summary, policy: Policy, today: date) -> Priority:
    """A sort key, smallest first: more than a whole cadence late; tier; the three questions; lateness;
    answers more; name."""
    contact = summary.contact
    late = lateness(summary, policy, today)
    return (
        not late > 1,
        tier_rank(summary, policy),
        -(contact.goal_fit + contact.openness + contact.learn_from),
        -late,
        -(response_rate(summary, policy, today) or 0.0),
        fold(contact.name),
        contact.path,
    )
