"""One property of a note's front matter changed, by splicing its span: no other byte changes.

Each function takes the decoded note, line ends as they are, and returns the new text. All raise UnsafeNote
where the front matter has a problem, or where the spliced text, read again, shows any change but the one
asked for (an anchor lost, a form that no splice fits): a doubtful text is never returned. BadInput is for a
key or value that no note can hold. `path` is only for messages.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from vaultkeeper.errors import BadInput, UnsafeNote
from vaultkeeper.notes.front_matter import FrontMatter, link_of, parse, split, text_of
from vaultkeeper.notes.yaml_core import Node, Value, Values, compose
from vaultkeeper.notes.yaml_scalar import quoted, written

Single = str | int | float

_ALIAS = re.compile(r"[ \t]*(\*[^\s,\[\]{}]+)")
_COLON = re.compile(r"[ \t]*:")
_COMMA = re.compile(r"[ \t]*,[ \t]*")
_COMMA_BEFORE = re.compile(r"[ \t]*,\s*\Z")
_DASH = re.compile(r"^([ \t]*)-(?=\s)", re.MULTILINE)
_LONGEST_KEY = 200


def set_value(text: str, key: str, value: Single | Sequence[str], path: str = "") -> str:
    """`text` with that value for `key`: in the old one's place, or in a new last line, or in a new block.

    A scalar is replaced alone, the comment behind it is kept. A list is written in block form; an empty one
    removes the key. The value that is there already leaves the text as it is.
    """
    wanted = value if isinstance(value, Single) else list(value)
    _check(key, wanted)
    if wanted == []:
        return remove_key(text, key, path)
    note = _Note(text, path)
    if key not in note.nodes:
        new = note.added(key, wanted)
    elif repr(note.found.properties[key]) == repr(wanted):
        return text
    elif isinstance(wanted, Single):
        new = note.with_scalar(key, wanted)
    else:
        new = note.with_list(key, wanted)
    return note.checked(new, key, wanted)


def remove_key(text: str, key: str, path: str = "") -> str:
    """`text` without the lines of `key`; comments above and below stay, and so does an emptied block."""
    note = _Note(text, path)
    return note.checked(note.without(key), key) if key in note.nodes else text


def add_item(text: str, key: str, value: str, path: str = "") -> str:
    """`text` with the item at the end of the list of `key`, in the form that the list has; none twice.

    A scalar becomes a block list of both; a key that is missing or empty, a list of the one.
    """
    _check(key, [value])
    note = _Note(text, path)
    if value in note.found.texts.get(key, ()):
        return text
    if key not in note.nodes:
        return note.checked(note.added(key, [value]), key, [value])
    old, node = note.found.properties[key], note.nodes[key][1]
    if old is None or old == "":
        return note.checked(note.with_list(key, [value]), key, [value])
    if node.id == "scalar" or link_of(node):
        return note.checked(note.beside(key, old, value), key, [old, value])
    if not isinstance(old, list):
        raise note.unsafe(key, "holds a nested map, not a list")
    return note.checked(note.with_item(key, value), key, [*old, value])


def remove_item(text: str, key: str, value: str, path: str = "") -> str:
    """`text` without the items of `key` whose text is exactly `value`; with the last one goes the key.

    A scalar with that text counts as its own only item. Raises BadInput where there is no such item.
    """
    note = _Note(text, path)
    if value not in note.found.texts.get(key, ()):
        raise BadInput(f"{path}: {key} has no item {value!r}".removeprefix(": "))
    old, node = note.found.properties[key], note.nodes[key][1]
    items = [node] if node.id == "scalar" or link_of(node) else node.value
    stay = [at for at, item in enumerate(items) if text_of(item) != value]
    if not stay or not isinstance(old, list):
        return note.checked(note.without(key), key)
    rest, new = note, text
    while value in rest.found.texts[key]:
        new = rest.without_item(key, value)
        rest = _Note(new, path)
    return note.checked(new, key, [old[at] for at in stay])


def _check(key: str, value: Single | Sequence[str]) -> None:
    if not key.strip() or len(key) > _LONGEST_KEY or len(key.splitlines()) > 1:
        raise BadInput(f"{key[:_LONGEST_KEY]!r} cannot be the name of a property")
    if isinstance(value, int | float) and not abs(value) < 1e300:  # nan is not, either
        raise BadInput(f"{key}: no note can hold that number")
    for text in (key, *(() if isinstance(value, int | float) else value)):
        try:
            text.encode()
        except UnicodeEncodeError:
            raise BadInput(f"{key!r}: {text!r} is not Unicode text") from None


def _others(found: FrontMatter, key: str) -> str:
    """All that is found but for `key`; a repr, because that tells 1 from 1.0 and True."""
    pairs = found.properties.items()
    return repr([(name, value, found.texts.get(name)) for name, value in pairs if name != key])


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """Before the line's \\n or \\r\\n."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if end > at and text[end - 1] == "\r" else end


def _next_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _newline(text: str, at: int) -> str:
    """The line end of the line that `at` is in; \\n where it has none."""
    end = text.find("\n", at)
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"


class _Spot(NamedTuple):
    """Where a key's value stands: `text[start:end]`, after the key's colon at `after`.

    `flat`: the span is exact and what follows on its last line is a comment; else (block lists and maps,
    literal text) it ends with its last line, before the line end. `inline`: it starts on the key's line.
    """

    after: int
    start: int
    end: int
    flat: bool
    inline: bool


class _Note:
    """A note's text with the nodes of its front matter; the methods give texts not yet checked."""

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path, self.block = text, path, split(text)
        self.found, problems = parse(text, path)
        for problem in problems:
            raise UnsafeNote(f"{self._where(problem.line)}: {problem.message}; {problem.mend}")
        source = text[self.block.start : self.block.end]
        root = compose(source) if self.block.present else None
        values = Values(source)
        self.nodes: dict[str, tuple[Node, Node]] = {}
        if root is not None:
            self.nodes = {values.key(key_node): (key_node, node) for key_node, node in root.value}
        self.indent = " " * root.value[0][0].start_mark.column if root is not None and root.value else ""

    def unsafe(self, key: str, why: str = "stands in a form that can't be changed surely") -> UnsafeNote:
        where = self._where(self.found.lines.get(key, 1))
        return UnsafeNote(f"{where}: `{key}` {why}; change it by hand")

    def checked(self, new: str, key: str, *wanted: object) -> str:
        """`new` if it reads as this note with `key` as `wanted` (nothing: gone) and all else equal."""
        after, problems = parse(new, self.path)
        has = (after.properties[key],) if key in after.properties else ()
        same = repr(has) == repr(wanted) and _others(after, key) == _others(self.found, key)
        if problems or not same or new[after.body :] != self.text[self.found.body :]:
            raise self.unsafe(key)
        return new

    def added(self, key: str, value: Single | list[str]) -> str:
        text, block = self.text, self.block
        newline = _newline(text, max(block.end - 1, 0))
        lines = [f"{self.indent}{written(key)}:"]
        if isinstance(value, list):
            lines += [f"{self.indent}  - {written(item)}" for item in value]
        else:
            lines[0] += f" {written(value)}"
        if not block.present:
            lines = ["---", *lines, "---"]
        return text[: block.end] + "".join(line + newline for line in lines) + text[block.end :]

    def with_scalar(self, key: str, value: Single) -> str:
        text, spot = self.text, self._spot(key)
        if spot.flat:
            space = " " if spot.start == spot.after else ""
            return text[: spot.start] + space + written(value) + text[spot.end :]
        if spot.inline:
            return f"{text[: spot.after]} {written(value)}{text[spot.end :]}"
        between = text[spot.after : _line_start(text, spot.start)]
        return f"{text[: spot.after]} {written(value)}{between}{text[_next_line(text, spot.end) :]}"

    def with_list(self, key: str, value: list[str]) -> str:
        text, spot = self.text, self._spot(key)
        indent = self.indent + "  "
        if not spot.flat and not spot.inline and (dash := _DASH.match(text, _line_start(text, spot.start))):
            indent = dash[1]
        newline = _newline(text, spot.after)
        lines = newline.join(f"{indent}- {written(item)}" for item in value)
        if not spot.inline:
            return text[: _line_start(text, spot.start)] + lines + text[spot.end :]
        end = _line_end(text, spot.end)
        return text[: spot.after] + text[spot.end : end].rstrip() + newline + lines + text[end:]

    def beside(self, key: str, old: Value, value: str) -> str:
        text, spot = self.text, self._spot(key)
        source, end = text[spot.start : spot.end], _line_end(text, spot.end)
        if "\n" in source:
            if not isinstance(old, str):
                raise self.unsafe(key)
            source = written(old)
        newline, dash = _newline(text, spot.after), f"{self.indent}  - "
        lines = dash + source + text[spot.end : end] + newline + dash + written(value)
        head = text[: spot.after] + newline if spot.inline else text[: _line_start(text, spot.start)]
        return head + lines + text[end:]

    def with_item(self, key: str, value: str) -> str:
        text, spot, items = self.text, self._spot(key), self._items(key)
        if spot.flat:
            at = self.block.start + items[-1].end_mark.index if items else spot.end - 1
            return text[:at] + (", " if items else "") + quoted(value) + text[at:]
        dash = _DASH.search(text, _line_start(text, spot.start))
        if dash is None:
            raise self.unsafe(key)
        end = _line_end(text, spot.end)
        return f"{text[:end]}{_newline(text, spot.end)}{dash[1]}- {written(value)}{text[end:]}"

    def without(self, key: str) -> str:
        text, spot = self.text, self._spot(key)
        start = _line_start(text, self.block.start + self.nodes[key][0].start_mark.index)
        return text[:start] + text[_next_line(text, spot.end) :]

    def without_item(self, key: str, value: str) -> str:
        text, spot = self.text, self._spot(key)
        item = next(item for item in self._items(key) if text_of(item) == value)
        start, end = self.block.start + item.start_mark.index, self._end(key, item)
        line = _line_start(text, start)
        if not spot.flat:
            return text[:line] + text[_next_line(text, end) :]
        if comma := _COMMA.match(text, end):
            if not text[line:start].strip() and comma.end() == _line_end(text, end):
                return text[:line] + text[_next_line(text, end) :]
            return text[:start] + text[comma.end() :]
        if before := _COMMA_BEFORE.search(text, spot.start, start):
            return text[: before.start()] + text[end:]
        raise self.unsafe(key)

    def _where(self, line: int) -> str:
        return f"{self.path}:{line}" if self.path else f"line {line}"

    def _items(self, key: str) -> list[Node]:
        """The items of a list, each of them in its place: an alias stands at its anchor."""
        node = self.nodes[key][1]
        items: list[Node] = node.value
        starts = [part.start_mark.index for part in (self.nodes[key][0], node, *items)]
        if starts != sorted(starts):
            raise self.unsafe(key, "holds an alias (`*`)")
        return items

    def _spot(self, key: str) -> _Spot:
        key_node, node = self.nodes[key]
        colon = _COLON.match(self.text, self.block.start + key_node.end_mark.index)
        if colon is None:
            raise self.unsafe(key)
        after, start = colon.end(), self.block.start + node.start_mark.index
        if start >= after:
            end = self._end(key, node)
            return _Spot(after, start, end, _is_flat(node), "\n" not in self.text[after:start])
        alias = _ALIAS.match(self.text, after)
        if alias is None:
            raise self.unsafe(key)
        return _Spot(after, alias.start(1), alias.end(1), True, True)

    def _end(self, key: str, node: Node) -> int:
        """Where the node's own text ends: libyaml's mark runs on over blank lines and comments below it."""
        last = node
        while not _is_flat(last) and last.id != "scalar":
            last, parent = last.value[-1], last
            last = last[1] if isinstance(last, tuple) else last
            if last.start_mark.index < parent.start_mark.index:
                raise self.unsafe(key, "holds an alias (`*`)")
        start, end = (self.block.start + mark.index for mark in (last.start_mark, last.end_mark))
        if not _is_flat(last):
            end = start + len(self.text[start:end].rstrip(" \t\r\n"))
        return end if last is node and _is_flat(node) else _line_end(self.text, end)


def _is_flat(node: Node) -> bool:
    if node.id == "scalar":
        return node.style not in ("|", ">")
    return bool(node.flow_style)
