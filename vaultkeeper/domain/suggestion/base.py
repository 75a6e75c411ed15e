"""The shape that every touch type has, and what it is told."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.event import Event, News
from vaultkeeper.domain.interaction import Interaction, Touch
from vaultkeeper.domain.naming import called
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.summary import Summary


def _nobody(need: str) -> str | None:  # noqa: ARG001 (asked as others are)
    return None


def _nothing() -> None:
    return None


class Situation(NamedTuple):
    """A contact at the moment of writing to them.

    `reasons` are the codes for which they stand in the agenda; `talks` their interactions up to today,
    oldest first, `plans` those to come; `moved` (day, words) where an import found that they do something
    else now; `match` gives (name, why) of somebody to introduce them to; `lead` the name of one who can give
    what they look for; `my_help` (need, offer) where the user offers it; `clean` takes links out of a text.
    """

    summary: Summary
    view: View
    reasons: frozenset[str]
    warmth: str
    tier_rank: int
    talks: Sequence[Interaction] = ()
    plans: Sequence[Interaction] = ()
    events: Sequence[Event] = ()
    untold: Sequence[News] = ()
    moved: tuple[date, str] | None = None
    match: Callable[[], tuple[str, str] | None] = _nothing
    lead: Callable[[str], str | None] = _nobody
    my_help: Callable[[], tuple[str, str] | None] = _nothing
    clean: Callable[[str], str] = str

    @property
    def contact(self) -> Contact:
        return self.summary.contact

    @property
    def known(self) -> tuple[Touch, ...]:
        return self.summary.until(self.view.today)

    @property
    def day(self) -> date:
        """The day by which spans are measured."""
        return self.view.measured(self.summary)

    @property
    def first_name(self) -> str:
        return called(self.contact.name)

    def last_words(self) -> str:
        """The latest words noted of a talk, quoted, or ""; of theirs, not of a message of the user's."""
        theirs = (self.quote(talk) for talk in reversed(self.talks) if talk.direction != "out")
        return next((words for words in theirs if words), "")

    def quote(self, talk: Interaction) -> str:
        return quoted(self.clean(talk.text))

    def turn(self, count: int) -> int:
        """Which of `count` things to speak of this week: another one each time, and not the same to all; the
        same all week."""
        return (len(self.known) + len(self.contact.name) + self.view.week.toordinal() // 7) % count


class Suggestion(NamedTuple):
    touch: str
    text: str


class TouchType(NamedTuple):
    """`say` gives the words where the condition holds, else None. `kinds` and `channels` tell which entries
    of a log count as it."""

    code: str
    say: Callable[[Situation], str | None]
    kinds: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()


def person(text: str) -> str:
    """Somebody of their family, as one asks after them: `Leo, son, 9` → `Leo (son, 9)`."""
    name, _, more = text.partition(",")
    return f"{name.strip()} ({more.strip()})" if more.strip() else text


_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_FULL = 60  # characters: a line so long goes on in the next, a shorter one stands by itself
_SHORT = 12  # of a sentence that is perhaps none: `Dr.`


def quoted(text: str, most: int = 80) -> str:
    """The first sentences of `text` in quotation marks, without tags: at most `most` characters."""
    said = ""
    for part in _parts(text):
        longer = said + part if said else part.lstrip(" ;")
        if len(longer) > most and len(said) >= _SHORT:
            break
        said = longer
    said = said.rstrip(".,;: ")
    if len(said) > most:
        said = said[:most].rsplit(" ", 1)[0].rstrip(".,;:") + " …"
    return f"“{said}”" if said else ""


def _parts(text: str) -> Iterator[str]:
    """The sentences, each with what parts it from the one before."""
    before = line_before = ""
    for line in text.splitlines():
        plain = " ".join(word for word in line.split() if not word.startswith("#"))
        for sentence in filter(None, _SENTENCE.split(plain)):
            ends = not before or before[-1] in ".!?…:;," or len(line_before) >= _FULL
            yield (" " if ends else "; ") + sentence
            before, line_before = sentence, plain


def days_near(situation: Situation) -> bool:
    """Whether a day of theirs is why they are listed."""
    return bool(situation.reasons & {"birthday", "special-date", "occasion"})


def is_their_week(situation: Situation) -> bool:
    """Whether a day of theirs lies in the view, seen to or not: no touch in it carries an ask."""
    contact, view = situation.contact, situation.view
    own = (*contact.special_dates, *((contact.birthday,) if contact.birthday else ()))
    coming = (when.next_on_or_after(view.first) for when in own)
    return days_near(situation) or any(day is not None and day <= view.last for day in coming)


def ask_after(situation: Situation) -> str:
    """`Ask after Leo (son, 9).`, or "": each of the family in turn."""
    family = situation.contact.family
    if not family:
        return ""
    return f" Ask after {person(situation.clean(family[situation.turn(len(family))]))}."


def last_time(situation: Situation) -> str:
    """The last talk's words, as a sentence that follows another; or ""."""
    said = situation.last_words()
    return f" Last time: {said}." if said else ""


def personal(situation: Situation) -> str:
    """Something of theirs to speak of: the last talk's words, else the family, an interest, where you met,
    the work; or ""."""
    contact, clean = situation.contact, situation.clean
    about = [f" Talk of {clean(interest)}." for interest in contact.interests[:1]]
    about += [f" You met at {clean(contact.met_at)}."] if contact.met_at else []
    about += [f" Ask how things go at {clean(company)}." for company in contact.company[:1]]
    about += [f" Ask how work goes as {clean(title)}." for title in contact.title[:1]]
    return last_time(situation) or ask_after(situation) or next(iter(about), "")
