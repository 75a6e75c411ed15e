"""Notes, names and settings that somebody made to do harm: each costs little, is named, and the rest is done.

The program runs as a process of its own with 200 MB for its data, and must end in time. The time is generous: what
is looked for is a cost that grows with the square of a note's length, and that takes minutes.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import VaultFolder
from vaultkeeper.config import MAX_CHARS, parse_config
from vaultkeeper.domain.channel import DIRECTIONS
from vaultkeeper.errors import ConfigError
from vaultkeeper.notes.dated import read_dated
from vaultkeeper.notes.generated import digest_of
from vaultkeeper.notes.moment import day_of_path
from vaultkeeper.notes.note import read_note
from vaultkeeper.notes.outline import outline
from vaultkeeper.notes.reading import Reading
from vaultkeeper.notes.relink import relink
from vaultkeeper.notes.ticks import read_ticks

MEMORY = 200 * 1024**2
TIMEOUT = 20
MB = 1024**2
SIZE = 200_000
DAY = date(2026, 11, 20)
FM = "---\n{}\n---\n"
_RUN = """
import sys
if sys.platform != "win32":
    import resource
    resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv.pop(1)), resource.RLIM_INFINITY))
sys.argv[0] = "vk"
from vaultkeeper.cli.main import main
main()
"""


def run_bounded(vault: VaultFolder, *args: str) -> subprocess.CompletedProcess[str]:
    where = ["--vault", str(vault.root), "--today", "2026-11-23"]
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(MEMORY), *where, *args],
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )
    assert "Traceback" not in done.stderr and "something went wrong" not in done.stderr, done.stderr
    return done


_BOMB = "a: &a [x,x,x,x,x,x,x,x]\n" + "\n".join(
    f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]"
    for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
_LONG = "x" * 20_000
# name → (path, text, what doctor says of it; "" where it is read as any other)
NOTES: dict[str, tuple[str, str, str]] = {
    "alias bomb": ("People/X.md", FM.format(_BOMB), "expand to more than 10000"),
    "alias bomb of text": (
        "People/X.md",
        FM.format(f"a: &a {_LONG}\nb: [{'*a, ' * 20_000}]"),
        "expand to more than 10000",
    ),
    "alias bomb of keys": (
        "People/X.md",
        FM.format(f"a: &a [{_LONG}]\nb:\n" + "- {? *a : 1}\n" * 7_000),
        "expand to more than 10000",
    ),
    "alias of itself": ("People/X.md", FM.format("a: &a [*a, *a]"), "nested deeper"),
    "python tag": ("People/X.md", FM.format("a: !!python/object/apply:os.system [x]"), "tag"),
    "own tag": ("People/X.md", FM.format("a: !x 1"), "tag"),
    "deep list": ("People/X.md", FM.format("a: " + "[" * 20_000), "nested deeper"),
    "deep map": ("People/X.md", FM.format("a: " + "{a: " * 20_000), "nested deeper"),
    "deep blocks": ("People/X.md", FM.format("- " * 20_000 + "x"), "nested deeper"),
    "tag directives": ("People/X.md", FM.format("".join(f"%TAG !{i}! a\n" for i in range(15_000))), ""),
    "30 MB": ("People/X.md", "x" * (30 * MB), "too large for a note"),
    "8 MB of lines": ("People/X.md", "## Log\n" + "\n" * (7 * MB), "too many lines"),
    "1 MB in front matter": ("People/X.md", FM.format("a: " + "x" * MB), "longer than 128 KB"),
    "1 MB in the log": (
        "People/X.md",
        "## Log\n- 2026-11-20 call: " + "a [[b]] " * (MB // 8),
        "too many links",
    ),
    "1 MB of people": (
        "People/X.md",
        f"## Log\n- 2026-11-20 call with {'[[b]], ' * (MB // 7)}[[c]]: x",
        "too many links",
    ),
    "a task of many fields": ("People/X.md", "- [ ] x " + "📅 2026-01-01 " * 60_000, "characters"),
    "a task of many words": ("People/X.md", "- [ ] x " + "(due:: x) " * 100_000, "x is no date"),
    "1 MB of a person's names": (
        "People/X.md",
        FM.format(f'name: "{"a [b](c) " * 12_000}"'),
        "name: names of over 200",
    ),
    "thousands of other names": (
        "People/X.md",
        FM.format("aliases:" + "".join(f"\n- A {number}" for number in range(9_000))),
        "or more than 100",
    ),
    "1 MB of tags after a task": ("People/X.md", "- [ ] x" + " #a" * (MB // 3), "a line of 1,048,"),
    "more entries than anybody has": (
        "People/X.md",
        "## Log\n" + "- 2026-11-20 call: x\n" * 20_001,
        "too many lines",
    ),
    "1 MB of ticks": (
        "Keep in touch/Due this week.md",
        "---\ngenerated_by: vaultkeeper\n---\n" + "- [x] [[Jane]]\n" * (MB // 15),
        "too many lines",
    ),
    "100,000 links in a diary": ("2026-11-20.md", "coffee x " + "[[a]] and " * 100_000, ""),
    "links far apart": ("2026-11-20.md", f"coffee with [[a]]{' ' * MB}[[b]]", ""),
    "a verb far off": ("2026-11-20.md", f"{'met ' * 250_000} [[a]]", ""),
    "entries that go on": ("2026-11-20.md", "called [[a]]\n" + "  x\n" * 250_000, ""),
}


@pytest.mark.parametrize("name", NOTES)
def test_a_hostile_note_costs_little_and_the_rest_is_done(vault: VaultFolder, name: str) -> None:
    path, text, said = NOTES[name]
    vault.write("People/Jane.md", "## Log\n- 2026-11-01 call: hello\n")
    vault.write(path, text)
    done = run_bounded(vault, "index")
    assert (vault.root / "Keep in touch/Due this week.md").exists()
    problems = [line for line in done.stderr.splitlines() if line.startswith(f"{path}:")]
    problems = [line for line in problems if "has no note yet" not in line]
    assert bool(problems) == bool(said) or name == "tag directives", done.stderr
    assert not said or any(said in problem for problem in problems)
    kept = [file.read_text() for file in vault.root.glob("Keep in touch/Kept/*")]
    assert text in (vault.read(path).decode(), *kept)
    assert json.loads(run_bounded(vault, "show", "Jane", "--json").stdout)["last_contact"] == "2026-11-01"


NAMES = (
    *("a\nb", "a\tb", "a]]b", "[[a", "a|b", "a#b", "a^b", "[x](javascript:alert(1))", "javascript:alert(1)"),
    *(
        "\x1b[31mred",
        "\x07bell",
        "\u202egnp.exe",
        "\u2066x",
        "\u200f",
        "a\u2028b",
        "<script>alert(1)<",
        "%%a",
    ),
    *("a`b", "-rf", "--help", "{{ 7*7 }}", "{% x %}", "a\\b", '"a"', "'a'", "a:b", "é" * 100),
)


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_hostile_names(vault: VaultFolder) -> None:
    for number, name in enumerate(NAMES):
        vault.write(f"People/{name}.md", f"---\ntier: A\nx: {number}\n---\n- [ ] write to them\n")
    outputs = [vault.run(*args) for args in (("index",), ("due",), ("list",), ("doctor",), ("due", "--json"))]
    outputs += [vault.run(*args, terminal="out err") for args in (("due",), ("list",), ("search", "write"))]
    for shown in outputs:
        for said in (shown.out, shown.err):
            assert "\x07" not in said and "\x1b[31m" not in said and "\u202e" not in said.replace('"', ""), (
                said
            )
    listed = vault.json("list")
    people = {row["path"] for row in listed["contacts"]}
    assert people == {f"People/{name}.md" for name in NAMES}
    due = vault.read("Keep in touch/Due this week.md").decode()
    assert "](javascript:" not in due and "<script" not in due.replace("\\<", "")
    page = vault.ok("report", "--html", "-").out
    assert "<script>alert(1)" not in page


def _read_dated(text: str) -> object:
    return read_dated(outline(text), "2026-11-20.md", DAY, Reading().diary)


READERS: dict[str, Callable[[str], object]] = {
    "dated": _read_dated,
    "ticks": lambda text: read_ticks(text, "", None, DIRECTIONS),
    "known ticks": lambda text: read_ticks(text, "", "- [ ] [[A]]: x\n- [ ] ", DIRECTIONS),
    "relink": lambda text: relink(text, lambda _: True, "People/New name.md", 1),
    "note": lambda text: read_note(text, "People/X.md", Reading()),
}
UNITS = (
    *("`", "`a", "``a`", " ", "\t", "\n", "[", "[[a]]", "[[a]] and ", "[a](b)", "[a](", "call ", "call a: "),
    *(
        "call with [[a]] ",
        "coffee x [[A]] ",
        "with ",
        "met ",
        "✅",
        " ✅",
        "✅ 2026-01-01 ",
        "- [x] [[A]]: x\n",
    ),
    *("  - [x] a\n", "  a\n", "nn", "n't ", "#", " #", "a: ", "\u00a0", "> ", "2026-01-01 "),
)
STARTS = ("", "coffee ", "called [[A]]", "- [x] [[A]]: ")


@pytest.mark.parametrize("reader", READERS)
def test_no_reader_takes_a_long_line_its_length_squared(reader: str) -> None:
    for unit in UNITS:
        for start in STARTS:
            READERS[reader](start + unit * (SIZE // 4 // len(unit)) + "[")


def test_backticks_of_every_length() -> None:
    line = " ".join("`" * length for length in range(1, 600)) + " [[Old]]"
    assert relink(line, lambda _: True, "People/New.md", 1).endswith("[[New]]")
    line = "`[[Old]]` ``[[Old]] ` [[Old]]`` [[Old]]"
    assert relink(line, lambda _: True, "People/New.md", 1) == "`[[Old]]` ``[[Old]] ` [[Old]]`` [[New]]"


def test_a_format_of_dates_with_too_many_ways() -> None:
    assert day_of_path("1" * 200 + "x.md", "", "E" * 60) is None
    assert day_of_path("1" * 200 + "x.md", "", "DMQWw" * 40) is None
    assert day_of_path("20.11.2026.md", "", "D.M.YYYY") == DAY


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*$", "a?" * 40 + "a" * 40 + "$", "a*a*a*a*b", "(", "a" * 2000]
)
def test_a_filter_of_obsidians_that_takes_for_ever_is_not_used(vault: VaultFolder, pattern: str) -> None:
    vault.write(
        ".obsidian/app.json", json.dumps({"userIgnoreFilters": [f"/{pattern}/", "/^Old\\/.*\\.md$/"]})
    )
    for folder in ("People", "Old"):
        vault.write(f"{folder}/{'a' * 200}.md", "---\ntype: contact\n---\n")
    done = run_bounded(vault, "doctor")
    assert ".obsidian/app.json:1: userIgnoreFilters" in done.stdout + done.stderr
    assert len(vault.json("list")["contacts"]) == 1


CONFIGS: tuple[tuple[str, str], ...] = (
    *(
        (f'[generated]\nfolder = "{path}"', "outside the vault")
        for path in ("/tmp", "../x", "a/../../x", "~/x", "C:/x")
    ),
    *(
        (f'[contacts]\nfolders = ["{path}"]', "outside the vault")
        for path in ("/", "..", "a/..", "\\\\\\\\host")
    ),
    ('[me]\nnews = "../News.md"', "outside the vault"),
    ('[events]\nfolder = "/etc"', "outside the vault"),
    ('[daily_notes]\nfolder = "../.."', "outside the vault"),
    ("a = " + "[" * 20_000, ""),
    ("x" * (MAX_CHARS + 1), "longer than"),
    (f"[{' ' * 100_000}\nx = 1", ""),
    (f"x = {'a' * 100_000}", ""),
)


@pytest.mark.parametrize(("text", "said"), CONFIGS, ids=[text[:40] for text, _ in CONFIGS])
def test_a_hostile_config_is_refused(vault: VaultFolder, text: str, said: str) -> None:
    vault.write("vaultkeeper.toml", text)
    before = vault.snapshot()
    done = run_bounded(vault, "index")
    assert done.returncode == 1
    assert done.stderr.startswith("vk: vaultkeeper.toml:") and said in done.stderr
    assert vault.snapshot() == before


def test_thousands_of_unknown_keys(vault: VaultFolder) -> None:
    vault.write("vaultkeeper.toml", "".join(f"key{i} = 1\n" for i in range(15_000)))
    assert run_bounded(vault, "index").stderr.count("unknown key") == 20


@pytest.mark.skipif(os.name == "nt", reason="links and pipes")
def test_nothing_is_written_through_a_link_out_of_the_vault(vault: VaultFolder, tmp_path: Path) -> None:
    outside = VaultFolder(tmp_path / "outside")
    outside.write("Jane.md", "## Log\n")
    outside.write("People/Joe.md", "## Log\n")
    outside.write("made/x", "")
    before = outside.snapshot()
    vault.write("People/Ann.md", "")
    (vault.root / "People/Jane.md").symlink_to(outside.root / "Jane.md")
    (vault.root / "People/More").symlink_to(outside.root / "People")
    (vault.root / "Keep in touch").symlink_to(outside.root / "made")
    (vault.root / "Templates").symlink_to(outside.root / "made")
    for args in (
        ("log", "Jane", "-m", "call: x"),
        ("log", "Joe", "-m", "call: x"),
        ("set", "Jane", "tier=A"),
        ("snooze", "Joe", "2w"),
        ("templates", "eject", "contact.md"),
    ):
        done = vault.run(*args)
        assert done.code in (1, 5) and "out of the vault" in done.err, done
    assert "leads out of the vault" in vault.run("index").err
    assert vault.run("log", "Ann", "-m", "call: x").code == 0
    assert outside.snapshot() == before


@pytest.mark.skipif(os.name == "nt", reason="pipes")
def test_settings_that_are_no_settings(vault: VaultFolder) -> None:
    vault.write("People/Ann.md", "")
    vault.write(".obsidian/daily-notes.json", "[" * 100_000)
    os.mkfifo(vault.root / ".obsidian/app.json")
    assert run_bounded(vault, "list").returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="a module on the path")
def test_a_vault_brings_along_no_modules(vault: VaultFolder) -> None:
    for name in ("yaml", "jinja2", "click", "frontmatter", "sqlite3"):
        vault.write(f"{name}.py", "import pathlib\npathlib.Path('ran').touch()\n")
    vault.write("People/Ann.md", "---\ntier: 'A'\n---\n")  # in quotes, so that YAML is read
    vault.write("Templates/vaultkeeper/review.md", "mine")
    done = subprocess.run(
        [sys.executable, "-m", "vaultkeeper", "index"], cwd=vault.root, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not (vault.root / "ran").exists()


_PIECES = st.sampled_from(
    [
        *(
            "---\n",
            "\n",
            "\r\n",
            "## Log\n",
            "- ",
            "- [ ] ",
            "- [x] ",
            "2026-11-20 ",
            "call ",
            "with ",
            "[[",
            "]]",
        ),
        *(
            "[[A]]",
            "|",
            "`",
            "```\n",
            ": ",
            "#",
            "  ",
            "📅 ",
            "✅ ",
            "a: ",
            "&a ",
            "*a ",
            "!x ",
            "[",
            "]",
            "{",
            "}",
        ),
        *(
            "\ufeff",
            "\0",
            "<<<<<<< a\n",
            "=======\n",
            ">>>>>>> b\n",
            "type: contact\n",
            "birthday: ",
            "0000-00-00",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.one_of(_PIECES, st.text(max_size=3)), max_size=40).map("".join)
)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_reading_never_raises(text: str) -> None:
    for path in ("People/X.md", "2026-11-20.md", "Events/X.md", "Me/News.md", "a.md"):
        read_note(text, path, Reading(tags=("person",)))
    read_ticks(text, digest_of(text), None, DIRECTIONS)
    read_ticks(text, "", text[:50], DIRECTIONS)
    assert relink(text, lambda _: False, "People/New.md", 1) == text
    relink(text, lambda _: True, "People/New.md", 2)


@given(
    st.one_of(TEXTS, st.lists(st.sampled_from([*"[]{}=.\"'\n#, x1", "tiers", "log", "A", "4w"])).map("".join))
)
@settings(max_examples=300, deadline=None)
def test_a_config_is_read_or_refused_by_its_line(text: str) -> None:
    try:
        parse_config(text)
    except ConfigError as error:
        assert str(error).startswith("vaultkeeper.toml:")
