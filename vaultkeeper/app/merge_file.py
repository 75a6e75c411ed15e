"""`merge-file`: git's merge driver for notes. Git calls it with three files of its own (gitattributes(5))."""

import os
from pathlib import Path

from vaultkeeper.app.vault import find_root, open_vault
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.notes.merge import merge_notes
from vaultkeeper.notes.note import find_too_much
from vaultkeeper.notes.reading import Reading
from vaultkeeper.render.chart import MARK
from vaultkeeper.storage import git

_MARK = MARK.encode()


def merge_file(base: Path, ours: Path, theirs: Path, note: Path) -> bool:
    """Writes the merge of the three into `ours`; whether it is clean. `note` is where it will stand."""
    versions = base.read_bytes(), ours.read_bytes(), theirs.read_bytes()
    if note.suffix == ".svg" and all(_MARK in version for version in versions[1:]):
        return True  # ours: the next index draws it anew
    try:
        texts = [version.decode() for version in versions]
        if any(find_too_much(text, "") for text in texts):
            raise ValueError("not to be read")
        merged = merge_notes(texts[0], texts[1], texts[2], _reading(note), _merge_lines)
        data, clean = merged.text.encode(), merged.clean
    except Exception:  # whatever it is: git must not take our failure for a merge, and theirs for nothing
        data = git.merge_file(*versions, 7, False)
        clean = b"<<<<<<< ours" not in data
    ours.write_bytes(data)
    return clean


def _merge_lines(base: str, ours: str, theirs: str, size: int, show_base: bool) -> str:
    return git.merge_file(base.encode(), ours.encode(), theirs.encode(), size, show_base).decode()


def _reading(note: Path) -> Reading:
    """Of the vault that the note is in; of any vault where its config cannot be read just now."""
    try:
        return open_vault(find_root(os.path.realpath(note.parent)), exact=True).reading
    except VaultkeeperError:
        return Reading()
