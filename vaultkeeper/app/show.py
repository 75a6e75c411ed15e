"""`show`: one contact, with all that is known and all that follows from it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from vaultkeeper.app.agenda import Adviser
from vaultkeeper.app.gather import gather
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.balance import Balance, ask_from, balance
from vaultkeeper.domain.cadence import cadence_of, next_contact, tier_of
from vaultkeeper.domain.duration import Duration
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.link import link_key, resolve_link
from vaultkeeper.domain.mention import Mention
from vaultkeeper.domain.page import Page, pages_of
from vaultkeeper.domain.place import Problem
from vaultkeeper.domain.reason.base import view_from_today
from vaultkeeper.domain.response import is_unresponsive, response_rate
from vaultkeeper.domain.rhythm import is_drifting, rhythm
from vaultkeeper.domain.suggestion import Suggestion
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.told import fresh, untold
from vaultkeeper.domain.warmth import warmth
from vaultkeeper.notes.links import unlinked
from vaultkeeper.storage.index import Index


class Portrait(NamedTuple):
    """`history` is by date, oldest first, each entry with the names of the others who were there; so are
    the `mentions`."""

    summary: Summary
    properties: dict[str, object]
    history: tuple[tuple[Interaction, tuple[str, ...]], ...]
    follow_ups: tuple[FollowUp, ...]
    problems: tuple[Problem, ...]
    tier: str
    cadence: Duration | None
    warmth: str
    last_contact: date | None
    last_in: date | None
    last_out: date | None
    next_contact: date | None
    unresponsive: bool
    drifting: bool
    rhythm: float | None
    response_rate: float | None
    balance: Balance
    ask_from: date | None
    refused: bool
    suggestion: Suggestion
    told: tuple[int, int]
    pages: tuple[Page, ...]
    mentions: tuple[Mention, ...]


def portray(vault: Vault, index: Index, path: str, today: date) -> Portrait:
    """The contact whose note is at `path`."""
    summary = index.summary(path)
    assert summary is not None
    policy = vault.policy
    entries, follow_ups = gather(index, path)
    adviser = Adviser(index, view_from_today(policy, today))
    reasons = frozenset(item.reason for item in adviser.agenda_of(summary).items if item.path)
    given = balance(summary, policy, today)
    news = fresh(adviser.news, policy, today)
    touches = summary.until(today)
    last = summary.last(today)
    return Portrait(
        summary,
        index.properties_of(path),
        tuple((entry, _others(index, path, entry)) for entry in entries),
        tuple(promise for promise in follow_ups if promise.is_open),
        tuple(index.problems_of(path)),
        tier_of(summary.contact, policy),
        cadence_of(summary.contact, policy),
        warmth(summary, policy, today),
        last.date if last is not None else None,
        next((t.date for t in reversed(touches) if t.by_contact), None),
        next((t.date for t in reversed(touches) if t.by_user), None),
        next_contact(summary, policy, today),
        is_unresponsive(summary, policy, today),
        is_drifting(summary, policy, today),
        rhythm(summary, policy, today),
        response_rate(summary, policy, today),
        given,
        ask_from(summary, policy, today),
        given.refused >= policy.rules.ask_most_refused,
        adviser.suggest(summary, reasons),
        (len(news) - len(untold(summary, news, policy, today)), len(news)),
        tuple(pages_of(summary.contact, unlinked)),
        tuple(_mentions(index, path)),
    )


def _mentions(index: Index, path: str) -> Iterator[Mention]:
    """Where other notes link to the contact and it counts for nobody, by day."""
    key = link_key(path)
    candidates = index.paths_of(key)
    for mention in index.asides(key):
        if mention.path != path and resolve_link(mention.target, mention.path, candidates) == path:
            yield mention


def _others(index: Index, path: str, entry: Interaction) -> tuple[str, ...]:
    """Who else was there: the participants' names, and the contact in whose note the entry stands."""
    paths = [] if entry.path == path else [entry.path]
    names: list[str] = []
    for target in entry.participants:
        found = resolve_link(target, entry.path, index.paths_of(link_key(target)))
        if found is None:
            names.append(target.split("#", 1)[0].rsplit("/", 1)[-1])
        elif found != path:
            paths.append(found)
    known = [summary.contact.name for other in paths if (summary := index.summary(other)) is not None]
    return tuple(dict.fromkeys((*known, *names)))
