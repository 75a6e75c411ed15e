"""`schedule`: the nightly job."""

import re

import click

from vaultkeeper.cli.session import Session, dry_run_option, pass_session
from vaultkeeper.errors import BadInput

_WITH = ("systemd", "cron")


@click.group("schedule")
def schedule_command() -> None:
    """The nightly job: vk index, by systemd's timers or cron."""


def _at(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise BadInput(f"--at {text!r} is not a time such as 3:00")
    return int(match[1]), int(match[2])


@schedule_command.command("install")
@click.option("--at", default="3:00", show_default=True, metavar="H:MM", help="When, every day.")
@click.option("--with", "by", type=click.Choice(_WITH), help="Else systemd where it runs, or cron.")
@click.option("--commit", is_flag=True, help="Commit to git what each run wrote.")
@dry_run_option
@pass_session
def install_command(session: Session, at: str, by: str | None, commit: bool, dry_run: bool) -> None:
    """Run vk index every night."""
    from vaultkeeper.app.change import diff
    from vaultkeeper.app.schedule import install, job_of, plan_install

    vault = session.vault()
    plan = plan_install(job_of(vault, *_at(at), commit=commit), by)
    if dry_run:
        click.echo(diff(plan.changes), nl=False)
        return
    install(vault, plan, session.now)
    session.say(f"Every day at {at}, by {plan.by}: {' '.join(plan.job.command)}")
    if plan.by == "systemd":
        session.say("It runs while you are logged in, or else once you are: loginctl enable-linger")


@schedule_command.command("show", short_help="Print what to install by hand.")
@click.option("--at", default="3:00", show_default=True, metavar="H:MM", help="When, every day.")
@click.option(
    "--with",
    "by",
    type=click.Choice((*_WITH, "launchd", "task-scheduler")),
    help="For which; else as install would.",
)
@click.option("--commit", is_flag=True, help="Commit to git what each run wrote.")
@pass_session
def show_command(session: Session, at: str, by: str | None, commit: bool) -> None:
    """Print what to install, for you to do it: also for launchd and the Task Scheduler."""
    from vaultkeeper.app.schedule import job_of, show

    vault = session.vault()
    click.echo(show(job_of(vault, *_at(at), commit=commit), by), nl=False)


@schedule_command.command("remove")
@pass_session
def remove_command(session: Session) -> None:
    """Run it no longer."""
    from vaultkeeper.app.schedule import remove
    from vaultkeeper.storage.nights import OWN

    by = remove(session.vault())
    if by == OWN:
        session.say("A nightly run is expected no longer. Take the job out of your scheduler, too.")
    else:
        session.say("Removed." if by else "There was no schedule for this vault.")
