"""`init`: the first five minutes."""

import sys
from pathlib import Path

import click

from vaultkeeper.cli.progress import progress
from vaultkeeper.cli.session import Session, dry_run_option, pass_session

_NAMES = 6


@click.command("init")
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path))
@click.option("--obsidian/--no-obsidian", "views", default=None, help="Do what vk obsidian setup does, too.")
@dry_run_option
@pass_session
def init_command(session: Session, folder: Path | None, views: bool | None, dry_run: bool) -> None:
    """Make DIR (else this folder) a vault. An Obsidian vault is taken up as it is: no note changes."""
    from vaultkeeper.app.init import plan_init, write_init
    from vaultkeeper.config import FILE

    root = (folder or Path.cwd()).resolve()
    if views is None and not dry_run and sys.stdin.isatty() and (root / ".obsidian").is_dir():
        views = not (root / FILE).exists() and click.confirm(
            "Add Obsidian's own views of your contacts (two Bases)?", default=False, err=True
        )
    plan = plan_init(root, views=bool(views))
    if dry_run:
        from vaultkeeper.app.change import Change, diff

        click.echo(diff([Change(FILE, None, plan.config), *plan.changes]), nl=False)
        return
    with progress("Reading notes", quiet=session.quiet) as tell:
        census = write_init(plan, tell)
    if census.notes:
        session.say(f"Read {census.notes:,} notes and found")
        names = ", ".join(census.people[:_NAMES]) + (", …" if len(census.people) > _NAMES else "")
        where = f"{', '.join(census.folders)}: {names}" if names else f"to come in {', '.join(plan.folders)}/"
        session.say(f"  {len(census.people):5,} people     {where}")
        counted = f"{census.lines:,} lines are contact with {census.contacts_in_lines} of them"
        if census.dated or census.lines:
            session.say(f"  {census.dated:5,} dated      {counted}")
        session.say(f"  {census.promises:5,} promises   open tasks in their notes")
        if census.problems:
            session.say(f"  {census.problems:5,} problems   vk doctor tells them")
    made = ", ".join([FILE, *(f"{name}/" for name in plan.folders), *(c.path for c in plan.changes)])
    session.say(f"Wrote {made}. No note of yours changed.")
    session.say("")
    for line in _next_steps(bool(census.people)):
        session.say(line)


def _next_steps(has_people: bool) -> list[str]:
    if has_people:
        first = [
            "Pick the people who matter and say how often:",
            "  vk set NAME tier=B          (A 3 weeks, B 2 months, C 6 months, D a year)",
        ]
    else:
        first = [
            "Begin with one person:",
            '  vk add "Jane Doe" --company Globex --tier A --met yesterday',
            '  vk log jane -m "coffee yesterday: her new job"',
        ]
    return [
        *first,
        "Then",
        "  vk due                      who to reach out to this week",
        '  vk index                    writes it to "Keep in touch/Due this week.md"',
        "",
        "These notes hold other people's lives: keep the repository private.",
    ]
