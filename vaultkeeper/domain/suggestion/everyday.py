"""Touches for any day: something shared, news, a comment, how are you, an introduction, help."""

from vaultkeeper.domain.balance import balance, may_ask
from vaultkeeper.domain.duration import say_day
from vaultkeeper.domain.reason.nudge import nudge_of_ask
from vaultkeeper.domain.suggestion.base import (
    Situation,
    TouchType,
    days_near,
    is_their_week,
    opener,
    person,
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


def _share(s: Situation) -> str | None:
    topics = [f"something on {s.clean(text)}" for text in s.contact.interests]
    topics += [f"a lead: {s.first_name} looks for {s.clean(text)}" for text in s.contact.needs]
    if not topics:
        return None
    return f"Share {topics[s.turn(len(topics))]}."


def _news(s: Situation) -> str | None:
    if not s.untold:
        return None
    return f"Tell {s.first_name} your news: {quoted(s.clean(s.untold[-1].text))}."


def _comment(s: Situation) -> str | None:
    return f"Comment on {s.first_name}'s latest post{opener(s)}." if s.contact.linkedin else None


def _checkin(s: Situation) -> str:
    if "nudge" in s.reasons:
        return _nudge(s)
    talk = s.last_talk()
    about = [f"how it went: {quoted(s.clean(talk.text))}"] if talk is not None and quoted(talk.text) else []
    about += [f"after {person(s.clean(text))}" for text in s.contact.family]
    if not about:
        return f"Just ask how {s.first_name} is."
    return f"Ask {about[s.turn(len(about))]}."


def _nudge(s: Situation) -> str:
    if nudge_of_ask(s.summary, s.view) is None:
        return f"Ask {s.first_name} how the introduction went, and note it with #outcome."
    refused = balance(s.summary, s.view.policy, s.view.today).refused
    if refused >= s.view.policy.rules.ask_most_refused:
        return f"Ask someone else, or {s.first_name} something smaller: {_small(s)}."
    return f"Check back with {s.first_name}, kindly and short; make it easy to say no."


def _input(s: Situation) -> str | None:
    """Asks are rationed (RULES.md)."""
    now = balance(s.summary, s.view.policy, s.view.today)
    new = "thank-you" in s.reasons or len(s.known) < 2
    if (
        new
        or is_their_week(s)
        or not may_ask(s.summary, s.view.policy, s.view.today, cold=s.warmth == "cold")
    ):
        return None
    since = f" (last ask {say_day(now.last_asked, s.view.week)})" if now.last_asked else ""
    goal = f" on “{s.contact.goals[0]}”" if s.contact.goals else ""
    return f"Ask for {s.first_name}'s view{goal}: {_small(s)}{since}."


def _small(s: Situation) -> str:
    return SMALL_ASKS[s.turn(len(SMALL_ASKS))]


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
CHECKIN = TouchType(
    "checkin",
    _checkin,
    kinds=frozenset({"checkin"}),
    channels=frozenset({"call", "video", "message", "email"}),
    urgent=lambda s: "nudge" in s.reasons and not days_near(s),
)
INPUT = TouchType("input", _input, kinds=frozenset({"asked"}))
INTRODUCE = TouchType("introduce", _introduce, kinds=frozenset({"intro"}), channels=frozenset({"intro"}))
HELP = TouchType("help", _help, kinds=frozenset({"gave"}))
