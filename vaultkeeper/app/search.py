"""`search`: full text over the contacts' notes."""

import re
from typing import NamedTuple

from vaultkeeper.domain.naming import fold
from vaultkeeper.errors import BadInput
from vaultkeeper.storage.index import Index


class Hit(NamedTuple):
    """`line` (from 1) and `passage` are where the words stand."""

    name: str
    path: str
    line: int
    passage: str


def search(index: Index, query: str, limit: int) -> list[Hit]:
    """The contacts whose notes hold all words of `query`, best first; the last may be a beginning."""
    words = re.findall(r"\w+", query)
    if not words:
        raise BadInput("nothing to search for")
    terms = " ".join(f'"{word}"' for word in words)
    return [Hit(name, path, *_passage(text, words)) for name, path, text in index.search(f"{terms} *", limit)]


def _passage(text: str, words: list[str]) -> tuple[int, str]:
    """The line that holds most of the words, later ones of the log before earlier on a tie."""
    folded = [fold(word) for word in words]
    best, where = 0, 1
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        score = sum(word in fold(line) for word in folded)
        if score and score >= best:
            best, where = score, number
    return where, lines[where - 1].strip()
