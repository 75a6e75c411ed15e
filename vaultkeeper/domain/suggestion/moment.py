"""What the moment itself calls for, whatever else is said: thanks, wishes, a nudge, a briefing."""

from collections.abc import Callable

from vaultkeeper.domain.balance import balance
from vaultkeeper.domain.duration import MONTHS, say_day
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.reason.dates import coming_dates, coming_occasion, helped_lately
from vaultkeeper.domain.reason.follow_up import due_promises, say_promise
from vaultkeeper.domain.reason.nudge import nudge_of_ask, open_introduction
from vaultkeeper.domain.suggestion.base import (
    Situation,
    ask_after,
    is_their_week,
    last_time,
    personal,
    quoted,
)

# Small things that are easy to say yes to (seed 003); one a week.
SMALL_ASKS = (
    "which event or course they would go to",
    "what they would read to get started",
    "ten minutes of feedback on one page",
    "who else you should talk to",
    "what they would watch out for",
    "what news of their field you may have missed",
)
_BRIEF = 50  # characters
_MOURNING = frozenset({"died", "dies", "death", "funeral", "memorial", "passed", "loss"})


def small_ask(s: Situation) -> str:
    return SMALL_ASKS[s.turn(len(SMALL_ASKS))]


def thanks(s: Situation) -> str | None:
    if "thank-you" not in s.reasons:
        return None
    helped = next((t for t in reversed(s.talks) if "helped" in t.kinds), None)
    thanked = helped is not None and any("thanks" in t.kinds and t.date >= helped.date for t in s.talks)
    if helped is not None and not thanked:
        what = s.quote(helped)
        return f"Thank {s.first_name} for the help{f': {what}' if what else ''}."
    said = s.last_words()
    what = f" for the talk ({said})" if said else ", it was good to meet"
    invite = "" if s.contact.connected else ", and send a LinkedIn request"
    return f"Thank {s.first_name}{what}{invite}."


def wishes(s: Situation) -> str | None:
    """For a day of theirs; those who helped in the last year are thanked once more (seed 000)."""
    for say in (_birthday, _special_date, _occasion):
        text = say(s)
        if text is not None:
            return f"{text}{_once_more(s) or ask_after(s) or personal(s)}"
    return None


def _birthday(s: Situation) -> str | None:
    birthday = s.contact.birthday
    day = birthday.next_on_or_after(s.view.first) if "birthday" in s.reasons and birthday else None
    if day is None:
        return None
    card = ", perhaps by card" if s.contact.address else ""
    return f"Wish {s.first_name} a happy birthday on {say_day(day, s.view.week)}{card}."


def _special_date(s: Situation) -> str | None:
    dates = s.contact.special_dates if "special-date" in s.reasons else ()
    for day, when in coming_dates(s.summary, s.view, dates):
        years = 0 if when.year is None else day.year - when.year
        return congratulations(s, when.label or "a special day", years)
    return None


def congratulations(s: Situation, what: str, years: int = 0) -> str:
    """On `what`, some `years` ago; some days are sad ones: of those one thinks."""
    span = f"{years} year{'s' if years > 1 else ''}" if years > 0 else ""
    if _MOURNING.intersection(fold(what).split()):
        return f"Let {s.first_name} know that you think of it: {s.clean(what)}{span and f', {span} ago'}."
    return f"Congratulate {s.first_name}{span and f' on {span}'}: {s.clean(what)}."


def _occasion(s: Situation) -> str | None:
    occasion = coming_occasion(s.summary, s.view) if "occasion" in s.reasons else None
    if occasion is None:
        return None
    name = f" for {occasion[1]}" if occasion[1] else ""
    return f"Send {s.first_name} your wishes{name}."


def _once_more(s: Situation) -> str:
    if "thank-you" in s.reasons or not helped_lately(s.summary, s.view):
        return ""
    helped = next((t for t in reversed(s.talks) if "helped" in t.kinds), None)
    what = f" ({said})" if helped and (said := quoted(s.clean(helped.text), _BRIEF)) else ""
    when = f" in {MONTHS[helped.date.month - 1]}" if helped else ""
    return f" Thank {s.first_name} once more for the help{when}{what}."


def nudge(s: Situation) -> str | None:
    """An ask, so never on a day of theirs (RULES.md)."""
    if "nudge" not in s.reasons or is_their_week(s):
        return None
    if nudge_of_ask(s.summary, s.view) is None:
        introduced = open_introduction(s.summary, s.view)
        other = f" with {introduced[1]}" if introduced else ""
        return f"Ask {s.first_name} how it went{other}, and note it with #outcome."
    refused = balance(s.summary, s.view.policy, s.day).refused
    if refused >= s.view.policy.rules.ask_most_refused:
        return f"Ask someone else, or {s.first_name} something smaller: {small_ask(s)}."
    return f"Check back with {s.first_name}, kindly and short; make it easy to say no."


def briefing(s: Situation) -> str | None:
    """For a meeting to come: the last talk, what was noted for this one or else the family, what was
    promised, what they look for."""
    if "meeting" not in s.reasons:
        return None
    listed = [promise for _, promise in due_promises(s.summary, s.view)] if "follow-up" in s.reasons else []
    owed = [f for f in s.summary.open_follow_ups if f not in listed]
    noted = (
        f" For the {plan.channel or 'day'} you noted: {s.quote(plan)}." for plan in s.plans if s.quote(plan)
    )
    parts = [last_time(s), next(noted, ask_after(s))]
    parts += [f" You owe: {s.clean(say_promise(f, s.view.week))}." for f in owed]
    parts += [f" {looks_for(s, need)[0]}" for need in s.contact.needs]
    return "".join(parts).strip() or f"Ask how {s.first_name} is."


def looks_for(s: Situation, need: str) -> tuple[str, bool]:
    """What to say about a need of theirs, and whether somebody is known who can help."""
    looks = f"{s.first_name} looks for {s.clean(need)}"
    if (name := s.lead(need)) is not None:
        return f"{looks}: point {s.first_name} to {name}.", True
    mine = s.my_help()
    if mine is not None and mine[0] == need:
        same = fold(mine[0]) == fold(mine[1])
        return f"{looks}, {'which you offer' if same else f'and you offer {mine[1]}'}: say so.", True
    return f"{looks}: pass on what you come across.", False


# The touch type that each of them is.
MOMENTS: tuple[tuple[str, Callable[[Situation], str | None]], ...] = (
    ("thank", thanks),
    ("congratulate", wishes),
    ("checkin", nudge),
    ("meet", briefing),
)
