"""`index`, `watch`, `doctor`: keeping the vault in order."""

import time
from typing import TYPE_CHECKING

import click

from vaultkeeper.cli.progress import progress
from vaultkeeper.cli.session import (
    Session,
    dry_run_option,
    echo_json,
    end_with,
    json_option,
    pass_session,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultkeeper.app.index import Indexed
    from vaultkeeper.app.mentioned import Mentioned
    from vaultkeeper.app.vault import Vault


@click.command("index")
@click.option("--full", is_flag=True, help="Read every note anew.")
@click.option("--commit", "committing", is_flag=True, help="Commit to git what this run wrote, and no more.")
@click.option("--nightly", is_flag=True, hidden=True)
@json_option
@dry_run_option
@pass_session
def index_command(
    session: Session, full: bool, committing: bool, nightly: bool, as_json: bool, dry_run: bool
) -> None:
    """Bring the index up to date and refresh the generated notes: the nightly job."""
    from vaultkeeper.app.index import run_index
    from vaultkeeper.app.losses import find_lost
    from vaultkeeper.app.nightly import logged_run

    vault = session.vault()
    with (
        logged_run(vault, lambda: session.now, nightly=nightly, dry_run=dry_run) as log,
        vault.index() as index,
    ):
        with progress("Reading notes", quiet=session.quiet) as tell:
            done = run_index(vault, index, session.today, tell, full=full, dry_run=dry_run)
        problems = (*done.problems, *find_lost(vault, index, time.time(), thorough=not dry_run))
        log.append(f"{done.refreshed.contacts} contacts, {len(problems)} problems")
        log += [f"wrote {path}" for path in done.written]
        if committing and not dry_run:
            _commit(session, vault, done)
    counts = done.refreshed
    if as_json:
        echo_json(
            {
                "contacts": counts.contacts,
                "added": counts.added,
                "modified": counts.modified,
                "removed": counts.removed,
                "unchanged": counts.unchanged,
                "harvested": done.harvested,
                "problems": [{"path": p.path, "line": p.line, "message": p.message} for p in problems],
                "written": list(done.written),
                "mentioned": _mentioned(done.mentioned),
            }
        )
    elif dry_run:
        from vaultkeeper.app.change import diff

        click.echo(diff(done.changes), nl=False)
    else:
        session.say(
            f"{counts.contacts} contacts: {counts.added} added, {counts.modified} modified,"
            f" {counts.removed} removed, {counts.unchanged} unchanged"
        )
        if done.harvested:
            session.say(f"took in {done.harvested} from the generated notes")
        for path in done.written:
            session.say(f"wrote {path}")
        _say_mentioned(session, done.mentioned)
    end_with(problems)


def _mentioned(people: "Sequence[Mentioned]") -> list[dict[str, object]]:
    return [{"name": m.name, "date": m.day.isoformat(), "path": m.path, "line": m.line} for m in people]


def _say_mentioned(session: Session, people: "Sequence[Mentioned]") -> None:
    """Whom contact lines name who has no note: no problem, since a line may well come first."""
    for person in people:
        session.say(f"{person.path}:{person.line}: {person.name} has no note yet")
    if people:
        session.say("vk add --mentioned makes a note for each")


def _commit(session: Session, vault: "Vault", done: "Indexed") -> None:
    from vaultkeeper.app.git import commit

    committed = commit(vault, done.written, done.harvested)
    if committed.paths:
        session.say(f"committed {len(committed.paths)} notes")
    for path, why in committed.left.items():
        session.say(f"{path} is not committed: {why}")


@click.command("watch")
@click.option("--poll", is_flag=True, help="Look every few seconds: for network drives.")
@pass_session
def watch_command(session: Session, poll: bool) -> None:
    """Keep the index and the generated notes fresh; ends with Ctrl-C."""
    import signal
    import threading

    from vaultkeeper.watch import watch

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    watch(session.vault, lambda: session.today, session.say, stop, poll=poll)


@click.command("doctor")
@click.option("--recover", "recovering", is_flag=True, help="Bring back saves and entries that were lost.")
@click.option("--forget", "forgetting", is_flag=True, help="Tell no more of those.")
@json_option
@dry_run_option
@pass_session
def doctor_command(
    session: Session, recovering: bool, forgetting: bool, as_json: bool, dry_run: bool
) -> None:
    """Every problem of the vault, with the way to mend it."""
    from vaultkeeper.app.doctor import examine
    from vaultkeeper.app.git import find_unset
    from vaultkeeper.app.mentioned import find_mentioned
    from vaultkeeper.app.nightly import find_stopped
    from vaultkeeper.app.recover import find_losses, forget, plan_recovery

    vault = session.vault()
    losses = find_losses(vault, time.time(), thorough=True)
    if recovering:
        changes, recovered = plan_recovery(vault, losses)
        if session.write(vault, changes, dry_run=dry_run):
            forget(vault, recovered)
            for change in changes:
                session.say(f"wrote {change.path}")
        if dry_run:
            return
    elif forgetting and not dry_run:
        forget(vault, losses)
    if recovering or forgetting:
        losses = find_losses(vault, time.time(), thorough=True)
    with vault.index() as index, progress("Reading notes", quiet=session.quiet) as tell:
        problems = examine(vault, index, session.today, losses, tell)
        mentioned = find_mentioned(index)
    stopped = find_stopped(vault, session.now)
    problems += [*find_unset(vault), *([stopped] if stopped is not None else [])]
    if as_json:
        found = [
            {"path": p.path, "line": p.line, "message": p.message, "mend": p.mend or None} for p in problems
        ]
        echo_json({"problems": found, "mentioned": _mentioned(mentioned)})
        end_with(problems)
        return
    if not problems:
        session.say("All is well.")
    for problem in problems:
        click.echo(shown(str(problem)), err=True)
        if problem.mend:
            click.echo(f"    {shown(problem.mend)}", err=True)
    _say_mentioned(session, mentioned)
    if problems:
        click.get_current_context().exit(3)
