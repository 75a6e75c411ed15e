"""A mention: a link to a contact that counts for nobody (FORMAT.md sections 4 and 6); shown, no more."""

from datetime import date
from typing import NamedTuple


class Mention(NamedTuple):
    """`target` is the link as written, in the note at `path`, whose `line` counts from 1; `text` the words
    around it, `day` that of the note or the entry."""

    target: str
    day: date
    path: str
    line: int
    text: str
