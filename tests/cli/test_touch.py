"""`log`, `follow-up`, `done`, `add`: what they put into the user's notes, byte for byte."""

from collections.abc import Callable

import pytest
from conftest import VaultFolder

JANE = "People/Jane Doe.md"
NOTE = """\
---
# how we met: at the fair
tier: A   # for now
aliases: ['JD', "Janey"]
phone:  "+49 30 5550"
---
Prose, with Jose\u0301 decomposed, a\ttab, a line separator\u2028 and blanks at the end.  

<!-- a comment -->

## Follow-ups

- [ ] Send the hiring plan 📅 2026-11-30
- [ ] Call *her* mother ^block1
* [x] Done long ago ✅ 2026-01-02

## Log

- 2026-10-01 call: hello #checkin
    and more of it
- 2026-11-01 coffee with [[Sam Lee]]: hi
"""  # noqa: W291
MORE = "\n## Notes\n%% not ours %%\n- 2020-01-01 not an entry\n"
SHAPES: dict[str, Callable[[str], str]] = {
    "lf": lambda text: text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "bom": lambda text: f"\ufeff{text}",
    "bom and crlf": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "no final newline": lambda text: text.removesuffix("\n"),
    "crlf, no final newline": lambda text: text.removesuffix("\n").replace("\n", "\r\n"),
    "more sections": lambda text: text + MORE,
    "more sections, crlf, not ended": lambda text: (text + MORE[:-1]).replace("\n", "\r\n"),
}


def log_gets(*lines: str) -> Callable[[str], str]:
    return lambda text: text + "".join(f"{line}\n" for line in lines)


def replaced(old: str, new: str) -> Callable[[str], str]:
    def replace(text: str) -> str:
        assert text.count(old) == 1
        return text.replace(old, new)

    return replace


LAST_PROMISE = "* [x] Done long ago ✅ 2026-01-02\n"
COMMANDS: dict[str, tuple[list[str], Callable[[str], str]]] = {
    "a line": (["log", "jd", "-m", "call: x"], log_gets("- 2026-11-23 call: x")),
    "lines": (
        ["log", "jd", "-m", "call: x\ny\n\n  z"],
        log_gets("- 2026-11-23 call: x", "    y", "", "    z"),
    ),
    "with a promise": (
        ["log", "jd", "-m", "lunch: x", "--follow-up", "Send the menu", "--due", "friday"],
        lambda text: replaced(LAST_PROMISE, f"{LAST_PROMISE}- [ ] Send the menu 📅 2026-11-27\n")(
            log_gets("- 2026-11-23 lunch: x")(text)
        ),
    ),
    "a promise": (
        ["follow-up", "jd", "Find  the\nletter"],
        replaced(LAST_PROMISE, f"{LAST_PROMISE}- [ ] Find the letter ➕ 2026-11-23\n"),
    ),
    "a promise by a day": (
        ["follow-up", "jd", "Find the letter", "--due", "1 dec"],
        replaced(LAST_PROMISE, f"{LAST_PROMISE}- [ ] Find the letter 📅 2026-12-01\n"),
    ),
    "a promise kept": (
        ["done", "jd", "send the HIRING plan"],
        replaced(
            "- [ ] Send the hiring plan 📅 2026-11-30",
            "- [x] Send the hiring plan 📅 2026-11-30 ✅ 2026-11-23",
        ),
    ),
    "a promise kept, by a part": (
        ["done", "jd", "mother", "--date", "yesterday"],
        replaced("- [ ] Call *her* mother ^block1", "- [x] Call *her* mother ✅ 2026-11-22 ^block1"),
    ),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_no_other_byte_changes(vault: VaultFolder, shape: str, command: str) -> None:
    args, change = COMMANDS[command]
    in_shape = SHAPES[shape]
    vault.write(JANE, in_shape(NOTE))
    before = vault.snapshot()
    dry = vault.ok(*args, "--dry-run")
    assert vault.snapshot() == before
    assert dry.out.startswith(f"--- a/{JANE}\t\n+++ b/{JANE}\t\n@@ ")
    done = vault.ok(*args)
    assert (done.out, bool(done.err)) == ("", True)
    assert vault.read(JANE).decode() == in_shape(change(NOTE))


@pytest.mark.parametrize(
    ("args", "entry"),
    [
        # TEXT by the log's grammar
        (["-m", "call: her new job #gave"], "2026-11-23 call: her new job #gave"),
        (["-m", "Coffee: x"], "2026-11-23 coffee: x"),
        (["-m", "email in: x"], "2026-11-23 email in: x"),
        (["-m", "call in Berlin: x"], "2026-11-23 call: in Berlin: x"),
        (["-m", "just chatted: long"], "2026-11-23 just chatted: long"),
        (
            ["-m", "coffee with [[Sam Lee]], [[Ana]] and [[Bo|B]]: x"],
            "2026-11-23 coffee with [[Sam Lee]], [[Ana]], [[Bo]]: x",
        ),
        (["-m", "2026-11-20 14:30 lunch: x"], "2026-11-20 14:30 lunch: x"),
        (["-m", "2026-11-20"], "2026-11-20"),
        # a spoken date: at the start, after the channel
        (["-m", "coffee yesterday: her new job #gave"], "2026-11-22 coffee: her new job #gave"),
        (["-m", "yesterday coffee: x"], "2026-11-22 coffee: x"),
        (["-m", "today call: x"], "2026-11-23 call: x"),
        (["-m", "friday call: x"], "2026-11-20 call: x"),
        (["-m", "call last friday: x"], "2026-11-20 call: x"),
        (["-m", "monday call: x"], "2026-11-16 call: x"),
        (["-m", "lunch 2 weeks ago: x"], "2026-11-09 lunch: x"),
        (["-m", "a week ago lunch: x"], "2026-11-16 lunch: x"),
        (["-m", "lunch 1 nov: x"], "2026-11-01 lunch: x"),
        (["-m", "1 dec lunch: x"], "2025-12-01 lunch: x"),
        (["-m", "in 3 days lunch: x"], "2026-11-26 lunch: x"),
        (["-m", "lunch tomorrow: x"], "2026-11-24 lunch: x"),
        (["-m", "call yesterday 9:05: x"], "2026-11-22 09:05 call: x"),
        (["-m", "call: she comes tomorrow"], "2026-11-23 call: she comes tomorrow"),
        (["-m", "May I call her"], "2026-11-23 May I call her"),
        # options win over it
        (["-m", "coffee: x", "--channel", "CALL"], "2026-11-23 call: x"),
        (["--channel", "call"], "2026-11-23 call"),
        (["-m", "email: x", "--in"], "2026-11-23 email in: x"),
        (["-m", "email in: x", "--out"], "2026-11-23 email out: x"),
        (["-m", "email in: x", "--both"], "2026-11-23 email both: x"),
        (["-m", "coffee yesterday: x", "--date", "2026-11-01"], "2026-11-01 coffee: x"),
        (["-m", "coffee: x", "--date", "last friday"], "2026-11-20 coffee: x"),
        (["-m", "coffee: x", "--date", "friday"], "2026-11-20 coffee: x"),
        (["-m", "coffee: x", "--date", "2 weeks ago"], "2026-11-09 coffee: x"),
        (["-m", "coffee: x", "--date", "in 3 days"], "2026-11-26 coffee: x"),
        (["-m", "coffee: x", "--time", "9:05"], "2026-11-23 09:05 coffee: x"),
        (["-m", "2026-11-20 14:30 lunch: x", "--time", "15:00"], "2026-11-20 15:00 lunch: x"),
        (["-m", "call: x", "--kind", "gave", "--kind", "#News"], "2026-11-23 call: x #gave #news"),
        (["-m", "call: x #gave", "--kind", "gave"], "2026-11-23 call: x #gave"),
        (["--kind", "thanks"], "2026-11-23 #thanks"),
        # what would be read as something else
        (["-m", "call: in: x"], "2026-11-23 call: in: x"),
    ],
)
def test_entries(vault: VaultFolder, args: list[str], entry: str) -> None:
    vault.write(JANE, "## Log\n")
    vault.ok("log", "jane", *args)
    assert vault.read(JANE).decode() == f"## Log\n\n- {entry}\n"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-01", "2026-12-01"),
        ("2026-12-1", "2026-12-01"),
        ("today", "2026-11-23"),
        ("tomorrow", "2026-11-24"),
        ("friday", "2026-11-27"),
        ("Monday", "2026-11-30"),
        ("next friday", "2026-11-27"),
        ("in 3 days", "2026-11-26"),
        ("in two weeks", "2026-12-07"),
        ("1 dec", "2026-12-01"),
        ("Dec 1st", "2026-12-01"),
        ("5 january", "2027-01-05"),
        ("5 january 2028", "2028-01-05"),
        ("yesterday", "2026-11-22"),
    ],
)
def test_days_look_ahead_but_in_the_log(vault: VaultFolder, typed: str, day: str) -> None:
    vault.write(JANE, "x\n")
    vault.ok("follow-up", "jane", "Call", "--due", typed)
    assert f"- [ ] Call 📅 {day}\n" in vault.read(JANE).decode()


def test_several_names_are_one_entry(vault: VaultFolder) -> None:
    vault.write(JANE, "## Log\n")
    vault.write("People/Sam Lee.md", "---\nname: Samuel\n---\n")
    vault.write("People/Ana Ruiz.md", "tier\n")
    vault.write("Other/Ana Ruiz.md", "---\ntype: contact\n---\n")
    before = vault.snapshot()
    vault.ok("log", "jane", "samuel", "--with", "People/Ana Ruiz", "-m", "lunch with [[Sam Lee]]: x")
    assert (
        vault.read(JANE).decode()
        == "## Log\n\n- 2026-11-23 lunch with [[Sam Lee]], [[People/Ana Ruiz|Ana Ruiz]]: x\n"
    )
    after = vault.snapshot()
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {str(vault.root / JANE), str(vault.root / "People")}
    for name in ("samuel", "People/Ana Ruiz", "jane"):
        (entry,) = vault.json("show", name)["interactions"]
        assert (entry["path"], entry["text"]) == (JANE, "x")
    assert vault.json("show", "Other/Ana Ruiz")["interactions"] == []


def test_the_log_s_own_order_and_heading(vault: VaultFolder) -> None:
    vault.write("vaultkeeper.toml", '[log]\norder = "newest-first"\nheading = "Protokoll"\n')
    vault.write(JANE, "# Jane\n\n## Protokoll\n\n- 2026-01-01 call: a\n\n## Log\n\n- x\n")
    vault.ok("log", "jane", "-m", "call: b")
    text = "# Jane\n\n## Protokoll\n\n- 2026-11-23 call: b\n- 2026-01-01 call: a\n\n## Log\n\n- x\n"
    assert vault.read(JANE).decode() == text


@pytest.mark.parametrize(
    ("note", "after"),
    [
        ("", "## Log\n\n- 2026-11-23 call: x\n"),
        ("Prose.\n", "Prose.\n\n## Log\n\n- 2026-11-23 call: x\n"),
        ("---\ntier: A\n---\n", "---\ntier: A\n---\n\n## Log\n\n- 2026-11-23 call: x\n"),
        (
            "# Log\n\n### 2026-01-01 call\n\nx\n",
            "# Log\n\n### 2026-01-01 call\n\nx\n\n### 2026-11-23 call: x\n",
        ),
        ("Log\n---\n\n- 2026-01-01 call\n", "Log\n---\n\n- 2026-01-01 call\n- 2026-11-23 call: x\n"),
    ],
)
def test_notes_of_other_makes(vault: VaultFolder, note: str, after: str) -> None:
    vault.write(JANE, note)
    vault.ok("log", "jane", "-m", "call: x")
    assert vault.read(JANE).decode() == after
    assert len(vault.json("show", "jane")["interactions"]) == after.count("2026-")


def test_a_note_in_which_an_entry_would_be_lost_is_left(vault: VaultFolder) -> None:
    sam = "People/Sam.md"
    vault.write(JANE, "## Log\n\n```\ncode that never ends\n")
    vault.write(sam, "## Follow-ups\n\n```\ncode that never ends\n")
    before = vault.snapshot()
    for path, args in ((JANE, ["log", "jane", "-m", "call: x"]), (sam, ["follow-up", "sam", "x"])):
        done = vault.run(*args)
        assert (done.code, done.out) == (5, "")
        assert path in done.err
        assert "unclosed code fence" in done.err
    assert vault.snapshot() == before


def test_what_comes_next_is_said(vault: VaultFolder) -> None:
    vault.write(JANE, "---\ntier: A\n---\n")
    vault.write("People/Sam.md", "x\n")
    assert vault.ok("log", "jane", "-m", "call: x").err.splitlines() == [
        "Jane Doe: 2026-11-23 call: x",
        "Next: 14 December (every 3 weeks).",
    ]
    assert "Planned for Thursday 26 November." in vault.ok("log", "jane", "-m", "in 3 days lunch").err
    assert "No cadence" in vault.ok("log", "sam", "-m", "call").err
    assert vault.run("--quiet", "log", "sam", "-m", "call").err == ""


def test_a_future_entry_is_planned_and_no_contact(vault: VaultFolder) -> None:
    vault.write(JANE, "---\ntier: A\nmet: 2026-10-01\n---\n")
    vault.ok("log", "jane", "-m", "in 3 days lunch: noodles")
    shown = vault.json("show", "jane")
    assert (shown["last_contact"], shown["next_contact"]) == (None, "2026-10-22")
    assert [entry["date"] for entry in shown["interactions"]] == ["2026-11-26"]
    assert vault.json("show", "jane", today="2026-11-27")["last_contact"] == "2026-11-26"


def test_the_text_may_come_from_a_pipe(vault: VaultFolder) -> None:
    vault.write(JANE, "## Log\n")
    done = vault.run("log", "jane", "-m", "-", input="call: from a pipe\nsecond\n")
    assert done.code == 0
    assert vault.read(JANE).decode() == "## Log\n\n- 2026-11-23 call: from a pipe\n    second\n"


# --- promises


def test_a_promise_goes_above_the_log(vault: VaultFolder) -> None:
    vault.write(JANE, "Prose.\n\n## Log\n\n- 2026-01-01 call\n")
    vault.ok("follow-up", "jane", "Write", "--due", "2026-12-01")
    text = "Prose.\n\n## Follow-ups\n\n- [ ] Write 📅 2026-12-01\n\n## Log\n\n- 2026-01-01 call\n"
    assert vault.read(JANE).decode() == text


@pytest.fixture
def promises(vault: VaultFolder) -> VaultFolder:
    vault.write(
        JANE,
        "## Follow-ups\n- [ ] Send the plan 📅 2026-11-30\n- [ ] Send the menu\n- [x] Old ✅ 2026-01-01\n",
    )
    vault.write("People/One.md", "- [ ] Only this [due:: 2026-12-01]\n")
    vault.write("People/None.md", "- [x] Old ✅ 2026-01-01\n- [-] Never\n")
    return vault


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["jane", "menu"], 0, "Done: Send the menu"),
        (["jane", "SEND THE PLAN"], 0, "Done: Send the plan"),
        (["one"], 0, "Done: Only this"),
        (["one", "ONLY"], 0, "Done: Only this"),
        (["jane"], 4, "Send the plan\n  Send the menu"),
        (["jane", "send"], 4, "Send the plan\n  Send the menu"),
        (["jane", "nonsense"], 4, "Send the plan\n  Send the menu"),
        (["jane", "old"], 4, "Send the plan\n  Send the menu"),
        (["jane", "2026-11-30"], 4, "Send the plan"),
        (["none"], 4, "there is no open promise"),
        (["nobody", "x"], 4, "no contact is called 'nobody'"),
        (["one", "--date", "nonsense"], 2, "'nonsense' is not a date"),
    ],
)
def test_which_promise_is_kept(promises: VaultFolder, args: list[str], code: int, said: str) -> None:
    before = promises.snapshot()
    done = promises.run("done", *args)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert (promises.snapshot() == before) == (code != 0)


def test_a_promise_that_stands_twice_can_be_kept_twice(vault: VaultFolder) -> None:
    vault.write(JANE, "- [ ] Send plan\n- [ ] Send plan 📅 2026-11-30\n- [ ] Send plan 📅 2026-11-25\n")
    vault.ok("done", "jane", "send plan")
    vault.ok("done", "jane")
    vault.ok("done", "jane", "plan")
    assert vault.read(JANE).decode().splitlines() == [
        "- [x] Send plan ✅ 2026-11-23",
        "- [x] Send plan 📅 2026-11-30 ✅ 2026-11-23",
        "- [x] Send plan 📅 2026-11-25 ✅ 2026-11-23",
    ]
    assert vault.run("done", "jane").code == 4


def test_the_first_due_of_those_is_kept_first(vault: VaultFolder) -> None:
    vault.write(JANE, "- [ ] Send plan\n- [ ] Send plan 📅 2026-11-30\n- [ ] Send plan 📅 2026-11-25\n")
    vault.ok("done", "jane")
    assert [line[3] for line in vault.read(JANE).decode().splitlines()] == [" ", " ", "x"]


# --- add


def test_a_new_contact_with_everything(vault: VaultFolder) -> None:
    vault.write("People/Sam Lee.md", "---\nname: Samuel\n---\n")
    done = vault.ok(
        *("add", "Priya Nair", "--company", "Acme: Robots", "--title", "Engineer", "--email", "a@x.example"),
        *("--email", "b@x.example", "--phone", "+49 30 1", "--location", "Berlin", "--tag", "#robotics"),
        *("--relationship", "colleague", "--network", "PyCon", "--tier", "a", "--cadence", "every 2 weeks"),
        *(
            "--met",
            "last friday",
            "--met-at",
            "[[PyCon 2026]]",
            "--introduced-by",
            "sam",
            "--birthday",
            "05-17",
        ),
        *(
            "--linkedin",
            "https://linkedin.example/in/p",
            "--log",
            "coffee yesterday: the gripper demo #thanks",
        ),
    )
    assert (done.out, done.err) == ("People/Priya Nair.md\n", "")
    shown = vault.json("show", "priya")
    assert shown["fields"] == {
        "name": "Priya Nair",
        "company": "Acme: Robots",
        "title": "Engineer",
        "email": ["a@x.example", "b@x.example"],
        "phone": "+49 30 1",
        "location": "Berlin",
        "linkedin": "https://linkedin.example/in/p",
        "tags": ["robotics"],
        "relationship": ["colleague"],
        "network": "PyCon",
        "tier": "A",
        "cadence": "2w",
        "status": "active",
        "met": "2026-11-20",
        "met_at": "[[PyCon 2026]]",
        "introduced_by": "[[Sam Lee|Samuel]]",
        "birthday": "05-17",
    }
    (entry,) = shown["interactions"]
    assert (entry["date"], entry["channel"], entry["kinds"]) == ("2026-11-22", "coffee", ["thanks"])
    text = vault.read("People/Priya Nair.md").decode()
    assert 'phone: "+49 30 1"\n' in text
    assert 'introduced_by: "[[Sam Lee|Samuel]]"\n' in text
    assert "tags:\n  - robotics\n" in text
    assert vault.run("index").code == 0


def test_a_new_contact_with_nothing(vault: VaultFolder) -> None:
    assert vault.ok("add", "Jane Doe").out == f"{JANE}\n"
    shown = vault.json("show", "jane")
    assert shown["fields"] == {"name": "Jane Doe", "status": "active"}
    vault.ok("log", "jane", "-m", "call: x")
    vault.ok("follow-up", "jane", "y")
    assert vault.json("show", "jane")["follow_ups"][0]["text"] == "y"


@pytest.mark.parametrize(
    ("name", "path", "display"),
    [
        ("AC/DC", "People/AC DC.md", "AC/DC"),
        ("../../etc/passwd", "People/etc passwd.md", "../../etc/passwd"),
        ("a\\b:c*d", "People/a b c d.md", "a\\b:c*d"),
        ("CON", "People/CON (name).md", "CON"),
        ("  Jane \n Doe\t", "People/Jane Doe.md", "Jane Doe"),
        ("C++ [Ann] #1 ^x | y", "People/C++ Ann 1 x y.md", "C++ [Ann] #1 ^x | y"),
        ("Zoë Łukasz", "People/Zoë Łukasz.md", "Zoë Łukasz"),
        ("Zoe\u0308", "People/Zoë.md", "Zoë"),
        ("李梅", "People/李梅.md", "李梅"),
        (".hidden", "People/hidden.md", ".hidden"),
        ("\x1b[31mred\u202e", "People/31mred.md", "[31mred"),
        ("no", "People/no.md", "no"),
        ("People", "People/People.md", "People"),
    ],
)
def test_names_become_file_names(vault: VaultFolder, name: str, path: str, display: str) -> None:
    done = vault.ok("add", name)
    assert done.out == f"{path}\n"
    assert sorted(str(file.relative_to(vault.root)) for file in vault.root.rglob("*.md")) == [path]
    (contact,) = vault.json("list")["contacts"]
    assert (contact["contact"], contact["path"]) == (display, path)


@pytest.mark.parametrize("name", ["..", "/", "", " ", "\x00", "\udcff", "***"])
def test_names_that_leave_nothing(vault: VaultFolder, name: str) -> None:
    before = vault.snapshot()
    done = vault.run("add", name)
    assert (done.code, done.out) == (2, "")
    assert done.err
    assert vault.snapshot() == before


@pytest.mark.parametrize("name", ["Jane Doe", "jane doe", "JD", "janey", "Jane  Doe "])
def test_an_existing_name_is_refused(vault: VaultFolder, name: str) -> None:
    vault.write(JANE, NOTE)
    before = vault.snapshot()
    done = vault.run("add", name)
    assert (done.code, done.out) == (1, "")
    assert JANE in done.err
    assert vault.snapshot() == before


def test_an_existing_file_is_refused(vault: VaultFolder) -> None:
    vault.write("Elsewhere/Jane Doe.md", "not a contact")
    done = vault.run("add", "Jane Doe", "--folder", "Elsewhere")
    assert done.code == 1
    assert vault.read("Elsewhere/Jane Doe.md") == b"not a contact"


@pytest.mark.parametrize(
    ("config", "folder", "path"),
    [
        ("", "People/Work", "People/Work/Bo.md"),
        ("", "People/", "People/Bo.md"),
        ("", "./Archive", "Archive/Bo.md"),
        ("", "", "Bo.md"),
        ("[contacts]\nfolders = []\n", None, "Bo.md"),
        ("[contacts]\nfolders = ['A', 'B']\n", None, "A/Bo.md"),
        ("[contacts]\nfolders = ['.']\n", None, "Bo.md"),
        ("[contacts]\nfolders = []\ntags = ['person']\n", "x", "x/Bo.md"),
    ],
)
def test_wherever_it_is_put_it_is_a_contact(
    vault: VaultFolder, config: str, folder: str | None, path: str
) -> None:
    vault.write("vaultkeeper.toml", config)
    args = [] if folder is None else ["--folder", folder]
    assert vault.ok("add", "Bo", *args).out == f"{path}\n"
    assert vault.json("show", "bo")["path"] == path


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["--tier", "Z"], 2, "the config has no tier 'Z'; it has A, B, C, D"),
        (["--cadence", "never ever"], 2, "cadence: 'never ever' is not a duration"),
        (["--birthday", "1990-02-30"], 2, "birthday: '1990-02-30': there is no such day"),
        (["--met", "2026-02-30"], 2, "there is no such day"),
        (["--introduced-by", "nobody"], 4, "no contact is called 'nobody'"),
        (["--log", "2026-02-30 call"], 2, "there is no such day"),
        (["--folder", "../out"], 2, "--folder '../out' lies outside the vault"),
        (["--folder", "/tmp"], 2, "outside the vault"),
        (["--tag", "#"], 2, "'#' is not a tag"),
    ],
)
def test_a_bad_value_makes_no_note(vault: VaultFolder, args: list[str], code: int, said: str) -> None:
    before = vault.snapshot()
    done = vault.run("add", "Priya Nair", *args)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert vault.snapshot() == before


def test_the_vault_s_own_template(vault: VaultFolder) -> None:
    vault.write(
        "Templates/vaultkeeper/contact.md", "---\ntags:\n  - person\n---\n# {{ name }}\n\n{{ today }}\n"
    )
    vault.ok("add", "Jane Doe", "--tier", "A", "--log", "call: x")
    assert vault.read(JANE).decode() == (
        "---\ntags:\n  - person\ntier: A\n---\n# Jane Doe\n\n2026-11-23\n\n## Log\n\n- 2026-11-23 call: x\n"
    )
    vault.write("Templates/vaultkeeper/contact.md", "{{ nonsense }}")
    done = vault.run("add", "Sam Lee")
    assert (done.code, done.out) == (1, "")
    assert "contact.md" in done.err
    vault.write("Templates/vaultkeeper/contact.md", "---\na: 1\na: 2\n---\n")
    assert vault.run("add", "Sam Lee", "--tier", "A").code == 5
    assert not (vault.root / "People/Sam Lee.md").exists()
