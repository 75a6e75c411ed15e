"""`vk import`: what it prints, how it ends, what a file may be."""

import zipfile
from pathlib import Path

import pytest

from tests.conftest import VaultFolder

LINKEDIN = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Jane,Doe,https://www.linkedin.com/in/jane-doe,jane@globex.example,Globex,CTO,12 Mar 2025\n"
)
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nEND:VCARD\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "Connections.csv"
    file.write_text(LINKEDIN)
    return file


def test_the_plan_is_a_line_a_person(vault: VaultFolder, export: Path) -> None:
    done = vault.ok("import", "linkedin", str(export))
    assert done.out == "made\tJane Doe\tPeople/LinkedIn/Jane Doe.md\t\tCTO, Globex\n"
    assert (
        done.err
        == "1 read: 1 new, 0 filled, 0 left as they are, 0 unclear\nWrote 1 note; vk undo takes it back.\n"
    )


def test_and_a_table_on_a_terminal(vault: VaultFolder, export: Path) -> None:
    vault.write("People/Sam Lee.md", "one")
    vault.write("People/Old/Sam Lee.md", "two")
    vault.write("People/Ann.md", "---\ncompany: Globex\n---\n")
    row = "{},,,,{},,12 Mar 2025\n"
    export.write_text(LINKEDIN + row.format("Sam Lee", "Acme") + row.format("Ann", "Acme"))
    done = vault.run("import", "linkedin", str(export), terminal="out")
    assert done.code == 0
    for part in (
        "make",
        "Jane Doe",
        "CTO, Globex",
        "fill",
        "connected",
        "moved?",
        "Globex → Acme",
        "who is meant?",
    ):
        assert part in done.out


def test_json(vault: VaultFolder, export: Path) -> None:
    plan = vault.json("import", "linkedin", str(export))
    assert plan["rows"] == [
        {
            "contact": "Jane Doe",
            "path": "People/LinkedIn/Jane Doe.md",
            "action": "made",
            "line": 2,
            "how": None,
            "keys": [],
            "entries": 0,
            "detail": "CTO, Globex",
            "candidates": [],
        }
    ]
    del plan["rows"]
    assert plan == {
        "read": 1,
        "made": 1,
        "filled": 0,
        "left": 0,
        "ambiguous": 0,
        "entries": 0,
        "filtered": 0,
        "skipped": {},
        "moved": [],
        "problems": [],
        "written": ["People/LinkedIn/Jane Doe.md"],
    }


def test_dry_run_with_json_is_one_document(vault: VaultFolder, export: Path) -> None:
    before = vault.snapshot()
    plan = vault.ok("import", "linkedin", str(export), "--json", "--dry-run").json
    assert (plan["made"], plan["written"]) == (1, [])
    assert vault.snapshot() == before


def test_bad_rows_end_with_3_and_their_lines(vault: VaultFolder, export: Path) -> None:
    export.write_text(
        LINKEDIN + "Sam,Lee\n" + LINKEDIN.splitlines()[1].replace("Jane", "Ann").replace("jane", "ann") + "\n"
    )
    done = vault.run("import", "linkedin", str(export), "--json")
    assert done.code == 3
    assert done.err == f"{export}:3: 2 cells where the header has 7 (cut off?); the row is left out\n"
    assert [problem["line"] for problem in done.json["problems"]] == [3]
    assert len(done.json["written"]) == 2


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("linkedin", LINKEDIN.splitlines()[0]),
        ("linkedin", ""),
        ("linkedin", LINKEDIN.splitlines()[0] + "\nSam,Lee\n"),
        ("google", "hello"),
        ("vcard", "BEGIN:VCARD\nFN:cut"),
        ("vcard", "\0\1\2\xff"),
        ("friends", "### Friends:\n"),
        ("mbox", "hello"),
        ("ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
        ("csv", "name\n"),
        ("linkedin-messages", "FROM,TO,DATE\n"),
    ],
)
def test_a_file_without_a_row_is_an_error(vault: VaultFolder, export: Path, form: str, text: str) -> None:
    export.write_bytes(text.encode("latin-1"))
    before = vault.snapshot()
    done = vault.run("import", form, str(export))
    assert done.code == 1
    assert str(export) in done.err and not done.out
    assert vault.snapshot() == before


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "latin-1"])
def test_encodings(vault: VaultFolder, export: Path, encoding: str) -> None:
    export.write_bytes(LINKEDIN.replace("Jane,Doe", "Zoë,Groß").encode(encoding))
    done = vault.ok("import", "linkedin", str(export))
    assert (vault.root / "People/LinkedIn/Zoë Groß.md").exists()
    assert ("read as Windows-1252" in done.err) == (encoding == "latin-1")


def test_a_zip_of_a_data_export(vault: VaultFolder, tmp_path: Path) -> None:
    file = tmp_path / "Basic_LinkedInDataExport.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("Profile.csv", "x")
        archive.writestr("learning/guide_messages.csv", "x")
        archive.writestr("Connections.csv", LINKEDIN + "bad\n")
    done = vault.run("import", "linkedin", str(file))
    assert done.code == 3 and "made\tJane Doe" in done.out
    assert f"{file}/Connections.csv:3: " in done.err
    done = vault.run("import", "linkedin-messages", str(file))
    assert done.code == 1 and "the ZIP holds no messages.csv" in done.err
    file.write_bytes(file.read_bytes()[:100])
    assert vault.run("import", "linkedin", str(file)).code == 1


def test_a_folder_of_cards(vault: VaultFolder, tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    folder.mkdir()
    for name in ("Jane Doe", "Sam Lee"):
        (folder / f"{name}.vcf").write_text(CARD.format(name))
    (folder / "notes.txt").write_text("x")
    assert vault.json("import", "vcard", str(folder))["made"] == 2
    assert vault.run("import", "ics", str(folder)).code == 1


@pytest.mark.parametrize(("typed", "options", "made"), [("n\n", (), 0), ("\n", (), 1), ("", ("--yes",), 1)])
def test_a_person_is_asked(
    vault: VaultFolder, export: Path, typed: str, options: tuple[str, ...], made: int
) -> None:
    done = vault.run("import", "linkedin", str(export), *options, input=typed, terminal="in out err")
    assert ("Write this?" in done.err) != bool(options)
    assert len([*vault.root.rglob("*.md")]) == made


def test_stdin(vault: VaultFolder) -> None:
    done = vault.run("import", "vcard", "-", input=CARD.format("Jane Doe"))
    assert done.code == 0 and (vault.root / "People/Contacts/Jane Doe.md").exists()


def test_csv_needs_to_know_the_name(vault: VaultFolder, export: Path) -> None:
    export.write_text("Nom;Tier;Hobby;goal_fit\nJane;B;sailing;2\nSam;Z;;9\n")
    done = vault.run("import", "csv", str(export))
    assert done.code == 1 and "--map name=COLUMN" in done.err
    args = ("--map", "name=Nom", "--map", "tier=Tier", "--map", "hobby=hobby", "--into", "People")
    done = vault.run("import", "csv", str(export), *args)
    assert done.code == 3
    assert done.err.endswith(
        f"{export}:3: goal_fit: '9' is not a number from 0 to 3; it is left out\n"
        f"{export}:3: the config has no tier 'Z'; it has A, B, C, D; it is left out\n"
    )
    assert "goal_fit: 2\ntier: B\n" in vault.read("People/Jane.md").decode()
    assert "hobby: sailing\n" in vault.read("People/Jane.md").decode()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("linkedin", "nowhere.csv"), "does not exist"),
        (("excel", "x"), "is not one of 'linkedin'"),
        (("linkedin", "{file}", "--where", "company"), "is not KEY=VALUE"),
        (("linkedin", "{file}", "--map", "name=X"), "--map is for import csv"),
        (("linkedin", "{file}", "--since", "soonish"), "is not a date"),
        (("linkedin", "{file}", "--into", "/etc"), "lies outside the vault"),
        (("linkedin", "{file}", "--into", "People/.hidden"), "looks for no notes there"),
        (("linkedin", "{file}", "--into", "Templates/vaultkeeper/x"), "looks for no notes there"),
        (
            ("linkedin", "{file}", "--where", "position=CTO"),
            "nobody here has a 'position'; they have company,",
        ),
    ],
)
def test_wrong_usage(vault: VaultFolder, export: Path, args: tuple[str, ...], message: str) -> None:
    done = vault.run("import", *(arg.format(file=export) for arg in args))
    assert done.code == 2 and message in done.err


def test_a_wrong_encoding_s_name_is_an_error(vault: VaultFolder, export: Path) -> None:
    done = vault.run("import", "linkedin", str(export), "--encoding", "klingon")
    assert done.code == 1 and "there is no encoding 'klingon'" in done.err


def test_help_tells_the_formats(vault: VaultFolder) -> None:
    out = vault.ok("import", "--help").out
    for name in ("linkedin-messages", "google", "vcard", "friends", "mbox", "ics", "csv"):
        assert name in out


def test_an_unreadable_file(vault: VaultFolder, tmp_path: Path) -> None:
    folder = tmp_path / "Connections.csv.d"
    folder.mkdir()
    assert vault.run("import", "linkedin", str(folder)).code == 1
