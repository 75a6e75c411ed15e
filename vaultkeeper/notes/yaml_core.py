"""YAML 1.2 core, as Obsidian reads it: text into nodes, nodes into values.

libyaml finds the nodes and their exact spans; every type is chosen here, because PyYAML alone reads YAML
1.1, where `no` is False, `12:30` is 750 and `01234` is 668. Nothing is ever constructed from a tag.
How a value is written is in `notes.yaml_scalar`.
Lines are lines of the note: front matter always begins on its second (`FIRST_LINE`).
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

if TYPE_CHECKING:
    import yaml

Scalar: TypeAlias = "bool | int | float | str | None"
Value: TypeAlias = "Scalar | list[Value] | dict[str, Value]"

FIRST_LINE = 2
MAX_CHARS = 128 * 1024
MAX_DEPTH = 50
MAX_EXPANDED = 10_000  # nodes and characters that aliases may add to those written

_LONGEST_NUMBER = 300  # beyond it digits are text: Python converts and prints 4300 at most
_CORE = "tag:yaml.org,2002:"
_STR = _CORE + "str"
_INT = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_WORDS: dict[str, bool | None] = dict.fromkeys(("", "~", "null", "Null", "NULL"))
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(("false", "False", "FALSE"), False)
_UNREADABLE = r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # compiled in need: 4 ms
_BREAKS_OF_1_1 = str.maketrans("\x85\u2028\u2029", "\ufdd0\ufdd1\ufdd2")
_STAND_INS = str.maketrans("\ufdd0\ufdd1\ufdd2", "\x85\u2028\u2029")

_BAD = "bad YAML in the front matter: "
_MEND = "correct that line by hand, in an editor that shows it as text"
_QUOTE_IT = "put the value in double quotes"
_SAID: tuple[tuple[str, str, str, bool], ...] = (  # libyaml's words, ours, the mend, and: tell where it began
    ("violate", "found a tab where indentation is expected", "indent with spaces", False),
    ("expected ':'", "found a line that is no `key: value`", _MEND, True),
    ("mapping values", "found `: ` inside a value", "put a value with `: ` in it in double quotes", False),
    ("cannot start any token", "a value begins with a character that must be quoted", _QUOTE_IT, False),
    ("alphabetic or numeric", "a value begins with `*` or `&`, which must be quoted", _QUOTE_IT, False),
    ("undefined alias", "a value begins with `*`, which must be quoted", _QUOTE_IT, False),
    ("line break", "a value begins with `>` or `|`, which must be quoted", _QUOTE_IT, False),
    ("expected ',' or ", "found a `[` or `{` that is never closed", "close it, or " + _QUOTE_IT, True),
    ("unexpected end of stream", "found a quote that is never closed", "close the quote", True),
    ("unknown escape", "found an unknown escape in double quotes", r"write `\\` for a backslash", False),
    ("another document", "found a second document (`---`)", _MEND, False),
    ("node content", "a value begins with a character that must be quoted", _QUOTE_IT, False),
    ("sequence entries", "found `- ` where no list item can stand", _QUOTE_IT, False),
    ("expected key", "found something other than `key: value`", _MEND, False),
    ("<block end>", "found something other than `key: value`", _MEND, False),
)


class Node(Protocol):
    """What is used of PyYAML's nodes; `id` is scalar, sequence or mapping, whose `value` fits it."""

    id: str
    tag: str
    value: Any
    start_mark: Any
    end_mark: Any
    style: str | None  # of a scalar
    flow_style: bool | None  # of the others


class BadYaml(Exception):
    """This YAML cannot be read surely: `line` of the note, `mend` the way out."""

    def __init__(self, message: str, line: int, mend: str = _MEND) -> None:
        super().__init__(message)
        self.line = line
        self.mend = mend


class TooDeep(BadYaml):
    """Nested deeper than `MAX_DEPTH`; stopped on the way, before a recursion can end the process."""

    def __init__(self, line: int) -> None:
        super().__init__(f"the front matter is nested deeper than {MAX_DEPTH} levels", line)


@lru_cache(maxsize=8192)
def scalar(text: str) -> Scalar:
    """The value of a plain (unquoted) scalar by the core schema of YAML 1.2 §10.3.2; dates stay text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789" or len(text) > _LONGEST_NUMBER:
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    if special := _NOT_FINITE.fullmatch(text):
        return float("nan") if special[1] is None else float(special[1] + "inf")
    return text


def compose(source: str) -> Node | None:
    """The root node of a front matter, None where it is empty or comments only; raises BadYaml.

    A node's `tag` is "" where it is plain and untagged. Marks count characters of `source`. NEL, LS and PS
    are text, as YAML 1.2 has it: libyaml takes them for line breaks, so stand-ins are put in their place.
    """
    import yaml

    if len(source) > MAX_CHARS:
        said = f"the front matter is longer than {MAX_CHARS // 1024} KB"
        raise BadYaml(said, FIRST_LINE - 1, "move text into the note's body")
    if source.startswith("\ufeff"):
        raise BadYaml(_BAD + "found a stray byte order mark", FIRST_LINE, "delete that invisible character")
    shown = source
    if any(sign in source for sign in "\x85\u2028\u2029") and source.translate(_STAND_INS) == source:
        shown = source.translate(_BREAKS_OF_1_1)
    try:
        root = cast("Node | None", yaml.compose(shown, Loader=_loader()))
    except yaml.MarkedYAMLError as error:
        raise _said(error, shown) from None
    except (yaml.YAMLError, UnicodeEncodeError):
        raise _unreadable(source) from None
    if root is not None and shown != source:
        _restore(root, set())
    return root


class Values:
    """Nodes of one `source` into values; counts what its aliases expand to, nodes and characters."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._left = MAX_EXPANDED + 2 * len(source)

    def key(self, node: Node) -> str:
        """A key as written, `no` and `12` too: keys are text."""
        if node.id == "scalar" and (not node.tag or node.tag == _STR):
            text: str = node.value
        else:
            text = self._source[node.start_mark.index : node.end_mark.index]
        self._count(node, len(text))
        return text

    def value(self, node: Node, depth: int = 2) -> Value:
        """What the node holds; raises BadYaml for a foreign tag, a duplicate key, an alias bomb."""
        kind, tag = node.id, node.tag
        self._count(node, 1 + len(node.value) if kind == "scalar" else 1)
        if kind == "scalar":
            return _tagged(node) if tag else scalar(node.value)
        if depth > MAX_DEPTH:
            raise TooDeep(node.start_mark.line + FIRST_LINE)
        check_tag(node, "seq" if kind == "sequence" else "map")
        if kind == "sequence":
            return [self.value(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _count(self, node: Node, size: int) -> None:
        self._left -= size
        if self._left < 0:
            size_said = f"{MAX_EXPANDED} values and characters"
            said = f"aliases (`*`) in the front matter expand to more than {size_said}"
            raise BadYaml(said, node.start_mark.line + FIRST_LINE, "write the values out, without aliases")

    def _mapping(self, node: Node, depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        lines: dict[str, int] = {}
        for key_node, item in node.value:
            key, line = self.key(key_node), key_node.start_mark.line + FIRST_LINE
            if key in lines:
                raise duplicate(key, lines[key], line)
            lines[key] = line
            found[key] = self.value(item, depth + 1)
        return found


def duplicate(key: str, first: int, second: int) -> BadYaml:
    """The error for a key that stands twice, with both lines."""
    where = f"on lines {first} and {second}" if first != second else f"twice on line {first}"
    return BadYaml(f"duplicate key `{key}` in the front matter, {where}", second, "keep one of the two")


def check_tag(node: Node, allowed: str) -> None:
    """Raises BadYaml where a list or map carries another tag than its own."""
    if node.tag and node.tag != _CORE + allowed:
        raise _foreign(node)


def _tagged(node: Node) -> Scalar:
    text: str = node.value
    if node.tag == _STR:
        return text
    plain, kind = scalar(text), node.tag.removeprefix(_CORE)
    if kind == "int" and type(plain) is int:
        return plain
    if kind == "float" and type(plain) in (int, float):
        return float(cast(float, plain))
    if (kind == "bool" and type(plain) is bool) or (kind == "null" and plain is None):
        return plain
    raise _foreign(node)


def _foreign(node: Node) -> BadYaml:
    tag = node.tag.replace(_CORE, "!!")
    line = node.start_mark.line + FIRST_LINE
    return BadYaml(f"the tag `{tag}` in the front matter is not understood here", line, "take the tag out")


@cache
def _loader() -> "type[yaml.CSafeLoader]":
    import yaml

    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def resolve(_self: Any, kind: type, _value: Any, implicit: Any) -> str:
        return "" if kind is not yaml.ScalarNode or implicit[0] else _STR

    def descend_resolver(self: Any, parent: Any, _index: Any) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TooDeep(parent.start_mark.line + FIRST_LINE)

    def ascend_resolver(self: Any) -> None:
        self.depth -= 1

    hooks: dict[str, Any] = {h.__name__: h for h in (resolve, descend_resolver, ascend_resolver)}
    return cast("type[yaml.CSafeLoader]", type("Core", (base,), {"depth": 0, **hooks}))


def _restore(node: Node, seen: set[int]) -> None:
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node.value, str):
        node.value = node.value.translate(_STAND_INS)
        return
    for child in node.value:
        for part in child if isinstance(child, tuple) else (child,):
            _restore(part, seen)


def _said(error: "yaml.MarkedYAMLError", source: str) -> BadYaml:
    said = error.problem or "it cannot be read"
    mark = error.problem_mark
    if "nesting depth" in said:  # libyaml's own limit, met while it looks ahead
        return TooDeep((mark.line if mark else 0) + FIRST_LINE)
    if mark and source[mark.index : mark.index + 1] == "\t":
        said = "violate"
    for words, message, mend, where_it_began in _SAID:
        if words in said:
            mark = (where_it_began and error.context_mark) or mark
            return BadYaml(_BAD + message, (mark.line if mark else 0) + FIRST_LINE, mend)
    return BadYaml(_BAD + said, (mark.line if mark else 0) + FIRST_LINE)


def _unreadable(source: str) -> BadYaml:
    found = re.search(_UNREADABLE, source)
    line = source.count("\n", 0, found.start() if found else 0) + FIRST_LINE
    what = f"found the control character U+{ord(found[0]):04X}" if found else "it cannot be read"
    return BadYaml(_BAD + what, line, "delete that invisible character")
