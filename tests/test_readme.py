"""What README.md says beside its sessions (test_transcripts.py): its contact, its config, its links."""

import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / name for name in ("README.md", "CHANGELOG.md", "SECURITY.md")]


def block(kind: str, number: int = 0) -> str:
    return re.findall(rf"^```{kind}\n(.*?)^```", README, re.M | re.S)[number]


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_its_contact_is_read_as_it_says(vault: Any) -> None:
    vault.write("People/Jane Doe.md", block("markdown"))
    assert vault.json("index")["problems"] == []
    jane = vault.json("show", "jane")
    assert (jane["tier"], jane["last_contact"], jane["next_contact"]) == ("A", "2026-10-20", "2026-11-10")
    assert [(promise["text"], promise["due"]) for promise in jane["follow_ups"]] == [
        ("Send the hiring plan", "2026-11-26")
    ]
    assert jane["balance"] == jane["balance"] | {"gave": 0, "asked": 1}


def test_its_log_lines_are_read_as_it_says(vault: Any) -> None:
    lines = re.findall(r"^    (.+)", section("The file format, on one page"), re.M)
    vault.write("People/Jane Doe.md", "## Log\n\n" + "".join(f"{line}\n" for line in lines))
    assert vault.json("index")["problems"] == []
    entries = vault.json("show", "jane")["interactions"]
    assert [(entry["channel"], entry["direction"]) for entry in entries] == [
        ("coffee", "both"),
        ("email", "out"),
        ("call", "both"),
    ]
    assert entries[0]["time"] == "14:30"
    assert entries[0]["with"] == ["Sam Lee", "Ana Ruiz"]


def test_its_config_has_the_keys_and_defaults_that_init_writes() -> None:
    written = (ROOT / "templates/vaultkeeper.toml").read_text("utf-8")
    cells = [
        re.findall(r"`([^`]+)`", row.split("|")[1])
        for row in section("The config").splitlines()
        if "|" in row
    ]
    keys = {key.split("] ")[-1].strip("[]") for names in cells for key in names}
    assert len(keys) > 15
    assert {key for key in keys if key not in written} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_its_layout_names_the_rooms_of_the_package() -> None:
    rooms = {path.name for path in (ROOT / "vaultkeeper").iterdir() if (path / "__init__.py").exists()}
    assert set(re.findall(r"^\| `(\w+)/`", section("For contributors"), re.M)) == rooms
