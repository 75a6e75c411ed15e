"""Links between notes: how they are spelled, and which note they lead to (FORMAT.md section 6).

As in Obsidian: an exact path first, then the same folder, then the shortest path; case is ignored;
aliases never resolve.
"""

import unicodedata
from collections.abc import Iterable
from posixpath import dirname, normpath
from urllib.parse import quote

_BREAKS = set("#^|[]")


def target_path(target: str) -> str:
    """The note that a link names, without heading, block and `.md`: `People/Jo#Log` → `People/Jo`."""
    path = target.split("#", 1)[0].split("^", 1)[0].strip().strip("/")
    return path[:-3] if path[-3:].lower() == ".md" else path


def link_key(target: str) -> str:
    """What two spellings of a link to one note share: the last part of the path, without case."""
    return unicodedata.normalize("NFC", target_path(target).rsplit("/", 1)[-1].casefold())


def resolve_link(target: str, source: str, candidates: Iterable[str]) -> str | None:
    """The path among `candidates` (all with the link's `link_key`) that `target` leads to from `source`."""
    paths = sorted(candidates, key=lambda path: (path.count("/"), len(path), path))
    if not paths:
        return None
    wanted = _comparable(target_path(target))
    if wanted.startswith("."):
        wanted = normpath(f"{_comparable(dirname(source))}/{wanted}").strip("/")
    known = {_comparable(target_path(path)): path for path in reversed(paths)}
    if wanted in known:
        return known[wanted]
    if "/" in wanted:
        return next((path for name, path in reversed(known.items()) if name.endswith(f"/{wanted}")), None)
    folder = dirname(source)
    return next((path for path in paths if dirname(path) == folder), paths[0])


def spell_link(path: str, name: str, twins: int) -> str:
    """The wikilink to the note at `path`, shown as `name`; by its path where `twins` > 1 share the file name.

    A file name that no wikilink can carry becomes a Markdown link.
    """
    full = target_path(path)
    stem = full.rsplit("/", 1)[-1]
    label = "".join(c for c in name if c not in "[]|\n")
    if _BREAKS & set(full):
        return f"[{label}]({quote(path)})"
    target = full if twins > 1 else stem
    return f"[[{target}]]" if label == target else f"[[{target}|{label}]]"


def _comparable(path: str) -> str:
    return unicodedata.normalize("NFC", path.casefold())
