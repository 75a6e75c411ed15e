"""`stats` and `gaps`: what came of it, and where nobody is warm."""

import sys
from collections.abc import Iterator
from datetime import date

import click

from vaultkeeper.cli.look import filter_options
from vaultkeeper.cli.session import Session, echo_json, iso, json_option, pass_session, shown
from vaultkeeper.domain.gaps import Gap
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.statistics import DIMENSIONS, Statistics, rate_of
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.tally import Counts
from vaultkeeper.domain.warmth import WARMTHS

_FIGURES = ("contacts", "touches", "out", "in", "both", "response_rate", "outcomes")


@click.command("stats")
@click.option("--since", metavar="DATE", help="The first day; else a year before the last.")
@click.option("--until", metavar="DATE", help="The last day; else today.")
@click.option("--by", multiple=True, type=click.Choice(DIMENSIONS), help="These groups alone, complete.")
@filter_options
@json_option
@pass_session
def stats_command(
    session: Session,
    /,
    since: str | None,
    until: str | None,
    by: tuple[str, ...],
    as_json: bool,
    **chosen: tuple[str, ...],
) -> None:
    """What came of it: touches, answers, introductions, warmth, streak; for any period, of any people.

    Piped, one line a figure or group, tab-separated; a group's columns are contacts, touches, out, in, both,
    response rate, outcomes.
    """
    from vaultkeeper.app.listing import Filter
    from vaultkeeper.app.stats import read_statistics

    first = session.day(since, back=True) if since is not None else None
    last = session.day(until, back=True) if until is not None else None
    with session.opened() as (vault, index):
        found = read_statistics(vault, index, Filter(**chosen), first, last, session.today)
        document = statistics_document(found, vault.policy)
        names = {path: name for name, path in index.all_names()} if found.introductions else {}
    if as_json:
        pairs = found.introductions
        told = [{"date": iso(day), "contacts": [names[a], names[b]], "paths": [a, b]} for day, a, b in pairs]
        echo_json({**document, "until": iso(last) or document["until"], "introduced": told})
    elif sys.stdout.isatty():
        from vaultkeeper.cli.figures import show_statistics

        show_statistics(found, vault.policy, by)
    else:
        for row in _rows(document, by):
            click.echo("\t".join(map(shown, row)))


@click.command("gaps")
@json_option
@pass_session
def gaps_command(session: Session, as_json: bool) -> None:
    """Relationships, goals, places, companies of interest without a warm contact; who could lead there.

    Piped, one tab-separated line a gap: kind, value, those there, those who could lead there.
    """
    from vaultkeeper.app.gaps import read_gaps

    with session.opened() as (vault, index):
        found = read_gaps(vault, index, session.today)
    if as_json:
        echo_json({"gaps": [_gap(gap, session.today) for gap in found]})
    elif sys.stdout.isatty():
        from vaultkeeper.cli.figures import show_gaps

        show_gaps(found)
    else:
        for gap in found:
            there = ", ".join(summary.contact.name for summary in gap.contacts)
            leads = "; ".join(f"{lead.summary.contact.name} ({lead.why})" for lead in gap.leads)
            click.echo("\t".join(map(shown, (gap.kind, gap.value, there, leads))))


def _gap(gap: Gap, today: date) -> dict[str, object]:
    def person(summary: Summary) -> dict[str, object]:
        return {"contact": summary.contact.name, "path": summary.contact.path}

    return {
        "kind": gap.kind,
        "value": gap.value,
        "contacts": [
            {**person(s), "last_contact": iso(last.date if (last := s.last(today)) else None)}
            for s in gap.contacts
        ],
        "leads": [{**person(lead.summary), "warmth": lead.warmth, "why": lead.why} for lead in gap.leads],
    }


def statistics_document(found: Statistics, policy: Policy) -> dict[str, object]:
    """The JSON of `stats` (CLI.md)."""
    by = {
        dimension: {
            value: _counts(counts, rate_of(dimension, counts, policy)) for value, counts in groups.items()
        }
        for dimension, groups in found.by.items()
    }
    return {
        "since": iso(found.since),
        "until": iso(found.until),
        **_counts(found.total, found.total.response_rate),
        "reached": found.reached,
        "newly_known": found.newly_known,
        "introductions": len(found.introductions),
        "streak": found.streak,
        "weeks_met": found.weeks_met,
        "quota": found.quota,
        "load": round(found.load, 2),
        "warmth": found.warmth,
        "movement": {
            before: {after: found.moves.get((before, after), 0) for after in WARMTHS} for before in WARMTHS
        },
        "by": by,
        "without": {
            name: _counts(counts, rate_of(name, counts, policy)) for name, counts in found.without.items()
        },
        "weeks": [{"first": iso(week.first), "contacts": week.contacts} for week in found.weeks],
    }


def _counts(counts: Counts, rate: float | None) -> dict[str, object]:
    return {
        "contacts": counts.contacts,
        "touches": counts.touches,
        "out": counts.out,
        "in": counts.made_in,
        "both": counts.both,
        "undirected": counts.undirected,
        "asks": counts.asks,
        "answered": counts.answered,
        "response_rate": rate,
        "outcomes": counts.outcomes,
    }


def _rows(document: dict[str, object], by: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """`figure NAME VALUE`, then `DIMENSION VALUE` and its columns."""
    if not by:
        for name, value in document.items():
            if not isinstance(value, dict | list):
                yield "figure", name, _text(value)
        for name in ("warmth", "movement"):
            table = document[name]
            assert isinstance(table, dict)
            for key, value in table.items():
                numbers = value.values() if isinstance(value, dict) else (value,)
                yield name, key, *map(_text, numbers)
    groups = document["by"]
    assert isinstance(groups, dict)
    for dimension in by or DIMENSIONS:
        for value, counts in groups[dimension].items():
            yield dimension, value, *(_text(counts[figure]) for figure in _FIGURES)


def _text(value: object) -> str:
    return "" if value is None else str(value)
