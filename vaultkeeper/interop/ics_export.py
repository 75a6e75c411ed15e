"""The agenda and the year's days as a calendar (RFC 5545), to subscribe to: names and reasons only.

The same bytes from run to run: UIDs come from what an event is about, time stamps from its day.
"""

from collections.abc import Iterable
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.item import Item
from vaultkeeper.interop.fold import escape, lines_of

_REASONS = {
    "follow-up": "promised",
    "thank-you": "say thank you",
    "nudge": "check back",
    "cadence": "keep in touch",
}
_REASONS |= {"drifting": "keep in touch", "just-because": "keep in touch"}
_DATED = frozenset({"birthday", "special-date", "occasion"})


def write_calendar(
    items: Iterable[Item], contacts: Iterable[Contact], week_day: int, today: date, due_note: str
) -> str:
    """`due_note` is the address of the note Due this week: the weekly event of `week_day` (0 is Monday) links
    to it, the cue that makes a habit."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//vaultkeeper//EN", "X-WR-CALNAME:Keep in touch"]
    lines += _slot(week_day, due_note)
    for item in items:
        if item.reason not in _DATED:
            lines += _due(item, today)
    for contact in contacts:
        if contact.birthday is not None:
            lines += _yearly(contact, contact.birthday, "birthday")
        for when in contact.special_dates:
            lines += _yearly(contact, when, when.label or "special date")
    return lines_of(*lines, "END:VCALENDAR")


def _slot(week_day: int, due_note: str) -> list[str]:
    first = days_after(date(2024, 1, 1), week_day)
    rule = ["RRULE:FREQ=WEEKLY", f"URL:{due_note}", f"DESCRIPTION:{escape(due_note)}"]
    return _event("weekly slot", first, "Keep in touch: who this week?", rule)


def _due(item: Item, today: date) -> list[str]:
    """On its day, or today where that has passed."""
    reason = _REASONS.get(item.reason, item.reason)
    said = item.name if item.reason in ("event", "review") else f"{item.name}: {reason}"
    return _event(f"{item.reason} {item.path or item.name}", max(item.due, today), said, [])


def _yearly(contact: Contact, when: Anniversary, what: str) -> list[str]:
    """29 February falls on the month's last day in other years."""
    leap = (when.month, when.day) == (2, 29)
    rule = "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1" if leap else "RRULE:FREQ=YEARLY"
    year = max(when.year or 0, 1970) if not leap else 2000
    day = date(year, when.month, when.day)
    return _event(f"{what} {contact.path}", day, f"{contact.name}: {what}", [rule])


def _event(about: str, day: date, summary: str, more: list[str]) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{uuid5(NAMESPACE_URL, f'vaultkeeper:{about}')}@vaultkeeper",
        f"DTSTAMP:{day:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{days_after(day, 1):%Y%m%d}",
        f"SUMMARY:{escape(summary)}",
        "TRANSP:TRANSPARENT",
        *more,
        "END:VEVENT",
    ]
