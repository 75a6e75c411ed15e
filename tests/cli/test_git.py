"""`git setup`, `index --commit`, and the merge driver as git calls it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import VaultFolder, run_program

from vaultkeeper.app import merge_file

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

JANE = "People/Jane Doe.md"
ATTRIBUTES = '*.md merge=vaultkeeper\n"Keep in touch/*.svg" merge=vaultkeeper\n'


def git(vault: VaultFolder, *args: str) -> str:
    return subprocess.run(["git", *args], cwd=vault.root, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def repo(vault: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> VaultFolder:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "test@example.org")
    vault.write(JANE, "---\ntier: A\n---\n## Log\n\n- 2026-01-01 call: first\n")
    git(vault, "init", "-q", "-b", "main")
    git(vault, "add", "--all")
    git(vault, "commit", "-qm", "first")
    return vault


def test_doctor_tells_of_a_clone_that_is_not_set_up(repo: VaultFolder, tmp_path: Path) -> None:
    assert ".gitattributes" not in repo.run("doctor").err
    repo.ok("git", "setup")
    git(repo, "add", "--all")
    git(repo, "commit", "-qm", "setup")
    assert repo.ok("doctor").err == "All is well.\n"
    git(repo, "clone", "-q", str(repo.root), str(tmp_path / "clone"))
    clone = VaultFolder(tmp_path / "clone")
    told = clone.run("doctor")
    assert told.code == 3
    assert told.err.startswith(".gitattributes:1: ") and "vk git setup" in told.err
    clone.ok("git", "setup")
    assert clone.ok("doctor").err == "All is well.\n"


# -- git setup ------------------------------------------------------------------------------------


def test_setup(repo: VaultFolder) -> None:
    done = repo.ok("git", "setup")
    assert "Git merges the notes of this vault now." in done.err
    assert repo.read(".gitattributes").decode() == ATTRIBUTES
    assert (
        git(repo, "config", "merge.vaultkeeper.driver")
        .rstrip()
        .endswith("vaultkeeper merge-file %O %A %B %P")
    )
    before = repo.snapshot()
    assert repo.ok("git", "setup").err == "All set.\n"
    assert repo.snapshot() == before


def test_setup_dry(repo: VaultFolder) -> None:
    before = repo.snapshot()
    shown = repo.ok("git", "setup", "--dry-run")
    assert "+*.md merge=vaultkeeper" in shown.out
    assert "git config merge.vaultkeeper.driver = " in shown.err
    assert repo.snapshot() == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("*.png binary", f"*.png binary\n{ATTRIBUTES}"),
        ("", ATTRIBUTES),
        ("*.md merge=vaultkeeper\n", ATTRIBUTES),
    ],
)
def test_setup_adds_its_lines(repo: VaultFolder, before: str, after: str) -> None:
    repo.write(".gitattributes", before)
    repo.ok("git", "setup")
    assert repo.read(".gitattributes").decode() == after
    repo.ok("undo")
    assert repo.read(".gitattributes").decode() == before


def test_setup_of_an_odd_folder(repo: VaultFolder) -> None:
    repo.write("vaultkeeper.toml", "[generated]\nfolder = 'a [\"b\"] *'\n")
    repo.ok("git", "setup")
    told = git(repo, "check-attr", "merge", "--", 'a ["b"] *x/Touches.svg', 'a ["b"] */Touches.svg')
    assert "unspecified" in told.splitlines()[0]
    assert told.endswith("merge: vaultkeeper\n")


def test_setup_outside_of_a_repository(vault: VaultFolder) -> None:
    failed = vault.run("git", "setup")
    assert failed.code == 1
    assert "in no git repository" in failed.err
    assert not (vault.root / ".gitattributes").exists()


# -- index --commit -------------------------------------------------------------------------------


def test_index_commits_what_it_wrote(repo: VaultFolder) -> None:
    repo.write("mine.md", "mine")
    git(repo, "add", "mine.md")
    repo.write(JANE, repo.read(JANE) + b"- 2026-01-02 call: not yet committed\n")
    written = repo.json("index", "--commit")["written"]
    assert sorted(
        git(repo, "show", "--name-only", "--format=", "-z", "HEAD").strip("\0").split("\0")
    ) == sorted(written)
    message = git(repo, "show", "-s", "--format=%B", "HEAD").rstrip().splitlines()
    assert message[0] == f"vk index: wrote {len(written)} notes"
    assert message[2:] == sorted(written)
    assert git(repo, "status", "--porcelain") == f' M "{JANE}"\nA  mine.md\n'
    head = git(repo, "rev-parse", "HEAD")
    repo.ok("index", "--commit")
    assert git(repo, "rev-parse", "HEAD") == head


def test_index_says_what_it_left(repo: VaultFolder) -> None:
    due = "Keep in touch/Due this week.md"
    repo.ok("index")
    git(repo, "add", due)
    said = repo.ok("index", "--commit", today="2026-11-30").err
    assert f"{due} is not committed: you have staged it" in said


def test_index_does_not_commit_on_a_dry_run(repo: VaultFolder) -> None:
    head = git(repo, "rev-parse", "HEAD")
    repo.ok("index", "--commit", "--dry-run")
    assert git(repo, "rev-parse", "HEAD") == head


def test_index_without_a_repository(vault: VaultFolder) -> None:
    failed = vault.run("index", "--commit")
    assert failed.code == 1
    assert "in no git repository" in failed.err
    assert (vault.root / "Keep in touch/Due this week.md").exists()  # the rest is done


# -- the merge driver -----------------------------------------------------------------------------


def merge(vault: VaultFolder, base: bytes, ours: bytes, theirs: bytes, path: str = JANE) -> tuple[int, bytes]:
    files = [
        vault.write(f".merge_{name}", data) for name, data in zip("OAB", (base, ours, theirs), strict=True)
    ]
    code = run_program("merge-file", *map(str, files), path).code
    return code, files[1].read_bytes()


def test_the_driver(vault: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(vault.root)
    base = b"## Log\n\n- 2026-11-01 call: a\n"
    ours, theirs = base + b"- 2026-11-02 call: b\n", base + b"- 2026-11-03 call: c\n"
    assert merge(vault, base, ours, theirs) == (0, ours + b"- 2026-11-03 call: c\n")
    assert merge(vault, b"", b"x\n", b"y\n") == (1, b"<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs\n")


def test_the_driver_is_not_in_the_help(vault: VaultFolder) -> None:
    assert "merge-file" not in vault.ok("--help").out


@pytest.mark.parametrize("path", ["-h.md", "--help", "-f x.md", "missing/x.md", "/x.md"])
def test_the_driver_takes_any_name(vault: VaultFolder, path: str) -> None:
    assert merge(vault, b"a\n", b"b\n", b"a\n", path) == (0, b"b\n")


def test_the_driver_reads_the_vaults_config(vault: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.write("deep/vault/vaultkeeper.toml", "[log]\nheading = 'Protokoll'\n")
    monkeypatch.chdir(vault.root)
    base = b"## Protokoll\n\n- undated\n"
    merged = merge(vault, base, base + b"- one\n", base + b"- two\n", "deep/vault/People/x.md")
    assert merged == (0, base + b"- one\n- two\n")
    vault.write("deep/vault/vaultkeeper.toml", "<<<<<<< in the middle of a merge\n")
    assert merge(vault, base, base + b"- one\n", base + b"- two\n", "deep/vault/People/x.md")[0] == 1


def test_what_is_not_utf8_is_gits_to_merge(vault: VaultFolder) -> None:
    assert merge(vault, b"a\n\xff\nb\nc\nd\n", b"A\n\xff\nb\nc\nd\n", b"a\n\xff\nb\nc\nD\n") == (
        0,
        b"A\n\xff\nb\nc\nD\n",
    )
    code, merged = merge(vault, b"\xff\n", b"\xff a\n", b"\xff b\n")
    assert (code, merged) == (1, b"<<<<<<< ours\n\xff a\n=======\n\xff b\n>>>>>>> theirs\n")


def test_a_fault_of_ours_is_no_merge(vault: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(merge_file, "merge_notes", fail)
    code, merged = merge(vault, b"a\n", b"b\n", b"c\n")
    assert (code, merged) == (1, b"<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n")


def test_pictures_of_ours_are_drawn_anew(vault: VaultFolder) -> None:
    ours, theirs = (f"<svg><!-- generated by vaultkeeper --> {n}</svg>".encode() for n in (1, 2))
    assert merge(vault, b"", ours, theirs, "Keep in touch/Touches.svg") == (0, ours)
    assert merge(vault, b"", ours, b"<svg>mine</svg>", "Keep in touch/Touches.svg")[0] == 1


def test_git_itself_calls_it(repo: VaultFolder) -> None:
    repo.ok("git", "setup")
    git(repo, "add", "--all")
    git(repo, "commit", "-qm", "setup")
    git(repo, "checkout", "-qb", "other")
    repo.ok("log", "jane", "-m", "2026-11-03 call: theirs")
    git(repo, "commit", "-qam", "theirs")
    git(repo, "checkout", "-q", "main")
    repo.ok("log", "jane", "-m", "2026-11-02 call: ours")
    git(repo, "commit", "-qam", "ours")
    git(repo, "merge", "-q", "--no-edit", "other")
    assert repo.read(JANE).endswith(b"first\n- 2026-11-02 call: ours\n- 2026-11-03 call: theirs\n")
