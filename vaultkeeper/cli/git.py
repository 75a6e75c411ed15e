"""`git setup`, and the merge driver that git calls."""

from pathlib import Path

import click

from vaultkeeper.cli.session import Session, dry_run_option, pass_session


@click.group("git")
def git_command() -> None:
    """The vault under git, and on many devices."""


@git_command.command("setup", short_help="Let git merge notes by what they say.")
@dry_run_option
@pass_session
def setup_command(session: Session, dry_run: bool) -> None:
    """Let git merge notes by what they say: entries, tasks and properties of two devices come together.

    Writes a line to .gitattributes, which goes with the vault, and the driver to this clone's own config: so
    run it once in each clone.
    """
    from vaultkeeper.app.git import plan_setup, write_config

    vault = session.vault()
    setup = plan_setup(vault)
    session.write(vault, setup.changes, dry_run=dry_run)
    for key, value in setup.config.items():
        session.say(f"git config {key} = {value}")
    if not dry_run:
        write_config(vault, setup)
        session.say(
            "Git merges the notes of this vault now." if setup.config or setup.changes else "All set."
        )


# A note's name may begin with a hyphen.
@click.command(
    "merge-file", hidden=True, context_settings={"ignore_unknown_options": True, "help_option_names": []}
)
@click.argument("base", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("ours", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("theirs", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("note", type=click.Path(path_type=Path))
def merge_file_command(base: Path, ours: Path, theirs: Path, note: Path) -> None:
    """Merge BASE, OURS and THEIRS into OURS, for git; ends with 1 where a conflict is left."""
    from vaultkeeper.app.merge_file import merge_file

    if not merge_file(base, ours, theirs, note):
        click.get_current_context().exit(1)
