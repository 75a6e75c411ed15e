"""Links in a note's text, as Obsidian and Markdown spell them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkeeper.notes.links import find_links, unlinked

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges


@pytest.mark.parametrize(
    ("text", "target", "label"),
    [
        ("[[Jane Doe]]", "Jane Doe", "Jane Doe"),
        ("[[Jane Doe|Jane]]", "Jane Doe", "Jane"),
        ("[[ Jane Doe ]]", "Jane Doe", "Jane Doe"),
        ("[[People/Jane Doe]]", "People/Jane Doe", "Jane Doe"),
        ("[[People/Jane Doe.md]]", "People/Jane Doe.md", "Jane Doe.md"),
        ("[[Jane Doe#Log]]", "Jane Doe#Log", "Jane Doe"),
        ("[[Jane Doe#^a1|her]]", "Jane Doe#^a1", "her"),
        ("[[Jane|]]", "Jane", "Jane"),
        ("[[Jane Doe\\|Jane]]", "Jane Doe", "Jane"),
        ("[[José Ángel|日本]]", "José Ángel", "日本"),
        ("[[Jane|a: b|c]]", "Jane", "a: b|c"),
        ("[Jane](Jane.md)", "Jane.md", "Jane"),
        ("[Jane](People/Jane%20Doe.md)", "People/Jane Doe.md", "Jane"),
        ("[Jane](<People/Jane Doe.md>)", "People/Jane Doe.md", "Jane"),
        ("[Jane](../People/Jane.md#Log)", "../People/Jane.md#Log", "Jane"),
        ("[](Jane.md)", "Jane.md", "Jane.md"),
        ("[Zoë](Zo%C3%AB.md)", "Zoë.md", "Zoë"),
        ("[Jane](C%23.md)", "C#.md", "Jane"),
        ("[Jane](%23.md)", "#.md", "Jane"),
    ],
)
def test_a_link(text: str, target: str, label: str) -> None:
    for before, after in (("", ""), ("saw ", " again"), ("(", ")"), ("“", "”"), ("[", "]"), ("x", "x")):
        (link,) = find_links(before + text + after)
        assert (link.target, link.label) == (target, label)
        assert (link.start, link.end) == (len(before), len(before + text))
        assert unlinked(before + text + after) == before + label + after


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jane Doe",
        "[Jane]",
        "[[]]",
        "[[ ]]",
        "[[\\]]",
        "[[Jane",
        "[[Jane]",
        "[Jane]]",
        "[[Ja\nne]]",
        "[Jane] (Jane.md)",
        "[Jane]()",
        "![[Jane]]",
        "![Jane](jane.png)",
        "[Jane](https://jane.example)",
        "[Jane](mailto:jane@jane.example)",
        "[above](#log)",
        "[[#Log]]",
        "[[^a1]]",
        "- [x] done",
        "[^1]",
        "[[[[",
    ],
)
def test_what_links_to_no_note(text: str) -> None:
    assert find_links(text) == []
    assert unlinked(text) == text


def test_several_links_keep_their_order() -> None:
    text = "[[A]], [b](B.md) and ![[C]] [[D|d]][[E]] <https://x.example> [[F"
    assert [link.target for link in find_links(text)] == ["A", "B.md", "D", "E"]
    assert unlinked(text) == "A, b and ![[C]] dE <https://x.example> [[F"


PARTS = st.sampled_from(
    ["[[", "]]", "[", "](", ")", "|", "!", "a", "#", "<", ">", "%20", "://", " ", "\n", "\\"]
)


@STEADY
@given(st.lists(PARTS | st.text(max_size=3)).map("".join))
def test_any_text_has_links_that_lie_in_it(text: str) -> None:
    at = 0
    for link in find_links(text):
        assert at <= link.start < link.end <= len(text)
        assert text[link.start] == "["
        assert text[link.end - 1] in "])"
        assert "\n" not in text[link.start : link.end]
        at = link.end
    unlinked(text)
