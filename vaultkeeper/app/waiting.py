"""Whether ticks wait in the generated notes: every command says so in one line, `index` takes them in."""

import os

from vaultkeeper.app.vault import Vault
from vaultkeeper.notes.waiting import ticks_wait


def ticks_are_waiting(vault: Vault) -> bool:
    """A look at the few notes of the generated folder; what cannot be read waits for nothing."""
    try:
        with os.scandir(os.path.join(vault.folder, vault.layout.generated)) as entries:
            notes = [entry.path for entry in entries if entry.name.endswith(".md") and entry.is_file()]
        return any(map(_ticks_wait_in, notes))
    except OSError:
        return False


def _ticks_wait_in(file: str) -> bool:
    with open(file, "rb") as note:
        return ticks_wait(note.read().decode("utf-8", "replace"))
