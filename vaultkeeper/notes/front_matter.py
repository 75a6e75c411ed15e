"""The one judge of where front matter is, and what it says (FORMAT.md section 3).

`split` gives the spans; `parse` the values: what is not plain (`notes.yaml_plain`) through python-frontmatter
with a handler of our own. By itself that library misses front matter behind a BOM, takes a rule for front
matter, drops a list and reads YAML 1.1. It also strips the text and unifies its line ends, so every offset
comes from `split`. Changes of front matter are in `notes.front_matter_edit`.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, cast

from vaultkeeper.domain.place import Problem
from vaultkeeper.notes.yaml_core import (
    FIRST_LINE,
    BadYaml,
    Node,
    TooDeep,
    Value,
    Values,
    check_tag,
    compose,
    duplicate,
)
from vaultkeeper.notes.yaml_plain import read_plain

_OPEN = re.compile(r"\ufeff?---[ \t]*\r?\n")
_CLOSE = re.compile(r"\n---[ \t]*(?:\r?\n|\r?\Z)")
_KEY = re.compile(r"""(?:"[^"\n]*"|'[^'\n]*'|[^\s#\-?\[\]{},&*!|>'"%@`][^\n:]*):(?=[ \t\r\n]|\Z)""")
_FILLER = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*")  # blank lines and comments
_CONFLICT = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)
_DIVIDER = re.compile(r"^={7}\r?$", re.MULTILINE)


class Block(NamedTuple):
    """Where a note's front matter is, in characters of its text.

    `text[start:end]` is the YAML between the two `---` lines, `text[body:]` the note's body. Where there is
    none (`present` false) all three stand at the start of the text, after a BOM. `unclosed`: it is opened by
    a `---` and a `key:` line, and no closing line follows.
    """

    start: int
    end: int
    body: int
    present: bool = False
    unclosed: bool = False


class FrontMatter(NamedTuple):
    """What the front matter says; all empty, but `body`, where there is none or it can't be read surely.

    `properties`: values by YAML 1.2 core; dates are text, keys are text as written.
    `texts`: for each key the text of its scalars as written (`+1555`, `01234`), a list's items in order;
    () where it is empty; no entry for a nested map. `[[Jane]]` without quotes, a list in a list to YAML, is
    that link.
    `lines`: the note's line of each key, from 1; `item_lines`: one line for each of `texts`.
    `body`: the offset in the note's text at which the body starts.
    """

    properties: Mapping[str, Value] = {}
    texts: Mapping[str, tuple[str, ...]] = {}
    lines: Mapping[str, int] = {}
    item_lines: Mapping[str, tuple[int, ...]] = {}
    body: int = 0


def split(text: str) -> Block:
    """Where the front matter of a note is; total.

    It starts on the first line (after a BOM) with `---` and ends with the next such line. Prose between two
    thematic breaks is body: what YAML reads as a bare scalar, or cannot read and has no `key: ` in it.
    """
    opening = _OPEN.match(text)
    if opening is None:
        return _none(text)
    start = opening.end()
    closing = _CLOSE.search(text, start - 1)
    if closing is None:
        top = _none(text)
        return Block(top.body, top.body, top.body, unclosed=True) if _KEY.match(text, start) else top
    end = closing.start() + 1
    filler = _FILLER.match(text, start, end)
    first = filler.end() if filler else start
    if first < end and not _KEY.match(text, first) and _is_prose(text[start:end]):
        return _none(text)
    return Block(start, end, closing.end(), present=True)


def parse(text: str, path: str) -> tuple[FrontMatter, tuple[Problem, ...]]:
    """What the front matter says, and what is wrong there: every problem is `unsafe`; total.

    `path` is only for the problems. `text` is the decoded note, line ends as they are.
    """
    block = split(text)
    if not block.present:
        wrong = _wrong_at_top(text, block, path)
        return FrontMatter(body=block.body), (wrong,) if wrong else ()
    plain = read_plain(text[block.start : block.end])
    if plain is not None:
        return FrontMatter(*plain, block.body), ()
    import frontmatter

    handler = _handler_class()()
    try:
        _refuse_conflict(text[block.start : block.end])
        found, _ = frontmatter.parse(text[: block.body], handler=handler)
    except BadYaml as error:
        problem = Problem(path, error.line, str(error), unsafe=True, mend=error.mend)
        return FrontMatter(body=block.body), (problem,)
    properties = cast("dict[str, Value]", found)
    return FrontMatter(properties, handler.texts, handler.lines, handler.item_lines, block.body), ()


def text_of(node: Node) -> str | None:
    """A value's or item's text as written, or None where it is null, empty or nested."""
    if node.id == "scalar":
        text: str = node.value
        return text if text and (node.tag or text not in ("~", "null", "Null", "NULL")) else None
    return link_of(node)


def link_of(node: Node) -> str | None:
    """`[[Jane Doe]]` written without quotes: to YAML a list in a list, to the person who wrote it a link."""
    if node.id != "sequence" or not node.flow_style or len(node.value) != 1:
        return None
    inner = node.value[0]
    if inner.id != "sequence" or not inner.flow_style or any(part.id != "scalar" for part in inner.value):
        return None
    return f"[[{', '.join(part.value for part in inner.value)}]]"


def _none(text: str) -> Block:
    top = 1 if text.startswith("\ufeff") else 0
    return Block(top, top, top)


def _is_prose(source: str) -> bool:
    if _CONFLICT.search(source):
        return False
    try:
        root = compose(source)
    except TooDeep:
        return False
    except BadYaml:
        return not re.search(r":(?:\s|\Z)", source)
    return root is not None and root.id == "scalar"


def _wrong_at_top(text: str, block: Block, path: str) -> Problem | None:
    if block.unclosed:
        mend = "add a line `---` after the last property"
        return Problem(path, 1, "front matter opened on line 1 is never closed", unsafe=True, mend=mend)
    if text.startswith("<<<<<<< ", block.body):
        return Problem(path, 1, "git conflict markers at the top", unsafe=True, mend="resolve the conflict")
    return None


def _refuse_conflict(source: str) -> None:
    if not ("<<<<<<<" in source or ">>>>>>>" in source or "=======" in source):
        return
    if marker := _CONFLICT.search(source) or _DIVIDER.search(source):
        line = source.count("\n", 0, marker.start()) + FIRST_LINE
        raise BadYaml("git conflict markers in the front matter", line, "resolve the conflict")


@cache
def _handler_class() -> Any:
    from frontmatter.default_handlers import BaseHandler

    class Handler(BaseHandler):
        """Reads one front matter for python-frontmatter, and keeps what a plain dict cannot carry."""

        FM_BOUNDARY = _CLOSE

        def split(self, text: str) -> tuple[str, str]:
            block = split(text)
            return text[block.start : block.end], ""

        def load(self, source: str) -> dict[str, Value]:
            self.texts: dict[str, tuple[str, ...]] = {}
            self.lines: dict[str, int] = {}
            self.item_lines: dict[str, tuple[int, ...]] = {}
            properties: dict[str, Value] = {}
            values = Values(source)
            for key_node, node in _pairs(source):
                key, line = values.key(key_node), key_node.start_mark.line + FIRST_LINE
                if key in properties:
                    raise duplicate(key, self.lines[key], line)
                properties[key] = values.value(node)
                self.lines[key] = line
                self._items(key, node, line)
            return properties

        def _items(self, key: str, node: Node, line: int) -> None:
            if node.id == "scalar" or (node.id == "sequence" and link_of(node)):
                parts = [node]
            elif node.id == "sequence":
                parts = node.value
            else:
                return
            found = [(text, part) for part in parts if (text := text_of(part)) is not None]
            self.texts[key] = tuple([text for text, _ in found])
            # an alias has the marks of its anchor, further up
            self.item_lines[key] = tuple([max(line, part.start_mark.line + FIRST_LINE) for _, part in found])

    return Handler


def _pairs(source: str) -> list[tuple[Node, Node]]:
    root = compose(source)
    if root is None:
        return []
    if root.id != "mapping":
        raise BadYaml("the front matter is a list, not `key: value` lines", root.start_mark.line + FIRST_LINE)
    check_tag(root, "map")
    pairs: list[tuple[Node, Node]] = root.value
    return pairs
