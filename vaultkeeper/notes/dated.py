"""Dated notes: which lines of a diary are contact with somebody (FORMAT.md section 6).

A line counts where it begins with a channel word, has a verb before its first link, or begins with a link
that a verb follows. Every other link is a mention.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.notes.entry import read_kinds
from vaultkeeper.notes.links import TextLink, find_links
from vaultkeeper.notes.outline import Outline
from vaultkeeper.notes.task import read_task

_LEAD = re.compile(
    r"[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?:\[([^\]])\][ \t]+)?(?:\*\*|__)?(?:(\d{1,2}:\d{2})[ \t:–—-]+)?"
)
_JOIN = re.compile(r",?\s*(?:(?:and|&)(?:\s+with)?|with)|,", re.I)
_TO = re.compile(r"\s(with|to|from)\s+[*_]*(?=\[)", re.I)
_HAD = re.compile(r"(?:(?:I|we)\s+)?had\s+((?:an?|another|our|some|the)\s+)?", re.I)
_DIRECTION = re.compile(r"\s+(in|out|both)(?=\s+(?:(?:with|to|from)\s+)?[*_]*\[)", re.I)
_COMMENT = re.compile(r"%%.*?(?:%%|$)|<!--.*?(?:-->|$)")
_WORD = re.compile(r"\s*[*_]*([^\s:\[\]]+?)[*_]*(?=[\s:]|$)")
_FAR = 2000  # characters: a verb further before a link says nothing of it
# What turns a verb into something that did not happen.
_NOT = re.compile(
    r"\b(?:not|never|should|must|could|would|will|tomorrow|almost|nearly|(?:want|need|have|has|tried|forgot)(?:ed|s)?"
    r" to|cannot|\w+n['’]t)\b",
    re.I,
)


class Diary(NamedTuple):
    """How a dated note is read. `counted` is "actions", "links" or "off"."""

    channels: Mapping[str, str | None]
    verbs: Mapping[str, tuple[str | None, str | None]]
    counted: str = "actions"


class _Found(NamedTuple):
    channel: str | None
    direction: str | None
    explicit: bool
    links: list[TextLink]
    after: int


def read_dated(note: Outline, path: str, day: date, diary: Diary) -> tuple[Interaction, ...]:
    """The interactions of one day, in the order of their lines. Quotes, code, headings and open tasks are
    not looked at; indented lines that are none themselves go on with the one above."""
    if diary.counted == "off":
        return ()
    headings = {index for heading in note.headings for index in (heading.at, heading.last)}
    found: list[tuple[Interaction, list[str]]] = []
    indent_of_last = -1
    for index in range(note.body, len(note.lines)):
        line = note.lines[index].rstrip("\r")
        if index in note.code or index in headings:
            continue
        indent = len(line) - len(line.lstrip())
        entry = _read_line(line, index + 1, path, day, diary) if "[" in line else None
        if entry is not None:
            found.append((entry, []))
            indent_of_last = indent
        elif not line.strip() or indent <= indent_of_last or indent_of_last < 0:
            indent_of_last = -1 if line.strip() else indent_of_last
        elif found and not re.match(r"[ \t]*[-*+][ \t]+\[", line):
            found[-1][1].append(line.strip())
    return tuple(_with_more(entry, more) if more else entry for entry, more in found)


def _with_more(entry: Interaction, more: list[str]) -> Interaction:

    text = "\n".join([entry.text, *more]).strip()
    return entry._replace(text=text, kinds=read_kinds(text))


def _read_line(line: str, number: int, path: str, day: date, diary: Diary) -> Interaction | None:
    lead = _LEAD.match(line)
    assert lead is not None
    text = line[lead.end() :]
    if (lead[1] is not None and lead[1] not in "xX") or text.lstrip().startswith(">"):
        return None
    if "%%" in text or "<!--" in text:
        text = _COMMENT.sub("", text)
    links = find_links(text)
    if not links:
        return None
    found = _by_channel(text, links, diary) or _by_verb(text, links, diary, done_task=lead[1] is not None)
    if found is None and diary.counted == "links" and lead[1] is None:
        found = _Found(None, None, False, links, 0)
    if found is None:
        return None
    said = text[found.after :].strip(" \t:,.;–—-*_") if found.after else text.strip()
    if lead[1] is not None and (task := read_task(f"- [x] {said}")):
        said = task.text
    return Interaction(
        *(day, path, number, said, lead[2] and lead[2].rjust(5, "0"), found.channel, found.direction),
        explicit=found.explicit,
        participants=tuple(dict.fromkeys(link.target for link in found.links)),
        kinds=read_kinds(said),
    )


def _by_channel(text: str, links: list[TextLink], diary: Diary) -> _Found | None:
    """`coffee with [[Jane Doe]]: her new job`: participants after the channel, `with`, `to` or `from`."""
    word = _channel_word(text, diary.channels)
    if word is None:
        return None
    channel = word[1].lower()
    colon = text.find(":", word.end())
    led = {match.end(): match[1].lower() for match in _TO.finditer(text, word.end())}
    said = _DIRECTION.match(text, word.end())
    if said is not None and said[1].lower() == "in" and links[0].start not in led and led:
        said = None  # in a place, with somebody
    direction = said[1].lower() if said else None
    start = said.end() if said else word.end()
    for at, link in enumerate(links):
        if 0 <= colon < link.start:
            return None
        if link.start in led or (at == 0 and not text[start : link.start].strip(" \t*_")):
            people, end = _group(text, links, at)
            if direction is None and led.get(link.start) == "from":
                direction = "in"
            if text[start : link.start].strip(" \t*_").lower() not in ("", "with", "to", "from"):
                end = start  # `in Berlin with [[Jane]]` is all text
            return _Found(channel, direction or diary.channels[channel], direction is not None, people, end)
    return None


def _channel_word(text: str, channels: Mapping[str, str | None]) -> re.Match[str] | None:
    """The word that `text` begins with, also after `had a long`, where it is a channel's."""
    had = _HAD.match(text)
    at, tries = (0, 1) if had is None else (had.end(), 3 if had[1] else 1)
    for _ in range(tries):
        word = _WORD.match(text, at)
        if word is None or word[1].lower() in channels:
            return word
        at = word.end()
    return None


def _by_verb(text: str, links: list[TextLink], diary: Diary, *, done_task: bool) -> _Found | None:
    verbs = _verb_pattern(tuple(diary.verbs))
    first = links[0]
    if first.start > _FAR:
        return None
    before = text[: first.start]
    if not before.strip(" *_"):
        people, end = _group(text, links, 0)
        verb = re.compile(rf"[*_]*\s+[*_]*({verbs})[*_]*(?=[\s.,:;!]|$)", re.I).match(text, end)
        if verb is None or done_task:
            return None
        channel, _ = diary.verbs[verb[1].lower()]
        return _Found(channel, "in", True, people, verb.end())
    match = re.search(rf"(?:^|[^\w]){'(' + verbs + ')'}[*_]*(?=\s)", before, re.I)
    if match is None or _NOT.search(before[: match.start() + 1]):
        return None
    if done_task and before[: match.start()].strip():
        return None
    gap = before[match.end() :]
    if gap.strip(" \t*_") and not re.search(r"\swith\s+[*_]*$", gap, re.I):
        return None
    people, end = _group(text, links, 0)
    channel, direction = diary.verbs[match[1].lower()]
    explicit = direction is not None and direction != diary.channels.get(channel or "")
    return _Found(channel, direction, explicit, people, end)


def _group(text: str, links: list[TextLink], at: int) -> tuple[list[TextLink], int]:
    """The links from `at` on that are joined by `,`, `and` or `&`, and the offset after them."""
    people = [links[at]]
    for link in links[at + 1 :]:
        if not _JOIN.fullmatch(text[people[-1].end : link.start].strip()):
            break
        people.append(link)
    return people, people[-1].end


@cache
def _verb_pattern(verbs: tuple[str, ...]) -> str:
    longest_first = sorted(verbs, key=len, reverse=True)
    return "|".join(re.escape(verb).replace(r"\ ", r"\s+") for verb in longest_first)
