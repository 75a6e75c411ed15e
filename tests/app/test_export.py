"""What goes out is read by the programs people use, and comes in again without loss."""

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import VaultFolder

JANE = """---
company: Globex
title: Head of Robotics
email:
  - jane@globex.example
  - jane@home.example
phone: "+49 30 5550 117"
location: Berlin
linkedin: https://www.linkedin.com/in/jane-doe
aliases:
  - Janey, the one; of Globex
tags:
  - robotics
interests:
  - chess
birthday: 04-09
special_dates:
  - 2019-09-01 started at Globex
health:
  - SECRET
tier: A
---

## Follow-ups

- [ ] PROMISE 📅 2026-11-26

## Log

- 2026-10-20 coffee: SECRET
"""


@pytest.fixture
def people(vault: VaultFolder) -> VaultFolder:
    vault.write("People/Jane Doe.md", JANE)
    vault.write("People/Zoë Łukasz 李.md", "---\nbirthday: 1992-02-29\nphone: '=cmd()'\n---\n")
    return vault


@pytest.mark.parametrize("version", ["4.0", "3.0"])
def test_vobject_reads_the_cards(people: VaultFolder, version: str) -> None:
    vobject = pytest.importorskip("vobject")
    out = people.ok("export", "vcard", "--version", version).out
    cards = list(vobject.readComponents(out))
    assert [card.fn.value for card in cards] == ["Jane Doe", "Zoë Łukasz 李"]
    jane = cards[0]
    assert [email.value for email in jane.contents["email"]] == ["jane@globex.example", "jane@home.example"]
    assert jane.tel.value == "+49 30 5550 117"
    assert "SECRET" not in out
    assert all(len(line.encode()) <= 75 for line in out.split("\r\n"))


def test_khard_lists_the_cards(people: VaultFolder, tmp_path: Path) -> None:
    khard = shutil.which("khard") or shutil.which("khard", path=str(Path(sys.executable).parent))
    if khard is None:
        pytest.skip("khard is not installed")
    folder = tmp_path / "cards"
    people.ok("export", "vcard", "--version", "3.0", "--dir", str(folder))
    config = tmp_path / "khard.conf"
    config.write_text(f"[addressbooks]\n[[mine]]\npath = {folder}\n")
    done = subprocess.run([khard, "-c", str(config), "list", "--parsable"], capture_output=True, text=True)
    assert "Jane Doe" in done.stdout, done.stderr
    assert "Zoë Łukasz 李" in done.stdout


KHAL = """[calendars]
[[mine]]
path = {folder}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = mine
[sqlite]
path = {folder}/khal.db
"""


def test_khal_lists_the_week(people: VaultFolder, tmp_path: Path) -> None:
    khal = shutil.which("khal") or shutil.which("khal", path=str(Path(sys.executable).parent))
    if khal is None:
        pytest.skip("khal is not installed")
    calendar, config = tmp_path / "week.ics", tmp_path / "khal.conf"
    people.ok("export", "ics", "--out", str(calendar))
    (tmp_path / "khal").mkdir()
    config.write_text(KHAL.format(folder=tmp_path / "khal"))

    def run(*args: str) -> str:
        return subprocess.run([khal, "-c", str(config), *args], capture_output=True, text=True).stdout

    run("import", "--batch", "-a", "mine", str(calendar))
    week = run("list", "--day-format", "{date}", "--format", "{title}", "2026-11-23", "7d")
    assert week.splitlines() == [
        *("2026-11-23", "Jane Doe: keep in touch", "Keep in touch: who this week?"),
        *("2026-11-26", "Jane Doe: promised"),
    ]
    assert "Jane Doe: birthday" in run("list", "--format", "{title}", "2027-04-09", "1d")
    assert "Zoë Łukasz 李: birthday" in run("list", "--format", "{title}", "2027-02-28", "1d")


def test_a_folder_of_cards_changes_only_where_they_do(people: VaultFolder, tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    people.ok("export", "vcard", "--dir", str(folder))
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    people.ok("set", "jane", "company=Initech")
    people.ok("export", "vcard", "--dir", str(folder))
    after = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert before.keys() == after.keys()
    assert sum(before[name] != after[name] for name in before) == 1


def test_cards_of_people_who_are_gone(people: VaultFolder, tmp_path: Path) -> None:
    """Ours are taken away where that is asked for; one that another program made or changed stays."""
    folder = tmp_path / "cards"
    export = ("export", "vcard", "--dir", str(folder))
    people.write("People/Sam Lee.md", "x")
    people.ok(*export)
    phone = folder / "phone.vcf"
    phone.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:From the phone\nEND:VCARD\n")
    sam = next(file for file in folder.iterdir() if "Sam Lee" in file.read_text())
    people.ok("rename", "sam lee", "Samuel Lee")
    told = people.ok(*export).err
    assert "1 card there of people who are gone; --delete takes them away\n" in told
    assert f"1 card there not from here: vk import vcard {folder} takes them in\n" in told
    assert "taken away\n" in people.ok(*export, "--delete").err
    assert not sam.exists() and phone.exists()
    assert sum("Samuel Lee" in file.read_text() for file in folder.iterdir()) == 1
    assert people.run(*export, "--delete", "--tag", "x").code == 2
    assert people.run("export", "vcard", "--delete").code == 2


def test_what_goes_out_comes_in_again(people: VaultFolder, tmp_path: Path) -> None:
    """Into an empty vault: what a card can hold is there again; into the same one: nothing changes."""
    card = tmp_path / "people.vcf"
    people.ok("export", "vcard", "--out", str(card))
    before = people.json("show", "jane doe")["fields"]
    people.ok("import", "vcard", str(card))
    assert people.json("show", "jane doe")["fields"] == before
    notes = people.snapshot()
    people.ok("import", "vcard", str(card))
    assert people.snapshot() == notes
    (tmp_path / "other").mkdir()
    other = VaultFolder(tmp_path / "other")
    other.write("vaultkeeper.toml", "")
    other.ok("import", "vcard", str(card))
    mine, theirs = (v.json("show", "jane doe")["fields"] for v in (people, other))
    for key in (
        "company",
        "title",
        "email",
        "phone",
        "location",
        "aliases",
        "tags",
        "birthday",
        "special_dates",
    ):
        assert theirs[key] == mine[key], key
    assert theirs["linkedin"].rstrip("/") == mine["linkedin"]


def test_the_example_vault_s_own_cards_change_nothing_in_it(example: VaultFolder, tmp_path: Path) -> None:
    for form, file in (("vcard", "people.vcf"), ("csv", "people.csv")):
        example.ok("export", form, "--out", str(tmp_path / file))
        before = example.snapshot()
        done = example.ok("import", form, str(tmp_path / file))
        assert example.snapshot() == before, done.out


def test_icalendar_reads_the_calendar(people: VaultFolder) -> None:
    icalendar = pytest.importorskip("icalendar")
    out = people.ok("export", "ics").out
    assert out == people.ok("export", "ics").out
    events = {str(e["SUMMARY"]): e for e in icalendar.Calendar.from_ical(out).walk("VEVENT")}
    assert events["Jane Doe: promised"].decoded("DTSTART").isoformat() == "2026-11-26"
    assert events["Jane Doe: birthday"]["RRULE"]["FREQ"] == ["YEARLY"]
    leap = events["Zoë Łukasz 李: birthday"]["RRULE"]
    assert (leap["BYMONTH"], leap["BYMONTHDAY"]) == ([2], [-1])
    slot = events["Keep in touch: who this week?"]
    assert slot.decoded("DTSTART").weekday() == 0
    assert "Due%20this%20week" in slot["URL"]
    assert len({str(e["UID"]) for e in events.values()}) == len(events)
    for secret in ("SECRET", "PROMISE"):
        assert secret not in out


def test_a_spreadsheet_reckons_with_no_cell(people: VaultFolder) -> None:
    rows = list(csv.DictReader(io.StringIO(people.ok("export", "csv").out, newline="")))
    assert [row["contact"] for row in rows] == ["Jane Doe", "Zoë Łukasz 李"]
    assert rows[0]["phone"] == "'+49 30 5550 117"
    assert rows[1]["phone"] == "'=cmd()"
    assert "health" not in rows[0]


def test_json_is_all_of_it(people: VaultFolder) -> None:
    jane = json.loads(people.ok("export", "json").out)["contacts"][0]
    assert jane["properties"]["health"] == ["SECRET"]
    assert jane["interactions"][0]["text"] == "SECRET"


def test_a_part_can_be_exported(people: VaultFolder) -> None:
    assert people.ok("export", "vcard", "--where", "company=Globex").out.count("BEGIN:VCARD") == 1
    assert people.run("export", "csv", "--dir", "x").code == 2
