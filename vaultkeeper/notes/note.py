"""One note of the vault, read: which kind it is, and all that it says of contacts (FORMAT.md 2 and 6)."""

import re
from dataclasses import dataclass

from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.event import Event, News
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.place import Problem
from vaultkeeper.notes.event_note import event_interactions, read_event
from vaultkeeper.notes.fields import read_contact
from vaultkeeper.notes.front_matter import FrontMatter, parse
from vaultkeeper.notes.links import find_links
from vaultkeeper.notes.log import LogReader
from vaultkeeper.notes.outline import outline
from vaultkeeper.notes.reading import Reading

MARKER = re.compile(r"^(?:<{7} |>{7} |={7}\r?$)", re.M)


@dataclass(frozen=True, slots=True)
class Note:
    """What a note says. `kind` is "contact", "event", "news" or "other"; what a kind lacks is empty.

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


def read_note(text: str, path: str, reading: Reading) -> Note:
    """`text` as decoded from the file, newlines untouched. Never raises: what is wrong is in `problems`."""
    in_people = in_folders(path, reading.people)
    is_news = path.casefold() == reading.news.casefold()
    may_be_more = text.startswith(("---", "\ufeff---")) or reading.tags or is_news
    if not in_people and not may_be_more:
        return Note(path, "other")
    front_matter, problems = parse(text, path)
    if is_news:
        return read_news(text, front_matter.body, path, reading)
    if is_event(front_matter, path, reading):
        event, wrong = read_event(front_matter, path)
        met = event_interactions(event) if event is not None else ()
        return Note(path, "event", interactions=met, problems=(*problems, *wrong), event=event)
    if not is_contact(front_matter, text, path, reading):
        return Note(path, "other")
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
        (*problems, *wrong, *log.problems),
    )


def is_event(front_matter: FrontMatter, path: str, reading: Reading) -> bool:
    kinds = {kind.strip().casefold() for kind in front_matter.texts.get("type", ())}
    by_folder = not kinds and in_folders(path, (reading.events,)) and "date" in front_matter.texts
    return "event" in kinds or by_folder


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
        folder_note = stem.casefold() == folder.rsplit("/", 1)[-1].casefold()
        return not kinds and not folder_note
    return bool(reading.tags) and _has_tag(front_matter, text, reading.tags)


def in_folders(path: str, folders: tuple[str, ...]) -> bool:
    lowered = path.casefold()
    return any(folder in ("", ".") or lowered.startswith(f"{folder.casefold()}/") for folder in folders)


def conflict_markers(text: str, path: str) -> tuple[Problem, ...]:
    """Git's markers of an unfinished merge: such a note cannot be read surely."""
    if "<<<<<<< " not in text or ">>>>>>> " not in text:
        return ()
    found = MARKER.search(text)
    if found is None or not found[0].startswith("<"):
        return ()
    line = text.count("\n", 0, found.start()) + 1
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
    tags = {tag.removeprefix("#").casefold() for tag in front_matter.texts.get("tags", ())}
    for tag in (tag.removeprefix("#").casefold() for tag in wanted):
        if any(own == tag or own.startswith(f"{tag}/") for own in tags):
            return True
        if re.search(rf"(?<!\S)#{re.escape(tag)}(?![\w-])", text[front_matter.body :], re.I):
            return True
    return False
