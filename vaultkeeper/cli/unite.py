"""`merge` and `rename`: one person from two notes; a new name, with every link following."""

import sys

import click

from vaultkeeper.app.merge import Pair
from vaultkeeper.cli.session import Session, complete_contact, dry_run_option, name_argument, pass_session
from vaultkeeper.errors import BadInput


@click.command("rename")
@name_argument
@click.argument("new")
@dry_run_option
@pass_session
def rename_command(session: Session, name: str, new: str, dry_run: bool) -> None:
    """Give NAME's note a new name; every link in the vault follows, and the old name stays an alias."""
    from vaultkeeper.app.rename import plan_rename

    with session.opened() as (vault, index):
        changes = plan_rename(vault, index, name, new)
        if session.write(vault, changes, dry_run=dry_run):
            links = len(changes) - 2
            session.say(f"{changes[0].path}{f', and links in {links} notes' if links > 0 else ''}")


@click.command("merge")
@click.argument("one", metavar="A", shell_complete=complete_contact)
@click.argument("other", metavar="B", shell_complete=complete_contact)
@click.option("--take", multiple=True, metavar="KEY", help="Where both have a value: B's for this key.")
@dry_run_option
@pass_session
def merge_command(session: Session, one: str, other: str, take: tuple[str, ...], dry_run: bool) -> None:
    """Make one of two notes: B goes into A, with its properties, promises and log; links to B follow."""
    from vaultkeeper.app.merge import find_pair, plan_merge

    with session.opened() as (vault, index):
        pair = find_pair(vault, index, one, other)
        changes = plan_merge(vault, index, pair, _choose(session, pair, take))
        if session.write(vault, changes, dry_run=dry_run):
            session.say(f"{pair.other} is in {pair.path} now; vk undo takes it back.")


def _choose(session: Session, pair: Pair, take: tuple[str, ...]) -> dict[str, str]:
    """Key → B's value where it is to be taken: named by --take, or chosen; else A's stays, which is told."""
    unknown = set(take) - {clash.key for clash in pair.clashes}
    if unknown:
        raise BadInput(f"the two notes do not differ in {', '.join(sorted(unknown))}")
    chosen = {}
    for clash in pair.clashes:
        if clash.key in take:
            chosen[clash.key] = clash.other
        elif sys.stdin.isatty() and not take:
            said = click.prompt(
                f"{clash.key}: 1 {clash.kept!r}, 2 {clash.other!r}",
                type=click.Choice(("1", "2")),
                default="1",
                err=True,
            )
            if said == "2":
                chosen[clash.key] = clash.other
        else:
            session.say(
                f"{clash.key}: {clash.kept!r} stays, {clash.other!r} goes (--take {clash.key} turns it)"
            )
    return chosen
