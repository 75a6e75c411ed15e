"""How names are compared, and how they become file names that every system can carry."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkeeper.domain.naming import fold, plain, safe_stem

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Doe", "jane doe"),
        ("Jane  Doe ", "JANE\tDOE"),
        ("Łukasz  Żak", "lukasz zak"),
        ("José Álvarez", "jose alvarez"),
        ("Zoë", "Zoe\u0308"),
        ("Søren Ærø", "soren aero"),
        ("Đorđe", "dorde"),
        ("Straße", "strasse"),
        ("STRASSE", "straße"),
        ("Œuvre", "oeuvre"),
        ("Þór", "thor"),
        ("İpek Işık", "ipek isik"),
        ("ΣΊΣΥΦΟΣ", "σισυφος"),
        ("Ｊａｎｅ", "jane"),
        ("ℌans", "hans"),
        ("李\u3000梅", "李 梅"),
        ("Nguyễn Thị", "nguyen thi"),
    ],
)
def test_names_are_equal_but_for_case_and_accents(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Jane Doe", "Janedoe"), ("Ann", "Anne"), ("李梅", "李")])
def test_other_names_are_not(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@STEADY
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_again_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded == fold(unicodedata.normalize("NFD", text)) == fold(f"  {text} ")
    assert folded == " ".join(folded.split())
    if text.isascii():
        assert folded == fold(text.upper())


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Jane Doe", "Jane Doe"),
        ("  Jane   Doe ", "Jane Doe"),
        ("John Smith (Acme)", "John Smith (Acme)"),
        ("Zoe\u0308", "Zoë"),
        ("李梅", "李梅"),
        ("O'Neill, Jr.", "O'Neill, Jr"),
        ("Dr. Jane", "Dr. Jane"),
        ("AC/DC", "AC DC"),
        ("a\\b:c*d?e", "a b c d e"),
        ('"Jane" <jane@x.example>', "Jane jane@x.example"),
        ("C# [dev] ^1|2", "C dev 1 2"),
        ("100 %%", "100"),
        ("../../etc/passwd", "etc passwd"),
        (".hidden", "hidden"),
        ("...", ""),
        ("/", ""),
        ("", ""),
        ("\n\t", ""),
        ("a\nb\0c\x7fd\x85e", "a b c d e"),
        ("Jane\u202egnp.exe", "Jane gnp.exe"),
        ("\u200b", ""),
        ("\ufeffJane\u200b", "Jane"),
        ("\u200d", ""),
        ("👩\u200d💻 Jane", "👩\u200d💻 Jane"),
        ("Jane\udc80", "Jane"),
        ("con", "con (name)"),
        ("NUL", "NUL (name)"),
        ("Com1.txt", "Com1 (name).txt"),
        ("Connie", "Connie"),
        ("-rf", "-rf"),
        ("x" * 200, "x" * 120),
        ("é" * 200, "é" * 60),
        ("ab. " * 100, ("ab. " * 30).rstrip(". ")),
    ],
)
def test_a_name_becomes_a_file_name(name: str, stem: str) -> None:
    assert safe_stem(name) == stem


HOSTILE = st.sampled_from(
    [
        *'\\/:*"<>?#^|[]%. \t\n\0',
        "..",
        "./",
        "con",
        "CON",
        "aux.",
        "\u202e",
        "\u200d",
        "\ufeff",
        "é",
        "e\u0301",
        "x" * 60,
    ]
)


@settings(STEADY, max_examples=300)
@given(st.lists(HOSTILE | st.text(max_size=5), max_size=12).map("".join))
def test_any_name_becomes_a_safe_one(name: str) -> None:
    stem = safe_stem(name)
    assert safe_stem(stem) == stem
    assert len(stem.encode()) <= 120
    assert not set(stem) & set('\\/:*"<>?#^|[]%\0\n\r\t')
    assert stem == stem.strip(". \u200c\u200d")
    assert unicodedata.is_normalized("NFC", stem)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in stem)
    assert stem.split(".")[0].lower() not in ("con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)))
    if any(c.isalnum() for c in name):
        assert stem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Jane Doe", "Jane Doe"),
        ("two\nlines\r\n", "two lines"),
        ("a\x1b[31mred", "a [31mred"),
        ("a\u202eb\u200bc\0d", "a b c d"),
        ("a\u00a0b\u3000c", "a b c"),
        ("Zoë 李", "Zoë 李"),
        ("", ""),
    ],
)
def test_text_for_a_terminal_is_on_one_line_and_shows_itself(text: str, said: str) -> None:
    assert plain(text) == said


@STEADY
@given(st.text())
def test_any_text_can_be_printed(text: str) -> None:
    said = plain(text)
    assert said.isprintable()
    assert plain(said) == said
