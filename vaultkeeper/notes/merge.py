"""Three versions of a note merged by what they say: for git's merge driver.

Front matter key by key; log entries and tasks as sets, in order; a generated note as ours with what a person
did to theirs; the rest line by line, as git does it. What truly collides stands between git's markers, in the
smallest place.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from vaultkeeper.notes.front_matter import split
from vaultkeeper.notes.merge_generated import merge_generated
from vaultkeeper.notes.merge_items import Items, all_tell, merge_items, read_items
from vaultkeeper.notes.merge_properties import merge_properties
from vaultkeeper.notes.outline import outline
from vaultkeeper.notes.reading import Reading
from vaultkeeper.notes.weave import pick

MergeLines = Callable[[str, str, str, int, bool], str]
"""(base, ours, theirs, how many characters a marker has, whether a conflict shows the base as well) → text:
`git merge-file`. Markers are named ours, base and theirs."""

_SIZE, _INNER = 7, 40  # of git's own markers; and of those that no note holds
_NONE = Items((), 0)


class Merged(NamedTuple):
    """`clean`: there is no conflict in it."""

    text: str
    clean: bool


def merge_notes(base: str, ours: str, theirs: str, reading: Reading, merge_lines: MergeLines) -> Merged:
    """`base` is "" where there was no such note."""
    if ours == theirs or theirs == base:
        return Merged(ours, True)
    if ours == base:
        return Merged(theirs, True)
    generated = merge_generated(base, ours, theirs)
    if generated is not None:
        return Merged(generated, True)
    forms = [_Form.of(text) for text in (base, ours, theirs)]
    form = pick(forms[0], forms[1], forms[2]) if base else forms[1]
    plain = [one.plain(text) for one, text in zip(forms, (base, ours, theirs), strict=True)]
    merged = _Merge(reading, merge_lines).merge(*plain)
    return Merged(form.dressed(merged.text), merged.clean)


class _Form(NamedTuple):
    """What is not said by a note's text: BOM, line ends, whether the last line has one."""

    mark: str
    newline: str
    last: bool

    @classmethod
    def of(cls, text: str) -> "_Form":
        crlf = "\r\n" in text and text.count("\r\n") == text.count("\n")
        return cls("\ufeff" * text.startswith("\ufeff"), "\r\n" if crlf else "\n", text.endswith("\n"))

    def plain(self, text: str) -> str:
        """Lines that end with \\n, the last one too; mixed line ends stay."""
        text = text.removeprefix(self.mark).replace(self.newline, "\n")
        return text if self.last or not text else f"{text}\n"

    def dressed(self, text: str) -> str:
        text = text if self.last else text.removesuffix("\n")
        return self.mark + text.replace("\n", self.newline)


class _Merge(NamedTuple):
    reading: Reading
    merge_lines: MergeLines

    def merge(self, base: str, ours: str, theirs: str) -> Merged:
        blocks = [split(text) for text in (base, ours, theirs)]
        bodies = [block.body if block.present else 0 for block in blocks]
        heads = [text[:at] for text, at in zip((base, ours, theirs), bodies, strict=True)]
        rests = [text[at:] for text, at in zip((base, ours, theirs), bodies, strict=True)]
        if any(block.unclosed for block in blocks):
            return self._as_text(base, ours, theirs)
        head, clean = self._head(*heads)
        body = self._body(*(_lines(rest) for rest in rests))
        return Merged(head + body.text, clean and body.clean)

    def _head(self, base: str, ours: str, theirs: str) -> tuple[str, bool]:
        if ours == theirs or theirs == base:
            return ours, True
        if ours == base:
            return theirs, True
        merged = merge_properties(base, ours, theirs)
        if merged is None:
            text = self._as_text(base, ours, theirs)
            merged = text.text, text.clean
        return merged

    def _as_text(self, base: str, ours: str, theirs: str) -> Merged:
        text = self.merge_lines(base, ours, theirs, _SIZE, False)
        return Merged(text, not _has_conflict(text, _SIZE))

    def _body(self, base: list[str], ours: list[str], theirs: list[str]) -> Merged:
        """The sections that hold a set are taken out, merged as such, and put where their mark has come."""
        titles = (self.reading.heading, self.reading.follow_ups)
        sections = [found for title in titles if (found := _Section.find(title, base, ours, theirs))]
        marks = {_free_mark(number, base, ours, theirs): section for number, section in enumerate(sections)}
        versions = [_masked(lines, place, marks) for place, lines in enumerate((base, ours, theirs))]
        merged = self._pieces(*versions)
        if marks and not all(merged.count(mark) == 1 for mark in marks):  # a section was moved or removed
            merged, marks = self._pieces(base, ours, theirs), {}
        lines: list[str] = []
        clean = not any(isinstance(piece, list) for piece in merged)
        for piece in merged:
            if isinstance(piece, list):
                lines += piece
            elif piece in marks:
                put, fine = marks[piece].merge(self.reading.newest_first)
                lines += put
                clean = clean and fine
            else:
                lines.append(piece)
        return Merged(_text(lines), clean)

    def _pieces(self, base: list[str], ours: list[str], theirs: list[str]) -> list[str | list[str]]:
        """The merged lines; a list of lines is a conflict, with its markers."""
        text = self.merge_lines(_text(base), _text(ours), _text(theirs), _INNER, True)
        pieces: list[str | list[str]] = []
        for lines in _hunks(_lines(text)):
            if len(lines) == 1:
                pieces += lines[0]
                continue
            ours, base, theirs = lines
            put, clean = self._resolved(base, ours, theirs)
            pieces += put if clean else [put]
        return pieces

    def _resolved(self, base: list[str], ours: list[str], theirs: list[str]) -> tuple[list[str], bool]:
        """Of a conflict: nothing but tasks and dated items is a set, anything else is text."""
        parts = [read_items(lines) for lines in (base, ours, theirs)]
        items = [part for part in parts if part is not None and all_tell(part)]
        if len(items) == 3:
            return merge_items(items[0], items[1], items[2], self.reading.newest_first)
        merged = self._as_text(*(_text(lines) for lines in (base, ours, theirs)))
        return _lines(merged.text), merged.clean


class _Section(NamedTuple):
    """The lines below a heading in the three versions, nothing but items; as `spans` of lines."""

    parts: tuple[Items, Items, Items]
    spans: tuple[range | None, range | None, range | None]

    @classmethod
    def find(cls, title: str, *versions: list[str]) -> "_Section | None":
        """None where a side lacks it, or it holds something else."""
        spans = [_span(lines, title) for lines in versions]
        parts = [
            _NONE if span is None else read_items(lines[span.start : span.stop])
            for lines, span in zip(versions, spans, strict=True)
        ]
        if spans[1] is None or spans[2] is None or not all(parts):
            return None
        return cls(tuple(parts), tuple(spans))  # type: ignore[arg-type]

    def merge(self, newest_first: bool) -> tuple[list[str], bool]:
        return merge_items(*self.parts, newest_first)


def _span(lines: list[str], title: str) -> range | None:
    found = outline("\n".join(lines)).section(title)
    return None if found is None else range(found[0].last + 1, found[1])


def _masked(lines: list[str], place: int, marks: dict[str, _Section]) -> list[str]:
    spans = [(span, mark) for mark, section in marks.items() if (span := section.spans[place]) is not None]
    out = list(lines)
    for span, mark in sorted(spans, key=lambda pair: -pair[0].start):
        out[span.start : span.stop] = [mark]
    return out


def _free_mark(number: int, *versions: list[str]) -> str:
    mark = f"\ue000 section {number} \ue000"
    while any(mark in lines for lines in versions):
        mark += "\ue000"
    return mark


def _lines(text: str) -> list[str]:
    """Of a text whose last line ends, too."""
    return text.removesuffix("\n").split("\n") if text else []


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _has_conflict(text: str, size: int) -> bool:
    return any(line.startswith(f"{'<' * size} ours") for line in text.split("\n"))


def _hunks(lines: Sequence[str]) -> Iterator[list[list[str]]]:
    """Runs of lines as [lines], and conflicts as [ours, base, theirs]."""
    signs = {
        f"{'<' * _INNER} ours": 0,
        f"{'|' * _INNER} base": 1,
        "=" * _INNER: 2,
        f"{'>' * _INNER} theirs": 3,
    }
    parts: list[list[str]] = [[]]
    for line in lines:
        sign = signs.get(line)
        if sign is None:
            parts[-1].append(line)
        elif sign in (0, 3):
            yield parts
            parts = [[]]
        else:
            parts.append([])
    yield parts
