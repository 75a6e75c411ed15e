"""Two versions of a generated note: ours, with all that a person did to theirs (FORMAT.md section 7).

The next `index` takes that in and makes the note anew, so nothing here needs to be pretty, and nothing may
be lost: a box ticked on either side is ticked, and what was typed is kept.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vaultkeeper.notes.generated import read_generated
from vaultkeeper.notes.links import find_links

_MOST = 1_000  # lines; each is looked for among all the others
_BOX = re.compile(r"([ \t]*[-*+][ \t]+)\[(.)\]([ \t]+.*)")
_STAMP = re.compile(r"[ \t]*(?:✅|❌)\ufe0f?[ \t]*\d{4}-\d{2}-\d{2}")


def merge_generated(base: str, ours: str, theirs: str) -> str | None:
    """None where one of the two is not ours, but a note of the user's by that name, or too long."""
    our, their = read_generated(ours), read_generated(theirs)
    if our is None or their is None or max(our.body.count("\n"), their.body.count("\n")) > _MOST:
        return None
    if their.untouched:
        return ours
    old = read_generated(base)
    head = ours[: len(ours) - len(our.body)]
    merge = _Merge(our.body.split("\n"), old.body.split("\n") if old is not None else [])
    for line in their.body.split("\n"):
        merge.take(line)
    return head + "\n".join(merge.lines())


@dataclass(slots=True)
class _Kept:
    """One of our lines with what of theirs goes below it."""

    line: str
    bare: str
    below: list[str]
    met: bool = False


class _Merge:
    def __init__(self, ours: Sequence[str], base: Sequence[str]) -> None:
        self._kept = [_Kept(line, _bare(line), []) for line in ours]
        self._base = {_bare(line) for line in base}
        self._at = _Kept("", "", [])  # what their line follows
        self._top = self._at

    def lines(self) -> list[str]:
        return [*self._top.below, *(line for kept in self._kept for line in (kept.line, *kept.below))]

    def take(self, line: str) -> None:
        """One line of theirs."""
        bare, ticked = _bare(line), _is_ticked(line)
        if not line.strip():
            return
        if same := self._find(lambda kept: kept.bare == bare):
            if ticked and not _is_ticked(same.line):
                same.line = line
        elif same := self._find(lambda kept: _is_extended(kept.bare, bare)):  # words at the end of the line
            same.line = line
        elif ticked and (same := self._find(lambda kept: _is_same_person(kept.line, line))):
            if _is_ticked(same.line):
                same.below.append(line)
            else:
                same.line = self._ticked_like(same.line, line)
        elif ticked or bare not in self._base:
            self._at.below.append(line)
            return
        if same is not None:
            same.met, self._at = True, same

    def _ticked_like(self, ours: str, theirs: str) -> str:
        """Our line with their box, their date, and the words that they put after what stood there before."""
        box, their_box = _BOX.fullmatch(ours.rstrip()), _BOX.fullmatch(theirs.rstrip())
        assert box is not None and their_box is not None
        bare = _bare(theirs)
        was = max((line for line in self._base if _is_extended(line, bare)), key=len, default=bare)
        words, stamps = bare[len(was) :], "".join(_STAMP.findall(theirs))
        return f"{box[1]}[{their_box[2]}]{box[3]}{words}{stamps}"

    def _find(self, fits: Callable[[_Kept], bool]) -> _Kept | None:
        return next((kept for kept in self._kept if not kept.met and fits(kept)), None)


def _bare(line: str) -> str:
    """As it was written: its box empty, without the Tasks plugin's date."""
    line = line.rstrip()
    box = _BOX.fullmatch(line)
    return line if box is None else f"{box[1]}[ ]{_STAMP.sub('', box[3])}".rstrip()


def _is_ticked(line: str) -> bool:
    box = _BOX.fullmatch(line.rstrip())
    return box is not None and box[2] in "xX>-"


def _is_extended(bare: str, longer: str) -> bool:
    return longer.startswith(f"{bare} ") and _BOX.fullmatch(bare) is not None


def _is_same_person(line: str, other: str) -> bool:
    """Two contacts' own lines, whose reasons a week has changed."""
    boxes = _BOX.fullmatch(line.rstrip()), _BOX.fullmatch(other.rstrip())
    if not all(boxes):
        return False
    links = [find_links(box[3])[:1] for box in boxes if box]
    same_depth = boxes[0] and boxes[1] and boxes[0][1] == boxes[1][1]
    return bool(same_depth and links[0] and links[1] and links[0][0].target == links[1][0].target)
