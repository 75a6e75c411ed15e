"""How notes are read: the part of the config that parsing depends on. A change of it rebuilds the index."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from vaultkeeper.domain.channel import DIRECTIONS
from vaultkeeper.notes.verb import VERBS

if TYPE_CHECKING:
    from vaultkeeper.notes.dated import Diary

# Other vocabularies for our keys, built in; the config's `[keys]` adds to them (FORMAT.md section 3).
KEYS: Mapping[str, tuple[str, ...]] = {
    "company": ("org", "organization"),
    "title": ("role", "position"),
    "email": ("emails",),
    "phone": ("phones",),
    "location": ("city",),
    "tier": ("prm-tier",),
    "cadence": ("prm-cadence",),
    "last_contact": ("prm-last-contacted",),
    "snooze_until": ("prm-snooze-until",),
    "birthday": ("prm-birthday",),
}


class Reading(NamedTuple):
    """Folders are relative to the vault, without a last slash. `channels` gives each one's direction."""

    people: tuple[str, ...] = ("People",)
    tags: tuple[str, ...] = ()
    events: str = "Events"
    generated: str = "Keep in touch"
    news: str = "Me/News.md"
    keys: Mapping[str, tuple[str, ...]] = KEYS
    heading: str = "Log"
    follow_ups: str = "Follow-ups"
    newest_first: bool = False
    channels: Mapping[str, str | None] = DIRECTIONS
    tiers: tuple[str, ...] = ("A", "B", "C", "D")
    task_filter: str = ""
    daily_folder: str = ""
    daily_format: str = "YYYY-MM-DD"
    daily_count: str = "actions"
    verbs: Mapping[str, tuple[str | None, str | None]] = VERBS

    @property
    def diary(self) -> "Diary":
        from vaultkeeper.notes.dated import Diary

        return Diary(self.channels, self.verbs, self.daily_count)
