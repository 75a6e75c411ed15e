"""Conflict copies that sync tools leave beside a note, told by their names (FORMAT.md section 2)."""

import re

# Syncthing, Dropbox, Obsidian Sync: nobody names a note so.
_SURE = re.compile(
    r"(?P<stem>.+?)(?:\.sync-conflict-\d{8}-\d{6}(?:-\w+)?| \((?:[^()]*\W)?conflicted copy\b[^()]*\))", re.I
)
# iCloud, Google Drive, OneDrive: `X 2`, `X (1)`, `X-LAPTOP`; a namesake may be named so too.
_MAYBE = re.compile(r"(?P<stem>.+?)(?: \d{1,2}| \(\d{1,2}\)|-[A-Z0-9]{2,}(?:-[A-Z0-9]+)*)")


def sure_original(path: str) -> str | None:
    """The note that `path` is by its name a conflict copy of; None where it is none."""
    return _original(_SURE, path)


def possible_original(path: str) -> str | None:
    """The note that `path` may be a copy of, where that note exists and tells the same person."""
    return _original(_MAYBE, path)


def _original(pattern: re.Pattern[str], path: str) -> str | None:
    folder, slash, name = path.rpartition("/")
    match = pattern.fullmatch(name[:-3])
    return f"{folder}{slash}{match['stem']}.md" if match is not None else None
