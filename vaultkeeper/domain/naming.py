"""Names of people: how they are compared, and how they become file names."""

import re
import unicodedata

# Obsidian: links break on # ^ | [ ] %%; file names must also avoid \ / : * " < > ? (ANCHORS.md).
_FORBIDDEN = r'[\\/:*"<>?#^|\[\]%]+'
_RESERVED = r"(?i)(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)"  # on Windows, with any ending
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})  # what moves a cursor, turns the writing round or is half a character
_JOINERS = "\u200c\u200d"  # invisible, and part of names in Persian and of emoji
_TITLES = frozenset(
    {
        *("dr", "prof", "professor", "mr", "mrs", "ms", "mx", "miss", "sir", "dame", "herr", "frau"),
        *("mme", "mlle", "sra", "srta", "dott", "dottssa", "ing", "dipling"),
        *("phd", "mba", "msc", "bsc", "dphil"),
    }
)
_ASIDE = r"[(（][^)）]*[)）]|[\"“„][^\"”“]*[\"”“]"  # (she/her), (Acme), "Bob"
_JOINT = r"(?<=\w)[.'’](?=\w)|['’]"  # Ph.D., O'Brien
_FOLDS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "’": "'"}
)


def fold(text: str) -> str:
    """`text` for comparing: no case, no accents, single spaces. `Łukasz  Żak` and `lukasz zak` are equal."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().translate(_FOLDS).split())


def name_key(name: str) -> tuple[str, ...]:
    """What spellings of one person's name share: no case, accents, titles, asides, or order of words.

    `Dr. Jürgen Groß (Acme)`, `GROSS, Jurgen` and `Jürgen Groß, PhD, CISSP` are equal.
    """
    bare = re.sub(_ASIDE, " ", name)
    head, *tail = bare.split(",")
    if len(head.split()) > 1 and not head.isupper() and all(map(_is_post_nominal, tail)):
        bare = head
    words = re.findall(r"[^\W_]+", fold(re.sub(_JOINT, "", bare)))
    kept = [word for word in words if word not in _TITLES]
    return tuple(sorted(kept if len(kept) > 1 else words))


def _is_post_nominal(text: str) -> bool:
    """`PhD`, `CISSP`, `M.Sc.` behind a comma; not `Jan`, the given name behind a family's."""
    return all(sum(map(str.isupper, word)) > 1 for word in text.split())


def safe_stem(name: str) -> str:
    """A file name (without `.md`) for `name` that every system and every wikilink can carry.

    Empty where nothing usable is left. At most 120 UTF-8 bytes.
    """
    seen = "".join(" " if unicodedata.category(c) in _UNSEEN and c not in _JOINERS else c for c in name)
    stem = unicodedata.normalize("NFC", " ".join(re.sub(_FORBIDDEN, " ", seen).split())).strip(
        f". {_JOINERS}"
    )
    stem = re.sub(_RESERVED, r"\1 (name)", stem, count=1) if re.match(_RESERVED, stem) else stem
    return stem.encode()[:120].decode("utf-8", "ignore").rstrip(f". {_JOINERS}")


def plain(text: str) -> str:
    """`text` on one line, without characters that move a terminal's cursor or hide themselves."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() or c.isspace() else " " for c in text)
    return " ".join(text.split())


def called(name: str) -> str:
    """What one calls somebody of that name: the first word that is no title, and no link or code."""
    titles = ("dr", "prof", "mr", "mrs", "ms", "herr", "frau")
    words = "".join(char for char in name if char not in "[]()<>`").split() or name.split()
    named = [word for word in words if word.lower().rstrip(".") not in titles]
    return named[0] if named else " ".join(words)
