"""Small builders for the rules' tests: a contact, a touch, a promise, a view, in one line each."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from vaultkeeper.domain.agenda import Agenda, make_agenda
from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.channel import DIRECTIONS
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.duration import Duration
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction, Touch
from vaultkeeper.domain.policy import Policy, Rules
from vaultkeeper.domain.reason import View
from vaultkeeper.domain.reason.base import view_from_today
from vaultkeeper.domain.suggestion import Situation
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.warmth import warmth

TODAY = date(2026, 11, 25)  # a Wednesday
MONDAY = date(2026, 11, 23)
POLICY = Policy()
CHOSEN = ("cadence", "drifting", "just-because")


def ago(days: int, today: date = TODAY) -> date:
    return today - timedelta(days=days)


def ahead(days: int, today: date = TODAY) -> date:
    return today + timedelta(days=days)


def duration(text: str) -> Duration:
    """`3w`."""
    return Duration(int(text[:-1]), text[-1])


def policy(**changes: Any) -> Policy:
    """The default one, but for `changes`; a threshold of the rules may stand among them by its name."""
    own = {name: changes.pop(name) for name in [*changes] if name in Rules._fields}
    return POLICY._replace(rules=POLICY.rules._replace(**own), **changes)


def contact(name: str = "Jane Doe", **facts: Any) -> Contact:
    """`cadence` may be a text; `birthday` a date, or (month, day)."""
    if isinstance(facts.get("cadence"), str):
        facts["cadence"] = duration(facts["cadence"])
    if "birthday" in facts:
        facts["birthday"] = anniversary(facts["birthday"])
    return Contact(facts.pop("path", f"People/{name}.md"), name, **facts)


def anniversary(when: date | tuple[int, int] | Anniversary | None, label: str = "") -> Anniversary | None:
    if isinstance(when, date):
        return Anniversary(when.month, when.day, None, label)
    return Anniversary(*when, None, label) if type(when) is tuple else when


def entry(
    when: date, said: str = "email", *kinds: str, path: str = "", line: int = 1, **more: Any
) -> Interaction:
    """`said` is a log line's head: `email`, `call`, `email in`, `coffee out`, `in`, or nothing."""
    words = said.split()
    channel = words.pop(0) if words and words[0] in DIRECTIONS else None
    direction = words[0] if words else DIRECTIONS.get(channel or "touch")
    return Interaction(
        *(when, path or "People/Jane Doe.md", line),
        channel=channel,
        direction=direction,
        explicit=bool(words),
        kinds=kinds,
        **more,
    )


def touch(when: date, said: str = "email", *kinds: str) -> Touch:
    return entry(when, said, *kinds).touch


def summary(*touches: Touch, follow_ups: Sequence[FollowUp] = (), **facts: Any) -> Summary:
    """A contact of these facts, with these touches in the order of their days."""
    ordered = sorted(touches, key=lambda t: t.date)
    return Summary(contact(**facts), tuple(ordered), tuple(follow_ups))


def touched(known: Summary, *touches: Touch) -> Summary:
    """The same contact after some more."""
    return known._replace(touches=tuple(sorted((*known.touches, *touches), key=lambda t: t.date)))


def promise(text: str = "Send the plan", due: date | None = None, **more: Any) -> FollowUp:
    return FollowUp(text, "People/Jane Doe.md", more.pop("line", 1), due=due, **more)


def view(today: date = TODAY, days: int | None = None, **changes: Any) -> View:
    return view_from_today(policy(**changes), today, days)


def agenda(
    vault: Iterable[Summary],
    today: date = TODAY,
    events: Sequence[Event] = (),
    *,
    everything: bool = False,
    **changes: Any,
) -> Agenda:
    return make_agenda(vault, view(today, **changes), events, quota=not everything)


def names(made: Agenda, *reasons: str) -> list[str]:
    """Who is listed, for one of `reasons` or for any, in the agenda's order, each once."""
    found = (i.name for i in made.items if i.path and (not reasons or i.reason in reasons))
    return list(dict.fromkeys(found))


def later(made: Agenda) -> list[str]:
    return list(dict.fromkeys(i.name for i in made.later if i.path))


def reasons(made: Agenda) -> set[str]:
    return {item.reason for item in made.items}


def situation(known: Summary, *why: str, today: date = TODAY, changes: Any = None, **more: Any) -> Situation:
    """The moment of writing to a contact who is listed for the reasons `why`."""
    seen = view(today, **(changes or {}))
    more.setdefault("warmth", warmth(known, seen.policy, today))
    more.setdefault("tier_rank", 4)
    return Situation(known, seen, frozenset(why), **more)


HEADS = (
    "email",
    "email in",
    "email both",
    "call",
    "coffee out",
    "message",
    "linkedin",
    "card",
    "touch",
    "in",
    "out",
    "",
)
KINDS = (
    (),
    (),
    (),
    ("gave",),
    ("asked",),
    ("helped",),
    ("declined",),
    ("news",),
    ("thanks",),
    ("asked", "helped"),
)


def histories(most: int = 16, back: int = 400) -> st.SearchStrategy[list[Touch]]:
    """Touches of every sort up to today, oldest first."""
    one = st.builds(
        lambda days, head, kinds: touch(ago(days), head, *kinds),
        st.integers(0, back),
        st.sampled_from(HEADS),
        st.sampled_from(KINDS),
    )
    return st.lists(one, max_size=most).map(lambda found: sorted(found, key=lambda t: t.date))
