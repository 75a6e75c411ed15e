"""`list`: finding people by what their notes say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.cadence import next_contact, tier_of
from vaultkeeper.domain.contact import KEYS
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.priority import tier_rank
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.warmth import WARMTHS, warmth
from vaultkeeper.errors import BadInput
from vaultkeeper.storage.index import Index

SORTS = ("name", "last", "next", "tier", "warmth", "company")


@dataclass(frozen=True, slots=True)
class Filter:
    """All must hold; several values of one kind: any of them. Compared without case and accents."""

    tag: Sequence[str] = ()
    tier: Sequence[str] = ()
    relationship: Sequence[str] = ()
    network: Sequence[str] = ()
    company: Sequence[str] = ()
    location: Sequence[str] = ()
    warmth: Sequence[str] = ()
    status: Sequence[str] = ()
    where: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Listed:
    """A contact as `list` shows them."""

    name: str
    path: str
    warmth: str
    tier: str
    status: str
    company: str
    location: str
    last_contact: date | None
    next_contact: date | None


def list_contacts(vault: Vault, index: Index, chosen: Filter, sort: str, today: date) -> list[Listed]:
    """Sorted by one of SORTS: the longest silent first for "last", the soonest for "next"."""
    found = []
    for summary in choose(vault, index, chosen, today):
        row = _listed(vault, summary, today)
        found.append((_order(vault, sort, summary, row), row))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def choose(vault: Vault, index: Index, chosen: Filter, today: date) -> list[Summary]:
    """The contacts that the filter lets through; their warmth is that of today."""
    from vaultkeeper.notes.fields import contact_fields

    wanted = [_condition(text) for text in chosen.where]
    properties = index.properties() if wanted else {}
    return [
        summary
        for summary in index.summaries()
        if _matches(vault, summary, chosen)
        and (not chosen.warmth or warmth(summary, vault.policy, today) in chosen.warmth)
        and all(
            has_value(contact_fields(summary.contact), properties.get(summary.contact.path, {}), *pair)
            for pair in wanted
        )
    ]


def _listed(vault: Vault, summary: Summary, today: date) -> Listed:
    contact, policy = summary.contact, vault.policy
    last = summary.last(today)
    return Listed(
        contact.name,
        contact.path,
        warmth(summary, policy, today),
        tier_of(contact, policy),
        contact.status,
        ", ".join(contact.company),
        ", ".join(contact.location),
        last.date if last is not None else None,
        next_contact(summary, policy, today),
    )


def _order(vault: Vault, sort: str, summary: Summary, row: Listed) -> tuple[object, ...]:
    name = fold(row.name)
    match sort:
        case "last":
            return (row.last_contact or date.min, name, row.path)
        case "next":
            return (row.next_contact or date.max, name, row.path)
        case "tier":
            return (tier_rank(summary, vault.policy), name, row.path)
        case "warmth":
            return (WARMTHS.index(row.warmth), name, row.path)
        case "company":
            return (not row.company, fold(row.company), name, row.path)
    return (name, row.path)


def _matches(vault: Vault, summary: Summary, chosen: Filter) -> bool:
    contact = summary.contact
    return (
        _any(chosen.tag, [part for tag in contact.tags for part in _tag_and_above(tag)], "#")
        and _any(chosen.tier, [tier_of(contact, vault.policy)])
        and _any(chosen.relationship, contact.relationship)
        and _any(chosen.network, contact.network, "[]")
        and _any(chosen.company, contact.company, "[]")
        and _any_part(chosen.location, contact.location)
        and _any(chosen.status, [contact.status])
    )


def _tag_and_above(tag: str) -> list[str]:
    parts = tag.split("/")
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]


def _any(wanted: Sequence[str], values: Sequence[str], strip: str = "") -> bool:
    if not wanted:
        return True
    known = {fold(value).strip(strip) for value in values}
    return any(fold(want).strip(strip) in known for want in wanted)


def _any_part(wanted: Sequence[str], values: Sequence[str]) -> bool:
    return not wanted or any(fold(want) in fold(value) for want in wanted for value in values)


def _condition(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise BadInput(f"{text!r} is not KEY=VALUE")
    return key.strip(), value.strip()


def has_value(fields: Mapping[str, object], properties: Mapping[str, object], key: str, value: str) -> bool:
    """Whether the contact's `key` (ours, or the user's own) is or holds `value`; `KEY=` asks for none."""
    known = fields.get(key) if key in KEYS else properties.get(key)
    if known is None:
        known = properties.get(key)
    values = known if isinstance(known, list) else [] if known is None else [known]
    said = [str(v).lower() if isinstance(v, bool) else fold(str(v)).strip("[]") for v in values]
    return fold(value).strip("[]") in said if value else not said


def format_rows(index: Index, rows: Sequence[Listed], line: str) -> list[str]:
    """One text a row, from a Jinja line: our keys (lists joined by a comma), `contact`, `path`, `warmth`,
    `last_contact`, `next_contact`, and `properties`, the note's own keys. A key the note lacks is empty."""
    from vaultkeeper.notes.fields import contact_fields
    from vaultkeeper.render.template import Templates

    templates = Templates(None)
    source = line.replace("\\t", "\t").replace("\\n", "\n")
    texts = []
    for row in rows:
        summary = index.summary(row.path)
        fields = contact_fields(summary.contact) if summary is not None else {}
        known = {key: _joined(fields.get(key, "")) for key in KEYS}
        days = {"last_contact": row.last_contact or "", "next_contact": row.next_contact or ""}
        row_values = {"contact": row.name, "name": row.name, "path": row.path}
        row_values |= {"warmth": row.warmth, "tier": row.tier}
        own = {key: "" if value is None else value for key, value in index.properties_of(row.path).items()}
        values = {**known, **row_values, **days, "properties": defaultdict(str, own)}
        texts.append(templates.line(source, **values))
    return texts


def _joined(value: object) -> str:
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
