"""`set`, `snooze`, `pause`, `resume`: the front matter's values."""

from datetime import date

import click

from vaultkeeper.cli.session import Session, complete_contact, dry_run_option, name_argument, pass_session
from vaultkeeper.errors import BadInput


def _any_day(session: Session, text: str) -> date:
    """A date in a property: names of days look back for `met`, and a set date is mostly ISO."""
    return session.day(text, back=True)


@click.command("set")
@click.argument(
    "words", nargs=-1, required=True, metavar="NAME KEY=VALUE...", shell_complete=complete_contact
)
@click.option("--where", multiple=True, metavar="KEY=VALUE", help="All contacts of which this holds.")
@dry_run_option
@pass_session
def set_command(session: Session, words: tuple[str, ...], where: tuple[str, ...], dry_run: bool) -> None:
    """Change values in NAME's front matter, and nothing else in the note.

    KEY=VALUE sets, KEY= removes, KEY+=VALUE and KEY-=VALUE edit a list. With --where, many contacts at once:

        vk set --where company=Globex tier=B
    """
    from vaultkeeper.app.listing import Filter, list_contacts
    from vaultkeeper.app.properties import plan_set, plan_set_paths

    def read_day(text: str) -> date:
        return _any_day(session, text)

    names = () if where else words[:1]
    assignments = words if where else words[1:]
    if not assignments:
        raise BadInput("nothing to set: give KEY=VALUE")
    with session.opened() as (vault, index):
        if where:
            chosen = list_contacts(vault, index, Filter(where=where), "name", session.today)
            if not chosen:
                session.say(f"Nobody has {' and '.join(where)}.")
                return
            changes = plan_set_paths(vault, [row.path for row in chosen], assignments, read_day)
        else:
            changes = plan_set(vault, index, names, assignments, read_day)
        changed = [change for change in changes if change.before != change.after]
        session.write(vault, changed, dry_run=dry_run)
        if not dry_run:
            session.say(
                f"{changed[0].path}: {', '.join(assignments)}"
                if len(changed) == 1
                else f"{len(changed)} of {len(changes)} notes changed"
            )
        session.end_with_problems_of(vault, changes)


@click.command("snooze")
@name_argument
@click.argument("until", metavar="DURATION_OR_DATE")
@dry_run_option
@pass_session
def snooze_command(session: Session, name: str, until: str, dry_run: bool) -> None:
    """Leave NAME out of the agenda for 2w, or until a date; promises and meetings stay."""
    from vaultkeeper.app.properties import plan_snooze
    from vaultkeeper.domain.duration import parse_duration

    try:
        day = parse_duration(until).after(session.today)
    except ValueError:
        try:
            day = session.day(until)
        except BadInput as bad:
            raise BadInput(f"{bad}, or for how long: 2w, 3m") from None
    if day <= session.today:
        raise BadInput(f"{until!r} is not in the future")
    with session.opened() as (vault, index):
        change = plan_snooze(vault, index, name, day)
        if session.write(vault, [change], dry_run=dry_run):
            session.say(f"{change.path}: not before {day.isoformat()}")
        session.end_with_problems_of(vault, [change])


@click.command("pause")
@name_argument
@dry_run_option
@pass_session
def pause_command(session: Session, name: str, dry_run: bool) -> None:
    """Leave NAME out of the agenda until resumed; promises, meetings and dates stay."""
    from vaultkeeper.app.properties import plan_pause

    with session.opened() as (vault, index):
        change = plan_pause(vault, index, name)
        if session.write(vault, [change], dry_run=dry_run):
            session.say(f"{change.path}: paused; vk resume takes it back")
        elif not dry_run:
            session.say(f"{change.path}: paused already")
        session.end_with_problems_of(vault, [change])


@click.command("resume")
@name_argument
@dry_run_option
@pass_session
def resume_command(session: Session, name: str, dry_run: bool) -> None:
    """Bring NAME back into the agenda: ends a pause or a snooze."""
    from vaultkeeper.app.properties import plan_resume

    with session.opened() as (vault, index):
        change = plan_resume(vault, index, name)
        wrote = session.write(vault, [change], dry_run=dry_run)
        if not dry_run:
            session.say(f"{change.path}: active{'' if wrote else ' already'}")
        session.end_with_problems_of(vault, [change])
