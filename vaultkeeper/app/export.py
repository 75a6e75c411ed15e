"""`export`: contacts in other programs' formats; one entry of the registry a format (CLI.md)."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from vaultkeeper.app.due import read_agenda
from vaultkeeper.app.gather import gather
from vaultkeeper.app.generated import generated_paths
from vaultkeeper.app.listing import Listed
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.contact import KEYS, Contact
from vaultkeeper.domain.naming import safe_stem
from vaultkeeper.domain.reason.base import view_from_today
from vaultkeeper.interop.csv_export import write_csv
from vaultkeeper.interop.ics_export import write_calendar
from vaultkeeper.interop.vcard_export import stable_uid, write_vcard
from vaultkeeper.notes.fields import contact_fields
from vaultkeeper.storage.index import Index


class Asked(NamedTuple):
    """What to export: the chosen contacts, and the vCard version."""

    rows: Sequence[Listed]
    today: date
    version: str = "4.0"


def _contacts(index: Index, asked: Asked) -> list[Contact]:
    found = (index.summary(row.path) for row in asked.rows)
    return [summary.contact for summary in found if summary is not None]


def _uid(index: Index, contact: Contact) -> str:
    uid = index.properties_of(contact.path).get("uid", "")
    return uid if isinstance(uid, str) else ""


def export_vcard(_vault: Vault, index: Index, asked: Asked) -> str:
    return "".join(write_vcard(c, _uid(index, c), asked.version) for c in _contacts(index, asked))


def export_vcards(index: Index, asked: Asked) -> dict[str, str]:
    """File name → card, for a folder that vdirsyncer syncs: one stable name a contact."""
    cards = {}
    for contact in _contacts(index, asked):
        uid = stable_uid(contact.path, _uid(index, contact)).removeprefix("urn:uuid:")
        cards[f"{safe_stem(uid) or 'contact'}.vcf"] = write_vcard(
            contact, _uid(index, contact), asked.version
        )
    return cards


def export_ics(vault: Vault, index: Index, asked: Asked) -> str:
    agenda = read_agenda(index, view_from_today(vault.policy, asked.today), quota=True)
    living = [c for c in _contacts(index, asked) if c.status not in ("deceased", "archived", "new")]
    chosen = {contact.path for contact in living}
    items = [i for i in agenda.items if not i.path or i.path in chosen]
    note = vault.address(generated_paths(vault)[0])
    return write_calendar(items, living, vault.policy.week_day, asked.today, note)


def export_csv(_vault: Vault, index: Index, asked: Asked) -> str:
    columns = ["contact", "path", *(key for key in KEYS if key not in ("name", "health", "next_contact"))]
    rows = []
    for row in asked.rows:
        summary = index.summary(row.path)
        fields = contact_fields(summary.contact) if summary is not None else {}
        days = {"last_contact": row.last_contact.isoformat() if row.last_contact else ""}
        cells = {key: _cell(fields[key]) for key in columns if key in fields}
        rows.append({**cells, **days, "contact": row.name, "path": row.path})
    return write_csv(columns, rows)


def _cell(value: object) -> str:
    return "; ".join(str(item) for item in value) if isinstance(value, list) else str(value)


def export_json(_vault: Vault, index: Index, asked: Asked) -> str:
    """All that the notes say of each contact, health and log included: your own copy."""
    found = []
    for contact in _contacts(index, asked):
        entries, promises = gather(index, contact.path)
        found.append(
            {
                "contact": contact.name,
                "path": contact.path,
                "properties": index.properties_of(contact.path),
                "fields": contact_fields(contact),
                "follow_ups": [
                    {"text": p.text, "due": p.due, "state": p.state, "path": p.path, "line": p.line}
                    for p in promises
                ],
                "interactions": [
                    {
                        "date": e.date,
                        "time": e.time,
                        "channel": e.channel,
                        "direction": e.direction,
                        "kinds": e.kinds,
                        "text": e.text,
                        "path": e.path,
                        "line": e.line,
                    }
                    for e in entries
                ],
            }
        )
    return json.dumps({"contacts": found}, ensure_ascii=False, indent=2, default=str) + "\n"


FORMATS: dict[str, Callable[[Vault, Index, Asked], str]] = {
    "vcard": export_vcard,
    "ics": export_ics,
    "csv": export_csv,
    "json": export_json,
}
