"""The shape that every touch type has, and what it is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.event import Event, News
from vaultkeeper.domain.interaction import Interaction, Touch
from vaultkeeper.domain.naming import called
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.summary import Summary


def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class Situation:
    """A contact at the moment of writing to them.

    `reasons` are the codes for which they stand in the agenda; `talks` their interactions up to today,
    oldest first; `match` gives (name, why) of somebody to introduce them to; `my_help` (need, offer) where
    the user offers what they look for; `clean` takes the links out of a text.
    """

    summary: Summary
    view: View
    reasons: frozenset[str]
    warmth: str
    tier_rank: int
    talks: Sequence[Interaction] = ()
    events: Sequence[Event] = ()
    untold: Sequence[News] = ()
    match: Callable[[], tuple[str, str] | None] = _nothing
    my_help: Callable[[], tuple[str, str] | None] = _nothing
    clean: Callable[[str], str] = str

    @property
    def contact(self) -> Contact:
        return self.summary.contact

    @property
    def known(self) -> tuple[Touch, ...]:
        return self.summary.until(self.view.today)

    @property
    def first_name(self) -> str:
        return called(self.contact.name)

    def last_talk(self) -> Interaction | None:
        """The latest with words in it that is not the user's own message: one asks after theirs."""
        theirs = (talk for talk in reversed(self.talks) if talk.direction != "out")
        return next((talk for talk in theirs if talk.text.strip()), None)

    def turn(self, count: int) -> int:
        """Which of `count` things to speak of this week: another one each time, the same all week."""
        return (len(self.known) + self.view.week.toordinal() // 7) % count


@dataclass(frozen=True, slots=True)
class Suggestion:
    touch: str
    text: str


def _never(situation: Situation) -> bool:  # noqa: ARG001
    return False


@dataclass(frozen=True, slots=True)
class TouchType:
    """`say` gives the words where the condition holds, else None. `kinds` and `channels` tell which entries
    of a log count as it. `urgent`: not to be put off though one of the last two entries was it."""

    code: str
    say: Callable[[Situation], str | None]
    kinds: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    urgent: Callable[[Situation], bool] = _never


def person(text: str) -> str:
    """Somebody of their family, as one asks after them: `Leo, son, 9` → `Leo (son, 9)`."""
    name, _, more = text.partition(",")
    return f"{name.strip()} ({more.strip()})" if more.strip() else text


def quoted(text: str, most: int = 80) -> str:
    """The first words of `text` in quotation marks, without tags: at most `most` characters."""
    words = [word for word in text.split() if not word.startswith("#")]
    said = " ".join(words).rstrip(".,;:")
    if len(said) > most:
        said = said[:most].rsplit(" ", 1)[0].rstrip(".,;:") + " …"
    return f"“{said}”" if said else ""


def days_near(situation: Situation) -> bool:
    """Whether a day of theirs is why they are listed."""
    return bool(situation.reasons & {"birthday", "special-date", "occasion"})


def is_their_week(situation: Situation) -> bool:
    """Whether a day of theirs lies in the view, seen to or not: no touch in it carries an ask."""
    contact, view = situation.contact, situation.view
    own = (*contact.special_dates, *((contact.birthday,) if contact.birthday else ()))
    coming = (when.next_on_or_after(view.first) for when in own)
    return days_near(situation) or any(day is not None and day <= view.last for day in coming)


def opener(situation: Situation) -> str:
    """Something of theirs to begin with: the last talk's words, an interest, a family name; or nothing."""
    contact, talk = situation.contact, situation.last_talk()
    if talk is not None and (said := quoted(situation.clean(talk.text))):
        return f"; last time: {said}"
    about = [*contact.interests, *contact.family]
    return f"; talk of {situation.clean(about[0])}" if about else ""
