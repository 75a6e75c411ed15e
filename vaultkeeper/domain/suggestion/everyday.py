"""Touches for any day: something shared, news, a comment, how are you, an introduction, help."""

from vaultkeeper.domain.balance import balance, may_ask
from vaultkeeper.domain.duration import days_after, say_day
from vaultkeeper.domain.suggestion.base import (
    Situation,
    TouchType,
    ask_after,
    is_their_week,
    last_time,
    personal,
    quoted,
)
from vaultkeeper.domain.suggestion.moment import looks_for, nudge, small_ask

_THINGS = ("something", "an article", "something you came across", "a good link")
_COMMENTS = ("Comment on {}'s latest post.", "See what {} posted last, and leave a comment on the post.")


def _share(s: Situation) -> str | None:
    """First what somebody can help with; then their interests, and what they look for, in turn."""
    needs = [looks_for(s, need) for need in s.contact.needs]
    topics = [text for text, found in needs if found]
    if not topics:
        thing = _THINGS[s.turn(len(_THINGS))]
        topics = [f"Share {thing} on {s.clean(text)} with {s.first_name}." for text in s.contact.interests]
        if not (topics and _introduced_lately(s)):
            topics += [text for text, _ in needs]
    return f"{topics[s.turn(len(topics))]}{last_time(s)}" if topics else None


def _introduced_lately(s: Situation) -> bool:
    """What they look for is seen to, it may be."""
    since = days_after(s.day, -s.view.policy.rules.introduction_outcome_last_days)
    return any("intro" in t.kinds and t.date >= since for t in s.known)


def _news(s: Situation) -> str | None:
    if not s.untold:
        return None
    said = quoted(s.clean(s.untold[-1].text))
    return f"Tell {s.first_name} your news, {said}, and ask for theirs.{last_time(s)}"


def _comment(s: Situation) -> str | None:
    if not s.contact.linkedin:
        return None
    return f"{_COMMENTS[s.turn(len(_COMMENTS))].format(s.first_name)}{personal(s)}"


def _checkin(s: Situation) -> str:
    """How they are, or one of the family, in turn."""
    if (text := nudge(s)) is not None:
        return text
    if s.turn(len(s.contact.family) + 1):
        return f"{ask_after(s).strip()}{last_time(s)}"
    just = "Ask" if (about := personal(s)) else "Just ask"
    return f"{just} how {s.first_name} is.{about}"


def _input(s: Situation) -> str | None:
    """Asks are rationed (RULES.md), and no part of a thank-you."""
    policy = s.view.policy
    if is_their_week(s) or "thank-you" in s.reasons:
        return None
    if not may_ask(s.summary, policy, s.day, cold=s.warmth == "cold"):
        return None
    last = balance(s.summary, policy, s.day).last_asked
    since = f" (last ask {say_day(last, s.view.week)})" if last else ""
    goal = f" on “{s.contact.goals[0]}”" if s.contact.goals else ""
    return f"Ask for {s.first_name}'s view{goal}: {small_ask(s)}{since}.{personal(s)}"


def _introduce(s: Situation) -> str | None:
    match = s.match()
    if match is None:
        return None
    name, why = match
    return f"Introduce {s.first_name} and {name}: {s.clean(why)}."


def _help(s: Situation) -> str | None:
    mine = s.my_help()
    if mine is None:
        return None
    need, offer = mine
    return f"Offer help: {s.first_name} looks for {s.clean(need)}; you offer {offer}."


SHARE = TouchType("share", _share, kinds=frozenset({"gave"}))
NEWS = TouchType("news", _news, kinds=frozenset({"news"}))
COMMENT = TouchType(
    "comment", _comment, kinds=frozenset({"comment"}), channels=frozenset({"comment", "linkedin", "social"})
)
# By its kind alone: what a call or a message was, only a kind tells; else who is often rung is only asked.
CHECKIN = TouchType("checkin", _checkin, kinds=frozenset({"checkin"}))
INPUT = TouchType("input", _input, kinds=frozenset({"asked"}))
INTRODUCE = TouchType("introduce", _introduce, kinds=frozenset({"intro"}), channels=frozenset({"intro"}))
HELP = TouchType("help", _help, kinds=frozenset({"gave"}))
