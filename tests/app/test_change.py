"""`--dry-run`: a diff that says what would be written, and nothing written."""

import os
import subprocess
from pathlib import Path

import pytest
from conftest import VaultFolder

NOTE = """---
tier: A   # why
---
Prose.

## Follow-ups

- [ ] Send the plan

## Log

- 2026-11-01 call: hello
"""
SHAPES = {
    "lf": NOTE,
    "crlf": NOTE.replace("\n", "\r\n"),
    "bom": f"\ufeff{NOTE}",
    "no final newline": NOTE.rstrip("\n"),
    "crlf, no final newline": NOTE.replace("\n", "\r\n").removesuffix("\r\n"),
    "empty": "",
    "one line, not ended": "Jane.",
    "odd characters": f"a\x00b\x0cc\x85d\u2028e\x1df\n{NOTE}",
    "lone carriage returns": NOTE.replace("Prose.", "a\rb\r\rc"),
    "mixed": NOTE.replace("Prose.\n", "Prose.\r\n"),
}
COMMANDS = {
    "log": ["log", "{}", "-m", "call: x"],
    "set": ["set", "{}", "tier=B"],
    "follow-up": ["follow-up", "{}", "Call back"],
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_diff_is_what_is_written(vault: VaultFolder, tmp_path: Path, shape: str, command: str) -> None:
    path = "People/Jane Doe.md"
    vault.write(path, SHAPES[shape])
    check(vault, tmp_path, path, COMMANDS[command])


@pytest.mark.parametrize(
    "name",
    [
        "Jane",
        "Zoë Lindqvist",
        "李梅",
        'Jane "JD" Doe',
        "back\\slash",
        "tab\there",
        "new\nline",
        "b/deep/Jane Doe",
        " leading",
        "50% off",
    ],
)
def test_whatever_the_note_is_called(vault: VaultFolder, tmp_path: Path, name: str) -> None:
    path = f"People/{name}.md"
    vault.write(path, NOTE)
    check(vault, tmp_path, path, COMMANDS["log"])


def check(vault: VaultFolder, tmp_path: Path, path: str, command: list[str]) -> None:
    args = [part.replace("{}", path) for part in command]
    before = vault.snapshot()
    shown = vault.ok(*args, "--dry-run")
    assert vault.snapshot() == before
    original = vault.read(path)
    vault.ok(*args)
    for tool in (["git", "apply", "-p1"], ["patch", "-p1", "--silent", "--binary"]):
        folder = tmp_path / tool[0]
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_bytes(original)
        done = subprocess.run(tool, cwd=folder, input=shown.out.encode(), capture_output=True)
        assert done.returncode == 0, (shown.out, done)
        assert (folder / path).read_bytes() == vault.read(path), tool


def test_a_new_note(vault: VaultFolder, tmp_path: Path) -> None:
    args = ["add", "Priya Nair", "--company", "Acme", "--log", "coffee: hi"]
    before = vault.snapshot()
    shown = vault.ok(*args, "--dry-run")
    assert vault.snapshot() == before
    vault.ok(*args)
    for tool in (["git", "apply"], ["patch", "-p1", "--silent"]):
        folder = tmp_path / tool[0]
        folder.mkdir()
        subprocess.run(tool, cwd=folder, input=shown.out.encode(), check=True)
        assert (folder / "People/Priya Nair.md").read_bytes() == vault.read("People/Priya Nair.md")


def test_many_notes_in_one_diff(example: VaultFolder, tmp_path: Path) -> None:
    args = ["set", "--where", "tier=A", "tier=B"]
    shown = example.ok(*args, "--dry-run")
    (tmp_path / "copy").mkdir()
    names = [line[6:].rstrip("\t") for line in shown.out.splitlines() if line.startswith("--- ")]
    assert len(names) >= 3
    for name in names:
        target = tmp_path / "copy" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(example.read(name))
    subprocess.run(["git", "apply"], cwd=tmp_path / "copy", input=shown.out.encode(), check=True)
    example.ok(*args)
    for name in names:
        assert (tmp_path / "copy" / name).read_bytes() == example.read(name)


def test_the_generated_notes(example: VaultFolder, tmp_path: Path) -> None:
    before = example.snapshot()
    shown = example.ok("index", "--dry-run")
    assert example.snapshot() == before
    (tmp_path / "copy").mkdir()
    subprocess.run(["git", "apply"], cwd=tmp_path / "copy", input=shown.out.encode(), check=True)
    written = example.json("index")["written"]
    assert written
    for path in written:
        assert (tmp_path / "copy" / path).read_bytes() == example.read(path)


def test_no_change_no_diff(vault: VaultFolder) -> None:
    vault.write("People/Jane.md", NOTE)
    assert vault.ok("set", "jane", "tier=A", "--dry-run").out == ""
    assert vault.ok("resume", "jane", "--dry-run").out == ""


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_none_of_many_is_written_where_one_cannot_be(
    vault: VaultFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "ABC":
        vault.write(f"People/{name}.md", "---\nkind: x\n---\n")
    outside = tmp_path / "outside.md"
    outside.write_bytes(vault.read("People/C.md"))
    before = vault.snapshot()
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("B.md") and real(path, mode))
    for said in ("People/B.md: not written: it is read-only", "People/C.md: not written: it leads out"):
        done = vault.run("set", "--where", "kind=x", "tier=A")
        assert (done.code, said in done.err) == (5, True)
        assert vault.snapshot() == before
        monkeypatch.setattr(os, "access", real)
        (vault.root / "People/C.md").unlink()
        (vault.root / "People/C.md").symlink_to(outside)
        before = vault.snapshot()
