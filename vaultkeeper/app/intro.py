"""`intro`: an introduction recorded, in both notes."""

from datetime import date

from vaultkeeper.app.change import Change, plan_edit
from vaultkeeper.app.find import find_contact
from vaultkeeper.app.log import entry_edit, spell
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.introduction import find_matches
from vaultkeeper.errors import BadInput
from vaultkeeper.notes.entry import write_entry
from vaultkeeper.storage.index import Index


def plan_intro(vault: Vault, index: Index, one: str, other: str, text: str, day: date) -> list[Change]:
    """An introduction, into both notes; it counts once, being one day's one `intro` for each of them."""
    paths = [find_contact(index, name, reading=False) for name in (one, other)]
    if paths[0] == paths[1]:
        raise BadInput("one person cannot be introduced to themselves")
    said = " ".join(text.split()) or _reason(index, paths)
    return [
        _plan_entry(vault, index, path, f"{said} #intro".strip(), with_whom, day)
        for path, with_whom in (paths, paths[::-1])
    ]


def _reason(index: Index, paths: list[str]) -> str:
    """Why the two would like to know each other, where the notes tell."""
    contacts = {path: summary.contact for path in paths if (summary := index.summary(path)) is not None}
    found = find_matches(contacts, frozenset())
    if not found:
        return "introduced"
    match = found[0]
    if not match.need:
        return f"both care for {match.offer}"
    needs, offers = contacts[match.needs].name, contacts[match.offers].name
    return f"{needs} looks for {match.need}, {offers} offers {match.offer}"


def _plan_entry(vault: Vault, index: Index, path: str, text: str, other: str, day: date) -> Change:
    people = (spell(index, other),)
    entry = write_entry(day, text, vault.reading.channels, channel="intro", people=people)
    return plan_edit(vault, path, entry_edit(vault, path, entry, ""))
