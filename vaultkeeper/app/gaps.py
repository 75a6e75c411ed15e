"""`gaps`: where nobody is warm, and who could lead there."""

from datetime import date

from vaultkeeper.app.stats import contact_finder
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.gaps import Gap, find_gaps
from vaultkeeper.notes.links import unlinked
from vaultkeeper.storage.index import Index


def read_gaps(vault: Vault, index: Index, today: date) -> list[Gap]:
    """By kind: relationships, goals, places, companies of interest."""
    return find_gaps(index.summaries(), vault.policy, today, contact_finder(index), unlinked)
