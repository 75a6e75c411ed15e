"""One note of the vault, read: which kind it is, and all that it says of contacts (FORMAT.md 2 and 6)."""

import re
from typing import NamedTuple

from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.event import Event, News
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.link import comparable
from vaultkeeper.domain.mention import Mention
from vaultkeeper.domain.place import Problem
from vaultkeeper.notes.fields import read_contact
from vaultkeeper.notes.front_matter import FrontMatter, parse, split
from vaultkeeper.notes.links import find_links
from vaultkeeper.notes.log import LogReader
from vaultkeeper.notes.outline import Outline, outline
from vaultkeeper.notes.reading import Reading
from vaultkeeper.notes.task import read_task

_NONE = FrontMatter(properties={}, texts={}, lines={}, item_lines={}, body=0)
_TELLING = re.compile(r"^(?:type|categories|date|generated_by)[ \t]*:", re.M)
_TASK = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[.\].*\][\](]", re.M)  # a box, then a link's end
_MARKERS = (r"^<{7} ", r"^={7}\r?$", r"^>{7} ")

MAX_LINES, MAX_LINKS = 20_000, 20_000
"""Of a note that a person wrote; of more, nothing is read: it would take too long."""
MAX_LINE = 100_000  # characters


class Note(NamedTuple):
    """What a note says. `kind` is "contact", "event", "news", "meeting", "dated" or "other"; what a kind
    lacks is empty. Entries and promises of other notes than a contact's count for those they link to;
    `asides` are the links that count for nobody.

    `properties` are the front matter's own keys and values, YAML 1.2 core.
    """

    path: str
    kind: str
    contact: Contact | None = None
    properties: dict[str, object] | None = None
    interactions: tuple[Interaction, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    problems: tuple[Problem, ...] = ()
    event: Event | None = None
    news: tuple[News, ...] = ()
    asides: tuple[Mention, ...] = ()


def read_note(text: str, path: str, reading: Reading) -> Note:
    """`text` as decoded from the file, newlines untouched. Never raises: what is wrong is in `problems`."""
    too_much = find_too_much(text, path)
    if too_much is not None:
        if not in_folders(path, reading.people):
            return Note(path, "other")
        return Note(path, "contact", Contact(path, path.rsplit("/", 1)[-1][:-3]), {}, problems=(too_much,))
    front_matter, problems = parse(text, path) if _may_say_more(text, path, reading) else (_NONE, ())
    if "generated_by" in front_matter.texts:
        return Note(path, "other")
    if path.casefold() == reading.news.casefold():
        return read_news(text, front_matter.body, path, reading)
    if is_event(front_matter, path, reading):
        from vaultkeeper.notes.event_note import event_interactions, read_event

        event, wrong = read_event(front_matter, path)
        met = event_interactions(event) if event is not None else ()
        return Note(path, "event", interactions=met, problems=(*problems, *wrong), event=event)
    if not is_contact(front_matter, text, path, reading):
        return _read_other(front_matter, text, path, reading)
    problems += conflict_markers(text, path)
    contact, wrong = read_contact(front_matter, path, reading)
    log = LogReader(outline(text, front_matter.body), path, reading.heading, reading.channels).read()
    return Note(
        path,
        "contact",
        contact,
        dict(front_matter.properties),
        log.interactions,
        log.follow_ups,
        (*problems, *wrong, *log.problems, *_long_line(text, path)),
        asides=_asides(text, log.interactions),
    )


def _asides(text: str, entries: tuple[Interaction, ...]) -> tuple[Mention, ...]:
    if "[" not in text:
        return ()
    from vaultkeeper.notes.mentions import mentions_of_entries

    return tuple(mentions_of_entries(entries))


def find_too_much(text: str, path: str) -> Problem | None:
    """That the note is none that a person wrote: neither read nor written."""
    if len(text) <= MAX_LINES:
        return None
    lines, links = text.count("\n"), text.count("[[") + text.count("](")
    if lines <= MAX_LINES and links <= MAX_LINKS:
        return None
    what, most = ("lines", MAX_LINES) if lines > MAX_LINES else ("links", MAX_LINKS)
    message = f"too many {what} for a note (the limit is {most:,})"
    return Problem(path, 1, message, unsafe=True, mend="Split the note.")


def _long_line(text: str, path: str) -> tuple[Problem, ...]:
    """The first line that nobody wrote; a picture may stand in a line."""
    if len(text) <= MAX_LINE:
        return ()
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE and ";base64," not in line:
            message = f"a line of {len(line):,} characters"
            return (Problem(path, number, message, mend="Break it into lines, or see what has made it."),)
    return ()


def _may_say_more(text: str, path: str, reading: Reading) -> bool:
    """Whether the front matter is worth reading: most notes of an Obsidian vault are about nobody."""
    if in_folders(path, (*reading.people, reading.events)) or reading.tags:
        return True
    if not text.startswith(("---", "\ufeff---")):
        return False
    return _TELLING.search(text, 0, text.find("\n---", 3) + 1 or len(text)) is not None


def _read_other(front_matter: FrontMatter, text: str, path: str, reading: Reading) -> Note:
    """A meeting's note, a dated note, or one that may hold promises to somebody."""
    from vaultkeeper.notes.event_note import read_meeting
    from vaultkeeper.notes.moment import day_of_path

    meeting = read_meeting(front_matter, path)
    day = day_of_path(path, reading.daily_folder, reading.daily_format)
    entries: tuple[Interaction, ...] = (meeting,) if meeting is not None else ()
    follow_ups: tuple[FollowUp, ...] = ()
    asides: tuple[Mention, ...] = ()
    if "[" in text and (day is not None or _TASK.search(text)):
        note = outline(text, front_matter.body or split(text).body)
        if day is not None:
            from vaultkeeper.notes.dated import read_dated
            from vaultkeeper.notes.mentions import mentions_of_lines

            dated = read_dated(note, path, day, reading.diary)
            entries += dated
            asides = tuple(mentions_of_lines(note, path, day, dated)) if reading.daily_count != "off" else ()
        follow_ups = _linked_promises(note, path)
    kind = "meeting" if meeting is not None else "other" if day is None else "dated"
    return Note(path, kind, interactions=entries, follow_ups=follow_ups, asides=asides)


def _linked_promises(note: Outline, path: str) -> tuple[FollowUp, ...]:
    """Open and done tasks that link to somebody (FORMAT.md section 5)."""
    found = []
    for index in range(note.body, len(note.lines)):
        line = note.lines[index]
        task = read_task(line) if "[" in line and index not in note.code else None
        links = find_links(task.text) if task is not None and not task.recurring else []
        if task is not None and links:
            people = tuple(dict.fromkeys(link.target for link in links))
            dates = (task.state, task.due, task.made, task.done)
            found.append(FollowUp(task.text, path, index + 1, *dates, people, own=False))
    return tuple(found)


def is_event(front_matter: FrontMatter, path: str, reading: Reading) -> bool:
    kinds = {kind.strip().casefold() for kind in front_matter.texts.get("type", ())}
    if kinds or "date" not in front_matter.texts:
        return "event" in kinds
    return in_folders(path, (reading.events,))


def read_news(text: str, body: int, path: str, reading: Reading) -> Note:
    """The user's own news: that note is nobody's contact."""
    log = LogReader(outline(text, body), path, reading.heading, reading.channels).read()
    news = tuple(News(entry.date, entry.text) for entry in log.interactions)
    return Note(path, "news", problems=log.problems, news=news)


def is_contact(front_matter: FrontMatter, text: str, path: str, reading: Reading) -> bool:
    """FORMAT.md section 2: by folder, by tag, by `type` or `categories`."""
    texts = front_matter.texts
    if "generated_by" in texts:
        return False
    kinds = {kind.strip().casefold() for kind in texts.get("type", ())}
    if kinds & {"contact", "person"} or _in_category(texts.get("categories", ()), "people"):
        return True
    if in_folders(path, reading.people):
        folder, _, stem = path[:-3].rpartition("/")
        folder_note = comparable(stem) == comparable(folder.rsplit("/", 1)[-1])
        return not kinds and not folder_note
    return bool(reading.tags) and _has_tag(front_matter, text, reading.tags)


def in_folders(path: str, folders: tuple[str, ...]) -> bool:
    here = comparable(path)
    return any(folder in ("", ".") or here.startswith(f"{comparable(folder)}/") for folder in folders)


def conflict_markers(text: str, path: str) -> tuple[Problem, ...]:
    """Git's markers of an unfinished merge: such a note cannot be read surely."""
    if "<<<<<<< " not in text or ">>>>>>> " not in text:
        return ()
    found: list[int] = []
    for marker in _MARKERS:
        match = re.compile(marker, re.M).search(text, found[-1] if found else 0)
        if match is None:
            return ()
        found.append(match.start())
    line = text.count("\n", 0, found[0]) + 1
    message = "git left conflict markers here"
    return (
        Problem(
            path, line, message, unsafe=True, mend="Finish the merge: keep one side, delete the markers."
        ),
    )


def _in_category(categories: tuple[str, ...], wanted: str) -> bool:
    for category in categories:
        links = find_links(category)
        name = links[0].target if links else category
        if name.rsplit("/", 1)[-1].strip().casefold() == wanted:
            return True
    return False


def _has_tag(front_matter: FrontMatter, text: str, wanted: tuple[str, ...]) -> bool:
    texts = front_matter.texts.get("tags", ())
    tags = {tag.removeprefix("#").casefold() for text in texts for tag in re.split(r"[,\s]+", text)}
    for tag in (tag.removeprefix("#").casefold() for tag in wanted):
        if any(own == tag or own.startswith(f"{tag}/") for own in tags):
            return True
        if re.search(rf"(?<!\S)#{re.escape(tag)}(?![\w-])", text[front_matter.body :], re.I):
            return True
    return False
