"""Whom to look at again: the picks of a review, and the tier that three answers propose (RULES.md, Review).

Seed 000: who was closest to my goal, who seemed open to staying in touch, whom do I want to learn from?
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.cadence import cadence_of, tier_of
from vaultkeeper.domain.company import company_key
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.duration import days_after, say_day
from vaultkeeper.domain.interaction import OUTCOMES
from vaultkeeper.domain.naming import fold, plain
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.priority import Priority, priority
from vaultkeeper.domain.response import is_unresponsive, unanswered_run
from vaultkeeper.domain.rhythm import is_drifting
from vaultkeeper.domain.status import is_snoozed
from vaultkeeper.domain.summary import Summary, first_known

QUESTIONS: tuple[tuple[str, str], ...] = (
    ("goal_fit", "How much do they bear on what you are after?"),
    ("openness", "How open do they seem to staying in touch?"),
    ("learn_from", "How much do you want to keep learning from them?"),
)
ANSWERS = ("not", "a little", "well", "very much")
WHYS = ("untriaged", "unresponsive", "priority", "drifting")
TriageOrder = tuple[int, bool, int, int, str, str]
_WRITTEN = frozenset({"message", "email", "linkedin", "letter"})
_YEAR = 365  # days looked back on for what a tier asks
_QUARTER = 91  # days looked back on for what worked


class Doubt(NamedTuple):
    """Why to look at somebody again: one of `WHYS`, in words; `tier` is the one it proposes, or ""."""

    why: str
    detail: str
    tier: str = ""


class Reviewed(NamedTuple):
    """What a review says of one contact, whoever else there is: plain values, that the index may keep.

    `triage` is the order of those who were not looked at yet, `order` everybody's priority. `worked` is the
    last day in the quarter on which something came of keeping in touch.
    """

    path: str
    name: str
    doubts: tuple[Doubt, ...]
    triage: TriageOrder
    order: Priority
    worked: date | None
    what: str


class Pick(NamedTuple):
    """A contact to look at, and why: as a Doubt has it."""

    summary: Summary
    why: str
    detail: str
    tier: str = ""


def reviewer(
    policy: Policy, today: date, clean: Callable[[str], str]
) -> Callable[[Summary], Reviewed | None]:
    """What reviews one contact after the other; None where there is nothing to say. `clean` takes the links
    out of a value."""
    wanted = frozenset(map(company_key, policy.companies_of_interest))

    def review(summary: Summary) -> Reviewed | None:
        contact, doubts = summary.contact, list[Doubt]()
        of_interest = not wanted.isdisjoint(company_key(clean(company)) for company in contact.company)
        if contact.status in ("active", "new") and not is_snoozed(summary, today):
            if is_untriaged(contact, policy):
                doubts = [_untriaged(contact, policy, clean(_say_untriaged(summary, of_interest, today)))]
            else:
                found = (find(summary, policy, today) for find in (_unresponsive, _shifted, _drifting))
                doubts = [doubt for doubt in found if doubt is not None]
        worked = _worked(summary, today)
        if not (doubts or worked):
            return None
        return Reviewed(
            contact.path,
            contact.name,
            tuple(doubts),
            _triage_order(summary, of_interest, today),
            priority(summary, policy, today),
            *(worked or (None, "")),
        )

    return review


WORKED = "worked"


def lists_of(one: Reviewed) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The first doubt's of WHYS, by triage or priority; WORKED, where anything did."""
    if one.doubts:
        why = one.doubts[0].why
        yield why, (one.triage if why == WHYS[0] else one.order)
    if one.worked is not None:
        yield WORKED, ()


def in_order(
    reviewed: Iterable[Reviewed], mentions: Callable[[str], int] = lambda _: 0
) -> list[tuple[Reviewed, Doubt]]:
    """Triage first, best first; then who did not answer, whose priority shifted, who is drifting. `mentions`
    tells how often other notes speak of the contact at a path."""

    def triage(one: Reviewed) -> TriageOrder:
        messages, elsewhere, goals, touches, name, path = one.triage
        return messages, elsewhere, goals, touches - mentions(path), name, path

    found = [
        ((WHYS.index(doubt.why), triage(one) if doubt.why == WHYS[0] else one.order), one, doubt)
        for one in reviewed
        for doubt in one.doubts
    ]
    found.sort(key=lambda each: each[0])
    return [(one, doubt) for _, one, doubt in found]


def pick_review(
    summaries: Iterable[Summary], policy: Policy, today: date, clean: Callable[[str], str] = str
) -> list[Pick]:
    """The picks of contacts that are all there, `in_order`."""
    known = {summary.contact.path: summary for summary in summaries}
    reviewed = [one for one in map(reviewer(policy, today, clean), known.values()) if one is not None]
    return [Pick(known[one.path], *doubt) for one, doubt in in_order(reviewed)]


def by_contact(picks: Iterable[Pick]) -> list[tuple[Pick, ...]]:
    """One card a contact, in the order of their first: whoever is let go is not asked for again."""
    cards: dict[str, list[Pick]] = {}
    for pick in picks:
        cards.setdefault(pick.summary.contact.path, []).append(pick)
    return [tuple(card) for card in cards.values()]


class Worked(NamedTuple):
    """Something that came of keeping in touch: the contact helped, or there was an outcome."""

    path: str
    name: str
    day: date
    what: str


def what_worked(reviewed: Iterable[Reviewed]) -> list[Worked]:
    """The last such entry of each contact in the quarter; the newest first."""
    found = [Worked(one.path, one.name, one.worked, one.what) for one in reviewed if one.worked is not None]
    return sorted(found, key=lambda worked: (-worked.day.toordinal(), fold(worked.name), worked.path))


def _worked(summary: Summary, today: date) -> tuple[date, str] | None:
    since = days_after(today, -_QUARTER)
    for touch in reversed(summary.until(today)):
        if touch.date < since:
            break
        if not OUTCOMES.isdisjoint(touch.kinds):
            return touch.date, "helped you" if "helped" in touch.kinds else "an outcome"
    return None


def is_untriaged(contact: Contact, policy: Policy) -> bool:
    """`new`, or without a tier and without any word on how often."""
    if contact.status == "new":
        return True
    decided = tier_of(contact, policy) or contact.cadence is not None or contact.no_cadence
    return not decided


def _triage_order(summary: Summary, of_interest: bool, today: date) -> TriageOrder:
    """Messages exchanged, companies of interest, goals, touches (and mentions: `in_order`), name."""
    contact, touches = summary.contact, summary.until(today)
    return (
        -sum(touch.channel in _WRITTEN for touch in touches),
        not of_interest,
        -len(contact.goals),
        -len(touches),
        fold(contact.name),
        contact.path,
    )


def _say_untriaged(summary: Summary, of_interest: bool, today: date) -> str:
    contact = summary.contact
    parts = ["imported, not looked at yet" if contact.status == "new" else "no tier yet"]
    what = ", ".join((*contact.title, *contact.company))
    if what:
        parts.append(what + (" (a company of interest)" if of_interest else ""))
    if contact.goals:
        parts.append(f"for your goal: {', '.join(contact.goals)}")
    last = summary.last(today)
    if last is not None:
        parts.append(f"last {last.channel or 'contact'} {say_day(last.date, today)}")
    return plain("; ".join(parts))


def _untriaged(contact: Contact, policy: Policy, detail: str) -> Doubt:
    answers = answers_of(contact)
    tier = propose_tier(answers, [*policy.tiers]) if answers else ""
    return Doubt("untriaged", f"{detail}; by your answers, tier {tier}" if tier else detail, tier)


def answers_of(contact: Contact) -> tuple[float, ...]:
    """The answers to QUESTIONS that the note holds; none where all are 0, as before anybody was asked."""
    given = (contact.goal_fit, contact.openness, contact.learn_from)
    return given if any(given) else ()


def _unresponsive(summary: Summary, policy: Policy, today: date) -> Doubt | None:
    if not is_unresponsive(summary, policy, today):
        return None
    run = unanswered_run(summary.until(today))
    since = say_day(run[0], today)
    detail = f"no answer to your last {len(run)} messages since {since}; move on, for now?"
    return Doubt("unresponsive", detail)


def _shifted(summary: Summary, policy: Policy, today: date) -> Doubt | None:
    """Touches given in a year against what the tier asks: twice as many and two more, or not a third; or
    none for a year and three cadences."""
    cadence = cadence_of(summary.contact, policy)
    tier = tier_of(summary.contact, policy)
    since = days_after(today, -_YEAR)
    first = first_known(summary, today)
    if cadence is None or not tier or first is None or (summary.contact.met or date.min) > since:
        return None
    days = sorted({t.date for t in summary.until(today) if t.by_user})
    given = sum(day > since for day in days)
    step = max((cadence.after(today) - today).days, 1)
    asked = max(round(_YEAR / step), 1)
    told = f"{given} touch{'' if given == 1 else 'es'} in a year; {cadence.words()} asks for {asked}"

    def shifted(detail: str, by: int) -> Doubt:
        at = [*policy.tiers].index(tier) + by
        return Doubt("priority", detail, [*policy.tiers][at] if 0 <= at < len(policy.tiers) else "")

    if given >= 2 * asked + 2:
        return shifted(f"{told}. Raise?", -1)
    if first > since:
        return None
    if not given and (today - (days[-1] if days else first)).days > 3 * step:
        silent = f"since {say_day(days[-1], today)}" if days else "yet"
        return shifted(f"no touch of yours {silent}; {cadence.words()} is asked for. Lower, or let go?", 1)
    return shifted(f"{told}. Lower?", 1) if asked >= 3 and given * 3 <= asked else None


def _drifting(summary: Summary, policy: Policy, today: date) -> Doubt | None:
    last = summary.last(today)
    if last is None or not is_drifting(summary, policy, today):
        return None
    return Doubt("drifting", f"quiet since {say_day(last.date, today)}")


def propose_tier(answers: Sequence[float], tiers: Sequence[str]) -> str:
    """The tier for three answers of 0 to 3: the most important from 7 of 9 on, and one lower for each two
    points fewer; the least important for the rest. "" where there are no tiers."""
    missing = max(7 - sum(answers), 0)
    return tiers[min(int(-(-missing // 2)), len(tiers) - 1)] if tiers else ""
