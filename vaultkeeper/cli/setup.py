"""`init`: the first five minutes."""

from pathlib import Path

import click

from vaultkeeper.cli.progress import progress
from vaultkeeper.cli.session import Session, dry_run_option, pass_session

_NAMES = 6


@click.command("init")
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path))
@dry_run_option
@pass_session
def init_command(session: Session, folder: Path | None, dry_run: bool) -> None:
    """Make DIR (else this folder) a vault. An Obsidian vault is taken up as it is: no note changes."""
    from vaultkeeper.app.init import plan_init, write_init
    from vaultkeeper.config import FILE

    plan = plan_init((folder or Path.cwd()).resolve())
    if dry_run:
        from vaultkeeper.app.change import Change, diff

        ignore = plan.root / ".gitignore"
        before = ignore.read_text("utf-8") if ignore.is_file() else None
        changes = [Change(FILE, None, plan.config)]
        changes += [Change(".gitignore", before, plan.ignore)] if plan.ignore is not None else []
        click.echo(diff(changes), nl=False)
        return
    with progress("Reading notes", quiet=session.quiet) as tell:
        census = write_init(plan, tell)
    if census.notes:
        session.say(f"Read {census.notes:,} notes and found")
        names = ", ".join(census.people[:_NAMES]) + (", …" if len(census.people) > _NAMES else "")
        session.say(f"  {len(census.people):5,} people     {', '.join(census.folders)}: {names}")
        counted = f"{census.lines:,} lines are contact with {census.contacts_in_lines} of them"
        if census.dated or census.lines:
            session.say(f"  {census.dated:5,} dated      {counted}")
        session.say(f"  {census.promises:5,} promises   open tasks in their notes")
        if census.problems:
            session.say(f"  {census.problems:5,} problems   vk doctor tells them")
    made = "".join(f", {name}/" for name in plan.folders) + (
        ", .gitignore" if plan.ignore is not None else ""
    )
    session.say(f"Wrote {FILE}{made}. No note of yours changed.")
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
