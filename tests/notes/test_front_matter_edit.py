"""What each change of a property does to the note, byte for byte (FORMAT.md section 8.1)."""

import pytest

from vaultkeeper.errors import BadInput, UnsafeNote
from vaultkeeper.notes.front_matter_edit import add_item, remove_item, remove_key, set_value


def note(inner: str, newline: str = "\n") -> str:
    return f"---\n{inner}---\n# Body\n".replace("\n", newline)


SET: list[tuple[str, str | int | float | list[str], str]] = [
    # a scalar: only its span
    ("k: old\nz: 1\n", "new", "k: new\nz: 1\n"),
    ("k:   old   # why\n", "new", "k:   new   # why\n"),
    ("k:\told\n", 3, "k:\t3\n"),
    ("'k' : 'old'\n", "new", "'k' : new\n"),
    ('"k": "old # no comment" # c\n', 2.5, '"k": 2.5 # c\n'),
    ("k:\nz: 1\n", "new", "k: new\nz: 1\n"),
    ("k: # later\n", "new", "k: new # later\n"),
    ("k: ~\n", "new", "k: new\n"),
    ("k: &a old\nz: 1\n", "new", "k: new\nz: 1\n"),
    ("z: &a 1\nk: *a # c\n", "new", "z: &a 1\nk: new # c\n"),
    ("k: !!str 5\n", 5, "k: 5\n"),
    ("k: one\n  two\nz: 1\n", "new", "k: new\nz: 1\n"),
    ('k: "one\n\n  two" # c\nz: 1\n', "new", "k: new # c\nz: 1\n"),
    ("k:\n  old # c\nz: 1\n", "new", "k:\n  new # c\nz: 1\n"),
    ("😀: 😀😀 # 😀\nk: 😀 # 😀\n", "🙂", "😀: 😀😀 # 😀\nk: 🙂 # 😀\n"),
    (" a: 1\n k: 2\n", "new", " a: 1\n k: new\n"),
    ("{a: 1, k: old}\n", "new", "{a: 1, k: new}\n"),
    ("k: [a, b] # c\n", "new", "k: new # c\n"),
    # what spans lines: replaced whole, the blank lines and comments below it stay
    ("k: |\n  one\n\n  # two\n\n# c\nz: 1\n", "new", "k: new\n\n# c\nz: 1\n"),
    ("k: >- # h\n  one\n\nz: 1\n", "new", "k: new\n\nz: 1\n"),
    ("k:\n  - a\n  # in\n  - b # c\n\n# out\nz: 1\n", "new", "k: new\n\n# out\nz: 1\n"),
    ("k: # why\n- a\n- b\n# out\n", "new", "k: new # why\n# out\n"),
    ("k: &x\n  - a\n\nz: 1\n", "new", "k: new\n\nz: 1\n"),
    ("k:\n  a:\n    b: 1\n\n# out\nz: 1\n", "new", "k: new\n\n# out\nz: 1\n"),
    # a list
    ("k: old # c\nz: 1\n", ["a", "b"], "k: # c\n  - a\n  - b\nz: 1\n"),
    ("k:\nz: 1\n", ["a"], "k:\n  - a\nz: 1\n"),
    ("k: [x,\n  y]\nz: 1\n", ["a: b"], 'k:\n  - "a: b"\nz: 1\n'),
    ("k:\n- x\n- y # c\n\n# out\n", ["a", "b"], "k:\n- a\n- b\n\n# out\n"),
    ("k:\n    - x\nz: 1\n", ["a"], "k:\n    - a\nz: 1\n"),
    ("k: |\n  x\n\nz: 1\n", ["a"], "k:\n  - a\n\nz: 1\n"),
    ("k:\n  x # c\nz: 1\n", ["a"], "k:\n  - a # c\nz: 1\n"),
    ("a: 1\nk:\n  - x\n# c\n", [], "a: 1\n# c\n"),
    # a new key
    ("a: 1\n# c\n\n", "new", "a: 1\n# c\n\nk: new\n"),
    ("a: |+\n  x\n\n", "new", "a: |+\n  x\n\nk: new\n"),
    ("", "new", "k: new\n"),
    ("# c\n", ["a", "b"], "# c\nk:\n  - a\n  - b\n"),
    ("  a: 1\n", ["a"], "  a: 1\n  k:\n    - a\n"),
    ("K: 1\n", "new", "K: 1\nk: new\n"),
    # nothing to do
    ("k: 'same'\n", "same", "k: 'same'\n"),
    ("k: [a, b]\n", ["a", "b"], "k: [a, b]\n"),
    ("k: +1555\n", "+1555", 'k: "+1555"\n'),
    ("k: 1\n", 1.0, "k: 1.0\n"),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("before", "value", "after"), SET)
def test_set_value(newline: str, before: str, value: str | list[str], after: str) -> None:
    assert set_value(note(before, newline), "k", value) == note(after, newline)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Title\r\n", "---\r\nk: new\r\n---\r\n# Title\r\n"),
        ("\ufeff# Title", "\ufeff---\nk: new\n---\n# Title"),
        ("", "---\nk: new\n---\n"),
        ("---\nA rule above.\n", "---\nk: new\n---\n---\nA rule above.\n"),
        ("---\n---", "---\nk: new\n---"),
        ("\ufeff---\r\na: 1\r\n---", "\ufeff---\r\na: 1\r\nk: new\r\n---"),
        ("---\r\na: 1\n---\r\nx", "---\r\na: 1\nk: new\n---\r\nx"),
    ],
)
def test_a_block_is_made_or_added_to(before: str, after: str) -> None:
    assert set_value(before, "k", "new") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("k: 1\n", ""),
        ("a: 1\n# of k\nk: 1 # c\n# of z\nz: 1\n", "a: 1\n# of k\n# of z\nz: 1\n"),
        ("k:\n- a\n- b\n\n# out\nz: 1\n", "\n# out\nz: 1\n"),
        ("k:\n  - a\n  - - b\n    - c # c\n  # out\nz: 1\n", "  # out\nz: 1\n"),
        ("a: 1\nk: |\n  one\n\n\nz: 1\n", "a: 1\n\n\nz: 1\n"),
        ("a: &a 1\nk: *a\n", "a: &a 1\n"),
        ("k:\n# out\nz: 1\n", "# out\nz: 1\n"),
        ("k:\n  x\nz: 1\n", "z: 1\n"),
        ("k: {a: [1,\n  2]}\nz: 1\n", "z: 1\n"),
        ("a: 1\n", "a: 1\n"),
    ],
)
def test_remove_key(before: str, after: str) -> None:
    assert remove_key(note(before), "k") == note(after)


ADD = [
    ("k:\n  - a # c\n\n# out\nz: 1\n", "k:\n  - a # c\n  - new\n\n# out\nz: 1\n"),
    ("k:\n- a\n# in\n- b\nz: 1\n", "k:\n- a\n# in\n- b\n- new\nz: 1\n"),
    ("k: &x # - no\n    - a\n", "k: &x # - no\n    - a\n    - new\n"),
    ("k:\n  - a\n  -\n", "k:\n  - a\n  -\n  - new\n"),
    ("k:\n  - a: 1\n    b: |\n      x\n\nz: 1\n", "k:\n  - a: 1\n    b: |\n      x\n  - new\n\nz: 1\n"),
    ("k: [a, b] # c\n", 'k: [a, b, "new"] # c\n'),
    ("k: [\n  a,\n  b, # c\n]\n", 'k: [\n  a,\n  b, "new", # c\n]\n'),
    ("k: []\n", 'k: ["new"]\n'),
    ("k: old # c\nz: 1\n", "k:\n  - old # c\n  - new\nz: 1\n"),
    ("k: 'it''s'\n", "k:\n  - 'it''s'\n  - new\n"),
    ("k: 007\n", "k:\n  - 007\n  - new\n"),
    ("k: one\n  two\nz: 1\n", "k:\n  - one two\n  - new\nz: 1\n"),
    ("k: |\n  one\n\nz: 1\n", 'k:\n  - "one\\n"\n  - new\n\nz: 1\n'),
    ("k:\n  old # c\nz: 1\n", "k:\n  - old # c\n  - new\nz: 1\n"),
    ("k: [[Jane]]\n", "k:\n  - [[Jane]]\n  - new\n"),
    ("a: &x 1\nk: *x\n", "a: &x 1\nk:\n  - *x\n  - new\n"),
    ("k: # c\nz: 1\n", "k: # c\n  - new\nz: 1\n"),
    ("k: ''\n", "k:\n  - new\n"),
    ("a: 1\n", "a: 1\nk:\n  - new\n"),
    ("k: new # c\n", "k: new # c\n"),
    ("k: [a, 'new']\n", "k: [a, 'new']\n"),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("before", "after"), ADD)
def test_add_item(newline: str, before: str, after: str) -> None:
    assert add_item(note(before, newline), "k", "new") == note(after, newline)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("k: old # c\nz: 1\n", "z: 1\n"),
        ("k:\n  - old\n# out\nz: 1\n", "# out\nz: 1\n"),
        ("k: [old, 'old']\n", ""),
        ("k:\n  - a # 1\n  # in\n  - 'old' # 2\n  - b\n", "k:\n  - a # 1\n  # in\n  - b\n"),
        ("k:\n- old\n- Old\n- old\n", "k:\n- Old\n"),
        ("k:\n  - a\n  - old\n\n# out\n", "k:\n  - a\n\n# out\n"),
        ("k: [a, old, b] # c\n", "k: [a, b] # c\n"),
        ("k: [old, a]\n", "k: [a]\n"),
        ("k: [a, old]\n", "k: [a]\n"),
        ("k: [a, old, old]\n", "k: [a]\n"),
        ("k: [\n  a, # 1\n  old,\n  b\n]\n", "k: [\n  a, # 1\n  b\n]\n"),
        ("k: [\n  a,\n  old\n]\n", "k: [\n  a\n]\n"),
        ("k:\n  - [[Jane]]\n  - old\n", "k:\n  - [[Jane]]\n"),
    ],
)
def test_remove_item(before: str, after: str) -> None:
    assert remove_item(note(before), "k", "old") == note(after)


@pytest.mark.parametrize("inner", ["", "k: Old\n", "k: [a]\n", "k:\n", "k: {old: old}\n"])
def test_an_absent_item_is_bad_input(inner: str) -> None:
    with pytest.raises(BadInput, match="k has no item 'old'"):
        remove_item(note(inner), "k", "old")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, "\ud800", ["a", "\udcff"]])
def test_what_no_note_can_hold_is_bad_input(value: str | float | list[str]) -> None:
    with pytest.raises(BadInput):
        set_value("", "k", value)


@pytest.mark.parametrize("key", ["", " ", "a\nb", "x" * 500, "\ud800"])
def test_a_key_that_no_note_can_hold_is_bad_input(key: str) -> None:
    with pytest.raises(BadInput):
        set_value("", key, "x")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\nk: 1\nk: 2\n---\n", r"People/J.md:3: duplicate key `k`.*; keep one"),
        ("---\nk: 1\n", r"People/J.md:1: front matter opened on line 1 is never closed; add a line"),
        (note("a: 1\nk: &x old\nz: *x\n"), r"People/J.md:3: `k` stands in a form"),
        (note("? k\n: old\n"), "by hand"),
        (note("k: [&x a, *x]\n"), "by hand"),
        (note("k: {a: b}\n"), "`k` holds a nested map"),
        (note("z: &x\n  - old\nk: *x\n"), "by hand"),
    ],
)
def test_what_cannot_be_changed_surely_is_left(text: str, message: str) -> None:
    with pytest.raises(UnsafeNote, match=message):
        for changed in (
            add_item(text, "k", "new", "People/J.md"),
            set_value(text, "k", "new", "People/J.md"),
        ):
            assert changed != text
