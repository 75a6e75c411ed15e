"""Content lines as they are written: escaped, and folded at 75 octets (RFC 6350 §3.2, RFC 5545 §3.1)."""

_LIMIT = 75


def escape(text: str) -> str:
    """A text value: backslash, comma, semicolon and line ends escaped (RFC 6350 §3.4)."""
    for plain, escaped in (("\\", "\\\\"), ("\r\n", "\n"), ("\n", "\\n"), (",", "\\,"), (";", "\\;")):
        text = text.replace(plain, escaped)
    return "".join(char for char in text if char.isprintable())


def folded(line: str) -> str:
    """The line with its CRLF, parted so that no piece is over 75 octets and no character is cut."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > _LIMIT:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += width
    return "\r\n".join([*pieces, piece]) + "\r\n"


def lines_of(*lines: str) -> str:
    return "".join(folded(line) for line in lines)
