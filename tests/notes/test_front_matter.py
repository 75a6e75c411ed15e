"""Where front matter is and what it says."""

import subprocess
import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vaultkeeper.notes import yaml_core
from vaultkeeper.notes.front_matter import FrontMatter, parse, split
from vaultkeeper.notes.yaml_core import Value


def block(*lines: str, newline: str = "\n") -> str:
    return newline.join(("---", *lines, "---", "# Body", ""))


def read(*lines: str) -> FrontMatter:
    found, problems = parse(block(*lines), "a.md")
    assert problems == ()
    return found


@pytest.fixture(params=["libyaml", "pure Python"])
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure Python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    yaml_core._loader.cache_clear()
    request.addfinalizer(yaml_core._loader.cache_clear)


with_and_without_libyaml = pytest.mark.usefixtures("_loader")

TYPES: list[tuple[str, Value]] = [
    ("", None),
    ("no", "no"),
    ("12:30", "12:30"),
    ("01234", 1234),
    ("1e3", 1000.0),
    ("2026-11-20", "2026-11-20"),
    ('"12"', "12"),
    ("'it''s'", "it's"),
    ('"caf\\u00e9 😀"', "café 😀"),
    ("!!str 5", "5"),
    ("!!int '5'", 5),
    ("!!float 5", 5.0),
    ("!!bool 'true'", True),
    ("!!null ''", None),
    ("!!seq [a]", ["a"]),
    ("!!map {a: no}", {"a": "no"}),
    ("[a, 1, no, [b]]", ["a", 1, "no", ["b"]]),
    ("{no: 12:30, 12: x}", {"no": "12:30", "12": "x"}),
    ("{{date}}", {"{date}": None}),
    ("a\u2028b", "a\u2028b"),
    ('"a\x85b"', "a\x85b"),
]


@with_and_without_libyaml
@pytest.mark.parametrize(("source", "value"), TYPES)
def test_types_are_those_of_yaml_1_2_core(source: str, value: Value) -> None:
    found = read(f"key: {source}").properties
    assert repr(found) == repr({"key": value})


@with_and_without_libyaml
def test_keys_are_text_as_written() -> None:
    keys = ["no", "12", "on", "~", "2026-01-02", "Name", "name", "<<", "=", "a b", "😀"]
    found = read(*(f"{key}: 1" for key in keys), '"yes": 1', "[[Jane]]: 1")
    assert list(found.properties) == [*keys, "yes", "[[Jane]]"]
    assert list(found.lines.values()) == list(range(2, 15))


@with_and_without_libyaml
def test_texts_are_the_scalars_as_written() -> None:
    found = read(
        "phone: +1555",
        "zip: '01234'",
        "tags: [a, 007, ~, '', '~']",
        "aliases:",
        "  - JD # short",
        "",
        "  # a comment",
        "  - yes",
        "  -",
        "  - [[Sam Lee|Sammy]]",
        "empty:",
        "none: null",
        "blank: ''",
        "nested: {a: b}",
        "met_at: [[Smith, John]]",
        "bio: |",
        "  one",
        "  two",
        "why: a",
        "  b",
    )
    assert found.texts == {
        "phone": ("+1555",),
        "zip": ("01234",),
        "tags": ("a", "007", "~"),
        "aliases": ("JD", "yes", "[[Sam Lee|Sammy]]"),
        "empty": (),
        "none": (),
        "blank": (),
        "met_at": ("[[Smith, John]]",),
        "bio": ("one\ntwo\n",),
        "why": ("a b",),
    }
    assert found.item_lines["aliases"] == (6, 9, 11)
    assert found.item_lines["tags"] == (4, 4, 4)
    assert found.lines["empty"] == 12
    assert found.item_lines["bio"] == (17,)


@with_and_without_libyaml
def test_an_alias_is_read_on_its_own_line() -> None:
    found = read("a: &x [p]", "b: *x", "c: &y q", "d: [*y]")
    assert found.properties == {"a": ["p"], "b": ["p"], "c": "q", "d": ["q"]}
    assert found.item_lines == {"a": (2,), "b": (3,), "c": (4,), "d": (5,)}


@with_and_without_libyaml
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_spans_under_bom_crlf_and_emoji(bom: str, newline: str) -> None:
    text = bom + block("😀: 😀 é", "b: [x]", newline=newline)
    where = split(text)
    assert text[where.start : where.end] == f"😀: 😀 é{newline}b: [x]{newline}"
    assert text[where.body :] == f"# Body{newline}"
    found, problems = parse(text, "a.md")
    assert (found.properties, problems) == ({"😀": "😀 é", "b": ["x"]}, ())
    assert (found.lines, found.body) == ({"😀": 2, "b": 3}, where.body)


@pytest.mark.parametrize(
    ("text", "inner", "body"),
    [
        ("---\n---\n", "", ""),
        ("---\n---", "", ""),
        ("---  \na: 1\n---\t\nx", "a: 1\n", "x"),
        ("---\n# note\n\n---\nx", "# note\n\n", "x"),
        ("---\n\n \n---\nx", "\n \n", "x"),
        ("---\r\na: 1\r\n---", "a: 1\r\n", ""),
        ("---\na: 1\n----\nb: 2\n---\nx\n---\n", "a: 1\n----\nb: 2\n", "x\n---\n"),
        ("---\n{a: 1}\n---\nx", "{a: 1}\n", "x"),
        ("---\n- a\n---\nx", "- a\n", "x"),
    ],
)
def test_front_matter_is_there(text: str, inner: str, body: str) -> None:
    found = split(text)
    assert found.present and not found.unclosed
    assert (text[found.start : found.end], text[found.body :]) == (inner, body)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Title\n---\na: 1\n---\n",
        "\n---\na: 1\n---\n",
        " ---\na: 1\n---\n",
        "---",
        "---\n",
        "----\na: 1\n----\n",
        "---\ra: 1\r---\r",
        "--- a: 1\n---\n",
        "---\nJust a rule above.\n",
        "---\n\nNote: a paragraph.\n",
        "---\nProse between rules,\nof two lines\n---\n",
        "---\n*bold* prose, see http://x.y\n---\n",
        "---\nIntro\n- a\n- b\n---\n",
        '---\n"A quotation"\n---\n',
        "---\nTitle\n=======\n---\n",
        "---\n- [ ] a task\n- [x] another\n---\n",
        "---\n" + "prose\n" * 100_000 + "---\n",
    ],
)
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_no_front_matter(text: str, bom: str) -> None:
    found, problems = parse(bom + text, "a.md")
    assert (found, problems) == (FrontMatter(body=len(bom)), ())
    assert not split(bom + text).present


PROBLEMS: list[tuple[str, int, str]] = [
    ("---\nname: J\n\n# Body\n", 1, "front matter opened on line 1 is never closed"),
    ("---\n'my name': J", 1, "never closed"),
    ("---\n- a\n- b\n---\n", 2, "is a list"),
    ("---\na: 1\nb: 2\n\na: 3\n---\n", 5, "duplicate key `a` in the front matter, on lines 2 and 5"),
    ("---\na:\n  b: 1\n  b: 2\n---\n", 4, "duplicate key `b` in the front matter, on lines 3 and 4"),
    ("---\n{a: 1, a: 2}\n---\n", 2, "twice on line 2"),
    ("---\na: x\n\tb: c\n---\n", 3, "bad YAML in the front matter: found a tab where"),
    ("---\r\na:\r\n\t- x\r\n---\r\n", 3, "found a tab where indentation is expected"),
    ("---\na: 1\nb: Jane: the boss\n---\n", 3, "found `: ` inside a value"),
    ("---\na: 1\nfoo\nb: 2\n---\n", 3, "no `key: value`"),
    ("---\na: 1\nb: @jane\n---\n", 3, "must be quoted"),
    ("---\na: *bold*\n---\n", 2, "must be quoted"),
    ("---\na: *nobody\n---\n", 2, "begins with `*`"),
    ("---\na: > quote\n---\n", 2, "begins with `>`"),
    ("---\na: 1\nb: [x, y\nc: 2\n---\n", 3, "never closed"),
    ('---\na: 1\nb: "x\nc: 2\n---\n', 3, "quote that is never closed"),
    ('---\na: "\\d"\n---\n', 2, "unknown escape"),
    ('---\na: 1\nb: "x" y\n---\n', 3, "other than `key: value`"),
    ("---\na: x\x07\n---\n", 2, "control character U+0007"),
    ("---\na: 1\nb: \ud800\n---\n", 3, "U+D800"),
    ("---\n\ufeffa: 1\n---\n", 2, "byte order mark"),
    ("---\na: 1\n--- x\nb: 1\n---\n", 3, "second document"),
    ("---\na: 1\nb: !!python/object/apply:os.system [ls]\n---\n", 3, "!!python/object/apply:os.system"),
    ("---\n!!python/name:os.system {a: 1}\n---\n", 2, "tag"),
    ("---\na: !foo x\n---\n", 2, "the tag `!foo`"),
    ("---\na: !!int x\n---\n", 2, "the tag `!!int`"),
    ("---\na: !!timestamp 2026-01-01\n---\n", 2, "tag"),
    ("---\na: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> theirs\n---\n", 3, "git conflict markers"),
    ("---\na: 1\n=======\nb: 2\n---\n", 3, "git conflict markers"),
    ("---\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> theirs\n---\n", 2, "git conflict markers"),
    ("<<<<<<< HEAD\n---\na: 1\n---\n", 1, "git conflict markers"),
    ("---\n" + "[" * 20_000 + "\n---\n", 2, "deeper than 50"),
    ("---\na: 1\nb: " + "{" * 20_000 + "\n---\n", 3, "deeper than 50"),
    ("---\na:\n  " + "- " * 20_000 + "\n---\n", 3, "deeper than 50"),
    ("---\n" + "? " * 20_000 + "\n---\n", 2, "deeper than 50"),
    ("---\n" + "".join(f"{' ' * n}a:\n" for n in range(450)) + "---\n", 51, "deeper than 50"),
    ("---\na: &a [x, *a]\n---\n", 2, "deeper than 50"),
    ("---\na: 1\n" + "".join(f"k{n}: value\n" for n in range(30_000)) + "---\n", 1, "longer than 128 KB"),
]


@with_and_without_libyaml
@pytest.mark.parametrize(("text", "line", "message"), PROBLEMS, ids=[p[0][4:30] for p in PROBLEMS])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_problems_name_the_note_s_line(bom: str, text: str, line: int, message: str) -> None:
    found, (problem,) = parse(bom + text, "People/J.md")
    assert message in problem.message
    assert (problem.path, problem.line, problem.unsafe) == ("People/J.md", line, True)
    assert problem.mend
    assert found == FrontMatter(body=split(bom + text).body)


@with_and_without_libyaml
def test_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 20)]
    _, (problem,) = parse(block(*lines), "a.md")
    assert problem.unsafe and "expand to more than 10000" in problem.message


def test_what_is_within_the_limits_is_read() -> None:
    found = read("tags:", *("- x" for _ in range(20_000)), "deep: " + "[" * 49 + "]" * 49)
    assert len(found.texts["tags"]) == 20_000


def test_a_body_is_found_behind_bad_yaml() -> None:
    text = block("a: b: c")
    assert text[parse(text, "a.md")[0].body :] == "# Body\n"


def test_importing_it_imports_neither_yaml_nor_frontmatter() -> None:
    code = "import sys, vaultkeeper.notes.front_matter_edit; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert "vaultkeeper.notes.front_matter" in loaded
    assert not {"yaml", "frontmatter"} & set(loaded)


PIECES = st.sampled_from(
    [
        *"\n\r\t\x00\x85\u2028\ufeff :#[]{},'\"|>?!*&ab1😀",
        "---",
        "\r\n",
        "- ",
        "a: ",
        "!!int",
        "<<<<<<< ",
        "=======",
    ]
)
ANY_TEXT = st.one_of(
    st.text(),
    st.lists(PIECES).map("".join),
    st.lists(PIECES).map(lambda pieces: f"---\na: 1\n{''.join(pieces)}\n---\n"),
)


@given(ANY_TEXT)
def test_any_text_is_read(text: str) -> None:
    found, problems = parse(text, "a.md")
    where = split(text)
    assert 0 <= where.start <= where.end <= where.body == found.body <= len(text)
    assert all(problem.unsafe for problem in problems)
    assert not (problems and found.properties)
    assert found.lines.keys() == found.properties.keys() >= found.texts.keys()
    assert {k: len(v) for k, v in found.texts.items()} == {k: len(v) for k, v in found.item_lines.items()}
