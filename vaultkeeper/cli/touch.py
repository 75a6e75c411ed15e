"""`log`, `add`, `follow-up`, `done`: what happened, whom I met, what I promised."""

import re
import sys

import click

from vaultkeeper.cli.session import (
    Session,
    complete_contact,
    dry_run_option,
    name_argument,
    pass_session,
)
from vaultkeeper.errors import BadInput, VaultkeeperError

_EDITOR_TEXT = """

# One line, as in the log:  call: she got the job #congrats
# A date may stand in it:   coffee yesterday: her new job
# Lines that begin with # are left out; nothing is logged from an empty text.
"""


@click.command("log")
@click.argument("names", nargs=-1, required=True, metavar="NAME...", shell_complete=complete_contact)
@click.option("-m", "--message", metavar="TEXT", help='What happened: "coffee yesterday: her new job".')
@click.option("--channel", metavar="CHANNEL", help="call, coffee, email, message, meeting, …")
@click.option("--in", "direction", flag_value="in", help="They reached out.")
@click.option("--out", "direction", flag_value="out", help="You reached out.")
@click.option("--both", "direction", flag_value="both", help="An exchange.")
@click.option("--kind", "kinds", multiple=True, help="thanks, gave, asked, helped, news, …; may be repeated.")
@click.option("--date", "day", metavar="DATE", help="When: 2026-11-20, yesterday, last friday.")
@click.option("--time", metavar="H:MM", help="At what time.")
@click.option(
    "--with",
    "others",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_contact,
    help="Who else was there; may be repeated.",
)
@click.option("--follow-up", metavar="TEXT", help="Something you promised there.")
@click.option("--due", metavar="DATE", help="When the promise is due.")
@dry_run_option
@pass_session
def log_command(
    session: Session,
    names: tuple[str, ...],
    message: str | None,
    channel: str | None,
    direction: str | None,
    kinds: tuple[str, ...],
    day: str | None,
    time: str | None,
    others: tuple[str, ...],
    follow_up: str | None,
    due: str | None,
    dry_run: bool,
) -> None:
    """Note an interaction with NAME; with several, one entry for all of them.

    The entry goes into the first one's note. Options win over what the text says.
    """
    from vaultkeeper.app.log import LogRequest, after_log, plan_log

    with session.opened() as (vault, index):
        if channel is not None and channel.lower() not in vault.reading.channels:
            raise BadInput(f"unknown channel {channel!r}; one of {', '.join(vault.reading.channels)}")
        if due is not None and follow_up is None:
            raise BadInput("--due is for --follow-up TEXT")
        request = LogRequest(
            (*names, *others),
            _text(message, names, enough=bool(channel or kinds)),
            channel.lower() if channel else None,
            direction,
            kinds,
            session.day(day, back=True) if day else None,
            _time(time),
            follow_up,
            session.day(due) if due else None,
        )
        logged = plan_log(vault, index, request, session.today)
        if session.write(vault, logged.changes, dry_run=dry_run):
            name, following = after_log(vault, index, logged, session.today)
            session.say(f"{name}: {logged.entry}")
            session.say(following)
        session.end_with_problems_of(vault, logged.changes)


def _time(text: str | None) -> str | None:
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise BadInput(f"--time {text!r} is not a time such as 14:30")
    return text.rjust(5, "0")


def _text(message: str | None, names: tuple[str, ...], *, enough: bool) -> str:
    """The text of the entry: given, from stdin with `-m -`, or typed in the editor."""
    if message == "-":
        try:
            message = sys.stdin.read()
            message.encode()
        except UnicodeError:
            raise BadInput("what stdin holds is not UTF-8 text") from None
    if message is None and sys.stdin.isatty():
        typed = click.edit(f"{_EDITOR_TEXT}# {', '.join(names)}\n", extension=".md") or ""
        message = "\n".join(line for line in typed.splitlines() if not line.startswith("# "))
    if message is None and not enough:
        raise VaultkeeperError("what happened? Give it with -m TEXT")
    message = (message or "").strip()
    if not message and not enough:
        raise VaultkeeperError("nothing to log: the text is empty")
    return message


@click.command("add")
@click.argument("name", required=False)
@click.option("--company")
@click.option("--title")
@click.option("--email", multiple=True)
@click.option("--phone", multiple=True)
@click.option("--location")
@click.option("--tag", "tags", multiple=True)
@click.option("--relationship", multiple=True, help="colleague, mentor, recruiter, alumni, family, …")
@click.option("--network", multiple=True, help="Where the tie comes from: LinkedIn, a group, an event.")
@click.option("--tier", help="How often: one of the config's tiers.")
@click.option("--cadence", metavar="DURATION", help="How often, for this one: 10d, 3w, 2m, 1y, none.")
@click.option("--met", metavar="DATE", help="The day you met.")
@click.option("--met-at", metavar="TEXT", help="Where: a place, or an event that has a note.")
@click.option("--introduced-by", metavar="NAME", shell_complete=complete_contact)
@click.option("--birthday", metavar="DATE", help="1990-05-17, or 05-17.")
@click.option("--linkedin", metavar="URL")
@click.option("--log", metavar="TEXT", help='A first entry: "coffee: talked about hiring".')
@click.option("--mentioned", is_flag=True, help="A note for everybody whom contact lines name.")
@click.option("--folder", metavar="DIR", help="Where in the vault; else the first people folder.")
@dry_run_option
@pass_session
def add_command(
    session: Session,
    /,
    name: str | None,
    log: str | None,
    folder: str | None,
    mentioned: bool,
    dry_run: bool,
    **given: object,
) -> None:
    """A new contact's note for NAME, from the template contact.md."""
    from vaultkeeper.app.add import NewContact, plan_add

    if mentioned:
        _add_mentioned(session, dry_run)
        return
    if not name:
        raise BadInput("whom? Give a NAME, or --mentioned")
    values = {key: (value,) if isinstance(value, str) else value for key, value in given.items() if value}
    with session.opened() as (vault, index):
        new = NewContact(name, values, log, folder)  # type: ignore[arg-type]
        change = plan_add(vault, index, new, session.today, lambda text: session.day(text, back=True))
        if session.write(vault, [change], dry_run=dry_run):
            click.echo(change.path)
        session.end_with_problems_of(vault, [change])


def _add_mentioned(session: Session, dry_run: bool) -> None:
    from vaultkeeper.app.mentioned import plan_add_mentioned

    with session.opened() as (vault, index):
        changes, left = plan_add_mentioned(vault, index, session.today)
        session.write(vault, changes, dry_run=dry_run)
        for change in changes if not dry_run else ():
            click.echo(change.path)
        for mentioned, why in left:
            session.say(f"{mentioned.path}:{mentioned.line}: {why}")
        if not (changes or left):
            session.say("Everybody whom a contact line names has a note.")


@click.command("follow-up")
@name_argument
@click.argument("text")
@click.option("--due", metavar="DATE", help="By when: friday, in 3 days, 1 dec, 2026-12-01.")
@dry_run_option
@pass_session
def follow_up_command(session: Session, name: str, text: str, due: str | None, dry_run: bool) -> None:
    """Promise NAME something: TEXT becomes an open task in their note."""
    from vaultkeeper.app.follow_up import plan_follow_up

    with session.opened() as (vault, index):
        day = session.day(due) if due else None
        change, task = plan_follow_up(vault, index, name, text, day, session.today)
        if session.write(vault, [change], dry_run=dry_run):
            session.say(f"{change.path}: {task}")
        session.end_with_problems_of(vault, [change])


@click.command("done")
@name_argument
@click.argument("text", required=False)
@click.option("--date", "day", metavar="DATE", help="When it was done; else today.")
@dry_run_option
@pass_session
def done_command(session: Session, name: str, text: str | None, day: str | None, dry_run: bool) -> None:
    """Tick the promise to NAME that reads TEXT; a unique part of it is enough."""
    from vaultkeeper.app.follow_up import plan_done

    with session.opened() as (vault, index):
        when = session.day(day, back=True) if day else session.today
        change, promise = plan_done(vault, index, name, text, when)
        if session.write(vault, [change], dry_run=dry_run):
            session.say(f"Done: {promise.text}")
        session.end_with_problems_of(vault, [change])
