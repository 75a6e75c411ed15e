"""`properties = "index"`: last_contact and next_contact kept true in the front matter, for Obsidian's Bases,
Dataview and search (FORMAT.md section 3). Written only when they change."""

from datetime import date

from vaultkeeper.app.change import Change, plan_edit
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.cadence import next_contact
from vaultkeeper.domain.summary import Summary
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.notes.fields import key_in_note
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.front_matter_edit import remove_key, set_value
from vaultkeeper.storage.index import Index


def plan_derived(vault: Vault, index: Index, today: date) -> list[Change]:
    """A change for each contact whose two dates are not what their note says; a note that cannot be written
    is passed over, being a problem already."""
    if not vault.layout.properties:
        return []
    properties = index.properties()
    changes = []
    for summary in index.summaries():
        path = summary.contact.path
        wanted = derived(vault, summary, today)
        known = {key: properties.get(path, {}).get(key) for key in wanted}
        if known != wanted:
            try:
                changes.append(_plan(vault, path, wanted))
            except VaultkeeperError:
                continue
    return [change for change in changes if change.before != change.after]


def derived(vault: Vault, summary: Summary, today: date) -> dict[str, str | None]:
    """None where there is no such day: then the key is taken out."""
    last = summary.last(today)
    due = next_contact(summary, vault.policy, today) if summary.contact.status == "active" else None
    return {
        "last_contact": None if last is None else last.date.isoformat(),
        "next_contact": None if due is None else due.isoformat(),
    }


def _plan(vault: Vault, path: str, wanted: dict[str, str | None]) -> Change:
    def edit(text: str) -> str:
        for key, value in wanted.items():
            front_matter = parse(text, path)[0]
            written = key_in_note(key, front_matter, vault.reading.keys)
            if value is not None:
                text = set_value(text, written, value, path)
            elif written in front_matter.properties:
                text = remove_key(text, written, path)
        return text

    return plan_edit(vault, path, edit)
