"""Names of people: how they are compared, and how they become file names."""

import re
import unicodedata

# Obsidian: links break on # ^ | [ ] %%; file names must also avoid \ / : * " < > ? (ANCHORS.md).
_FORBIDDEN = re.compile(r'[\\/:*"<>?#^|\[\]%\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_FOLDS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})


def fold(text: str) -> str:
    """`text` for comparing: no case, no accents, single spaces. `Łukasz  Żak` and `lukasz zak` are equal."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(bare.translate(_FOLDS).split())


def safe_stem(name: str) -> str:
    """A file name (without `.md`) for `name` that every system and every wikilink can carry.

    Empty where nothing usable is left. At most 120 UTF-8 bytes.
    """
    stem = unicodedata.normalize("NFC", " ".join(_FORBIDDEN.sub(" ", name).split())).strip(". ")
    while len(stem.encode("utf-8", "ignore")) > 120:
        stem = stem[:-1].rstrip(". ")
    return f"{stem} (name)" if _RESERVED.fullmatch(stem) else stem


def plain(text: str) -> str:
    """`text` on one line, without characters that move a terminal's cursor or hide themselves."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in text).split())
