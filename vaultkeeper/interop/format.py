"""What an import format is, and which there are: adding one is one module and one entry here.

A module has `parse(sources, asked) -> Parsed`, which never raises for a bad row: that is a Problem with its
line. It raises VaultkeeperError for a file that is not of the format at all, or not of any text.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from importlib import import_module
from typing import BinaryIO, NamedTuple

from vaultkeeper.domain.card import Card
from vaultkeeper.domain.place import Problem


class Source(NamedTuple):
    """A file to be read, under the name by which problems are told."""

    name: str
    stream: BinaryIO


class Asked(NamedTuple):
    """What a parser needs to know beside the file.

    `me`: the user's own addresses, profile or name. `others`: addresses and profiles (keys of
    domain.address) of contacts, who are not the user. `until`: the last day to look at. `columns`: our key →
    the columns of a CSV that make it. `encoding`: where the user names one.
    """

    until: date
    me: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()
    columns: Mapping[str, str] = {}
    encoding: str | None = None


class Parsed(NamedTuple):
    """`rows`: how many people, messages or events were read. `skipped`: why some of them count for nobody,
    and how many. `said`: what a person should know of how it was read."""

    cards: tuple[Card, ...]
    rows: int
    problems: tuple[Problem, ...] = ()
    skipped: Mapping[str, int] = {}
    said: tuple[str, ...] = ()


Parse = Callable[[Iterable[Source], Asked], Parsed]


class Format(NamedTuple):
    """`module` of this package reads it. `folder`: the subfolder for new people, None where the format makes
    none. `network`: what a new contact's `network` is to be. `by_name`: a name alone tells who it is.

    `inside`: the names of the files that it takes out of a folder or a ZIP, or (with a dot) their ends.
    """

    module: str
    about: str
    folder: str | None
    network: str = ""
    by_name: bool = True
    inside: tuple[str, ...] = ()

    def takes(self, name: str) -> bool:
        """Whether a file of that name, its folder left out, is one of them."""
        lowered = name.lower()
        return any(lowered == one or (one[0] == "." and lowered.endswith(one)) for one in self.inside)

    @property
    def parse(self) -> Parse:
        parse: Parse = import_module(f"vaultkeeper.interop.{self.module}").parse
        return parse


FORMATS: Mapping[str, Format] = {
    "linkedin": Format(
        *("linkedin", "LinkedIn's Connections.csv", "LinkedIn", "LinkedIn"), inside=("connections.csv",)
    ),
    "linkedin-messages": Format(
        "linkedin_messages", "LinkedIn's messages.csv, into the logs", None, inside=("messages.csv",)
    ),
    "google": Format("google", "Google Contacts, as CSV", "Google", inside=(".csv",)),
    "vcard": Format("vcard", "vCard 2.1, 3.0 or 4.0: phones, mail programs", "Contacts", inside=(".vcf",)),
    "friends": Format("friends", "the friends.md of the program friends", "Friends", inside=("friends.md",)),
    "mbox": Format(
        "mail", "an mbox or a Maildir, into the logs", None, by_name=False, inside=("mbox", ".mbox")
    ),
    "ics": Format("icalendar_", "a calendar, into the logs", None, by_name=False, inside=(".ics",)),
    "csv": Format("csv_", "any CSV, with --map", "Imported", inside=(".csv",)),
}
