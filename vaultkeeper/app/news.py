"""`news`: the user's own news, and who has heard it (FORMAT.md section 6)."""

from datetime import date
from typing import NamedTuple

from vaultkeeper.app.change import Change, plan_edit, plan_new
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.event import News
from vaultkeeper.domain.naming import fold, plain
from vaultkeeper.domain.status import reasons_left
from vaultkeeper.domain.told import last_told
from vaultkeeper.domain.warmth import warmth
from vaultkeeper.errors import BadInput
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.insert import add_entry
from vaultkeeper.storage.index import Index


class Heard(NamedTuple):
    """A piece of news, and the names of those who heard it and of the warm and hot ones who did not yet."""

    news: News
    told: tuple[str, ...]
    untold: tuple[str, ...]


def list_news(vault: Vault, index: Index, today: date) -> list[Heard]:
    """Newest first. Who has heard it is told of everybody, who has not of those one may write to."""
    news = index.news()
    if not news:
        return []
    summaries = sorted(index.summaries(), key=lambda s: (fold(s.contact.name), s.contact.path))
    told = {s.contact.path: last_told(s, today) for s in summaries}
    waiting = {
        s.contact.path
        for s in summaries
        if reasons_left(s, vault.policy, today) is None and warmth(s, vault.policy, today) != "cold"
    }
    return [
        Heard(
            item,
            tuple(s.contact.name for s in summaries if told[s.contact.path] > item.day),
            tuple(
                s.contact.name
                for s in summaries
                if told[s.contact.path] <= item.day and s.contact.path in waiting
            ),
        )
        for item in reversed(news)
    ]


def plan_news(vault: Vault, text: str, day: date) -> Change:
    """A dated item under the log heading of the news note; the note is made where there is none."""
    words = plain(text)
    if not words:
        raise BadInput("what is new? Give some words")
    path, heading = vault.layout.news, vault.reading.heading
    entry = f"{day.isoformat()} {words}"

    def edit(note: str) -> str:
        return add_entry(note, parse(note, path)[0].body, entry, "", heading, vault.reading.newest_first)

    if not (vault.root / path).exists():
        return plan_new(vault, path, f"## {heading}\n\n- {entry}\n")
    return plan_edit(vault, path, edit)
