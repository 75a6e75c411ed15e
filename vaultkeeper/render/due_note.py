"""What the template of the note Due this week is given: the agenda, grouped to be acted on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from vaultkeeper.domain.agenda import Agenda, Item
from vaultkeeper.domain.duration import MONTHS
from vaultkeeper.domain.reason.follow_up import due_promises, say_promise

# A contact stands in the group of their first reason; the agenda's order puts promises first.
GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    ("Promised", frozenset({"follow-up"})),
    ("Say thank you", frozenset({"thank-you"})),
    ("Dates", frozenset({"birthday", "special-date"})),
    ("Keep in touch", frozenset({"cadence"})),
)

SpellLink = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the note: `link` as Obsidian resolves it; `reasons` and `promises` in words."""

    link: str
    name: str
    reasons: tuple[str, ...]
    promises: tuple[str, ...]
    suggestion: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    entries: tuple[Entry, ...]


def due_note_values(agenda: Agenda, link: SpellLink) -> dict[str, object]:
    """`week`, `groups`, `later`, `count`, `quota`: the template's variables."""
    entries = [(items[0].reason, _entry(agenda, items, link)) for items in by_contact(agenda.items)]
    groups = [
        Group(title, tuple(entry for reason, entry in entries if reason in reasons))
        for title, reasons in GROUPS
    ]
    return {
        "week": say_span(agenda.view.first, agenda.view.first + timedelta(days=6)),
        "groups": [group for group in groups if group.entries],
        "later": [_entry(agenda, items, link) for items in by_contact(agenda.later)],
        "count": len(entries),
        "quota": agenda.quota,
    }


def by_contact(items: Iterable[Item]) -> list[list[Item]]:
    """The items of each contact together, in the order of their first ones."""
    found: dict[str, list[Item]] = {}
    for item in items:
        key = item.summary.contact.path if item.summary is not None else f"\0{item.reason}{item.title}"
        found.setdefault(key, []).append(item)
    return list(found.values())


def _entry(agenda: Agenda, items: list[Item], link: SpellLink) -> Entry:
    summary = items[0].summary
    suggestion = next((item.suggestion for item in items if item.suggestion), "")
    if summary is None:
        return Entry("", items[0].title, tuple(item.detail for item in items), (), suggestion)
    promises: tuple[str, ...] = ()
    if any(item.reason == "follow-up" for item in items):
        due = due_promises(summary, agenda.view)
        promises = tuple(say_promise(promise, agenda.view.week) for _, promise in due)
    return Entry(
        link(summary.contact.path, summary.contact.name),
        summary.contact.name,
        tuple(item.detail for item in items if item.reason != "follow-up"),
        promises,
        suggestion,
    )


def say_span(first: date, last: date) -> str:
    """`23 to 29 November`, `30 November to 6 December`."""
    month = "" if first.month == last.month else f" {MONTHS[first.month - 1]}"
    return f"{first.day}{month} to {last.day} {MONTHS[last.month - 1]}"
