"""`export`: your people in other programs' formats."""

from pathlib import Path

import click

from vaultkeeper.cli.session import Session, pass_session
from vaultkeeper.errors import BadInput

_FORMATS = ("vcard", "ics", "csv", "json")


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(_FORMATS))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file, in place of stdout.")
@click.option(
    "--dir", "folder", type=click.Path(file_okay=False, path_type=Path), help="vcard: a file a contact."
)
@click.option("--version", type=click.Choice(("4.0", "3.0")), default="4.0", show_default=True, help="vcard.")
@click.option("--tag", multiple=True)
@click.option("--where", multiple=True, metavar="KEY=VALUE", help="Those of whom this holds.")
@pass_session
def export_command(
    session: Session,
    form: str,
    out: Path | None,
    folder: Path | None,
    version: str,
    tag: tuple[str, ...],
    where: tuple[str, ...],
) -> None:
    """Export contacts as FORMAT: vcard, ics (a calendar to subscribe to), csv or json.

    The calendar carries names and reasons only. With --dir, each contact's card has a file of its own that
    changes only when they do: for vdirsyncer and khard.
    """
    from vaultkeeper.app.export import FORMATS, Asked, export_vcards
    from vaultkeeper.app.listing import Filter, list_contacts
    from vaultkeeper.storage.outside import write_outside

    if folder is not None and (form != "vcard" or out is not None):
        raise BadInput("--dir is for vcard, and without --out")
    with session.opened() as (vault, index):
        rows = list_contacts(vault, index, Filter(tag=tag, where=where), "name", session.today)
        asked = Asked(rows, session.today, version)
        if folder is not None:
            cards = export_vcards(index, asked)
            written = sum(write_outside(folder / name, card) for name, card in cards.items())
            gone = [file for file in folder.glob("*.vcf") if file.name not in cards and not (tag or where)]
            session.say(f"{len(cards)} cards in {folder}, {written} of them written")
            if gone:
                session.say(f"{len(gone)} cards there are nobody's here any more; they are left")
            return
        text = FORMATS[form](vault, index, asked)
    if out is None:
        click.echo(text, nl=False)
    else:
        write_outside(out, text)
        session.say(f"{len(rows)} contacts written to {out}")
