"""`undo`: taking back what a command wrote."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from vaultkeeper.cli.session import Session, dry_run_option, echo_json, json_option, pass_session, shown

if TYPE_CHECKING:
    from vaultkeeper.storage.undo import Step

_SHOWN = 20
_STATES = {"undone": "undone", "open": "stopped halfway"}


@click.command("undo")
@click.argument("number", required=False, metavar="[N]", type=click.IntRange(1))
@click.option("--list", "listing", is_flag=True, help="What can be undone, the newest last.")
@click.option("--limit", type=click.IntRange(1), default=_SHOWN, show_default=True, help="With --list.")
@json_option
@dry_run_option
@pass_session
def undo_command(
    session: Session, number: int | None, listing: bool, limit: int, as_json: bool, dry_run: bool
) -> None:
    """Take back what the last command wrote, or step N: all of it, or nothing where a note has changed since.

    Steps of index, watch and undo itself are taken back by their number only; generated notes stay, for the
    next index makes them anew.
    """
    from vaultkeeper.app.change import diff
    from vaultkeeper.app.undo import list_steps, plan_undo, write_undo

    vault = session.vault()
    if listing:
        _show(list_steps(vault)[:limit], as_json=as_json)
        return
    undo = plan_undo(vault, number)
    if dry_run:
        click.echo(diff(undo.changes), nl=False)
        return
    written = write_undo(vault, undo)
    if as_json:
        echo_json({"step": undo.step.number, "command": undo.step.label, "written": written})
        return
    session.say(f"Undone: step {undo.step.number}, vk {undo.step.label}")
    for path in written[:_SHOWN]:
        session.say(f"  {path}")
    if len(written) > _SHOWN:
        session.say(f"  … and {len(written) - _SHOWN} more")


def _show(steps: "list[Step]", *, as_json: bool) -> None:
    if as_json:
        echo_json({"steps": [_document(step) for step in steps]})
        return
    for step in reversed(steps):
        when = f"{datetime.fromtimestamp(step.at, UTC).astimezone():%Y-%m-%d %H:%M}"
        paths = list(step.by_path())
        what = paths[0] if len(paths) == 1 else f"{len(paths)} notes"
        state = _STATES.get(step.state) or ("" if step.by_hand else "by its number only")
        cells = (str(step.number), when, shown(f"vk {step.label}"), shown(what), state)
        click.echo("\t".join(cells).rstrip())


def _document(step: "Step") -> dict[str, object]:
    return {
        "step": step.number,
        "command": step.label,
        "at": datetime.fromtimestamp(step.at, UTC).isoformat(timespec="seconds"),
        "by_hand": step.by_hand,
        "state": step.state,
        "paths": list(step.by_path()),
    }
