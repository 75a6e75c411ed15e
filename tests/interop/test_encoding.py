"""Encodings: told by their marks or by what they give, else a clear error."""

import pytest

from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.interop.encoding import decode

NAMES = "Vorname,Nachname\nJürgen,Groß\nZoë,Åkesson\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (NAMES.encode(), ""),
        (NAMES.encode("utf-8-sig"), ""),
        (NAMES.encode("utf-16"), ""),
        (b"\xfe\xff" + NAMES.encode("utf-16-be"), ""),
        (NAMES.encode("utf-32"), ""),
        (NAMES.encode("utf-16-le"), "read as UTF-16"),
        (NAMES.encode("utf-16-be"), "read as UTF-16"),
        (NAMES.encode("cp1252"), "read as Windows-1252"),
    ],
)
def test_text_of_any_common_encoding(data: bytes, said: str) -> None:
    text, told = decode(data, "F")
    assert text == NAMES
    assert said in told and bool(said) == bool(told)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("Имя,Фамилия\nИван,Петров\n".encode("cp1251"), "F:1: neither UTF-8, UTF-16 nor Latin-1"),
        ("名前,苗字\n太郎,山田\n".encode("shift_jis"), "F:1: neither UTF-8"),
        (b"PNG\0\0\1\2\0\0\0\xff" * 50, "not a text file"),
        (b"\xef\xbb\xbfabc\nd\xff\xff", "F:2: begins as utf-8-sig and isn't"),
    ],
)
def test_what_cannot_be_told_is_a_clear_error(data: bytes, message: str) -> None:
    with pytest.raises(VaultkeeperError, match=message.replace("(", r"\(")):
        decode(data, "F")


def test_an_encoding_may_be_named() -> None:
    assert decode("Иван".encode("cp1251"), "F", "cp1251") == ("Иван", "")
    with pytest.raises(VaultkeeperError, match="there is no encoding 'nonsense'"):
        decode(b"x", "F", "nonsense")
    with pytest.raises(VaultkeeperError, match="not in the encoding ascii"):
        decode("é".encode(), "F", "ascii")


def test_a_zero_byte_in_a_cell_costs_that_cell_alone() -> None:
    assert decode(b"a\0b,c\n", "F") == ("a\0b,c\n", "")


def test_a_file_cut_off_within_a_character_gives_what_stands_before() -> None:
    assert decode(NAMES.encode("utf-16")[:-1], "F")[0] == NAMES[:-1]
