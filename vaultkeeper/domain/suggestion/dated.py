"""Touches that an occasion calls for: thanks, wishes, a card, meeting, an event."""

from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.duration import say_day
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.introduction import share_met
from vaultkeeper.domain.reason.dates import coming_dates, coming_occasion
from vaultkeeper.domain.suggestion.base import Situation, TouchType, days_near, opener, person, quoted

_TOP_TIERS = 2


def _thank(s: Situation) -> str | None:
    if "thank-you" not in s.reasons:
        return None
    helped = next((t for t in reversed(s.talks) if "helped" in t.kinds), None)
    thanked = helped is not None and any("thanks" in t.kinds and t.date >= helped.date for t in s.talks)
    if helped is not None and not thanked:
        what = quoted(s.clean(helped.text))
        return f"Thank {s.first_name} for the help{f': {what}' if what else ''}."
    talk = s.last_talk()
    what = f" for the talk ({quoted(s.clean(talk.text))})" if talk is not None else ", it was good to meet"
    invite = "" if s.contact.connected else ", and send a LinkedIn request"
    return f"Thank {s.first_name}{what}{invite}."


def _congratulate(s: Situation) -> str | None:
    birthday = s.contact.birthday
    if "birthday" in s.reasons and birthday and (day := birthday.next_on_or_after(s.view.first)):
        return f"Wish {s.first_name} a happy birthday on {say_day(day, s.view.week)}. Nothing to ask for."
    if "special-date" in s.reasons:
        for day, when in coming_dates(s.summary, s.view, s.contact.special_dates):
            return f"Congratulate {s.first_name} on {_years(when, day.year)}. Nothing to ask for."
    if "occasion" in s.reasons and (occasion := coming_occasion(s.summary, s.view)):
        name = f": {occasion[1]}" if occasion[1] else ""
        return f"Send {s.first_name} your wishes{name}. Nothing to ask for."
    return None


def _years(when: Anniversary, year: int) -> str:
    label = when.label or "a special day"
    if when.year is None or year <= when.year:
        return label
    years = year - when.year
    return f"{years} year{'s' if years > 1 else ''} ({label})"


def _card(s: Situation) -> str | None:
    if not s.contact.address or not days_near(s):
        return None
    return f"Send {s.first_name} a card; the address is in the note."


def _meet(s: Situation) -> str | None:
    if "meeting" in s.reasons:
        return _briefing(s)
    event = _event_there(s)
    if event is not None:
        day = say_day(event.start, s.view.week)
        return f"You are in {event.location} for {event.title} ({day}): suggest a coffee."
    if s.tier_rank >= _TOP_TIERS:
        return None
    where = f" in {s.contact.location[0]}" if s.contact.location else ""
    return f"Suggest a coffee or a call{s.clean(where)}{opener(s)}."


def _briefing(s: Situation) -> str:
    """For a meeting to come: the last talk, the family, what they look for."""
    talk = s.last_talk()
    last = quoted(s.clean(talk.text)) if talk is not None else ""
    parts = [f"Last time: {last}."] if last else []
    if s.contact.family:
        parts.append(f"Ask after {person(s.clean(s.contact.family[s.turn(len(s.contact.family))]))}.")
    if s.contact.needs:
        parts.append(f"{s.first_name} looks for {s.clean(s.contact.needs[0])}.")
    return " ".join(parts) or f"Ask how {s.first_name} is."


def _event_there(s: Situation) -> Event | None:
    return next((e for e in s.events if any(e.is_in(s.clean(place)) for place in s.contact.location)), None)


def _invite(s: Situation) -> str | None:
    """An event in the view that fits their place or one of their interests."""
    for event in s.events:
        fits = any(share_met(s.clean(interest), event.title) == 1 for interest in s.contact.interests)
        if fits or event is _event_there(s):
            where = f" in {event.location}" if event.location and event.location not in event.title else ""
            return (
                f"Invite {s.first_name} along to {event.title}{where}, {say_day(event.start, s.view.week)}."
            )
    return None


THANK = TouchType("thank", _thank, kinds=frozenset({"thanks"}), urgent=lambda s: "thank-you" in s.reasons)
CONGRATULATE = TouchType("congratulate", _congratulate, kinds=frozenset({"congrats"}), urgent=days_near)
CARD = TouchType(
    "card", _card, kinds=frozenset({"card"}), channels=frozenset({"card", "letter"}), urgent=days_near
)
MEET = TouchType(
    "meet",
    _meet,
    channels=frozenset({"coffee", "lunch", "meeting"}),
    urgent=lambda s: "meeting" in s.reasons,
)
INVITE = TouchType("invite", _invite, channels=frozenset({"event"}))
