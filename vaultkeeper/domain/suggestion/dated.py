"""Touches that a day calls for: thanks, wishes, a card, meeting, an event."""

from vaultkeeper.domain.duration import days_after, say_day
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.introduction import share_met
from vaultkeeper.domain.reason.dates import wished
from vaultkeeper.domain.suggestion.base import Situation, TouchType, days_near, last_time, personal
from vaultkeeper.domain.suggestion.moment import briefing, congratulations, thanks, wishes

_TOP_TIERS = 2


def _congratulate(s: Situation) -> str | None:
    return wishes(s) or _lately(s) or _moved(s)


def _lately(s: Situation) -> str | None:
    """Something that happened for the first time in the last 30 days, and no word of it yet: a new job, a
    child."""
    today = s.day
    since = days_after(today, -s.view.policy.rules.congratulate_days)
    for when in s.contact.special_dates:
        day = when.first
        if day is not None and since <= day < today and not wished(s.summary, day, s.view):
            said = congratulations(s, f"{when.label or 'a special day'}, {say_day(day, s.view.week)}")
            return f"{said}{last_time(s)}"
    return None


def _moved(s: Situation) -> str | None:
    """A company or a title that changed, as an import found, and no word to them since."""
    if s.moved is None:
        return None
    day, job = s.moved
    since = days_after(s.day, -s.view.policy.rules.news_days)
    if not since <= day <= s.view.today or any(t.by_user and t.date >= day for t in s.known):
        return None
    return f"Congratulate {s.first_name} on the move: {s.clean(job)}.{last_time(s)}"


def _card(s: Situation) -> str | None:
    if not s.contact.address or not days_near(s):
        return None
    return f"Send {s.first_name} a card; the address is in the note."


def _meet(s: Situation) -> str | None:
    if (planned := briefing(s)) is not None:
        return planned
    event = _event_there(s)
    if event is not None:
        day = say_day(event.start, s.view.week)
        return f"You are in {event.location} for {event.title} ({day}): suggest a coffee.{personal(s)}"
    if s.tier_rank >= _TOP_TIERS:
        return None
    where = f" in {s.clean(s.contact.location[0])}" if s.contact.location else ""
    return f"Suggest a coffee{where}, or a call.{personal(s)}"


def _event_there(s: Situation) -> Event | None:
    return next((e for e in s.events if any(e.is_in(s.clean(place)) for place in s.contact.location)), None)


def _invite(s: Situation) -> str | None:
    """An event in the view that fits their place or one of their interests."""
    for event in s.events:
        fits = any(share_met(s.clean(interest), event.title) == 1 for interest in s.contact.interests)
        if fits or event is _event_there(s):
            where = f" in {event.location}" if event.location and event.location not in event.title else ""
            when = say_day(event.start, s.view.week)
            return f"Invite {s.first_name} along to {event.title}{where}, {when}.{last_time(s)}"
    return None


THANK = TouchType("thank", thanks, kinds=frozenset({"thanks"}))
CONGRATULATE = TouchType("congratulate", _congratulate, kinds=frozenset({"congrats"}))
CARD = TouchType("card", _card, kinds=frozenset({"card"}), channels=frozenset({"card", "letter"}))
MEET = TouchType("meet", _meet, channels=frozenset({"coffee", "lunch", "meeting"}))
INVITE = TouchType("invite", _invite, channels=frozenset({"event"}))
