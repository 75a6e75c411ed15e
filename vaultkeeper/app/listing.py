"""`list`: finding people by what their notes say."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.cadence import next_contact, tier_of
from vaultkeeper.domain.contact import KEYS
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.priority import tier_rank
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.warmth import WARMTHS, warmth
from vaultkeeper.errors import BadInput
from vaultkeeper.storage.folding import Fold
from vaultkeeper.storage.index import Index


class Filter(NamedTuple):
    """All must hold; several values of one kind: any of them. Compared without case and accents."""

    tag: Sequence[str] = ()
    tier: Sequence[str] = ()
    relationship: Sequence[str] = ()
    network: Sequence[str] = ()
    company: Sequence[str] = ()
    location: Sequence[str] = ()
    warmth: Sequence[str] = ()
    status: Sequence[str] = ()
    where: Sequence[str] = ()


class Listed(NamedTuple):
    """A contact as `list` shows and finds them. `folded` is the name, `rank` the tier, as they are sorted."""

    name: str
    path: str
    warmth: str
    tier: str
    status: str
    last_contact: date | None
    next_contact: date | None
    folded: str
    rank: int
    companies: tuple[str, ...]
    locations: tuple[str, ...]
    tags: tuple[str, ...]
    relationship: tuple[str, ...]
    network: tuple[str, ...]

    @property
    def company(self) -> str:
        return ", ".join(self.companies)

    @property
    def location(self) -> str:
        return ", ".join(self.locations)


def list_contacts(vault: Vault, index: Index, chosen: Filter, sort: str, today: date) -> list[Listed]:
    """Sorted by a key of `_ORDER`: the longest silent first for "last", the soonest for "next"."""
    conditions = [_condition(text) for text in chosen.where]
    make = partial(_listed, policy=vault.policy, today=today)
    listing = Fold("list", repr((vault.policy, today)), Listed, make)
    rows = [row for row in index.of_each(listing) if _matches(row, chosen)]
    if conditions:
        there = _where(index, conditions)
        rows = [row for row in rows if row.path in there]
    rows.sort(key=_ORDER[sort])
    return rows


def choose(vault: Vault, index: Index, chosen: Filter, today: date) -> list[Summary]:
    """The contacts that the filter lets through; their warmth is that of today."""
    summaries = index.summaries()
    if chosen == Filter():
        return summaries
    paths = {row.path for row in list_contacts(vault, index, chosen, "name", today)}
    return [summary for summary in summaries if summary.contact.path in paths]


def _listed(summary: Summary, policy: Policy, today: date) -> Listed:
    contact, last = summary.contact, summary.last(today)
    return Listed(
        contact.name,
        contact.path,
        warmth(summary, policy, today),
        tier_of(contact, policy),
        contact.status,
        last.date if last is not None else None,
        next_contact(summary, policy, today),
        fold(contact.name),
        tier_rank(summary, policy),
        contact.company,
        contact.location,
        contact.tags,
        contact.relationship,
        contact.network,
    )


_ORDER: dict[str, Callable[[Listed], tuple[Any, ...]]] = {
    "name": lambda row: (row.folded, row.path),
    "last": lambda row: (row.last_contact or date.min, row.folded, row.path),
    "next": lambda row: (row.next_contact or date.max, row.folded, row.path),
    "tier": lambda row: (row.rank, row.folded, row.path),
    "warmth": lambda row: (WARMTHS.index(row.warmth), row.folded, row.path),
    "company": lambda row: (not row.company, fold(row.company), row.folded, row.path),
}


def _where(index: Index, conditions: Sequence[tuple[str, str]]) -> set[str]:
    """The paths of those whose properties, read or as written, meet all the conditions."""
    from vaultkeeper.notes.fields import contact_fields

    properties = index.properties()
    return {
        path
        for summary in index.summaries()
        if (path := summary.contact.path)
        and all(
            has_value(contact_fields(summary.contact), properties.get(path, {}), *pair) for pair in conditions
        )
    }


def _matches(row: Listed, chosen: Filter) -> bool:
    return (
        (not chosen.warmth or row.warmth in chosen.warmth)
        and _any(chosen.tag, [part for tag in row.tags for part in _tag_and_above(tag)], "#")
        and _any(chosen.tier, [row.tier])
        and _any(chosen.relationship, row.relationship)
        and _any(chosen.network, row.network, "[]")
        and _any(chosen.company, row.companies, "[]")
        and _any_part(chosen.location, row.locations)
        and _any(chosen.status, [row.status])
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
