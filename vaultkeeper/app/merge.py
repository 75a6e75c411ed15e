"""`merge`: one person from two notes, and every link in the vault following (CLI.md)."""

from collections.abc import Mapping
from typing import NamedTuple

from vaultkeeper.app.change import Change, Removal, check_safe, plan_edit
from vaultkeeper.app.find import find_contact
from vaultkeeper.app.rename import link_edit, plan_links
from vaultkeeper.app.vault import Vault
from vaultkeeper.errors import BadInput
from vaultkeeper.notes.unite import Clash, clashes, unite_notes
from vaultkeeper.storage.index import Index


class Pair(NamedTuple):
    """The note that stays, and the one that goes into it."""

    path: str
    other: str
    clashes: tuple[Clash, ...]


def find_pair(vault: Vault, index: Index, one: str, other: str) -> Pair:
    """Raises NotFound, Ambiguous, UnsafeNote, and BadInput where both are the same note."""
    paths = [find_contact(index, name, reading=False) for name in (one, other)]
    if paths[0] == paths[1]:
        raise BadInput("both names are one note")
    texts = [vault.files.read(path).text for path in paths]
    for text, path in zip(texts, paths, strict=True):
        check_safe(text, path)
    return Pair(paths[0], paths[1], tuple(clashes(texts[0], texts[1], vault.reading)))


def plan_merge(vault: Vault, index: Index, pair: Pair, chosen: Mapping[str, str]) -> list[Change | Removal]:
    """The first note with all of the second, the links to the second, and the second gone; in that order."""
    other = vault.files.read(pair.other).text
    summaries = index.summary(pair.path), index.summary(pair.other)
    assert summaries[0] is not None
    assert summaries[1] is not None
    own, their = summaries[0].contact.name, summaries[1].contact.name
    alias = their if their != own else ""
    relinked = link_edit(index, pair.other, pair.path, pair.path)
    theirs = link_edit(index, pair.other, pair.path, pair.other)(other)

    def edit(text: str) -> str:
        return relinked(unite_notes(text, theirs, pair.path, alias, vault.reading, chosen))

    links = plan_links(vault, index, pair.other, pair.path)
    return [plan_edit(vault, pair.path, edit), *links, Removal(pair.other, other)]
