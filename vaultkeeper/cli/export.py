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
@click.option("--delete", is_flag=True, help="With --dir: take away our cards of those who are gone.")
@click.option("--version", type=click.Choice(("4.0", "3.0")), default="4.0", show_default=True, help="vcard.")
@click.option("--tag", multiple=True)
@click.option("--where", multiple=True, metavar="KEY=VALUE", help="Those of whom this holds.")
@pass_session
def export_command(
    session: Session,
    form: str,
    out: Path | None,
    folder: Path | None,
    delete: bool,
    version: str,
    tag: tuple[str, ...],
    where: tuple[str, ...],
) -> None:
    """Export contacts as FORMAT: vcard, ics (a calendar to subscribe to), csv or json.

    The calendar carries names and reasons only. With --dir, each contact's card has a file of its own that
    changes only when they do: for vdirsyncer and khard. A card in that folder that is not of our making, or
    that another program has changed, is never taken away.
    """
    from vaultkeeper.app.export import FORMATS, Asked, export_vcards
    from vaultkeeper.app.listing import Filter, list_contacts
    from vaultkeeper.storage.outside import write_outside

    if folder is not None and (form != "vcard" or out is not None):
        raise BadInput("--dir is for vcard, and without --out")
    if delete and (folder is None or tag or where):
        raise BadInput("--delete is for --dir, with all contacts")
    with session.opened() as (vault, index):
        rows = list_contacts(vault, index, Filter(tag=tag, where=where), "name", session.today)
        asked = Asked(rows, session.today, version)
        if folder is not None:
            _into_folder(session, folder, export_vcards(index, asked), delete=delete, part=bool(tag or where))
            return
        text = FORMATS[form](vault, index, asked)
    if out is None:
        click.echo(text, nl=False)
    else:
        write_outside(out, text)
        session.say(f"{len(rows)} contact{'s' if len(rows) != 1 else ''} written to {out}")


def _into_folder(session: Session, folder: Path, cards: dict[str, str], *, delete: bool, part: bool) -> None:
    """`part`: not all contacts were asked for, so that other cards there may well be somebody's."""
    from vaultkeeper.interop.vcard_export import PRODUCT
    from vaultkeeper.storage.outside import remove_outside, write_outside

    written = sum(write_outside(folder / name, card) for name, card in cards.items())
    session.say(f"{_many(len(cards))} in {folder}, {written} of them written")
    others = [] if part else [file for file in sorted(folder.glob("*.vcf")) if file.name not in cards]
    gone = [file for file in others if f"\n{PRODUCT}\r\n".encode() in file.read_bytes()]
    if gone and delete:
        for file in gone:
            remove_outside(file)
        session.say(f"{_many(len(gone))} of people who are gone, taken away")
    elif gone:
        session.say(f"{_many(len(gone))} there of people who are gone; --delete takes them away")
    if foreign := len(others) - len(gone):
        session.say(f"{_many(foreign)} there not from here: vk import vcard {folder} takes them in")


def _many(count: int) -> str:
    return "1 card" if count == 1 else f"{count} cards"
