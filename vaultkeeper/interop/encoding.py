"""Bytes into text, where nothing says in which encoding they are: exports of a decade of programs."""

import codecs
import re

from vaultkeeper.errors import VaultkeeperError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BEGINNING = 4096  # bytes that tell UTF-16 by its zeros
_STRAY = 3  # zeros that a text may have from a broken cell
_HIGH = re.compile(r"[^\x00-\x7f]")
_UNUSUAL = re.compile(r"[^\x00-\x7fA-Za-z\xc0-\xffŠŒŽšœžŸƒ’‘“”„‚–—…€°´«»§·®™©ªº¿¡\xa0]")
_WORD = re.compile(r"[^\W\d_]{3,}")


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """The text, and what to tell of the encoding ("" where it is the usual one).

    By its mark; else UTF-8, UTF-16 by its zeros, or Windows-1252 where that gives words of Latin letters.
    Raises VaultkeeperError where it can't be told, or where it isn't in the `encoding` that was named.
    """
    if encoding is not None:
        return _by_name(data, name, encoding), ""
    for mark, known in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name, known), ""
    if data[:_BEGINNING].count(0) > _STRAY:
        return _by_zeros(data, name), "read as UTF-16; --encoding NAME says otherwise"
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        text = _western(data, name)
        return text, "not UTF-8: read as Windows-1252 (Latin-1); --encoding NAME says otherwise"


def _by_name(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(codecs.lookup(encoding).name).removeprefix("\ufeff")
    except LookupError:
        raise VaultkeeperError(f"there is no encoding {encoding!r}") from None
    except UnicodeError:
        raise VaultkeeperError(f"{name}: not in the encoding {encoding}") from None


def _strictly(data: bytes, name: str, known: str) -> str:
    """A file that was cut off in the midst of a character still has all before it."""
    try:
        return codecs.getincrementaldecoder(known)().decode(data, final=False)
    except UnicodeDecodeError as error:
        at = error.start + (len(codecs.BOM_UTF8) if known == "utf-8-sig" else 0)
        line = data.count(b"\n", 0, at) + 1
        raise VaultkeeperError(f"{name}:{line}: begins as {known} and isn't (byte {at})") from None


def _by_zeros(data: bytes, name: str) -> str:
    zeros = (data[0:_BEGINNING:2].count(0), data[1:_BEGINNING:2].count(0))
    half = min(len(data), _BEGINNING) // 2
    if max(zeros) > 0.4 * half and min(zeros) < 0.1 * half:
        return _strictly(data, name, "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le")
    raise VaultkeeperError(f"{name}:1: not a text file (it holds zero bytes)")


def _western(data: bytes, name: str) -> str:
    """Other encodings give words in which most letters have accents, or signs that nobody writes."""
    line = data[: _first_bad(data)].count(b"\n") + 1
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    words = [word for word in _WORD.findall(text) if _HIGH.search(word)]
    strange = sum(2 * len(_HIGH.findall(word)) > len(word) for word in words)
    odd = len(_UNUSUAL.findall(text)) * 10 > len(_HIGH.findall(text))
    if not text or odd or strange * 2 > len(words):
        raise VaultkeeperError(
            f"{name}:{line}: neither UTF-8, UTF-16 nor Latin-1; save it as UTF-8, or name its encoding with"
            " --encoding (cp1251, shift_jis, …)"
        )
    return text


def _first_bad(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)
