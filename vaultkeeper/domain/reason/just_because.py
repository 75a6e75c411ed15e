"""`just-because`: fills the week's quota when little is due (RULES.md; seed 004: "just because")."""

from collections.abc import Sequence
from datetime import date

from vaultkeeper.domain.cadence import tier_of
from vaultkeeper.domain.capacity import Chosen
from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.status import is_snoozed, reasons_left
from vaultkeeper.domain.summary import Summary

_FIRST_MONDAY = date(1970, 1, 5)


def just_because(summaries: Sequence[Summary], view: View, chosen: Chosen) -> list[Summary]:
    """The contacts with a tier or a relationship who were silent longest as of the day before the week.

    Of the first 4 quotas of them a fourth is taken each week, by rank, so that four weeks see everybody;
    those touched since drop out.
    """
    if not chosen.free:
        return []
    policy, rules = view.policy, view.policy.rules
    before = view.before_week().today
    quiet = days_after(before, -rules.just_because_days)
    ranked = sorted(
        (_last(summary, before), fold(summary.contact.name), summary.contact.path, number)
        for number, summary in enumerate(summaries)
        if (tier_of(summary.contact, policy) or summary.contact.relationship)
        and not summary.contact.no_cadence
        and _last(summary, before) <= quiet
        and reasons_left(summary, policy, before, awake_by=view.week_end) is None
    )[: rules.just_because_spread * policy.quota]
    turn = (view.week - _FIRST_MONDAY).days // 7 % rules.just_because_spread
    found = [
        summaries[number]
        for rank, (_, _, path, number) in enumerate(ranked)
        if rank % rules.just_because_spread == turn and path not in chosen.taken
    ][: chosen.free]
    return [
        summary
        for summary in found
        if summary.contact.path not in chosen.gone and not is_snoozed(summary, view.today)
    ]


def _last(summary: Summary, before: date) -> date:
    last = summary.last(before)
    return last.date if last is not None else summary.contact.met or date.min
