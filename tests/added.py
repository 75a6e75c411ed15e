"""The assertion of FORMAT.md section 8.1: which lines a change added, and that it changed no other."""

import re
from difflib import SequenceMatcher


def added(before: bytes, after: bytes) -> list[str]:
    """The lines that `after` has more, without their ends; any other difference is an error."""
    crlf = before.count(b"\n") and before.count(b"\r\n") == before.count(b"\n")
    assert not crlf or after.count(b"\r\n") == after.count(b"\n"), "a bare \\n among \\r\\n"
    old, new = (re.split(rb"\r?\n", text) for text in (before, after))
    lines: list[str] = []
    for kind, at, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        assert kind in ("equal", "insert"), (old[at:end], new[first:last])
        lines += [line.decode() for line in new[first:last]] if kind == "insert" else []
    return lines
