"""Events and meeting notes: days on which the user spoke with several people (FORMAT.md section 6)."""

from vaultkeeper.domain.event import Event
from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.place import Problem
from vaultkeeper.notes.entry import read_date
from vaultkeeper.notes.front_matter import FrontMatter
from vaultkeeper.notes.links import find_links, unlinked


def read_event(front_matter: FrontMatter, path: str) -> tuple[Event | None, tuple[Problem, ...]]:
    """None, and a problem, where its `date` is missing or no day."""
    texts, lines = front_matter.texts, front_matter.lines
    days = {}
    for key in ("date", "end"):
        written = texts.get(key, ("",))[0] if texts.get(key) else ""
        dated = read_date(written)
        if dated is not None and dated.day is not None:
            days[key] = dated.day
        elif key == "date" or written:
            wrong = f"{key}: {written!r} is not a date such as 2026-11-20"
            message = wrong if written else "an event needs a date"
            mend = "Correct it in the front matter."
            return None, (Problem(path, lines.get(key, 1), message, mend=mend),)
    stem = path.rsplit("/", 1)[-1][:-3]
    title = texts.get("name", ())[:1] or (stem,)
    return (
        Event(
            path,
            title[0],
            days["date"],
            max(days.get("end", days["date"]), days["date"]),
            unlinked(", ".join(texts.get("location", ()))),
            linked(texts.get("attendees", ())),
            linked(texts.get("people", ())),
        ),
        (),
    )


def linked(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The targets of the links in a property's items; an item without a link names nobody."""
    return tuple(link.target for text in texts for link in find_links(text))


def event_interactions(event: Event) -> tuple[Interaction, ...]:
    """Those spoken with: an `event`, both ways, on its first day."""
    if not event.people:
        return ()
    entry = Interaction(
        *(event.start, event.path, 1, event.title),
        channel="event",
        direction="both",
        participants=event.people,
    )
    return (entry,)


def read_meeting(front_matter: FrontMatter, path: str) -> Interaction | None:
    """A note with `date` and `people` (or `attendees`): a meeting, both ways, with each of them."""
    texts = front_matter.texts
    people = (*linked(texts.get("people", ())), *linked(texts.get("attendees", ())))
    dated = read_date((texts.get("date") or ("",))[0])
    if not people or dated is None or dated.day is None:
        return None
    return Interaction(
        *(dated.day, path, front_matter.lines.get("date", 1), path.rsplit("/", 1)[-1][:-3], dated.time),
        channel="meeting",
        direction="both",
        participants=tuple(dict.fromkeys(people)),
    )
