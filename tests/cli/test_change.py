"""`set`, `snooze`, `pause`, `resume`: one value of the front matter, and no other byte."""

from collections.abc import Callable

import pytest
from conftest import VaultFolder

JANE = "People/Jane Doe.md"
NOTE = """\
---
# how we met: at the fair
tier: A   # for now
aliases: ['JD', "Janey"]
company:   "Globex"
tags:
  - robotics  # hers
  - 'berlin'
org: not ours
phone:  "+49 30 5550"
vip: false
zip: "01234"
nested:
  deep: [1, {two: 3}]
birthday: 1990-05-17
---
Prose: tier: A

---
tier: A
---
"""
SHAPES: dict[str, Callable[[str], str]] = {
    "lf": lambda text: text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "bom": lambda text: f"\ufeff{text}",
    "no final newline": lambda text: text.removesuffix("\n"),
    "front matter to the end, crlf": lambda text: text[: text.index("Prose")].replace("\n", "\r\n")[:-2],
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("args", "old", "new"),
    [
        (["set", "jane", "tier=b"], "tier: A   # for now", "tier: B   # for now"),
        (["set", "jane", "company=Acme: Robots"], 'company:   "Globex"', 'company:   "Acme: Robots"'),
        (["set", "jane", "company="], 'company:   "Globex"\n', ""),
        (["set", "jane", "aliases+=Jay"], '"Janey"]', '"Janey", "Jay"]'),
        (["set", "jane", "aliases-=JD"], "['JD', ", "["),
        (["set", "jane", "tags+=#chess"], "  - 'berlin'\n", "  - 'berlin'\n  - chess\n"),
        (["set", "jane", "tags-=robotics"], "  - robotics  # hers\n", ""),
        (["set", "jane", "vip=true"], "vip: false", "vip: true"),
        (["set", "jane", "zip=10115"], '"01234"', '"10115"'),
        (["set", "jane", "birthday=05-18"], "1990-05-17", '"05-18"'),
        (["set", "jane", "shoe=39"], "1990-05-17\n", "1990-05-17\nshoe: 39\n"),
        (["set", "jane", "post=01234"], "1990-05-17\n", '1990-05-17\npost: "01234"\n'),
        (["set", "jane", "score=3.5"], "1990-05-17\n", "1990-05-17\nscore: 3.5\n"),
        (["set", "jane", "code=1e3"], "1990-05-17\n", '1990-05-17\ncode: "1e3"\n'),
        (["set", "jane", "goal_fit=3"], "1990-05-17\n", "1990-05-17\ngoal_fit: 3\n"),
        (["set", "jane", "cadence=every 3 weeks"], "1990-05-17\n", "1990-05-17\ncadence: every 3 weeks\n"),
        (["set", "jane", "met=last friday"], "1990-05-17\n", "1990-05-17\nmet: 2026-11-20\n"),
        (["set", "jane", "needs=a lawyer"], "1990-05-17\n", "1990-05-17\nneeds:\n  - a lawyer\n"),
        (["set", "jane", "email=a@x.example"], "1990-05-17\n", "1990-05-17\nemail: a@x.example\n"),
        (["set", "jane", "how met=at the fair"], "1990-05-17\n", "1990-05-17\nhow met: at the fair\n"),
        (["set", "jane", "tier=D", "vip="], "tier: A   #", "tier: D   #"),  # and see below
        (["snooze", "jane", "2w"], "1990-05-17\n", "1990-05-17\nsnooze_until: 2026-12-07\n"),
        (["snooze", "jane", "friday"], "1990-05-17\n", "1990-05-17\nsnooze_until: 2026-11-27\n"),
        (["snooze", "jane", "1 dec"], "1990-05-17\n", "1990-05-17\nsnooze_until: 2026-12-01\n"),
        (["snooze", "jane", "1y"], "1990-05-17\n", "1990-05-17\nsnooze_until: 2027-11-23\n"),
        (["pause", "jane"], "1990-05-17\n", "1990-05-17\nstatus: paused\n"),
    ],
)
def test_no_other_byte_changes(vault: VaultFolder, shape: str, args: list[str], old: str, new: str) -> None:
    in_shape = SHAPES[shape]
    assert NOTE.count(old) == 1
    changed = NOTE.replace(old, new)
    if "vip=" in args:
        changed = changed.replace("vip: false\n", "")
    vault.write(JANE, in_shape(NOTE))
    before = vault.snapshot()
    assert vault.ok(*args, "--dry-run").out
    assert vault.snapshot() == before
    done = vault.ok(*args)
    assert (done.out, done.err.count("\n")) == ("", 1)
    assert JANE in done.err
    assert vault.read(JANE).decode() == in_shape(changed)


def test_a_note_without_front_matter_gets_one(vault: VaultFolder) -> None:
    vault.write(JANE, "\ufeffProse.\r\n")
    vault.ok("set", "jane", "tier=B")
    assert vault.read(JANE).decode() == "\ufeff---\r\ntier: B\r\n---\r\nProse.\r\n"


def test_a_write_goes_to_the_key_that_is_there(vault: VaultFolder) -> None:
    vault.write("vaultkeeper.toml", '[keys]\ncompany = ["firm"]\n')
    vault.write(JANE, "---\nfirm: Globex\nrole: Boss\nprm-snooze-until: 2020-01-01\n---\n")
    vault.ok("set", "jane", "company=Acme", "title=Chief")
    vault.ok("snooze", "jane", "2026-12-24")
    assert vault.read(JANE).decode() == "---\nfirm: Acme\nrole: Chief\nprm-snooze-until: 2026-12-24\n---\n"


def test_what_is_there_already_is_not_written(vault: VaultFolder) -> None:
    vault.write(JANE, NOTE)
    before = vault.snapshot()
    for args in (["tier=A"], ["vip=false"], ["tags+=robotics"], ["nothing="], ["zip=01234"]):
        assert vault.ok("set", "jane", *args).err == "0 of 1 notes changed\n"
    assert "active already" in vault.ok("resume", "jane").err
    assert vault.snapshot() == before


def test_pause_and_resume(vault: VaultFolder) -> None:
    vault.write(JANE, NOTE)
    vault.ok("pause", "jane")
    assert vault.json("show", "jane")["fields"]["status"] == "paused"
    vault.ok("resume", "jane")
    assert vault.read(JANE).decode() == NOTE
    vault.ok("snooze", "jane", "3w")
    vault.ok("resume", "jane")
    assert vault.read(JANE).decode() == NOTE


@pytest.mark.parametrize(
    "lines",
    ["status: dormant\n", "prm-paused: true\n", "snooze_until: 2027-01-01\nprm-snooze-until: 2027-02-02\n"],
)
def test_resume_ends_whatever_stopped_them(vault: VaultFolder, lines: str) -> None:
    vault.write(JANE, f"---\ntier: A\n{lines}---\n")
    vault.ok("resume", "jane")
    shown = vault.json("show", "jane")["fields"]
    assert (shown["status"], shown.get("snooze_until")) == ("active", None)


def test_a_snoozed_contact_comes_back_on_the_day(vault: VaultFolder) -> None:
    vault.write(JANE, "---\ntier: A\nmet: 2026-01-01\n---\n")
    assert [item["contact"] for item in vault.json("due")["items"]] == ["Jane Doe"]
    vault.ok("snooze", "jane", "10d")
    assert vault.json("due")["items"] == []
    assert vault.json("due", today="2026-12-02")["items"] == []
    assert [item["contact"] for item in vault.json("due", today="2026-12-03")["items"]] == ["Jane Doe"]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["set", "jane"], 2, "nothing to set"),
        (["set", "jane", "tier"], 2, "'tier' is not KEY=VALUE"),
        (["set", "jane", "=x"], 2, "'=x' is not KEY=VALUE"),
        (["set", "jane", "+=x"], 2, "'+=x' is not KEY=VALUE"),
        (["set", "jane", "tags+="], 2, "names no value"),
        (["set", "jane", "tier=Z"], 2, "the config has no tier 'Z'; it has A, B, C, D"),
        (["set", "jane", "tier+=B"], 2, "tier holds one value"),
        (["set", "jane", "birthday-=1990-05-17"], 2, "birthday holds one value"),
        (["set", "jane", "birthday=1990-02-30"], 2, "birthday: '1990-02-30': there is no such day"),
        (["set", "jane", "special_dates+=nonsense"], 2, "special_dates: 'nonsense' is not a date"),
        (["set", "jane", "cadence=sometimes"], 2, "cadence: 'sometimes' is not a duration"),
        (["set", "jane", "goal_fit=4"], 2, "goal_fit: '4' is not a number from 0 to 3"),
        (["set", "jane", "goal_fit=much"], 2, "goal_fit: 'much' is not a number from 0 to 3"),
        (["set", "jane", "openness=nan"], 2, "is not a number from 0 to 3"),
        (["set", "jane", "status=gone"], 2, "status: 'gone' is not one of active, new, paused"),
        (["set", "jane", "met=2026-02-30"], 2, "there is no such day"),
        (["set", "jane", "tags-=nope"], 2, "tags has no item 'nope'"),
        (["set", "jane", "nested+=x"], 5, "`nested` holds a nested map"),
        (["set", "jane", "a\nb=c"], 2, "cannot be the name of a property"),
        (["set", "nobody", "tier=A"], 4, "no contact is called 'nobody'"),
        (["set", "--where", "nonsense", "tier=A"], 2, "'nonsense' is not KEY=VALUE"),
        (["snooze", "jane", "yesterday"], 2, "'yesterday' is not in the future"),
        (["snooze", "jane", "today"], 2, "is not in the future"),
        (["snooze", "jane", "2026-01-01"], 2, "is not in the future"),
        (["snooze", "jane", "2026-02-30"], 2, "there is no such day"),
        (["snooze", "jane", "0d"], 2, "'0d'"),
        (["snooze", "jane"], 2, "Missing argument"),
        (["pause", "nobody"], 4, "no contact is called 'nobody'"),
        (["resume", "nobody"], 4, "no contact is called 'nobody'"),
    ],
)
def test_what_is_refused(vault: VaultFolder, args: list[str], code: int, said: str) -> None:
    vault.write(JANE, NOTE)
    before = vault.snapshot()
    done = vault.run(*args)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert vault.snapshot() == before


def test_one_bad_assignment_and_none_is_made(vault: VaultFolder) -> None:
    vault.write(JANE, NOTE)
    assert vault.run("set", "jane", "tier=B", "company=", "goal_fit=9").code == 2
    assert vault.read(JANE).decode() == NOTE


def test_many_at_once(example: VaultFolder) -> None:
    chosen = example.json("list", "--tier", "A")["contacts"]
    others = {c["path"]: example.read(c["path"]) for c in example.json("list")["contacts"] if c not in chosen}
    assert len(chosen) >= 2
    done = example.ok("set", "--where", "tier=a", "seen_at=fair", "tags+=globex")
    assert done.err == f"{len(chosen)} of {len(chosen)} notes changed\n"
    assert example.json("list", "--where", "seen_at=fair", "--tag", "globex")["contacts"] == chosen
    assert all(example.read(path) == data for path, data in others.items())
    assert (
        example.ok("set", "--where", "seen_at=fair", "seen_at=fair").err
        == f"0 of {len(chosen)} notes changed\n"
    )


def test_several_conditions_must_all_hold(example: VaultFolder) -> None:
    example.ok("set", "--where", "company=Globex", "--where", "tier=A", "mark=yes")
    marked = example.json("list", "--where", "mark=yes")["contacts"]
    assert marked == example.json("list", "--company", "Globex", "--tier", "A")["contacts"]
    assert "company=Nowhere" in example.ok("set", "--where", "company=Nowhere", "mark=no").err
    assert example.json("list", "--where", "mark=no")["contacts"] == []


def test_one_bad_note_of_many_and_none_is_written(vault: VaultFolder) -> None:
    """A command checks all its notes before it writes any."""
    vault.write("People/A.md", "---\ncompany: X\n---\n")
    vault.write("People/B.md", "---\ncompany: X\n---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> there\n")
    vault.write("People/C.md", "---\ncompany: X\n---\n")
    before = vault.snapshot()
    done = vault.run("set", "--where", "company=X", "tier=B")
    assert (done.code, done.out) == (5, "")
    assert "People/B.md:4: git left conflict markers here" in done.err
    assert vault.snapshot() == before


def test_a_value_set_right_is_no_problem_any_more(vault: VaultFolder) -> None:
    vault.write(JANE, "---\ntier: Z\nbirthday: 1990-02-30\n---\n")
    one = vault.run("set", "jane", "tier=A")
    assert (one.code, one.err.splitlines()[1:]) == (
        3,
        [f"{JANE}:3: birthday: '1990-02-30': there is no such day"],
    )
    assert vault.ok("set", "jane", "birthday=1990-02-28").code == 0
    assert vault.run("doctor").code == 0
