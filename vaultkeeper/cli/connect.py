"""`intro`, `matches`, `who`: connecting people."""

import sys

import click

from vaultkeeper.cli.session import (
    Session,
    complete_contact,
    dry_run_option,
    echo_json,
    iso,
    json_option,
    pass_session,
)
from vaultkeeper.errors import BadInput


@click.command("intro")
@click.argument("one", metavar="A", shell_complete=complete_contact)
@click.argument("other", metavar="B", shell_complete=complete_contact)
@click.option("-m", "--message", default="", metavar="TEXT", help="Why; else what the notes tell.")
@click.option("--date", "day", metavar="DATE", help="When; else today.")
@dry_run_option
@pass_session
def intro_command(
    session: Session, one: str, other: str, message: str, day: str | None, dry_run: bool
) -> None:
    """Record that you introduced A and B to each other, in both notes.

    After 30 days the agenda asks how it went; answer with an entry tagged #outcome.
    """
    from vaultkeeper.app.intro import plan_intro

    with session.opened() as (vault, index):
        when = session.day(day, back=True) if day else session.today
        changes = plan_intro(vault, index, one, other, message, when)
        if session.write(vault, changes, dry_run=dry_run):
            session.say(f"Noted in {changes[0].path} and {changes[1].path}.")
        session.end_with_problems_of(vault, changes)


@click.command("matches")
@click.argument("name", required=False, shell_complete=complete_contact)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@json_option
@pass_session
def matches_command(session: Session, name: str | None, limit: int, as_json: bool) -> None:
    """Whom to introduce to whom: needs against offers, rare interests shared."""
    from vaultkeeper.app.matches import list_matches

    with session.opened() as (_, index):
        matches, names = list_matches(index, name)
    if as_json:
        found = [
            {
                "a": names[m.needs],
                "a_path": m.needs,
                "b": names[m.offers],
                "b_path": m.offers,
                "need": m.need or None,
                "offer": m.offer,
                "why": m.why,
            }
            for m in matches
        ]
        echo_json({"matches": found})
        return
    for match in matches[:limit]:
        click.echo(f"{names[match.needs]} and {names[match.offers]}\t{match.why}")
    if len(matches) > limit:
        session.say(f"… {len(matches) - limit} more: --limit")
    if not matches:
        session.say("No introductions in sight: fill in `needs` and `offers` as you learn of them.")
    elif sys.stdout.isatty():
        session.say("")
        session.say('vk intro "A" "B" records one')


@click.command("who")
@click.option("--for", "topic", metavar="TOPIC", help="Who would like this article, event, job?")
@click.option("--in", "place", metavar="PLACE", help="Who is there? A part of a place is enough.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@json_option
@pass_session
def who_command(session: Session, topic: str | None, place: str | None, limit: int, as_json: bool) -> None:
    """People by what they care for, or by where they are."""
    if bool(topic) == bool(place):
        raise BadInput("give --for TOPIC or --in PLACE")
    if place:
        _who_in(session, place, limit, as_json)
        return
    from vaultkeeper.app.matches import list_who_for

    with session.opened() as (_, index):
        found = list_who_for(index, topic or "")
    if as_json:
        echo_json({"people": [{"contact": f.name, "path": f.path, "why": f.why} for f in found]})
        return
    for liked in found[:limit]:
        click.echo(f"{liked.name}\t{liked.why}")
    if not found:
        session.say("Nobody's note speaks of that.")


def _who_in(session: Session, place: str, limit: int, as_json: bool) -> None:
    from vaultkeeper.app.events import list_nearby

    with session.opened() as (vault, index):
        found = list_nearby(vault, index, place, session.today)
    if as_json:
        people = [
            {
                "contact": f.name,
                "path": f.path,
                "location": f.location,
                "warmth": f.warmth,
                "last_contact": iso(f.last_contact),
            }
            for f in found
        ]
        echo_json({"people": people})
        return
    for near in found[:limit]:
        click.echo("\t".join((near.name, near.location, near.warmth, iso(near.last_contact) or "")))
    if not found:
        session.say(f"Nobody's location is in {place}.")
