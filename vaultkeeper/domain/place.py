"""Where something stands in the vault, and what is wrong there."""

from typing import NamedTuple


class Place(NamedTuple):
    """A line of a note: `path` relative to the vault with forward slashes, `line` from 1."""

    path: str
    line: int


class Problem(NamedTuple):
    """Something in a note that a person should look at; printed as `path:line: message`.

    `unsafe` tells that the note cannot be read surely and therefore will not be written
    (FORMAT.md section 8.2). `mend` is the way out, for `doctor`; may be empty.
    """

    path: str
    line: int
    message: str
    unsafe: bool = False
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"
