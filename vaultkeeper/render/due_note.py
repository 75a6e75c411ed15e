"""What the template of the note Due this week is given: the agenda, grouped to be acted on."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.agenda import Agenda
from vaultkeeper.domain.duration import MONTHS
from vaultkeeper.domain.item import Item

# A contact stands in the group of their first reason; the agenda's order puts promises first.
GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    ("Promised", frozenset({"follow-up"})),
    ("Meeting", frozenset({"meeting"})),
    ("Say thank you", frozenset({"thank-you"})),
    ("Check back", frozenset({"nudge"})),
    ("Dates", frozenset({"birthday", "special-date", "occasion"})),
    ("Events", frozenset({"event"})),
    ("Keep in touch", frozenset({"cadence", "drifting", "just-because"})),
    ("Look back", frozenset({"review"})),
)
_NUMBERS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"]

SpellLink = Callable[[str, str], str]


class Entry(NamedTuple):
    """One line of the note: `link` as Obsidian resolves it, empty where it is about nobody in particular;
    `reasons` and `promises` in words."""

    link: str
    name: str
    reasons: tuple[str, ...]
    promises: tuple[str, ...]
    suggestion: str


class Group(NamedTuple):
    title: str
    entries: tuple[Entry, ...]


def due_note_values(
    agenda: Agenda, ahead: Sequence[Item], done: Sequence[Item], link: SpellLink
) -> dict[str, object]:
    """`week`, `people`, `groups`, `later`, `more`, `ahead`, `done`: the template's variables."""
    entries = [(items[0].reason, make_entry(items, link)) for items in by_contact(agenda.items)]
    groups = (
        Group(title, tuple(entry for reason, entry in entries if reason in reasons))
        for title, reasons in GROUPS
    )
    later = by_contact(agenda.later)
    most = agenda.view.policy.most_later
    return {
        "week": say_span(agenda.view.week, agenda.view.week_end),
        "people": say_people(sum(bool(entry.link) for _, entry in entries)),
        "groups": [group for group in groups if group.entries],
        "later": [make_entry(items, link) for items in later[:most]],
        "more": max(len(later) + agenda.beyond - most, 0),
        "waiting": say_number(len(later) + agenda.beyond),
        "done": [{"link": link(item.path, item.name), "detail": item.detail} for item in done if item.path],
        "ahead": [make_entry(items, link) for items in by_contact(ahead)],
    }


def by_contact(items: Iterable[Item]) -> list[list[Item]]:
    """The items of each contact together, in the order of their first ones."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.path or f"\0{item.reason}{item.name}", []).append(item)
    return list(found.values())


def make_entry(items: list[Item], link: SpellLink) -> Entry:
    """The line for one contact's items."""
    first = items[0]
    suggestion = next((item.suggestion for item in items if item.suggestion), "")
    if not first.path:
        return Entry("", first.name, tuple(item.detail for item in items), (), suggestion)
    return Entry(
        link(first.path, first.name),
        first.name,
        tuple(item.detail for item in items if item.reason != "follow-up"),
        tuple(said for i in items if i.reason == "follow-up" for said in i.promises or (i.detail,)),
        suggestion,
    )


def say_number(count: int) -> str:
    """`six`, `12`."""
    return _NUMBERS[count].lower() if count < len(_NUMBERS) else str(count)


def say_people(count: int) -> str:
    """`Five people`, `One person`, `Nobody`."""
    if count == 0:
        return "Nobody"
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} {'person' if count == 1 else 'people'}"


def say_span(first: date, last: date) -> str:
    """`23 to 29 November`, `30 November to 6 December`."""
    month = "" if first.month == last.month else f" {MONTHS[first.month - 1]}"
    return f"{first.day}{month} to {last.day} {MONTHS[last.month - 1]}"
