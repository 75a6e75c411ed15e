"""Links that follow a note to its new name: targets change, labels and headings stay, code is left alone."""

import re
from collections.abc import Callable, Iterator
from posixpath import relpath
from urllib.parse import quote, unquote

from vaultkeeper.domain.link import target_path
from vaultkeeper.notes.links import LINK, link_matches
from vaultkeeper.notes.outline import Outline, outline

_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)")

Leads = Callable[[str], bool]


def relink(text: str, leads: Leads, new_path: str, twins: int, folder: str = "") -> str:
    """`text` with every link whose target `leads` says yes to turned to the note at `new_path`.

    A link by the file's name stays one, unless `twins` > 1 notes share the new name; one from here (`./`,
    `../`), that from the note's own `folder`. Every other byte stays.
    """
    note = outline(text)
    code = {*note.code, *_indented(note)}
    new = target_path(new_path)
    beside = relpath(f"/{new}", f"/{folder}")
    beside = beside if beside.startswith("../") else f"./{beside}"
    lines = note.lines
    for at, line in enumerate(lines):
        if "[" in line and at not in code:
            lines[at] = _relink_line(line, leads, new, beside, twins)
    return "\n".join(lines)


def _indented(note: Outline) -> Iterator[int]:
    """The lines that four columns make code: below a blank line, and not in a list."""
    above_is_code, in_list = True, False
    for at, line in enumerate(note.lines):
        if not line.strip():
            above_is_code = True
        elif not line.startswith(("    ", "\t")):
            in_list = bool(_ITEM.match(line)) or (in_list and line[0] in " \t")
            above_is_code = False
        elif above_is_code and not in_list:
            yield at


def _relink_line(line: str, leads: Leads, new: str, beside: str, twins: int) -> str:
    starts = {match.start() for match in link_matches(line)}

    def replaced(match: re.Match[str]) -> str:
        if match.start() not in starts:
            return match[0]
        wiki = match[1] is not None
        target = match[1] if wiki else unquote(match[4] or match[5] or "")
        if "://" in target or not leads(target.strip()):
            return match[0]
        by_name = "/" not in target_path(target) and twins < 2
        name = new.rsplit("/", 1)[-1] if by_name else new
        match target.strip().split("/", 1)[0]:
            case "." | "..":
                name = beside
            case "":
                name = f"/{new}"
        ending = ".md" if not wiki or target.split("#", 1)[0].strip().lower().endswith(".md") else ""
        anchor = target[target.index("#") :] if "#" in target else ""
        there = f"{name}{ending}{anchor}"
        group = 1 if wiki else 4 if match[4] is not None else 5
        start, end = match.span(group)
        said = there if group != 5 else quote(there, safe="/#")
        return match[0][: start - match.start()] + said + match[0][end - match.start() :]

    return LINK.sub(replaced, line)
