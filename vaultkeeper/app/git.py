"""`git setup` and `index --commit`: the vault under git, and on many devices (CLI.md)."""

import re
import sys
from collections.abc import Sequence
from shlex import quote
from shutil import which
from typing import NamedTuple

from vaultkeeper.app.change import Change
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import NotFound, VaultkeeperError
from vaultkeeper.storage.git import ATTRIBUTES, Committed, Git

_LISTED = 100  # notes, in a commit's message
_NAME = "merge.vaultkeeper.name"
_DRIVER = "merge.vaultkeeper.driver"


class Setup(NamedTuple):
    """`changes` of .gitattributes, none where it has the line; `config` for the repository: key → value."""

    changes: tuple[Change, ...]
    config: dict[str, str]


def plan_setup(vault: Vault) -> Setup:
    """Raises VaultkeeperError where the vault is in no repository."""
    git = Git(vault.root)
    if not git.is_repository():
        raise VaultkeeperError("the vault is in no git repository; make it one with: git init")
    wanted = {
        _NAME: "vaultkeeper: notes merged by what they say",
        _DRIVER: f"{_program()} merge-file %O %A %B %P",
    }
    config = {key: value for key, value in wanted.items() if git.configured(key) != value}
    return Setup(_attributes(vault), config)


def find_unset(vault: Vault) -> list[Problem]:
    """That the vault is to be merged by us, and this clone of it knows nothing of it yet."""
    try:
        lines = vault.files.read(ATTRIBUTES).text.splitlines()
        line = next((number for number, line in enumerate(lines, 1) if "merge=vaultkeeper" in line), 0)
        if not line or Git(vault.root).configured(_DRIVER):
            return []
    except VaultkeeperError:  # no such file, or no git
        return []
    mend = "Once in each clone: vk git setup"
    return [Problem(ATTRIBUTES, line, "git in this clone does not merge notes by what they say", mend=mend)]


def _attributes(vault: Vault) -> tuple[Change, ...]:
    def with_lines(text: str) -> str:
        missing = [line for line in _lines(vault) if line not in text.splitlines()]
        end = "\n" if text and not text.endswith("\n") else ""
        return text + end * bool(missing) + "".join(f"{line}\n" for line in missing)

    try:
        before = vault.files.read(ATTRIBUTES).text
    except NotFound:
        return (Change(ATTRIBUTES, None, with_lines("")),)
    changed = with_lines(before)
    return (Change(ATTRIBUTES, before, changed, with_lines),) if changed != before else ()


def _lines(vault: Vault) -> tuple[str, ...]:
    """The notes, and the pictures among the generated ones."""
    folder = re.sub(r"[*?\[\\]", r"\\\g<0>", vault.layout.generated)
    pictures = f"{folder}/*.svg".replace("\\", "\\\\").replace('"', '\\"')
    return "*.md merge=vaultkeeper", f'"{pictures}" merge=vaultkeeper'


def _program() -> str:
    """How git finds us: by name where that leads here, else by this Python."""
    return "vaultkeeper" if which("vaultkeeper") else f"{quote(sys.executable)} -m vaultkeeper"


def write_config(vault: Vault, setup: Setup) -> None:
    git = Git(vault.root)
    for key, value in setup.config.items():
        git.configure(key, value)


def commit(vault: Vault, paths: Sequence[str], harvested: int) -> Committed:
    """Commits what a run of `index` wrote, and nothing else."""
    notes = f"{len(paths)} note{'s' if len(paths) != 1 else ''}"
    taken = f"took in {harvested}, " if harvested else ""
    more = [f"and {len(paths) - _LISTED} more"] if len(paths) > _LISTED else []
    lines = [f"vk index: {taken}wrote {notes}", "", *sorted(paths)[:_LISTED], *more]
    return Git(vault.root).commit(paths, "\n".join(lines))
