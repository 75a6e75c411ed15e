"""A contact: a person, as the front matter of one note tells of them (FORMAT.md section 3)."""

from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.duration import Duration

STATUSES = ("active", "new", "paused", "dormant", "archived", "deceased")

# How each of our keys is written: "text" (text or list), "list", "number", "date", "link", "cadence", …
KEYS: dict[str, str] = {
    "name": "line",
    "aliases": "list",
    **dict.fromkeys(("company", "title", "email", "phone", "address", "location", "links"), "text"),
    "linkedin": "line",
    **dict.fromkeys(("tags", "relationship"), "list"),
    "network": "text",
    "goals": "list",
    **dict.fromkeys(("goal_fit", "openness", "learn_from"), "number"),
    "tier": "line",
    "cadence": "cadence",
    "status": "status",
    **dict.fromkeys(("snooze_until", "met", "connected"), "date"),
    **dict.fromkeys(("met_at", "introduced_by"), "link"),
    "birthday": "anniversary",
    "special_dates": "anniversaries",
    **dict.fromkeys(("family", "interests", "health", "needs", "offers"), "list"),
    **dict.fromkeys(("last_contact", "next_contact"), "date"),
}


class Contact(NamedTuple):
    """What the front matter says, read; `path` is relative to the vault.

    `cadence` is the note's own; `no_cadence` that it says `none`. Texts that may be lists are tuples.
    """

    path: str
    name: str
    aliases: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    linkedin: str = ""
    tags: tuple[str, ...] = ()
    relationship: tuple[str, ...] = ()
    network: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    goal_fit: float = 0
    openness: float = 0
    learn_from: float = 0
    tier: str = ""
    cadence: Duration | None = None
    no_cadence: bool = False
    status: str = "active"
    snooze_until: date | None = None
    met: date | None = None
    connected: date | None = None
    met_at: str = ""
    introduced_by: str = ""
    birthday: Anniversary | None = None
    special_dates: tuple[Anniversary, ...] = ()
    family: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    health: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    last_contact: date | None = None
