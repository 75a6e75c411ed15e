"""`events`, `event`, `news`: gatherings, and what there is to tell."""

from collections.abc import Sequence

import click

from vaultkeeper.cli.session import (
    Session,
    complete_contact,
    dry_run_option,
    echo_json,
    iso,
    json_option,
    pass_session,
    shown,
)
from vaultkeeper.domain.naming import plain
from vaultkeeper.notes.links import unlinked

_NAMES = 10


@click.command("events")
@click.option("--all", "everything", is_flag=True, help="Past ones too.")
@json_option
@pass_session
def events_command(session: Session, everything: bool, as_json: bool) -> None:
    """Events to come, and who of yours will be there."""
    from vaultkeeper.app.events import list_events

    with session.opened() as (_, index):
        events = list_events(index, session.today, past=everything)
    if as_json:
        found = [
            {
                "title": e.title,
                "path": e.path,
                "date": iso(e.start),
                "end": iso(e.end),
                "location": e.location or None,
                "people": names,
            }
            for e, names in events
        ]
        echo_json({"events": found})
        return
    for event, names in events:
        what = (event.start.isoformat(), event.title, event.location, ", ".join(names))
        click.echo("\t".join(map(shown, what)))
    if not events:
        session.say("No events to come: vk event add NAME --date DATE")


@click.group("event")
def event_command() -> None:
    """An event: add one, get ready for one."""


@event_command.command("add")
@click.argument("title")
@click.option("--date", "day", required=True, metavar="DATE")
@click.option("--end", metavar="DATE", help="Its last day.")
@click.option("--location", default="", metavar="PLACE", help="Where.")
@click.option(
    "--attendee",
    "names",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_contact,
    help="Who is expected; may be repeated.",
)
@dry_run_option
@pass_session
def add_command(
    session: Session,
    title: str,
    day: str,
    end: str | None,
    location: str,
    names: tuple[str, ...],
    dry_run: bool,
) -> None:
    """A new event's note."""
    from vaultkeeper.app.events import plan_event

    with session.opened() as (vault, index):
        last = session.day(end) if end else None
        change = plan_event(vault, index, title, session.day(day), last, location, names)
        if session.write(vault, [change], dry_run=dry_run):
            click.echo(change.path)


@event_command.command("prep", short_help="Write the note to get ready with.")
@click.argument("title")
@click.option("--own", is_flag=True, help="It is yours: whom to invite, too.")
@dry_run_option
@pass_session
def prep_command(session: Session, title: str, own: bool, dry_run: bool) -> None:
    """Write the event's prep note: who will be there, your last talk, what you owe, whom to introduce."""
    from vaultkeeper.app.events import plan_prep

    with session.opened() as (vault, index):
        path, changes = plan_prep(vault, index, title, session.today, own=own)
        session.write(vault, changes, dry_run=dry_run)
        if not dry_run:
            click.echo(path)


@click.command("news")
@click.argument("text", required=False)
@click.option("--date", "day", metavar="DATE", help="Since when; else today.")
@json_option
@dry_run_option
@pass_session
def news_command(session: Session, text: str | None, day: str | None, as_json: bool, dry_run: bool) -> None:
    """Your own news: note some, or see who has heard it.

    A contact has heard it once an entry of theirs is tagged #news.
    """
    from vaultkeeper.app.news import list_news, plan_news

    with session.opened() as (vault, index):
        if text is not None:
            when = session.day(day, back=True) if day else session.today
            change = plan_news(vault, text, when)
            if session.write(vault, [change], dry_run=dry_run):
                session.say(f"{change.path}: {text}")
            return
        heard = list_news(vault, index, session.today)
    if as_json:
        found = [
            {"date": iso(h.news.day), "text": h.news.text, "told": list(h.told), "untold": list(h.untold)}
            for h in heard
        ]
        echo_json({"news": found})
        return
    for item in heard:
        click.echo(f"{item.news.day.isoformat()}\t{shown(unlinked(plain(item.news.text)))}")
        click.echo(f"\ttold: {_some(item.told) or 'nobody yet'}")
        click.echo(f"\tnot yet: {_some(item.untold) or 'nobody you are in touch with'}")
    if not heard:
        session.say('No news yet: vk news "started a course in robotics"')


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return shown(", ".join(names[:_NAMES])) + more
