"""Properties of every change of front matter: which bytes it keeps, and that no doubtful text comes out."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import assume, given
from hypothesis import strategies as st

from vaultkeeper.errors import BadInput, UnsafeNote
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.front_matter_edit import add_item, remove_item, remove_key, set_value
from vaultkeeper.notes.yaml_scalar import written

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = TEXT | st.integers() | st.floats(-1e299, 1e299) | st.lists(TEXT, min_size=1)

SCALARS = [
    "old",
    "'o ''k'",
    '"😀 #"',
    "12:30",
    "01234",
    "&x v",
    "!!str 5",
    "a\n  b",
    "'a\n\n  b'",
    "[[Jane]]",
]
LISTS = [
    "[a, 'b']",
    "[\n  a, # c\n  b\n ]",
    "\n- a\n- b",
    "\n  # c\n  - a\n\n  - 'b' # c",
    " &y\n   - a",
    "[]",
]
OTHERS = ["|\n  a\n\n   # b", ">-\n  a\n  b", "{a: [1]}", "\n  a:\n    - b", "\n  - - a"]
ALL = [*SCALARS, *LISTS, *OTHERS]


@dataclass(frozen=True)
class Sample:
    """A note whose key `k` has `source` as its value: `tail` is the rest of its line."""

    before: str
    head: str
    source: str
    tail: str
    after: str

    @property
    def text(self) -> str:
        return self.before + self.head + self.source + self.tail + self.after


@st.composite
def samples(draw: st.DrawFn, sources: list[str]) -> Sample:
    def one_of(*options: str) -> str:
        return draw(st.sampled_from(options))

    def pair(key: str, source: str) -> tuple[str, str]:
        return (f"{key}:" if source[0] == "\n" else f"{key}: "), source

    def around(key: str) -> str:
        filler = "".join(draw(st.lists(st.sampled_from(["\n", "# c: 😀\n", " # é\n"]), max_size=2)))
        other = "".join(pair(key, one_of(*(source for source in ALL if "&" not in source))))
        return filler + one_of("", f"{other}\n", f"{other}\n\n# c\n")

    before = one_of("", "\ufeff") + "---\n" + around("a")
    head, source = pair(one_of("k", '"k"', "'k'"), one_of(*sources))
    tail = one_of("\n", " # c\n") if source in SCALARS + LISTS[:2] else "\n"
    end = one_of("---", "--- ", "---\n")
    body = draw(TEXT) if end.endswith("\n") else ""
    newline = one_of("\n", "\r\n")
    ready = [part.replace("\n", newline) for part in (before, head, source, tail, around("z") + end)]
    return Sample(ready[0], ready[1], ready[2], ready[3], ready[4] + body)


def items(text: str) -> tuple[str, ...]:
    return parse(text, "")[0].texts["k"]


@given(samples(SCALARS + LISTS[:2]), TEXT | st.integers())
def test_a_scalar_is_replaced_alone(sample: Sample, value: str | int) -> None:
    same = value == parse(sample.text, "")[0].properties["k"]
    middle = sample.source if same else written(value)
    new = set_value(sample.text, "k", value)
    assert new == sample.before + sample.head + middle + sample.tail + sample.after


@given(samples(ALL), VALUES)
def test_a_value_set_is_read_and_all_around_it_stays(sample: Sample, value: str | float | list[str]) -> None:
    new = set_value(sample.text, "k", value)
    assert parse(new, "")[0].properties["k"] == value
    assert new.startswith(sample.before) and new.endswith(sample.after)


@given(samples(ALL))
def test_a_removed_key_takes_its_lines_alone(sample: Sample) -> None:
    assert remove_key(sample.text, "k") == sample.before + sample.after


@given(samples(ALL), VALUES)
def test_an_added_key_taken_out_gives_the_original(sample: Sample, value: str | float | list[str]) -> None:
    new = set_value(sample.text, "new", value)
    assert parse(new, "")[0].properties["new"] == value
    assert remove_key(new, "new") == sample.text


@given(TEXT.map(lambda text: text.replace("---", "")), VALUES)
def test_an_added_block_stands_above_the_whole_text(text: str, value: str | float | list[str]) -> None:
    new = set_value(text, "new", value)
    found = parse(new, "")[0]
    assert found.properties == {"new": value}
    assert new[found.body :] == text.removeprefix("\ufeff")
    assert new.startswith("\ufeff") is text.startswith("\ufeff")


@given(samples(LISTS[:-1]), TEXT.filter(bool))
def test_an_item_added_and_removed_gives_the_original(sample: Sample, value: str) -> None:
    old = items(sample.text)
    assume(value not in old)
    new = add_item(sample.text, "k", value)
    assert items(new) == (*old, value)
    assert remove_item(new, "k", value) == sample.text


PIECES = [
    *"\n\r\t\x85\u2028\ufeff :#[]{},'\"|>?!*&ab1😀",
    "\r\n",
    "---",
    "!!str ",
    "\n  ",
    "\n- ",
    "\nk: ",
    "\nz: ",
]
PILES = st.lists(st.sampled_from(PIECES)).map("".join)
ANY_TEXT = (
    TEXT | PILES | PILES.map("---\na: 1\nk: {}\n---\n".format) | PILES.map("---\na: 1\nk:{}---\n".format)
)
EDITS: list[Callable[[str, str, str], str]] = [set_value, add_item, remove_item]
EDITS.append(lambda text, key, _: remove_key(text, key))


@given(ANY_TEXT, st.sampled_from("akz"), TEXT, st.sampled_from(EDITS))
def test_any_text_is_changed_as_asked_or_not_at_all(
    text: str, key: str, value: str, edit: Callable[[str, str, str], str]
) -> None:
    try:
        new = edit(text, key, value)
    except (UnsafeNote, BadInput):
        return
    old, (found, problems) = parse(text, "")[0], parse(new, "")
    assert problems == ()
    assert new[found.body :] == text[old.body :]
    assert [k for k in found.properties if k != key] == [k for k in old.properties if k != key]
    if edit is set_value:
        assert found.properties[key] == value
