"""Plain front matter, read without a YAML library: just as libyaml reads it."""

from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.yaml_plain import read_plain

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("", id="empty"),
        pytest.param("name: Jane Doe\ntier: A\n", id="texts"),
        pytest.param("goal_fit: 3\nmet: 2026-11-20\nactive: true\nphone: null\n", id="other values"),
        pytest.param("linkedin: https://www.linkedin.com/in/jane-doe-1\n", id="an address"),
        pytest.param('introduced_by: "[[Sam Lee]]"\nphone: "+49 30 1234"\n', id="in quotes"),
        pytest.param("tags:\n  - a\n  - 12\naliases:\n- b\n", id="lists"),
        pytest.param("tags: [a, b c]\naliases: [12]\n", id="lists in brackets"),
        pytest.param("tags:\nmet: \n", id="nothing"),
        pytest.param("name: Zoë Łukasz 山田\r\ntags:\r\n  - café\r\n", id="Windows lines, any letters"),
    ],
)
def test_what_a_property_editor_writes_is_plain(source: str) -> None:
    assert read_plain(source) is not None


@pytest.mark.parametrize(
    "source",
    [
        *("name: Jane # her\n", "name: Jane: her\n", "name: 'Jane'\n", 'name: "Ja\\u006ee"\n', "name: []\n"),
        *(
            "name: [[a]]\n",
            "name: [a, [b]]\n",
            "name: ['a']\n",
            "name: [a: b]\n",
            "name: [a,\n  b]\n",
            "a: [null]\n",
        ),
        *("name: |\n  Jane\n", "name: Jane\n  Doe\n", "name: &a Jane\n", "name: !!str 5\n", "# name\n"),
        *("name: Jane \n", "name:\tJane\n", "name: 😀\n", "name: a\x85b\n", "name:\n  first: Jane\n"),
        *("tags:\n  - a: b\n", "tags:\n  -\n", "tags:\n  - - a\n", "tags:\n  - a\n- b\n", "tags: a\n  - b\n"),
        *("tags:\n  - a\n    b\n", "tags:\n  - ~\n", "- a\n", "Jane\n", "a: 1\na: 2\n", "a: 1\n\nb: 2\n"),
        *("a: 1\n... \n", "a: 1\n<<<<<<< HEAD\n", "=======\n", f"{'a' * 1100}: 1\n", "a: b\n" * 30_000),
    ],
)
def test_everything_else_is_left_to_libyaml(source: str) -> None:
    assert read_plain(source) is None


SIGNS = st.sampled_from(
    [*" :#-'\"[]{},&*!|>%@`~?=\\/.+\t\r\n\x00\x85\u2028\ufeff", *"ab1é山😀", ": ", " #", "\n  "]
)
WORDS = st.sampled_from(
    ["null", "true", "12", "1e3", "0x1f", ".inf", "https://a.b/c", "[[Jane]]", "a, b", ""]
)
VALUES = WORDS | st.text("ab1é山_ .,;:/#(-)", max_size=6).map("a{}".format)
VALUES |= VALUES.map('"{}"'.format)
ITEMS = st.sampled_from(["  ", ""]).flatmap(
    lambda indent: st.lists(VALUES.map(f"{indent}- {{}}\n".format), max_size=3).map("".join)
)
FLOWS = st.lists(VALUES, max_size=3).map(", ".join)
PROPERTIES = st.lists(
    VALUES.map(" {}\n".format) | FLOWS.map(" [{}]\n".format) | ITEMS.map("\n{}".format), max_size=4
).map(lambda values: "".join(f"{key}:{value}" for key, value in zip("abcd", values, strict=False)))


@settings(STEADY, max_examples=500)
@given(PROPERTIES, SIGNS | st.just(""), st.integers(0, 60))
def test_libyaml_reads_it_alike(source: str, sign: str, at: int) -> None:
    text = f"---\n{source[:at]}{sign}{source[at:]}---\n"
    found = parse(text, "a.md")
    with patch("vaultkeeper.notes.front_matter.read_plain", return_value=None):
        assert repr(found) == repr(parse(text, "a.md"))
