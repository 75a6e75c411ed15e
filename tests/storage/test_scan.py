import os
import sys
from pathlib import Path

import pytest

from vaultkeeper.errors import VaultNotFound
from vaultkeeper.storage.files import Files
from vaultkeeper.storage.scan import ScanRules, scan, stamp_of

not_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)


def make(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x")


def seen(root: Path, rules: ScanRules | None = None) -> list[str]:
    return sorted(scan(root, rules or ScanRules()).notes)


def told(root: Path) -> list[str]:
    return [str(problem) for problem in scan(root, ScanRules()).problems]


def test_notes_are_found_at_any_depth(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "People/B.md", "People/deep/er/C.MD", "People/Zoë.md", "People/pic.png", "md")
    assert seen(tmp_path) == ["People/B.md", "People/Zoë.md", "People/deep/er/C.MD", "a.md"]
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    "path",
    [
        ".obsidian/x.md",
        ".git/x.md",
        "a/.trash/x.md",
        "a/.hidden.md",
        "node_modules/x.md",
        "a/node_modules/p/x.md",
        "notes.txt",
    ],
)
def test_always_skipped(tmp_path: Path, path: str) -> None:
    make(tmp_path, "a/kept.md", path)
    assert seen(tmp_path) == ["a/kept.md"]


@pytest.mark.parametrize(
    ("rules", "left"),
    [
        (ScanRules(), ["Old/a.md", "Old/b.md", "Older.md", "Templates/t.md", "n/Templates/u.md"]),
        (ScanRules(frozenset({"Templates"})), ["Old/a.md", "Old/b.md", "Older.md", "n/Templates/u.md"]),
        (ScanRules(frozenset({"n/Templates"})), ["Old/a.md", "Old/b.md", "Older.md", "Templates/t.md"]),
        (ScanRules(ignored=("Old/",)), ["Older.md", "Templates/t.md", "n/Templates/u.md"]),
        (ScanRules(ignored=("Old", "")), ["Templates/t.md", "n/Templates/u.md"]),
        (ScanRules(ignored=("Old/b",)), ["Old/a.md", "Older.md", "Templates/t.md", "n/Templates/u.md"]),
        (ScanRules(ignored=(r"/[abt]\.md$/",)), ["Older.md", "n/Templates/u.md"]),
        (ScanRules(ignored=("Old/a", "/Templates/")), ["Old/b.md", "Older.md"]),
    ],
)
def test_rules(tmp_path: Path, rules: ScanRules, left: list[str]) -> None:
    make(tmp_path, "Old/a.md", "Old/b.md", "Older.md", "Templates/t.md", "n/Templates/u.md")
    assert seen(tmp_path, rules) == left


def test_filter_that_python_does_not_understand_is_told(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    found = scan(tmp_path, ScanRules(ignored=("/(/",)))
    assert list(found.notes) == ["a.md"]
    assert [problem.path for problem in found.problems] == [".obsidian/app.json"]


def test_stamp_is_that_of_the_file_and_of_reading_it(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "é.md")
    found = scan(tmp_path, ScanRules())
    for path, stamp in found.notes.items():
        assert stamp == stamp_of((tmp_path / path).stat())
        assert stamp == Files(tmp_path, tmp_path / ".state").read(path).stamp


def test_stamp_tells_a_save_of_equal_size_and_mtime(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "new")
    before = scan(tmp_path, ScanRules()).notes["a.md"]
    os.utime(tmp_path / "new", ns=(before[0], before[0]))
    (tmp_path / "new").replace(tmp_path / "a.md")
    after = scan(tmp_path, ScanRules()).notes["a.md"]
    assert after[:2] == before[:2]
    assert after != before


def test_unicode_form_is_that_of_the_disk(tmp_path: Path) -> None:
    make(tmp_path, "Zoe\u0308.md")
    assert seen(tmp_path) == os.listdir(tmp_path)


def test_folder_named_like_a_note(tmp_path: Path) -> None:
    make(tmp_path, "x.md/inner.md")
    assert seen(tmp_path) == ["x.md/inner.md"]
    assert told(tmp_path) == ["x.md:1: a folder named like a note"]


def test_links_to_notes(tmp_path: Path) -> None:
    make(tmp_path, "vault/a.md", "outside.md")
    (tmp_path / "vault/link.md").symlink_to(tmp_path / "outside.md")
    (tmp_path / "vault/broken.md").symlink_to("nowhere")
    (tmp_path / "vault/self.md").symlink_to("self.md")
    (tmp_path / "vault/self").symlink_to("self")
    found = scan(tmp_path / "vault", ScanRules())
    assert sorted(found.notes) == ["a.md", "link.md"]
    assert found.notes["link.md"] == stamp_of((tmp_path / "outside.md").stat())
    assert [problem.path for problem in found.problems] == ["broken.md", "self.md"]
    assert "leads nowhere" in found.problems[0].message


def test_links_to_folders_are_followed_once(tmp_path: Path) -> None:
    make(tmp_path, "vault/m/real/a.md", "beside the vault.md", "outside/b.md", "outside/deep/c.md")
    vault = tmp_path / "vault"
    (vault / "another").symlink_to(tmp_path / "outside")
    (vault / "b").symlink_to(tmp_path / "outside")
    (vault / "early").symlink_to(vault / "m/real")  # in the vault already
    (vault / "m/up").symlink_to(vault)
    (vault / "m/over").symlink_to(tmp_path)  # holds the vault
    (tmp_path / "outside/deep/back").symlink_to(tmp_path / "outside")
    assert seen(vault) == ["another/b.md", "another/deep/c.md", "m/real/a.md"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO here")
def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "link.md").symlink_to("pipe.md")
    assert seen(tmp_path) == []
    assert told(tmp_path) == ["link.md:1: a link to what is no file", "pipe.md:1: not an ordinary file"]


@pytest.mark.skipif(sys.platform != "linux", reason="here, a file system refuses such names")
def test_names_that_are_not_utf8_are_told_in_words_that_can_be_printed(tmp_path: Path) -> None:
    latin = os.fsdecode(b"Ren\xe9")
    make(tmp_path, f"{latin}/x.md", f"{latin}.md", "a.md")
    assert seen(tmp_path) == ["a.md"]
    lines = told(tmp_path)
    assert [line.split(":")[0] for line in lines] == [r"Ren\xe9", r"Ren\xe9.md"]
    assert "\n".join(lines).encode()


@not_root
def test_unreadable_folder_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "private/b.md")
    (tmp_path / "private").chmod(0)
    try:
        assert seen(tmp_path) == ["a.md"]
        assert told(tmp_path) == ["private:1: this folder cannot be read: Permission denied"]
    finally:
        (tmp_path / "private").chmod(0o700)


def test_folder_that_fails_is_told_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a.md", "gone/b.md", "private/b.md")
    real = os.open

    def refuse(path: str, flags: int) -> int:
        if Path(path).name == "gone":
            raise FileNotFoundError
        if Path(path).name == "private":
            raise PermissionError(13, "Permission denied")
        return real(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    assert seen(tmp_path) == ["a.md"]
    assert told(tmp_path) == ["private:1: this folder cannot be read: Permission denied"]


@pytest.mark.parametrize("name", ["missing", "a.md"])
def test_root_that_cannot_be_read_is_an_error(tmp_path: Path, name: str) -> None:
    make(tmp_path, "a.md")
    with pytest.raises(VaultNotFound, match="cannot be read"):
        scan(tmp_path / name, ScanRules())


def test_strays_of_killed_runs_are_seen(tmp_path: Path) -> None:
    make(tmp_path, ".vk-0123456789abcdef.tmp", "p/q/.vk-0123456789abcdef-aside.tmp", "r/.vk-notes.tmp")
    assert scan(tmp_path, ScanRules()).untidy == {"", "p/q"}
