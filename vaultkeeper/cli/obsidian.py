"""`obsidian setup`: Obsidian's own views of the contacts."""

import click

from vaultkeeper.cli.session import Session, dry_run_option, pass_session


@click.group("obsidian")
def obsidian_command() -> None:
    """Obsidian's own views of your contacts."""


@obsidian_command.command("setup", short_help="Add the Bases and the types of properties.")
@dry_run_option
@pass_session
def setup_command(session: Session, dry_run: bool) -> None:
    """Write Contacts.base and Due.base, tell Obsidian the types of our properties, and keep last_contact
    and next_contact in each note's front matter (`properties = "index"`).

    What you have of these stays as it is. Restart Obsidian to see the types.
    """
    from vaultkeeper.app.obsidian import plan_setup

    vault = session.vault()
    changes = plan_setup(vault)
    if session.write(vault, changes, dry_run=dry_run):
        for change in changes:
            session.say(f"wrote {change.path}")
        session.say("vk index now writes last_contact and next_contact into the notes, when they change.")
    elif not dry_run:
        session.say("All is set up already.")
