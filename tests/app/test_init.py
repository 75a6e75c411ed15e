"""`init` on notes that are there already: what it finds, what it writes, and that it changes no note."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Result, VaultFolder, run_program

OLD: dict[str, str] = {
    ".obsidian/daily-notes.json": '{"folder": "Tage", "format": "DD.MM.YYYY"}',
    ".obsidian/types.json": '{\n  "types": {\n    "birthday": "date"\n  }\n}',
    "02 - 👤 Personen/Jane Doe.md": "---\norg: Globex\n---\nNotes on [[Sam Lee]].\n- [ ] Send her the plan\n",
    "02 - 👤 Personen/Friends/Sam Lee.md": "no front matter",
    "Vorlagen/Kontakte/Person.md": "---\nname: {{title}}\n---\n",
    "References/Ana Ruiz.md": '---\ncategories:\n  - "[[People]]"\n---\n',
    "Tage/20.11.2026.md": "- coffee with [[Jane Doe]]: hi\n- thought of [[Sam Lee]]\n",
    "Tage/19.11.2026.md": "",
    "Meetings/Plan.md": '---\ndate: 2026-11-18\npeople:\n  - "[[Ana Ruiz]]"\n---\n',
    "Recipes/Soup.md": "# Soup\n",
    ".gitignore": "/secret",
}


@pytest.fixture
def old(tmp_path: Path) -> VaultFolder:
    """An Obsidian vault of somebody who has never heard of us."""
    folder = VaultFolder(tmp_path / "old")
    for path, text in OLD.items():
        folder.write(path, text)
    return folder


def init(vault: VaultFolder, *args: str, **streams: Any) -> Result:
    return run_program("init", str(vault.root), *args, **streams)


def files(vault: VaultFolder) -> set[str]:
    return {str(path.relative_to(vault.root)) for path in vault.root.rglob("*") if path.is_file()}


def test_it_takes_up_a_vault_as_it_is(old: VaultFolder) -> None:
    done = init(old)
    assert (done.code, done.out) == (0, "")
    changed = [path for path, text in OLD.items() if old.read(path).decode() != text]
    assert changed == [".gitignore"]
    assert files(old) == {*OLD, "vaultkeeper.toml"}
    assert old.read(".gitignore").decode().startswith("/secret\n.trash/\n")
    for words in (
        "      3 people     ",
        "      2 dated      2 lines are contact with 2 of them",
        "      1 promises ",
    ):
        assert words in done.err
    config = tomllib.loads(old.read("vaultkeeper.toml").decode())
    assert config["contacts"]["folders"] == ["02 - 👤 Personen"]
    assert config["daily_notes"] == {"folder": "Tage", "format": "DD.MM.YYYY"}
    assert old.json("show", "jane")["last_contact"] == "2026-11-20"
    assert old.json("show", "ana")["last_contact"] == "2026-11-18"
    old.ok("index")
    assert [path for path, text in OLD.items() if old.read(path).decode() != text] == changed


def test_a_dry_run_shows_all_of_it_and_writes_nothing(old: VaultFolder) -> None:
    before = old.snapshot()
    shown = init(old, "--dry-run", "--obsidian").out
    assert old.snapshot() == before
    for path in ("vaultkeeper.toml", ".gitignore", "Keep in touch/Due.base", ".obsidian/types.json"):
        assert f"+++ b/{path}" in shown


@pytest.mark.parametrize(
    ("args", "streams", "views"),
    [
        ([], {}, False),
        (["--obsidian"], {}, True),
        ([], {"terminal": "in out err", "input": "y\n"}, True),
        ([], {"terminal": "in out err", "input": "\n"}, False),
        (["--no-obsidian"], {"terminal": "in out err"}, False),
    ],
    ids=["not asked", "an option", "asked: yes", "asked: as it is", "asked before"],
)
def test_obsidians_views_come_where_they_are_asked_for(
    old: VaultFolder, args: list[str], streams: dict[str, str], views: bool
) -> None:
    assert init(old, *args, **streams).code == 0
    assert ("Keep in touch/Contacts.base" in files(old)) == views
    config = tomllib.loads(old.read("vaultkeeper.toml").decode())
    assert config.get("properties", "off") == ("index" if views else "off")
    types = old.read(".obsidian/types.json").decode()
    assert ('"birthday": "date"' in types, '"tier": "text"' in types) == (True, views)


def test_a_folder_without_people_says_where_they_will_be(tmp_path: Path) -> None:
    vault = VaultFolder(tmp_path / "old")
    vault.write("Soup.md", "# Soup\n")
    done = init(vault)
    assert "      0 people     to come in People/" in done.err
    assert (vault.root / "People").is_dir()


def test_a_vault_is_made_once(old: VaultFolder) -> None:
    init(old)
    before = old.snapshot()
    again = init(old, terminal="in out err")
    assert (again.code, "is a vault already" in again.err) == (5, True)
    assert old.snapshot() == before
