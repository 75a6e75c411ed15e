"""One note of the vault, read: which kind it is, and for a contact's note all that it says (FORMAT.md 2)."""

import re
from dataclasses import dataclass

from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.place import Problem
from vaultkeeper.notes.fields import read_contact
from vaultkeeper.notes.front_matter import FrontMatter, parse
from vaultkeeper.notes.links import find_links
from vaultkeeper.notes.log import LogReader
from vaultkeeper.notes.outline import outline
from vaultkeeper.notes.reading import Reading

MARKER = re.compile(r"^(?:<{7} |>{7} |={7}\r?$)", re.M)


@dataclass(frozen=True, slots=True)
class Note:
    """What a note says. `kind` is "contact" or "other"; the rest is empty for "other".

    `properties` are the front matter's own keys and values, YAML 1.2 core.
    """

    path: str
    kind: str
    contact: Contact | None = None
    properties: dict[str, object] | None = None
    interactions: tuple[Interaction, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_note(text: str, path: str, reading: Reading) -> Note:
    """`text` as decoded from the file, newlines untouched. Never raises: what is wrong is in `problems`."""
    in_people = in_folders(path, reading.people)
    if not in_people and not text.startswith(("---", "\ufeff---")) and not reading.tags:
        return Note(path, "other")
    front_matter, problems = parse(text, path)
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
