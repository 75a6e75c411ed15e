"""The lines that vCard and iCalendar are made of (RFC 6350 §3.3, RFC 5545 §3.1, vCard 2.1 §2).

Our own reader, because of what exports really hold: vobject and icalendar give up a whole file for one line
that they can't read, or drop it without a word, and tell wrong line numbers where lines are folded.
"""

import quopri
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_LINES = re.compile(r"\r*\n|\r")  # \r\r\n: a mail program that made two of one
_NAME = re.compile(r"(?:([\w-]+)\.)?([\w-]+)(?=[;:])")
_PARAMETER = re.compile(r';([^=;:"]*)(?:=((?:"[^"]*"|[^";:])*))?')
_BASE64 = re.compile(r"[A-Za-z0-9+/=]{2,}")
_ENCODINGS = ("QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT")
_ESCAPE = re.compile(r"\\(.)", re.S)
_CARET = {"^n": "\n", "^'": '"', "^^": "^"}


class ContentLine(NamedTuple):
    """`line` from 1, where it begins. `name` and the names of `parameters` are in capitals; `value` has its
    quoted-printable undone, its backslashes not. `good` is False for what is no such line."""

    line: int
    group: str
    name: str
    parameters: Mapping[str, tuple[str, ...]]
    value: str
    good: bool = True

    def is_a(self, kind: str) -> bool:
        """Whether TYPE names it: `TEL;TYPE=home,voice`, `TEL;HOME`."""
        return kind in {value.casefold() for value in self.parameters.get("TYPE", ())}


def read_content_lines(text: str) -> Iterator[ContentLine]:
    """Every line of `text`, unfolded; of several that are none, one below the other, the first."""
    lines = _LINES.split(text)
    at, binary, good = 0, False, True
    while at < len(lines):
        start, line = at, lines[at]
        at += 1
        if not line.strip():
            binary = False
            continue
        if binary and _BASE64.fullmatch(line.strip()):
            continue  # a picture that isn't folded as it should be
        parts = [line]
        while at < len(lines) and lines[at][:1] in (" ", "\t") and lines[at].strip():
            parts.append(lines[at][1:])
            at += 1
        read = _read(start + 1, "".join(parts))
        if not read.good and not good:
            continue  # one told is enough for all that follow it
        good = read.good
        if "QUOTED-PRINTABLE" in read.parameters.get("ENCODING", ()):
            soft = [*parts]
            while soft[-1].endswith("=") and at < len(lines):
                bare = lines[at].lstrip(" \t")
                soft.append(bare if bare.startswith("=") else lines[at])
                at += 1
            read = _unquoted(_read(start + 1, "".join(p.removesuffix("=") for p in soft[:-1]) + soft[-1]))
        binary = bool({"B", "BASE64"} & set(read.parameters.get("ENCODING", ())))
        yield read


def _read(number: int, line: str) -> ContentLine:
    match = _NAME.match(line.lstrip("\ufeff"))
    if match is None:
        return ContentLine(number, "", "", {}, line, good=False)
    line, at = line.lstrip("\ufeff"), match.end()
    parameters: dict[str, tuple[str, ...]] = {}
    while parameter := _PARAMETER.match(line, at):
        at = parameter.end()
        name, value = parameter[1].strip().upper(), parameter[2]
        if value is None:  # vCard 2.1: the value alone
            name, value = ("ENCODING" if name in _ENCODINGS else "TYPE"), name
        values = [v.strip('"') for v in re.findall(r'(?:"[^"]*"|[^",])+', value)]
        if name == "ENCODING":
            values = [v.upper() for v in values]
        values = [re.sub(r"\^[n'^]", lambda m: _CARET[m[0]], v) for v in values]
        parameters[name] = (*parameters.get(name, ()), *values)
    if line[at : at + 1] != ":":
        return ContentLine(number, "", "", {}, line, good=False)
    return ContentLine(number, match[1] or "", match[2].upper(), parameters, line[at + 1 :])


def _unquoted(line: ContentLine) -> ContentLine:
    parted = re.sub("(?=[=]3B)", "=5C", line.value, flags=re.I)  # an encoded semicolon parts nothing
    data = quopri.decodestring(parted.encode("utf-8", "surrogateescape"))
    for charset in (*line.parameters.get("CHARSET", ()), "utf-8", "cp1252", "latin-1"):
        try:
            return line._replace(value=data.decode(charset))
        except (UnicodeDecodeError, LookupError):
            continue
    return line


def unescape(value: str) -> str:
    """`\\n`, `\\,`, `\\;` and `\\\\` undone."""
    return _ESCAPE.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)


def split_value(value: str, sign: str) -> list[str]:
    """The parts of a value between the `sign`s that no backslash precedes, each unescaped."""
    if sign not in value:
        return [unescape(value)]
    parts, part, escaped = [], "", False
    for character in value:
        if character == sign and not escaped:
            parts.append(part)
            part = ""
        else:
            part += character
            escaped = character == "\\" and not escaped
    return [unescape(one) for one in (*parts, part)]
