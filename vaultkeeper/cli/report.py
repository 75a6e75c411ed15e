"""`report` and `digest`: pages and mails made of the figures and the agenda."""

from pathlib import Path

import click

from vaultkeeper.cli.session import Session, dry_run_option, echo_json, json_option, pass_session, shown
from vaultkeeper.errors import BadInput


@click.command("report")
@click.option("--html", "file", metavar="FILE", required=True, help="The page to write; - for stdout.")
@click.option("--since", metavar="DATE", help="The first day; else a year before the last.")
@click.option("--until", metavar="DATE", help="The last day; else today.")
@click.option("--open", "look", is_flag=True, help="Show it in the browser.")
@dry_run_option
@pass_session
def report_command(
    session: Session, file: str, since: str | None, until: str | None, look: bool, dry_run: bool
) -> None:
    """One page with the year's touches, warmth, answers, introductions, ties and coming dates.

    It loads nothing from the network, and can be printed. An older report is replaced, any other file is not.
    """
    from vaultkeeper.app.report import plan_page, read_report, render_report, save_page

    if look and (file == "-" or dry_run):
        raise BadInput("--open needs a file that is written")
    first = session.day(since, back=True) if since is not None else None
    last = session.day(until, back=True) if until is not None else None
    with session.opened() as (vault, index):
        page = render_report(vault, read_report(vault, index, first, last, session.today))
    if file == "-":
        click.echo(page, nl=False)
    elif dry_run:
        from vaultkeeper.app.change import Change, diff

        click.echo(diff([Change(file, plan_page(Path(file), page), page)]), nl=False)
    else:
        save_page(Path(file), page)
        session.say(f"wrote {shown(file)}")
        if look and click.launch(Path(file).resolve().as_uri()) != 0:
            session.say(f"The browser could not be opened; look at {Path(file).resolve().as_uri()}")


@click.command("digest")
@click.option(
    "--format", "form", type=click.Choice(("text", "html", "eml")), default="text", show_default=True
)
@click.option("--to", default="", metavar="ADDRESS", help="For eml: to whom.")
@click.option("--from", "sender", default="", metavar="ADDRESS", help="For eml: from whom; else as --to.")
@click.option("--with-log", is_flag=True, help="Suggestions may quote the last talk: mail is read by others.")
@json_option
@pass_session
def digest_command(session: Session, form: str, to: str, sender: str, with_log: bool, as_json: bool) -> None:
    """The week's agenda, to be sent: vk digest --format eml --to me@home.example | sendmail -t

    Without a word of any log, unless asked for.
    """
    from vaultkeeper.app.digest import read_digest, render_digest

    if (to or sender) and form != "eml":
        raise BadInput("--to and --from are for --format eml")
    with session.opened(count_problems=False) as (vault, index):
        digest = read_digest(vault, index, session.today, with_log=with_log)
        if as_json:
            echo_json(digest.document())
        else:
            click.echo(render_digest(vault, digest, form, session.today, to, sender), nl=False)
