"""The door to git: what it commits, what it leaves, and that it runs no program of the repository's."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.storage import git
from vaultkeeper.storage.git import Git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
posix = pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")


def run(folder: Path, *args: str) -> str:
    return subprocess.run(["git", *args], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "test@example.org")
    folder = tmp_path / "repo"
    folder.mkdir()
    run(folder, "init", "-q", "-b", "main")
    for name in ("a.md", "b.md", "c.md"):
        (folder / name).write_text("old\n")
    run(folder, "add", "--all")
    run(folder, "commit", "-qm", "first")
    return folder


def committed(repo: Path) -> list[str]:
    return sorted(filter(None, run(repo, "show", "--name-only", "--format=", "-z", "HEAD").split("\0")))


def program(repo: Path, name: str, then: str = "cat") -> str:
    """One that leaves a trace, if it is run."""
    script = repo.parent / name
    script.write_text(f"#!/bin/sh\ntouch '{repo.parent}/{name}.ran'\n{then}\n")
    script.chmod(0o755)
    return str(script)


def test_only_these_files(repo: Path) -> None:
    for name in ("a.md", "b.md", "c.md", "new.md", "other.md"):
        (repo / name).write_text("changed\n")
    run(repo, "add", "b.md")
    staged = run(repo, "diff", "--cached")
    done = Git(repo).commit(["a.md", "new.md", "a.md"], "vk index: two\n\nand why")
    assert (done.paths, done.left) == (("a.md", "new.md"), {})
    assert committed(repo) == ["a.md", "new.md"]
    assert run(repo, "show", "-s", "--format=%B", "HEAD").strip() == "vk index: two\n\nand why"
    assert run(repo, "diff", "--cached") == staged
    assert run(repo, "status", "--porcelain") == "M  b.md\n M c.md\n?? other.md\n"


def test_what_the_user_staged_is_left(repo: Path) -> None:
    (repo / "a.md").write_text("staged\n")
    (repo / "new.md").write_text("staged\n")
    run(repo, "add", "a.md", "new.md")
    (repo / "a.md").write_text("staged\nand ours\n")
    before = run(repo, "rev-parse", "HEAD"), run(repo, "diff", "--cached")
    done = Git(repo).commit(["a.md", "new.md"], "no")
    assert (done.paths, set(done.left)) == ((), {"a.md", "new.md"})
    assert (run(repo, "rev-parse", "HEAD"), run(repo, "diff", "--cached")) == before


def test_nothing_new_is_no_commit(repo: Path) -> None:
    before = run(repo, "rev-parse", "HEAD")
    (repo / ".gitignore").write_text("ignored.md\n")
    (repo / "ignored.md").write_text("x")
    assert Git(repo).commit(["a.md", "ignored.md", "missing.md"], "no").paths == ()
    assert run(repo, "rev-parse", "HEAD") == before


@pytest.mark.parametrize(
    "name", ["Zoë [x] *.md", "-f.md", ":(top)a.md", "new\nline.md", '"quoted".md', " a.md"]
)
def test_names_are_names(repo: Path, name: str) -> None:
    for path in (name, "a.md"):
        (repo / path).write_text("changed\n")
    assert Git(repo).commit([name], "x").paths == (name,)
    assert committed(repo) == [name]
    assert run(repo, "status", "--porcelain") == " M a.md\n"


def test_a_vault_below_the_repositorys_top(repo: Path) -> None:
    vault = repo / "deep/vault"
    vault.mkdir(parents=True)
    for file in (vault / "a.md", repo / "a.md"):
        file.write_text("changed\n")
    assert Git(vault).commit(["a.md"], "x").paths == ("a.md",)
    assert committed(repo) == ["deep/vault/a.md"]


def test_a_removed_file(repo: Path) -> None:
    (repo / "a.md").unlink()
    assert Git(repo).commit(["a.md"], "x").paths == ("a.md",)
    assert "a.md" not in run(repo, "ls-files")


def test_the_first_commit(tmp_path: Path, repo: Path) -> None:
    shutil.rmtree(repo / ".git")
    run(repo, "init", "-q")
    assert Git(repo).commit(["a.md", "b.md"], "x").paths == ("a.md", "b.md")
    assert committed(repo) == ["a.md", "b.md"]
    assert not Git(tmp_path).is_repository()


@pytest.mark.parametrize(("name", "what"), [("MERGE_HEAD", "a merge"), ("rebase-merge", "a rebase")])
def test_not_in_the_middle_of(repo: Path, name: str, what: str) -> None:
    (repo / "a.md").write_text("changed\n")
    (repo / ".git" / name).write_text(run(repo, "rev-parse", "HEAD"))
    with pytest.raises(VaultkeeperError, match=f"while {what} is under way"):
        Git(repo).commit(["a.md"], "x")


def test_where_there_is_no_repository(tmp_path: Path) -> None:
    with pytest.raises(VaultkeeperError, match="in no git repository"):
        Git(tmp_path).commit(["a.md"], "x")


def test_where_git_is_not_installed(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repo))
    assert not Git(repo).is_repository()
    with pytest.raises(VaultkeeperError, match="git is not installed"):
        Git(repo).configure("a.b", "c")


def test_a_commit_that_fails_leaves_no_trace(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo / "new.md").write_text("x")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{who}_NAME")
        monkeypatch.delenv(f"GIT_{who}_EMAIL")
    run(repo, "config", "user.useConfigOnly", "true")
    with pytest.raises(VaultkeeperError, match="git commit: "):
        Git(repo).commit(["new.md"], "x")
    assert run(repo, "status", "--porcelain") == "?? new.md\n"


def test_the_environment_of_a_hook_does_not_lead_us_astray(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repo / "a.md").write_text("changed\n")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"):
        monkeypatch.setenv(name, str(repo.parent / "elsewhere"))
    assert Git(repo).commit(["a.md"], "x").paths == ("a.md",)


@posix
def test_no_program_of_the_repository_is_run(repo: Path) -> None:
    for name in ("pre-commit", "commit-msg", "post-commit", "post-index-change", "reference-transaction"):
        shutil.copy(program(repo, name), repo / ".git/hooks" / name)
    run(repo, "config", "core.fsmonitor", program(repo, "fsmonitor"))
    run(repo, "config", "core.editor", program(repo, "editor"))
    run(repo, "config", "gpg.program", program(repo, "gpg"))
    run(repo, "config", "commit.gpgSign", "true")
    run(repo, "config", "hook.mine.command", program(repo, "hook"))
    run(repo, "config", "hook.mine.event", "post-commit")
    for path in repo.parent.glob("*.ran"):
        path.unlink()
    (repo / "a.md").write_text("changed\n")
    (repo / "new.md").write_text("changed\n")
    assert Git(repo).commit(["a.md", "new.md"], "x").paths == ("a.md", "new.md")
    assert list(repo.parent.glob("*.ran")) == []
    run(repo, "-c", "commit.gpgSign=false", "commit", "--allow-empty", "-qm", "by the user")
    assert list(repo.parent.glob("*.ran"))  # else the test would prove nothing


@posix
@pytest.mark.parametrize(
    ("key", "url"), [("core.sshCommand", "ssh://a/b"), ("remote.a.uploadpack", "/"), ("a.b", "ext::{}")]
)
def test_nothing_is_fetched_that_the_repository_lacks(repo: Path, key: str, url: str) -> None:
    """Git would fetch it with a program of the repository's choice."""
    fetch = program(repo, "fetch", "exit 1")
    for name, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "a",
        "remote.a.promisor": "true",
        "remote.a.url": url.format(fetch),
        "protocol.ext.allow": "always",
        key: fetch,
    }.items():
        run(repo, "config", name, value)
    tree = run(repo, "rev-parse", "HEAD^{tree}").strip()
    (repo / ".git/objects" / tree[:2] / tree[2:]).unlink()
    (repo / "a.md").write_text("changed\n")
    with pytest.raises(VaultkeeperError, match="git status: "):
        Git(repo).commit(["a.md"], "x")
    assert not (repo.parent / "fetch.ran").exists()
    subprocess.run(["git", "status"], cwd=repo, capture_output=True, check=False)
    assert (repo.parent / "fetch.ran").exists()  # else the test would prove nothing


@posix
@pytest.mark.parametrize("how", ["clean", "process"])
@pytest.mark.parametrize(
    "text", ["new\n", "changed\n"]
)  # of the old size, git asks the filter whether it is new
def test_a_filter_of_the_repository_is_not_run(repo: Path, how: str, text: str) -> None:
    run(repo, "config", f"filter.a.b=c.{how}", program(repo, "filter"))
    run(repo, "config", "filter.a.b=c.required", "true")
    (repo / ".git/info").mkdir(exist_ok=True)
    (repo / ".git/info/attributes").write_text("b.md filter=a.b=c\n")
    for name in ("a.md", "b.md"):
        (repo / name).write_text(text)
    done = Git(repo).commit(["a.md", "b.md"], "x")
    assert done.paths == ("a.md",)
    assert done.left == {"b.md": "it goes through the filter 'a.b=c' of this repository"}
    assert not (repo.parent / "filter.ran").exists()
    subprocess.run(["git", "status"], cwd=repo, capture_output=True, check=False)
    assert (repo.parent / "filter.ran").exists() or len(text) > 4  # else the test would prove nothing


@posix
def test_a_filter_of_the_users_own_config_is(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = repo.parent / "gitconfig"
    config.write_text(f'[filter "lfs"]\n\tclean = {program(repo, "filter")}\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    (repo / ".gitattributes").write_text("*.md filter=lfs\n")
    (repo / "a.md").write_text("changed\n")
    assert Git(repo).commit(["a.md"], "x").paths == ("a.md",)
    assert (repo.parent / "filter.ran").exists()


def test_config(repo: Path) -> None:
    assert Git(repo).configured("merge.vaultkeeper.driver") is None
    Git(repo).configure("merge.vaultkeeper.driver", "x %O 'y z'")
    assert Git(repo).configured("merge.vaultkeeper.driver") == "x %O 'y z'"


# -- lines merged ---------------------------------------------------------------------------------


def test_lines_that_do_not_collide() -> None:
    merged = git.merge_file(b"a\nb\nc\nd\ne\n", b"A\nb\nc\nd\ne\n", b"a\nb\nc\nd\nE\n", 7, False)
    assert merged == b"A\nb\nc\nd\nE\n"


def test_lines_that_collide() -> None:
    assert (
        git.merge_file(b"a\n", b"b\n", b"c\n", 7, False) == b"<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n"
    )
    shown = git.merge_file(b"a\n", b"b\n", b"c\n", 9, True)
    assert shown == b"<<<<<<<<< ours\nb\n||||||||| base\na\n=========\nc\n>>>>>>>>> theirs\n"


def test_the_users_style_of_conflicts_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[merge]\n\tconflictStyle = diff3\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    assert b"base" not in git.merge_file(b"a\n", b"b\n", b"c\n", 7, False)
