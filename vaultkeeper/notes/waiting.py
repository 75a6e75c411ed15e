"""A look at a generated note, for each command to take; `notes.ticks` reads it."""

import re

_WAITING = re.compile(r"^[ \t]*[-*+][ \t]+\[[xX>-]\]", re.M)


def ticks_wait(text: str) -> bool:
    """Whether it holds ticks that were not taken in."""
    return _WAITING.search(text) is not None
