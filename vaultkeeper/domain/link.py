"""Links between notes: how they are spelled, and which note they lead to (FORMAT.md section 6).

As in Obsidian (1.13.7, observed): an exact path first, then the same folder, then the shortest path, in
characters; case is ignored; aliases never resolve; `./` and `../` lead to that very note or nowhere.
"""

import re
import unicodedata
from collections.abc import Iterable
from posixpath import normpath

# ANCHORS.md; and a name that itself ends in `.md`, since a wikilink's own `.md` is left out
_BREAKS = re.compile(r"[#^|:\[\]\n<>]|%%|\.md$", re.I)
_NO_LABEL = re.compile(r"[\[\]|\n<>]")
_NOTE = re.compile(r"(.*?)\.md(?=[#^]|$)", re.I | re.S)


def target_path(target: str) -> str:
    """The note that a link names, without heading, block and `.md`: `People/Jo#Log` → `People/Jo`.

    Up to `.md` a `#` is part of the name: `People/C# Guild.md` → `People/C# Guild`.
    """
    if note := _NOTE.match(target.strip()):
        return note[1].strip("/")
    return target.split("#", 1)[0].split("^", 1)[0].strip().strip("/")


def comparable(path: str) -> str:
    """`path` without case, in one Unicode form: macOS and Linux may spell it in two."""
    return unicodedata.normalize("NFC", path.casefold())


def link_key(target: str) -> str:
    """What two spellings of a link to one note share: the last part of the path, without case."""
    return comparable(target_path(target).rsplit("/", 1)[-1])


def resolve_link(target: str, source: str, candidates: Iterable[str]) -> str | None:
    """The path among `candidates` (all with the link's `link_key`) that `target` leads to from `source`."""
    written = target_path(target)
    known: dict[str, str] = {}
    for path in sorted(candidates, key=lambda path: (target_path(path) != written, len(path), path)):
        known.setdefault(comparable(f"/{target_path(path)}"), path)
    exact, beside = comparable(f"/{written}"), comparable(normpath(f"/{source}/../{written}"))
    if written.startswith(("./", "../")):
        return known.get(beside)
    found = known.get(exact) or known.get(beside)
    return found or next((path for name, path in known.items() if name.endswith(exact)), None)


def spell_link(path: str, name: str, twins: int) -> str:
    """The wikilink to the note at `path`, shown as `name`; by its path where `twins` > 1 share the file name.

    A file name that no wikilink can carry becomes a Markdown link.
    """
    full = target_path(path)
    stem = full.rsplit("/", 1)[-1]
    label = _NO_LABEL.sub("", name) or _NO_LABEL.sub("", stem)
    if _BREAKS.search(full):
        from urllib.parse import quote

        return f"[{label}]({quote(path)})"
    target = full if twins > 1 else stem
    return f"[[{target}]]" if label == target else f"[[{target}|{label}]]"
