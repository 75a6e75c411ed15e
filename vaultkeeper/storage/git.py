"""The one door to git: it runs nothing that a repository brings along, and stages nothing of the user's.

A vault may come from somebody else, with a `.git` folder that names programs to run: hooks and fsmonitor are
off in every call, what a partial clone lacks is not fetched (a program of the config would do it), and a file
that goes through a filter of that repository's own config is not committed.
"""

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from vaultkeeper.errors import VaultkeeperError

ATTRIBUTES = ".gitattributes"

# Signing is off since it may ask for a passphrase, which nobody is there to type at night.
_SAFE = (
    *("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "commit.gpgSign=false"),
    *("-c", "gc.auto=0", "-c", "maintenance.auto=false"),
    *("-c", "diff.ignoreSubmodules=all", "-c", "status.submoduleSummary=false", "--literal-pathspecs"),
)
_KEPT_VARIABLES = (
    "GIT_AUTHOR_",
    "GIT_COMMITTER_",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
)
_UNDER_WAY = {
    "MERGE_HEAD": "a merge",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
}
_OWN_SCOPES = ("local", "worktree")
# What a section of that name is set to, so that it runs nothing. Hooks by config came with git 2.54.
_OFF = {
    "filter": {"clean": "", "smudge": "", "process": "", "required": "false"},
    "hook": {"event": "", "enabled": "false"},
}
_TIMEOUT = 120.0  # seconds


class Committed(NamedTuple):
    """`paths` relative to the vault; `left`: those not committed though they have changed, and why."""

    paths: tuple[str, ...]
    left: dict[str, str]


class Git:
    """The repository that `folder` is in. Every method raises VaultkeeperError where git fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._off: dict[str, str] = {}

    def is_repository(self) -> bool:
        try:
            return self._run("rev-parse", "--is-inside-work-tree").strip() == "true"
        except VaultkeeperError:
            return False

    def configure(self, key: str, value: str) -> None:
        """In the repository's own config."""
        self._run("config", "--local", key, value)

    def configured(self, key: str) -> str | None:
        found = self._run("config", "--default", "", "--get", key).removesuffix("\n")
        return found or None

    def commit(self, paths: Iterable[str], message: str) -> Committed:
        """Commits these files as they stand, and nothing else: what the user has staged stays staged.

        Left out are files that are staged already, ignored, or filtered by a program of this repository's.
        """
        if not self.is_repository():
            raise VaultkeeperError("the vault is in no git repository; make it one with: git init")
        for name, what in _UNDER_WAY.items():
            if (self._folder / self._run("rev-parse", "--git-path", name).strip()).exists():
                raise VaultkeeperError(f"nothing is committed while {what} is under way")
        filters = self._own_filters()
        states = self._states(set(paths))
        filtered = {path: name for path, name in self._filters_of(list(states)).items() if name in filters}
        left = {path: "you have staged it" for path, state in states.items() if state[0] not in " ?"}
        left |= {
            path: f"it goes through the filter {name!r} of this repository" for path, name in filtered.items()
        }
        chosen = sorted(path for path in states if path not in left)
        if not chosen:
            return Committed((), left)
        new = [path for path in chosen if states[path] == "??"]
        if new:
            self._run_with(new, "add", "--intent-to-add")
        try:
            self._run_with(chosen, "commit", "--only", "--quiet", "--no-verify", "--message", message)
        except VaultkeeperError:
            if new:
                self._run_with(new, "rm", "--cached", "--quiet", "--ignore-unmatch")
            raise
        return Committed(tuple(chosen), left)

    def _states(self, paths: set[str]) -> dict[str, str]:
        """Path → the two letters of `git status`, of those that differ from the last commit."""
        prefix = self._run("rev-parse", "--show-prefix").removesuffix("\n")
        told = self._run(
            *("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames"),
            "--ignore-submodules=all",  # each has a config of its own
        )
        lines = [line for line in told.split("\0") if line]
        return {path: line[:2] for line in lines if (path := line[3:].removeprefix(prefix)) in paths}

    def _own_filters(self) -> set[str]:
        """The names of the filters that the repository's own config defines; from now on they are off, for
        git asks them even where it only looks whether a file has changed. So are its hooks."""
        told = self._run(
            *("config", "--show-scope", "--includes", "--name-only", "-z"),
            *("--get-regexp", rf"^({'|'.join(_OFF)})\."),
            ok=(0, 1),
        )
        parts = told.split("\0")
        keys = [key for scope, key in zip(parts[::2], parts[1::2], strict=False) if scope in _OWN_SCOPES]
        sections = sorted({key.rpartition(".")[0] for key in keys})
        settings = [
            (f"{section}.{what}", value)
            for section in sections
            for what, value in _OFF[section.partition(".")[0]].items()
        ]
        self._off = {"GIT_CONFIG_COUNT": str(len(settings))}
        for number, (key, value) in enumerate(settings):
            self._off |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        return {name for section in sections if (name := section.removeprefix("filter.")) != section}

    def _filters_of(self, paths: Sequence[str]) -> dict[str, str]:
        listed = "".join(f"{path}\0" for path in paths)
        parts = self._run("check-attr", "-z", "--stdin", "filter", stdin=listed).split("\0")
        return dict(zip(parts[::3], parts[2::3], strict=False))

    def _run_with(self, paths: Sequence[str], *args: str) -> None:
        listed = "".join(f"{path}\0" for path in paths)
        self._run(*args, "--pathspec-from-file=-", "--pathspec-file-nul", stdin=listed)

    def _run(self, *args: str, stdin: str = "", ok: Sequence[int] = (0,)) -> str:
        done = _run(self._folder, args, stdin.encode(), ok, self._off)
        return done.decode("utf-8", "surrogateescape")


def merge_file(base: bytes, ours: bytes, theirs: bytes, size: int, show_base: bool) -> bytes:
    """`git merge-file` on three texts: markers of `size` characters, named ours, base and theirs."""
    with TemporaryDirectory(prefix="vaultkeeper-") as folder:
        names = ("ours", "base", "theirs")
        for name, data in zip(names, (ours, base, theirs), strict=True):
            (Path(folder) / name).write_bytes(data)
        style = ("--diff3",) if show_base else ()
        labels = [part for name in names for part in ("-L", name)]
        args = ("merge-file", "-p", *style, f"--marker-size={size}", *labels, *names)
        conflicts = range(128)  # it ends with how many there are
        return _run(Path(folder), ("-c", "merge.conflictStyle=merge", *args), b"", conflicts)


def _run(
    folder: Path,
    args: Sequence[str],
    stdin: bytes,
    ok: Sequence[int],
    settings: Mapping[str, str] | None = None,
) -> bytes:
    try:
        done = subprocess.run(
            ["git", *_SAFE, *args],
            cwd=folder,
            env={**_environment(), **(settings or {})},
            input=stdin,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except FileNotFoundError:
        raise VaultkeeperError("git is not installed") from None
    except (OSError, subprocess.SubprocessError) as error:
        raise VaultkeeperError(f"git cannot be run: {error}") from error
    if done.returncode not in ok:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")
        raise VaultkeeperError(f"git {args[0]}: {said[-1] or f'ended with {done.returncode}'}")
    return done.stdout


def _environment() -> dict[str, str]:
    """Without what a hook or another git that called us would point git to."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    kept |= {name: value for name, value in os.environ.items() if name.startswith(_KEPT_VARIABLES)}
    kept |= {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1"}  # the second since git 2.45
    return {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
