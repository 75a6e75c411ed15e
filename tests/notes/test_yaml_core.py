"""Scalars by YAML 1.2 core (§10.3.2), and text written so that 1.1 and 1.2 read the same."""

import math
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vaultkeeper.notes.yaml_core import Scalar, scalar
from vaultkeeper.notes.yaml_scalar import quoted, written

AS_TEXT = (
    "nULL tRue no on Yes y 0b11 1_000 12:30 1.2.3 . +.nan = ٣ 2026-11-20 2026-13-45 2026-11-20T10:00 0x -0x1f"
)
VALUES: dict[str, Scalar] = {
    "12": 12,
    "-3": -3,
    "+1555": 1555,
    "01234": 1234,
    "0o17": 15,
    "0x1f": 31,
    "1.5": 1.5,
}
VALUES |= {".5": 0.5, "5.": 5.0, "1e3": 1000.0, "-.inf": -math.inf, ".INF": math.inf, ".NaN": math.nan}
VALUES |= dict.fromkeys(("", "~", "null", "Null", "NULL"))
VALUES |= {
    "true": True,
    "True": True,
    "FALSE": False,
    "9" * 5000: "9" * 5000,
    "0x" + "f" * 5000: "0x" + "f" * 5000,
}
VALUES |= {text: text for text in AS_TEXT.split(" ")}


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_a_plain_scalar(text: str, value: Scalar) -> None:
    assert repr(scalar(text)) == repr(value)


PLAIN = ["Jane Doe", "2026-01-02", "10d", "Acme, Inc.", "https://x.y/z#a", "jane@x.y", "C#", "it's", "Zoë"]
PLAIN += ["2019-09-01 started at Acme", 'the "boss"', "a\\b", "3 weeks", "日本", "🙂 ok", "👩‍💻"]
QUOTED = [
    "",
    " a",
    "a ",
    "yes",
    "No",
    "on",
    "OFF",
    "y",
    "null",
    "~",
    "true",
    "12",
    "01234",
    "+1555",
    "1.5",
    "1e3",
]
QUOTED += [
    "12:30",
    "1_000",
    "0x1f",
    "0o17",
    "2026-13-45",
    "2026-1-2",
    "2026-01-02 10:00:00",
    "05-17",
    "--05-17",
]
QUOTED += [
    "+1 (555) 01-00",
    "[[Sam Lee]]",
    "see [[Sam Lee]]",
    "{{x}}",
    "#tag",
    "&a",
    "*a",
    "!a",
    "|",
    "> a",
    "@a",
]
QUOTED += [
    "%a",
    "`a`",
    "- a",
    "-",
    "? a",
    "a: b",
    "a:",
    "a #b",
    "a\nb",
    "a\tb",
    "'a'",
    '"',
    "=",
    "<<",
    "---",
    "...",
]


@pytest.mark.parametrize("value", PLAIN + QUOTED)
def test_plain_only_where_it_is_safe(value: str) -> None:
    assert (written(value) == value) is (value in PLAIN)


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ('"a\\b"\n\t', r'"\"a\\b\"\n\t"'),
        ("👩‍💻 é 日本", '"👩‍💻 é 日本"'),
        ("\x00\x7f\x85\u2028\ufeff", r'"\u0000\u007f\u0085\u2028\ufeff"'),
    ],
)
def test_quotes_are_those_of_json(value: str, source: str) -> None:
    assert quoted(value) == source


def test_numbers() -> None:
    assert [written(value) for value in (3, -1.5, 1e22, True)] == ["3", "-1.5", "1e+22", "true"]


@given(
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.sampled_from(PLAIN + QUOTED)
    | st.text("0123456789:.+-_eExXoOyYnN ~", max_size=6)
)
def test_yaml_1_1_and_1_2_both_read_what_is_written(value: str) -> None:
    source = f"k: {written(value)}\nl:\n  - {written(value)}\n{written('key' + value)}: 1\n"
    read = yaml.load(source, yaml.SafeLoader)
    texts = [text.isoformat() if isinstance(text, date) else text for text in (read["k"], *read["l"])]
    assert texts == [value, value]
    assert read["key" + value] == 1
    plain = written(value)[0] != '"'
    assert not plain or scalar(written(value)) == value
