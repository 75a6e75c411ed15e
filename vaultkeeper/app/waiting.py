"""Whether ticks wait in the generated notes: every command says so in one line, `index` takes them in."""

from vaultkeeper.app.vault import Vault
from vaultkeeper.notes.waiting import ticks_wait


def ticks_are_waiting(vault: Vault) -> bool:
    """A look at the few notes of the generated folder; what cannot be read waits for nothing."""
    folder = vault.root / vault.layout.generated
    try:
        notes = [entry for entry in folder.iterdir() if entry.suffix == ".md" and entry.is_file()]
        return any(ticks_wait(note.read_bytes().decode("utf-8", "replace")) for note in notes)
    except OSError:
        return False
