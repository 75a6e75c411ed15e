"""Links as they stand in a note's text: wikilinks and Markdown links."""

import re
from typing import NamedTuple
from urllib.parse import unquote

LINK = re.compile(r"\[\[([^\[\]\n|]+)(?:\|([^\[\]\n]*))?\]\]|\[([^\[\]\n]*)\]\((?:<([^<>\n]+)>|([^()\s]+))\)")


class TextLink(NamedTuple):
    """A link's target as written (a Markdown one unquoted), what it shows, and its span in the text."""

    target: str
    label: str
    start: int
    end: int


def find_links(text: str) -> list[TextLink]:
    """Every link to a note in `text`, in order; web addresses and embeds are left out."""
    if "[" not in text:
        return []
    found = []
    for match in LINK.finditer(text):
        if match.start() and text[match.start() - 1] == "!":
            continue
        written = (match[1] or match[4] or match[5]).strip().rstrip("\\")
        if not written or "://" in written or written.startswith(("#", "^", "mailto:")):
            continue
        target = written if match[1] else unquote(written)
        label = match[2] or match[3] or target.split("#", 1)[0].rsplit("/", 1)[-1]
        found.append(TextLink(target, label, match.start(), match.end()))
    return found


def unlinked(text: str) -> str:
    """`text` as a person reads it: each link by what it shows."""
    if "[" not in text:
        return text
    parts, at = [], 0
    for link in find_links(text):
        parts += [text[at : link.start], link.label]
        at = link.end
    return "".join([*parts, text[at:]])
