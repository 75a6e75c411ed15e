"""A value as a scalar of a front matter, written so that Obsidian and YAML 1.1 read it alike."""

import re
from datetime import date

from vaultkeeper.notes.yaml_core import scalar

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_HIDDEN = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdd2\ufeff\ufffe\uffff"
_ESCAPED = re.compile(rf'[\\"{_HIDDEN}]')
_UNPLAIN = re.compile(rf"[{_HIDDEN}]|:(?:\s|\Z)|\s#|\[\[|\{{\{{")
_NUMBER_LIKE = re.compile(r"[\d\s()+./-]+|[yYnN]")


def quoted(text: str) -> str:
    """The text in double quotes, as JSON has it; printable Unicode and emoji stay as they are."""
    return '"' + _ESCAPED.sub(lambda m: _ESCAPES.get(m[0]) or rf"\u{ord(m[0]):04x}", text) + '"'


def written(value: str | int | float) -> str:
    """A scalar for a block line: plain where YAML 1.1 and 1.2 both read it so, else in double quotes.

    Text that looks like a number, a phone number, a word of YAML or a link is quoted; a date is plain.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    return value if _is_date(value) or _is_plain(value) else quoted(value)


def _is_plain(text: str) -> bool:
    import yaml

    if not text or text != text.strip() or not (text[0].isalnum() or ord(text[0]) > 0xFF):
        return False
    if _UNPLAIN.search(text) or _NUMBER_LIKE.fullmatch(text) or not isinstance(scalar(text), str):
        return False
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], [])
    return not any(pattern.match(text) for _, pattern in resolvers)


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
