"""Whom to look at again: the picks of a review, and the tier that three answers propose (RULES.md, Review).

Seed 000: who was closest to my goal, who seemed open to staying in touch, whom do I want to learn from?
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vaultkeeper.domain.cadence import cadence_of, tier_of
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.duration import days_after, say_day
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.priority import priority
from vaultkeeper.domain.response import is_unresponsive, unanswered_run
from vaultkeeper.domain.rhythm import is_drifting
from vaultkeeper.domain.summary import Summary

QUESTIONS: tuple[tuple[str, str], ...] = (
    ("goal_fit", "How much do they bear on what you are after?"),
    ("openness", "How open do they seem to staying in touch?"),
    ("learn_from", "How much do you want to keep learning from them?"),
)
ANSWERS = ("not", "a little", "well", "very much")
_WRITTEN = frozenset({"message", "email", "linkedin", "letter"})
_YEAR = 365  # days looked back on for what a tier asks


@dataclass(frozen=True, slots=True)
class Pick:
    """`why` is "untriaged", "unresponsive", "priority" or "drifting"."""

    summary: Summary
    why: str
    detail: str


def pick_review(summaries: Iterable[Summary], policy: Policy, today: date) -> list[Pick]:
    """Triage first, best first; then who did not answer, whose priority shifted, who is drifting."""
    known = [s for s in summaries if s.contact.status in ("active", "new")]
    untriaged = sorted(
        (s for s in known if is_untriaged(s.contact, policy)), key=lambda s: _triage_order(s, policy)
    )
    picks = [Pick(s, "untriaged", _say_untriaged(s, policy, today)) for s in untriaged]
    rest = [s for s in known if not is_untriaged(s.contact, policy)]
    rest.sort(key=lambda s: priority(s, policy, today))
    for why, find in (("unresponsive", _unresponsive), ("priority", _shifted), ("drifting", _drifting)):
        picks += [Pick(s, why, detail) for s in rest if (detail := find(s, policy, today))]
    return picks


def is_untriaged(contact: Contact, policy: Policy) -> bool:
    """`new`, or without a tier and without any word on how often."""
    if contact.status == "new":
        return True
    decided = tier_of(contact, policy) or contact.cadence is not None or contact.no_cadence
    return not decided


def _triage_order(summary: Summary, policy: Policy) -> tuple[int, bool, int, int, str, str]:
    """Messages exchanged, companies of interest, goals, all touches, name."""
    contact = summary.contact
    messages = sum(t.channel in _WRITTEN for t in summary.touches)
    return (
        -messages,
        not _of_interest(contact, policy),
        -len(contact.goals),
        -len(summary.touches),
        fold(contact.name),
        contact.path,
    )


def _of_interest(contact: Contact, policy: Policy) -> bool:
    wanted = {fold(company) for company in policy.companies_of_interest}
    return any(fold(company).strip("[]") in wanted for company in contact.company)


def _say_untriaged(summary: Summary, policy: Policy, today: date) -> str:
    contact = summary.contact
    parts = ["imported, not looked at yet" if contact.status == "new" else "no tier yet"]
    what = ", ".join((*contact.title, *contact.company))
    if what:
        parts.append(what + (" (a company of interest)" if _of_interest(contact, policy) else ""))
    last = summary.last(today)
    if last is not None:
        parts.append(f"last {last.channel or 'contact'} {say_day(last.date, today)}")
    return "; ".join(parts)


def _unresponsive(summary: Summary, policy: Policy, today: date) -> str:
    if not is_unresponsive(summary, policy, today):
        return ""
    run = unanswered_run(summary.until(today))
    return f"no answer to your last {len(run)} messages since {say_day(run[0], today)}; move on, for now?"


def _shifted(summary: Summary, policy: Policy, today: date) -> str:
    """Touches given in a year against what the tier asks: twice as many and two more, or not a third."""
    cadence = cadence_of(summary.contact, policy)
    tier = tier_of(summary.contact, policy)
    since = days_after(today, -_YEAR)
    if cadence is None or not tier or (summary.contact.met or date.min) > since:
        return ""
    given = len({t.date for t in summary.until(today) if t.by_user and t.date > since})
    asked = _YEAR / max((cadence.after(today) - today).days, 1)
    if given >= 2 * asked + 2:
        return f"{given} touches in a year; {cadence.words()} asks for {asked:.0f}. Raise?"
    known_for_long = min((t.date for t in summary.touches), default=today) <= since
    if known_for_long and asked >= 3 and given * 3 <= asked:
        return f"{given} touches in a year; {cadence.words()} asks for {asked:.0f}. Lower?"
    return ""


def _drifting(summary: Summary, policy: Policy, today: date) -> str:
    if not is_drifting(summary, policy, today):
        return ""
    last = summary.last(today)
    return f"quiet since {say_day(last.date, today)}" if last is not None else ""


def propose_tier(answers: Sequence[float], tiers: Sequence[str]) -> str:
    """The tier for three answers of 0 to 3: the most important from 7 of 9 on, and one lower for each two
    points fewer; the least important for the rest."""
    missing = max(7 - sum(answers), 0)
    return tiers[min(int(-(-missing // 2)), len(tiers) - 1)]
