"""Bad input, each kind: a clear message with path and line, nothing lost, the rest done (issue 2)."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import VaultFolder

BAD, GOOD = "People/Bad Note.md", "People/Good Note.md"
LOG = "## Log\n- 2026-11-01 call: hello\n"

# Text of the note → (line, words of the message)
UNSAFE: dict[str, tuple[str | bytes, int, str]] = {
    "unclosed front matter": (f"---\ntier: A\n\n{LOG}", 1, "never closed"),
    "unclosed quote": (f'---\ntier: "A\n---\n{LOG}', 2, ""),
    "unclosed list": (f"---\ntags: [a, b\n---\n{LOG}", 2, ""),
    "duplicate keys": (f"---\ntier: A\nemail: x\ntier: B\n---\n{LOG}", 4, "duplicate key `tier`"),
    "a tab": (f"---\ntags:\n\t- a\n---\n{LOG}", 3, "tab"),
    "a list": (f"---\n- a\n- b\n---\n{LOG}", 2, "is a list"),
    "a stray text": (f"---\ntier: A\nwhat is this\n---\n{LOG}", 3, ""),
    "conflict markers": (f"---\ntier: A\n---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n{LOG}", 4, "conflict"),
    "conflict in front matter": (
        f"---\n<<<<<<< HEAD\ntier: A\n=======\ntier: B\n>>>>>>> x\n---\n{LOG}",
        2,
        "conflict",
    ),
    "not UTF-8": (f"---\ncompany: Café\n---\n{LOG}".encode("latin-1"), 2, "not UTF-8"),
    "UTF-16": (f"---\ntier: A\n---\n{LOG}".encode("utf-16"), 1, "not UTF-8"),
    "cut in a letter": ("---\ntier: A\n---\n\nZoë".encode()[:-1], 5, "not UTF-8"),
    "30 MB": (b"x" * 30_000_000, 1, "28.6 MB is too large for a note"),
}
# … that the rest of the note can be trusted of
SAFE: dict[str, tuple[str, int, str]] = {
    "no such day": (
        f"---\nbirthday: 1990-02-30\n---\n{LOG}",
        2,
        "birthday: '1990-02-30': there is no such day",
    ),
    "no date": (f"---\ntier: A\nmet: in spring\n---\n{LOG}", 3, "met: 'in spring' is not a date"),
    "an unknown tier": (f"---\ntier: Z\n---\n{LOG}", 2, "unknown tier 'Z'; the config has A, B, C, D"),
    "an unknown status": (f"---\nstatus: gone\n---\n{LOG}", 2, "status: 'gone' is not one of active"),
    "no duration": (f"---\ncadence: sometimes\n---\n{LOG}", 2, "cadence: 'sometimes' is not a duration"),
    "no number": (f"---\ngoal_fit: much\n---\n{LOG}", 2, "goal_fit: 'much' is not a number from 0 to 3"),
    "a special date": (f"---\nspecial_dates:\n  - 05-17 x\n  - 13-32 y\n---\n{LOG}", 4, "'13-32 y'"),
    "an entry on no day": (f"{LOG}- 2026-02-30 call: x\n", 3, "2026-02-30 in the log is no date"),
    "a promise by no day": (f"- [ ] Send it 📅 2026-02-30\n\n{LOG}", 1, "2026-02-30 is no date"),
}


@pytest.fixture
def folder(vault: VaultFolder) -> VaultFolder:
    """A vault with one good note, due since last year."""
    vault.write(GOOD, "---\ntier: A\nmet: 2025-01-01\n---\nA good note.\n")
    return vault


def the_rest_is_done(vault: VaultFolder) -> None:
    assert "[[Good Note]]" in vault.read("Keep in touch/Due this week.md").decode()
    assert GOOD in [item["path"] for item in vault.json("due")["items"]]
    assert vault.json("search", "good")["results"]
    vault.ok("log", "good", "-m", "call: x")


@pytest.mark.parametrize("name", UNSAFE)
def test_a_note_that_cannot_be_read_surely(folder: VaultFolder, name: str) -> None:
    text, line, words = UNSAFE[name]
    folder.write(BAD, text)
    indexed = folder.run("index", "--json")
    assert indexed.code == 3
    problem = indexed.json["problems"][0]
    assert (problem["path"], problem["line"]) == (BAD, line)
    assert words in problem["message"]
    assert {line.split(":")[0] for line in indexed.err.splitlines()} == {BAD}
    assert f"{BAD}:{line}: {problem['message']}\n" in indexed.err
    the_rest_is_done(folder)
    # it is still somebody, of whom little is known
    shown = folder.run("show", "bad note", "--json")
    assert (shown.code, shown.json["contact"]) == (3, "Bad Note")
    assert f"{BAD}:{line}: " in shown.err
    # and no command writes to it
    before = folder.snapshot()
    for args in (
        ["log", "bad note", "-m", "call: x"],
        ["log", "bad note", "-m", "call: x", "--dry-run"],
        ["follow-up", "bad note", "Write"],
        ["set", "bad note", "tier=B"],
        ["set", "bad note", "tier="],
        ["snooze", "bad note", "2w"],
        ["pause", "bad note"],
        ["resume", "bad note"],
    ):
        done = folder.run(*args)
        assert (done.code, done.out) == (5, ""), args
        assert f"{BAD}:{line}: " in done.err, args
        assert folder.snapshot() == before, args


@pytest.mark.parametrize("name", SAFE)
def test_a_value_that_cannot_be_read(folder: VaultFolder, name: str) -> None:
    text, line, words = SAFE[name]
    folder.write(BAD, text)
    indexed = folder.run("index", "--json")
    assert indexed.code == 3
    (problem,) = indexed.json["problems"]
    assert (problem["path"], problem["line"]) == (BAD, line)
    assert words in problem["message"]
    the_rest_is_done(folder)
    shown = folder.run("show", "bad note", "--json")
    assert (shown.code, shown.json["last_contact"]) == (3, "2026-11-01")
    # the note is written all the same, and the problem told
    done = folder.run("log", "bad note", "-m", "coffee: x")
    assert done.code == 3
    assert f"{BAD}:{line}: {problem['message']}\n" in done.err
    after = folder.read(BAD).decode()
    assert after.replace("- 2026-11-23 coffee: x\n", "") == text
    assert after != text


@pytest.mark.parametrize("name", ["unclosed front matter", "not UTF-8", "30 MB", "conflict markers"])
def test_a_promise_in_a_bad_note_is_not_ticked(folder: VaultFolder, name: str) -> None:
    text = UNSAFE[name][0]
    good = "---\ntier: A\n---\n- [ ] Send it\n"
    folder.write(BAD, good)
    assert folder.json("show", "bad note")["follow_ups"]
    folder.write(BAD, text)
    before = folder.snapshot()
    done = folder.run("done", "bad note")
    assert done.code in (4, 5)
    assert done.err
    assert folder.snapshot() == before
    folder.write(BAD, good)
    assert folder.ok("done", "bad note")


def test_a_bad_note_that_nobody_keeps_as_a_contact_is_no_problem(folder: VaultFolder) -> None:
    """A vault may hold thousands of notes that are none of our business."""
    for name in ("not UTF-8", "30 MB", "conflict markers"):
        folder.write(f"Elsewhere/{name.replace(' ', '')}.md", UNSAFE[name][0])
    assert folder.ok("index").code == 0


def test_an_empty_file(folder: VaultFolder) -> None:
    folder.write(BAD, "")
    assert folder.run("index").code == 0
    assert folder.json("show", "bad note")["interactions"] == []
    told = folder.run("doctor", "--json")
    assert (told.code, [p["message"] for p in told.json["problems"]]) == (3, ["the note is empty"])
    folder.ok("log", "bad note", "-m", "call: x")
    assert folder.read(BAD).decode() == "## Log\n\n- 2026-11-23 call: x\n"
    assert folder.run("doctor").code == 0


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda file: file.mkdir(), "a folder named like a note"),
        (lambda file: file.symlink_to("nowhere"), "a link that leads nowhere"),
        (lambda file: file.symlink_to(file.name), "a link that leads nowhere"),
        (os.mkfifo, "not an ordinary file"),
        (lambda file: file.symlink_to("/dev/null"), "a link to what is no file"),
    ],
    ids=["folder", "broken link", "link to itself", "fifo", "device"],
)
def test_what_is_no_file(folder: VaultFolder, make: Callable[[Path], object], said: str) -> None:
    make(folder.root / BAD)
    done = folder.run("index", "--json")
    assert done.code == 3
    (problem,) = done.json["problems"]
    assert (problem["path"], problem["line"]) == (BAD, 1)
    assert said in problem["message"]
    assert done.err == f"{BAD}:1: {problem['message']}\n"
    the_rest_is_done(folder)
    for args in (["show", "bad note"], ["log", "bad note", "-m", "call"], ["show", BAD]):
        assert folder.run(*args).code == 4
    assert folder.run("add", "Bad Note").code in (1, 5)


def test_a_note_in_a_folder_named_like_a_note(folder: VaultFolder) -> None:
    folder.write(f"{BAD}/Inner.md", "x\n")
    assert folder.json("show", "inner")["path"] == f"{BAD}/Inner.md"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(folder: VaultFolder) -> None:
    folder.write(BAD, LOG).chmod(0)
    done = folder.run("index", "--json")
    assert (done.code, [p["path"] for p in done.json["problems"]]) == (3, [BAD])
    the_rest_is_done(folder)
    assert folder.run("log", "bad note", "-m", "call").code == 5
    (folder.root / BAD).chmod(0o600)
    assert folder.read(BAD).decode() == LOG
    assert folder.json("show", "bad note")["last_contact"] == "2026-11-01"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_file(folder: VaultFolder) -> None:
    folder.write(BAD, LOG).chmod(0o400)
    done = folder.run("log", "bad note", "-m", "call")
    assert (done.code, folder.read(BAD).decode()) == (5, LOG)
    assert "read-only" in done.err


@pytest.mark.parametrize("name", ["new\nline", "esc\x1b[31m", "rtl\u202egnp", "bell\x07", "para\u2029sep"])
def test_strange_file_names(folder: VaultFolder, name: str) -> None:
    path = f"People/{name}.md"
    folder.write(path, f"---\ntier: Z\n---\n{LOG}")
    done = folder.run("index")
    assert done.code == 3
    (line,) = [line for line in done.err.splitlines() if "unknown tier" in line]
    assert line.isprintable()
    assert line.startswith("People/")
    assert path in [problem["path"] for problem in folder.run("index", "--json").json["problems"]]
    assert folder.run("show", path, "--json").json["path"] == path
    logged = folder.run("log", path, "-m", "coffee: x")
    assert logged.code == 3
    assert folder.read(path).decode() == f"---\ntier: Z\n---\n{LOG}- 2026-11-23 coffee: x\n"
    for result in (logged, folder.run("doctor"), folder.run("show", path), folder.run("show", name[:3])):
        assert all(line.isprintable() for line in (result.out + result.err).split("\n"))
    the_rest_is_done(folder)


def test_a_file_name_that_is_no_text(folder: VaultFolder) -> None:
    try:
        Path(os.fsdecode(os.fsencode(folder.root / "People") + b"/bad\xff.md")).write_text("x\n")
    except OSError:
        pytest.skip("this file system takes no such name")
    done = folder.run("index", "--json")
    assert done.code == 3
    assert [p["path"] for p in done.json["problems"]] == ["People/bad\\xff.md"]
    assert "not UTF-8" in done.err
    the_rest_is_done(folder)


@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("## Log\n- 2027-01-01 call: planned\n", None),
        ("## Log\n- 2026-11-01 call: x\n- 9999-12-31 call: planned\n", "2026-11-01"),
        ("---\nlast_contact: 2027-01-01\n---\n", None),
    ],
)
def test_a_future_date_is_never_the_last_contact(folder: VaultFolder, note: str, day: str | None) -> None:
    folder.write(BAD, note)
    assert folder.json("show", "bad note")["last_contact"] == day


@pytest.mark.parametrize(
    "front_matter",
    [
        "met: 9999-12-31\ntier: D",
        "met: 0001-01-01\ntier: A",
        "birthday: 0001-01-01",
        "birthday: 02-29",
        "snooze_until: 9999-12-31\ntier: A",
        "cadence: 36500d\nmet: 9990-01-01",
        "tier: 7",
        "name: 12:30",
        "tags: no",
        "aliases: [[[a]]]",
        "company: {a: b}",
        "email: !!binary aGk=",
        "a: &x [1]\nb: *x",
        "tier:",
        "name: ''",
        "name: '   '",
        "name: |\n  two\n  lines",
        "birthday: true",
        "special_dates: 05-17",
        "? complex\n: key",
        "<<: {tier: A}",
        "title: .inf",
        "type: [contact, person]",
        "categories: '[[People]]'",
    ],
)
def test_odd_front_matter_never_breaks_a_command(folder: VaultFolder, front_matter: str) -> None:
    folder.write(BAD, f"---\n{front_matter}\n---\n{LOG}")
    for args in (
        ["index"],
        ["due"],
        ["due", "--days", "3660"],
        ["list"],
        ["doctor"],
        ["stats"],
        ["search", "hello"],
    ):
        assert folder.run(*args).code in (0, 3), args
        assert folder.run(*args, "--json").json is not None
    assert folder.run("show", BAD, "--json").json["path"] == BAD
    assert folder.run("show", BAD).code in (0, 3)
    before = folder.read(BAD)
    done = folder.run("log", BAD, "-m", "coffee: x")
    assert done.code in (0, 3, 5)
    assert folder.read(BAD) == (before if done.code == 5 else before + b"- 2026-11-23 coffee: x\n")


# --- the config


@pytest.mark.parametrize(
    ("config", "line"),
    [
        ("[week]\nquota = 'five'\n", 2),
        ("[week\n", 1),
        ("goals = [\n", 2),
        ("[tiers]\nA = '3w'\nB = 'rarely'\n", 3),
        ("[contacts]\nfolders = ['../People']\n", 2),
        ("[generated]\nfolder = '/tmp'\n", 2),
        (b"\xff\xfe", 1),
    ],
)
@pytest.mark.parametrize(
    "args", [["list"], ["list", "--json"], ["index"], ["log", "good", "-m", "call"], ["doctor"]]
)
def test_a_bad_config_stops_every_command(
    folder: VaultFolder, config: str | bytes, line: int, args: list[str]
) -> None:
    folder.write("vaultkeeper.toml", config)
    before = folder.snapshot()
    done = folder.run(*args)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"vk: vaultkeeper.toml:{line}: ")
    assert folder.snapshot() == before


def test_an_unknown_config_key_is_a_problem(folder: VaultFolder) -> None:
    folder.write("vaultkeeper.toml", "\n[week]\nqouta = 3\n")
    done = folder.run("index")
    assert done.code == 3
    assert "vaultkeeper.toml:3: unknown key week.qouta; the nearest known one is week.quota\n" in done.err
    assert folder.ok("list").err == "1 problem in the vault: vk doctor\n"
    the_rest_is_done(folder)


def test_a_config_that_is_no_file(folder: VaultFolder) -> None:
    (folder.root / "vaultkeeper.toml").unlink()
    (folder.root / "vaultkeeper.toml").mkdir()
    done = folder.run("list")
    assert (done.code, done.out) == (1, "")
    assert "holds no vaultkeeper.toml" in done.err


# --- the command line


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["log", "good", "--channel", "beer", "-m", "x"], 2, "unknown channel 'beer'; one of call, video"),
        (["log", "good", "--kind", "lent", "-m", "x"], 2, "unknown kind 'lent'; one of thanks"),
        (["log", "good", "--date", "2026-02-30", "-m", "x"], 2, "'2026-02-30': there is no such day"),
        (["log", "good", "-m", "2026-02-30 call: x"], 2, "'2026-02-30': there is no such day"),
        (["log", "good", "--time", "25:00", "-m", "x"], 2, "--time '25:00' is not a time such as 14:30"),
        (["log", "good", "--time", "noon", "-m", "x"], 2, "--time 'noon'"),
        (["log", "good", "--due", "friday", "-m", "x"], 2, "--due is for --follow-up"),
        (["log", "good", "--with", "nobody", "-m", "x"], 4, "no contact is called 'nobody'"),
        (["log", "good", "nobody", "-m", "x"], 4, "no contact is called 'nobody'"),
        (["log", "-m", "x"], 2, "Missing argument"),
        (["nonsense", "x\udcff"], 2, "not UTF-8 text"),
        (["log", "good", "-m", "x\udcff"], 2, "not UTF-8 text"),
        (["show", "x\udcff"], 2, "not UTF-8 text"),
        (["search", "x\udcff"], 2, "not UTF-8 text"),
        (["set", "good", "note=x\udcff"], 2, "not UTF-8 text"),
        (["set", "good", "tier=Z"], 2, "the config has no tier 'Z'"),
        (["add", "New", "--tier", "Z"], 2, "the config has no tier 'Z'"),
        (["follow-up", "good", " \n "], 2, "a promise needs some words"),
        (["follow-up", "good", "📅 2026-12-01"], 2, "a promise needs some words"),
        (["follow-up", "good", "Call 🔁 every week"], 2, "recurs"),
        (["log", "good", "-m", "call", "--follow-up", " "], 2, "a promise needs some words"),
        (["log", "good", "-m", "call", "--follow-up", "Call 🔁 every week"], 2, "recurs"),
        (["follow-up", "good", "x", "--due", "2026-13-01"], 2, "there is no such day"),
        (["follow-up", "good"], 2, "Missing argument"),
    ],
)
def test_bad_arguments_write_nothing(folder: VaultFolder, args: list[str], code: int, said: str) -> None:
    before = folder.snapshot()
    for more in ([], ["--dry-run"] if args[0] not in ("show", "search") else []):
        done = folder.run(*args, *more)
        assert (done.code, done.out) == (code, ""), done
        assert said in done.err
    assert folder.snapshot() == before
