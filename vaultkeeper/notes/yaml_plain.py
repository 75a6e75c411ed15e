"""Front matter as Obsidian's property editor writes it, read at a glance: one `key: value` or `- item` a
line, or a list `[a, b]`, plain or in double quotes, in characters that mean nothing else to YAML.

Whatever is written otherwise is left to libyaml, which reads every such text alike (a property in the tests):
this takes a fifth of its time, and no YAML library to import.
"""

import re
from typing import TypeAlias

from vaultkeeper.notes.yaml_core import FIRST_LINE, MAX_CHARS, Value, scalar

_SAFE = r"""[\w !"$%&'()*+,./;<=>?@\[\\\]^`{|}~-]*"""
_PLAIN = rf"(?>\w{_SAFE}(?::(?=[\w/]){_SAFE})*)(?<! )"
_QUOTED = r"[\w !#$%&'()*+,./:;<=>?@\[\]^`{|}~-]+"
_VALUE = rf'(?:({_PLAIN})|"({_QUOTED})")\r?\n'
_FLOW = r"\w[\w ./'+&@-]*(?<! )"
_ITEM = re.compile(rf" *- {_VALUE}|.+")
_PROPERTY = re.compile(
    rf"([A-Za-z][\w-]{{0,99}}):(?: {_VALUE}| \[({_FLOW}(?:, {_FLOW})*)\]\r?\n"
    r"| *\r?\n((?:  - .*\n)+|(?:- .*\n)+|))|(.+|\n)"
)
# Properties, texts, lines and item_lines, as in FrontMatter.
Plain: TypeAlias = (
    "tuple[dict[str, Value], dict[str, tuple[str, ...]], dict[str, int], dict[str, tuple[int, ...]]]"
)


def read_plain(source: str) -> "Plain | None":
    """What the lines between the two `---` say; None where one is not plain."""
    if len(source) > MAX_CHARS:
        return None
    found: Plain = ({}, {}, {}, {})
    properties, texts, lines, item_lines = found
    line = FIRST_LINE
    for key, plain, quoted, flow, items, other in _PROPERTY.findall(source):
        if other or key in lines:
            return None
        lines[key] = line
        if items or flow:
            rows = _ITEM.findall(items) if items else [(text, "") for text in flow.split(", ")]
            values: list[Value] = [scalar(plain) if plain else quoted or None for plain, quoted in rows]
            if None in values:  # an item that is empty, or not plain
                return None
            properties[key], texts[key] = values, tuple([plain or quoted for plain, quoted in rows])
            item_lines[key] = tuple(range(line + 1, line + 1 + len(rows))) if items else (line,) * len(rows)
            line += len(rows) if items else 0
        else:
            value = scalar(plain) if plain else quoted or None
            properties[key] = value
            texts[key], item_lines[key] = ((), ()) if value is None else ((plain or quoted,), (line,))
        line += 1
    return found
