"""How `show` shows a contact: as text, and as JSON."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from vaultkeeper.app.show import Portrait
from vaultkeeper.cli.session import iso, shown
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.duration import say_day
from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.mention import Mention
from vaultkeeper.domain.naming import plain
from vaultkeeper.domain.page import Page
from vaultkeeper.domain.reason.follow_up import say_promise
from vaultkeeper.domain.suggestion.moment import SMALL_ASKS
from vaultkeeper.notes.fields import contact_fields
from vaultkeeper.notes.links import unlinked

_SHOWN, _MENTIONS = 10, 3
_ARROWS = {"out": "→", "in": "←", "both": "", None: ""}


class Line(NamedTuple):
    """`label` is "\\0head" for the first line, "\\0dim" for a quiet one. `links` are (words, address)."""

    label: str
    text: str = ""
    links: tuple[tuple[str, str], ...] = ()


def portrait_document(portrait: Portrait) -> dict[str, object]:
    """The JSON of `show` (CLI.md)."""
    contact = portrait.summary.contact
    return {
        "contact": contact.name,
        "path": contact.path,
        "properties": portrait.properties,
        "fields": contact_fields(contact),
        "tier": portrait.tier or None,
        "cadence": str(portrait.cadence) if portrait.cadence is not None else None,
        "warmth": portrait.warmth,
        "last_contact": iso(portrait.last_contact),
        "last_in": iso(portrait.last_in),
        "last_out": iso(portrait.last_out),
        "next_contact": iso(portrait.next_contact),
        "unresponsive": portrait.unresponsive,
        "drifting": portrait.drifting,
        "rhythm_days": portrait.rhythm,
        "response_rate": portrait.response_rate,
        "suggestion": portrait.suggestion.text,
        "touch": portrait.suggestion.touch,
        "balance": {
            "gave": portrait.balance.gave,
            "asked": portrait.balance.asked,
            "last_gave": iso(portrait.balance.last_gave),
            "last_asked": iso(portrait.balance.last_asked),
            "open_asks": [iso(day) for day in portrait.balance.open_asks],
        },
        "follow_ups": [
            {"text": p.text, "due": iso(p.due), "path": p.path, "line": p.line} for p in portrait.follow_ups
        ],
        "interactions": [_interaction(entry, others) for entry, others in portrait.history],
        "mentions": [
            {"date": iso(m.day), "text": m.text, "path": m.path, "line": m.line} for m in portrait.mentions
        ],
        "links": [{"kind": p.kind, "about": p.about, "url": p.url} for p in portrait.pages],
    }


def _interaction(entry: Interaction, others: tuple[str, ...]) -> dict[str, object]:
    return {
        "date": iso(entry.date),
        "time": entry.time,
        "channel": entry.channel,
        "direction": entry.direction,
        "with": list(others),
        "kinds": list(entry.kinds),
        "text": entry.text,
        "path": entry.path,
        "line": entry.line,
    }


def portrait_lines(portrait: Portrait, today: date, *, everything: bool) -> list[Line]:
    """What a person reads."""
    return [line._replace(text=shown(line.text)) for line in _lines(portrait, today, everything)]


def _lines(portrait: Portrait, today: date, everything: bool) -> Iterator[Line]:
    contact = portrait.summary.contact
    yield Line("\0head", _head(portrait))
    reach = [*contact.email, *contact.phone, *([contact.linkedin] if contact.linkedin else [])]
    yield Line("\0dim", "   ".join([*map(plain, reach), contact.path]))
    yield Line("")
    yield from _state(portrait, today)
    yield from _details(contact)
    yield from _mentions(portrait.mentions, everything)
    yield from _pages(portrait.pages)
    yield Line("")
    yield from _history(portrait, today, everything)


def _head(portrait: Portrait) -> str:
    contact = portrait.summary.contact
    what = ", ".join(map(plain, (*contact.title, *contact.company, *contact.location)))
    how = [portrait.warmth]
    if portrait.tier:
        how.append(f"tier {portrait.tier}")
    if portrait.cadence is not None:
        how.append(portrait.cadence.words())
    if contact.status != "active":
        how.append(contact.status)
    return "   ".join(filter(None, (plain(contact.name), unlinked(what), " · ".join(how))))


def _state(portrait: Portrait, today: date) -> Iterator[Line]:
    contact = portrait.summary.contact
    for number, promise in enumerate(portrait.follow_ups):
        yield Line("You owe" if number == 0 else " ", unlinked(say_promise(promise, today)))
    last = portrait.summary.last(today)
    if last is not None:
        written = portrait.last_in
        theirs = (
            f"; last heard from them {say_day(written, today)}" if written and written != last.date else ""
        )
        yield Line("Last", f"{last.channel or 'contact'}, {say_day(last.date, today)}{theirs}")
    elif contact.met is not None:
        yield Line("Met", say_day(contact.met, today))
    if contact.snooze_until is not None and contact.snooze_until > today:
        yield Line("Snoozed", f"until {say_day(contact.snooze_until, today)}")
    elif portrait.next_contact is not None:
        yield Line("Next", say_day(portrait.next_contact, today))
    if portrait.unresponsive:
        yield Line("Quiet", "no answer to your last messages; move on, for now?")
    elif portrait.drifting and portrait.rhythm is not None:
        yield Line("Drifting", f"you used to be in touch about every {portrait.rhythm:g} days")
    balance = portrait.balance
    if balance.gave or balance.asked:
        yield Line("Balance", f"gave {balance.gave}, asked {balance.asked}")
    if portrait.refused:
        yield Line("Asking", "your last asks came to nothing: ask someone else, or something smaller")
        yield Line(" ", "; ".join(SMALL_ASKS[:3]))
    elif portrait.ask_from is not None and balance.last_asked is not None:
        last_ask = say_day(balance.last_asked, today)
        yield Line("Asking", f"from {say_day(portrait.ask_from, today)} (last ask {last_ask})")
    if portrait.told[1]:
        yield Line("Your news", f"told {portrait.told[0]} of {portrait.told[1]}")
    if contact.status != "deceased":
        yield Line("Try", unlinked(plain(portrait.suggestion.text)))


def _one_line(text: str) -> str:
    return " / ".join(line for line in text.splitlines() if line.strip())


def _details(contact: Contact) -> Iterator[Line]:
    day = contact.birthday
    if day is not None:
        yield Line("Birthday", day.iso())
    special = [f"{when.iso()} {when.label}" for when in contact.special_dates]
    groups = {
        "Dates": special,
        "Talk of": (*contact.interests, *contact.family),
        "Health": contact.health,
        "Needs": contact.needs,
        "Offers": contact.offers,
        "Goals": contact.goals,
        "Tags": tuple(f"#{tag}" for tag in contact.tags),
        "Knows from": (*contact.network, *([contact.met_at] if contact.met_at else [])),
        "Relation": contact.relationship,
        "Via": [contact.introduced_by] if contact.introduced_by else [],
    }
    for label, values in groups.items():
        if values:
            yield Line(label, " · ".join(unlinked(plain(value)) for value in values))


def _mentions(mentions: Sequence[Mention], everything: bool) -> Iterator[Line]:
    """The latest first."""
    latest = mentions[::-1] if everything else mentions[: -_MENTIONS - 1 : -1]
    for number, mention in enumerate(latest):
        more = (
            ""
            if everything or number + 1 < _MENTIONS or len(mentions) <= _MENTIONS
            else f" (of {len(mentions)})"
        )
        said = f"{mention.day.isoformat()}  {unlinked(plain(mention.text))}  {mention.path}:{mention.line}"
        yield Line("Mentioned" if number == 0 else " ", said + more)


def _pages(pages: Sequence[Page]) -> Iterator[Line]:
    words = {"profile": "profile", "link": "{}", "news": "news of {}"}
    links = tuple((words[page.kind].format(page.about), page.url) for page in pages)
    if links:
        yield Line("Look up", " · ".join(said for said, _ in links), links)


def _history(portrait: Portrait, today: date, everything: bool) -> Iterator[Line]:
    history = list(reversed(portrait.history))
    shown = history if everything else history[:_SHOWN]
    for entry, others in shown:
        what = " ".join(filter(None, (entry.channel, _ARROWS[entry.direction] if entry.channel else "")))
        who = f"with {', '.join(others)}: " if others else ""
        planned = "planned: " if entry.date > today else ""
        yield Line(
            entry.date.isoformat(),
            f"{what:<11} {planned}{who}{unlinked(plain(_one_line(entry.text)))}".rstrip(),
        )
    if len(shown) < len(history):
        yield Line("", f"{'':<11} … {len(history) - len(shown)} earlier: --all")
