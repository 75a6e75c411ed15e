"""What an import would do: the notes it would make and fill, what it leaves, and why."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from vaultkeeper.app.change import Change, plan_edit
from vaultkeeper.app.gather import gather
from vaultkeeper.app.properties import check_value
from vaultkeeper.app.refresh import Progress
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.address import email_key, phone_key, profile_key
from vaultkeeper.domain.card import Card, join_cards
from vaultkeeper.domain.conflict_copy import sure_original
from vaultkeeper.domain.contact import KEYS
from vaultkeeper.domain.filling import Filling, Given, Move, fill, held
from vaultkeeper.domain.link import link_key
from vaultkeeper.domain.matching import Assignment, Group
from vaultkeeper.domain.memory import KEY, Memory, read_memory, remember
from vaultkeeper.domain.naming import plain, safe_stem
from vaultkeeper.domain.person import Match, Person
from vaultkeeper.domain.place import Problem
from vaultkeeper.domain.summary import Summary
from vaultkeeper.errors import BadInput, VaultkeeperError
from vaultkeeper.interop.format import Format
from vaultkeeper.interop.vcard_export import stable_uid
from vaultkeeper.notes.card_note import (
    fill_note,
    keys_of,
    lacking,
    make_note,
    plan_filling,
    settle,
    with_traces,
)
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.note import is_contact
from vaultkeeper.storage.index import Index

_WHERE = re.compile(r"(?P<path>[^\n]+?\.md):(?P<line>\d+): (?P<message>.*)", re.S)
_CHECKED = ("tier", "cadence", "number", "status", "date")
_ASIDE = 60  # bytes of what tells namesakes apart in a file's name


class Row(NamedTuple):
    """One person of the plan. `action`: "made", "filled", "left" or "ambiguous"; `how` they were matched;
    `keys` that are filled; `entries` that the log gets; `candidates`: the paths they may be."""

    action: str
    name: str
    path: str = ""
    line: int = 0
    how: str = ""
    keys: tuple[str, ...] = ()
    entries: int = 0
    detail: str = ""
    candidates: tuple[str, ...] = ()
    move: Move | None = None


@dataclass(slots=True)
class Planned:
    rows: list[Row] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def known_persons(index: Index, spellings: Mapping[str, Sequence[str]]) -> list[Person]:
    """Everybody in the vault, as domain.matching asks for them."""
    properties = index.properties()
    return [
        _person(summary, held(properties.get(summary.contact.path, {}), spellings))
        for summary in index.summaries()
    ]


def _person(summary: Summary, said: Mapping[str, Sequence[str]]) -> Person:
    contact = summary.contact
    stem = contact.path.rsplit("/", 1)[-1][:-3]
    return Person(
        contact.path,
        tuple(dict.fromkeys((contact.name, stem, *contact.aliases))),
        frozenset(filter(None, map(email_key, contact.email))),
        frozenset(filter(None, map(phone_key, contact.phone))),
        profile_key(contact.linkedin),
        stable_uid(contact.path, next(iter(said.get("uid", ())), "")),
        contact.company,
        tuple(said.get(KEY, ())),
    )


@dataclass(slots=True)
class Planner:
    """Plans the change of each note by itself. `source` is the format's name, `file` the one that problems
    are told of, `folder` the one for new notes."""

    vault: Vault
    index: Index
    source: str
    form: Format
    file: str
    folder: str
    overwrite: bool
    today: date
    done: Planned = field(default_factory=Planned)

    def run(self, assigned: Assignment, progress: Progress | None) -> Planned:
        """One row for each person, in the order of the file."""
        properties = self.index.properties()
        maker = None if self.form.folder is None else _Maker(self)
        for number, group in enumerate(assigned.groups, 1):
            if group.path:
                self._fill(group, properties.get(group.path, {}))
            elif maker is not None:
                maker.make(group.cards)
            else:
                self.row("left", join_cards(group.cards), detail="no note of theirs")
            if progress is not None:
                progress(number, len(assigned.groups))
        for card, match in assigned.unclear:
            self._unclear(card, match)
        self.done.rows.sort(key=lambda row: row.line)
        return self.done

    def row(self, action: str, card: Card, **known: Any) -> None:
        name = card.name or next(iter(card.values.get("email", ())), "")
        self.done.rows.append(Row(action, known.pop("name", name), line=card.line, **known))

    def _unclear(self, card: Card, match: Match) -> None:
        detail = f"by {match.how}; give the right note their address or profile, and import again"
        self.row("ambiguous", card, how=match.how, detail=detail, candidates=match.paths)

    def _fill(self, group: Group, properties: Mapping[str, object]) -> None:
        path, reading, card = group.path, self.vault.reading, join_cards(group.cards)
        given = Given(
            tuple(map(self.checked, group.cards)),
            remember(group.cards, self.source),
            self.today,
            self.overwrite,
            stable_uid(path),
        )
        summary = self.index.summary(path)
        assert summary is not None
        try:
            filling = self._filling(given, summary, properties)
            traces = settle(card.traces, reading)
            known = keys_of(gather(self.index, path)[0]) if traces else frozenset()
            new = lacking(traces, known)

            def edit(text: str) -> str:
                if self.form.folder is not None:
                    text = fill_note(text, path, given, reading)
                return with_traces(text, path, traces, reading, known)

            if filling or new:
                self.done.changes.append(plan_edit(self.vault, path, edit))
        except VaultkeeperError as error:
            self.done.problems.append(_problem(path, error))
            self.row("left", card, path=path, how=group.how, detail="the note can't be changed")
            return
        self.row(
            "filled" if filling.keys or new else "left",
            card,
            name=summary.contact.name,
            path=path,
            how=group.how,
            keys=filling.keys,
            entries=len(new),
            detail=", ".join(f"{key} differs: {', '.join(t)}" for key, t in filling.differing.items()),
            move=filling.move,
        )

    def _filling(self, given: Given, summary: Summary, properties: Mapping[str, object]) -> Filling:
        """From what the index knows; a remark is looked for in the note itself. Formats that make no notes
        fill none."""
        if self.form.folder is None:
            return Filling()
        path, reading = summary.contact.path, self.vault.reading
        said = held(properties, reading.keys)
        if any(card.remarks for card in given.new_since(read_memory(said.get(KEY, ()), self.source))):
            return plan_filling(self.vault.files.read(path).text, path, given, reading)
        return fill(given, summary.contact, said)

    def checked(self, card: Card) -> Card:
        """Without the values that their keys can't hold, each of which is told."""
        tiers = tuple(self.vault.policy.tiers)
        good = dict(card.values)
        for key, texts in card.values.items():
            if KEYS.get(key) in _CHECKED or key == "tier":
                try:
                    good[key] = tuple(str(check_value(key, t, tiers, date.fromisoformat)) for t in texts)
                except (BadInput, ValueError) as error:
                    del good[key]
                    self.done.problems.append(Problem(self.file, card.line, f"{error}; it is left out"))
        return card if good == card.values else card._replace(values=good)


class _Maker:
    """New notes, each by a name that no note of the vault has."""

    def __init__(self, planner: Planner) -> None:
        self._planner, self._vault = planner, planner.vault
        self._templates = planner.vault.templates()
        self._taken = {link_key(path) for path in planner.index.stamps()}
        self._outside = not self._in_people()

    def make(self, cards: Sequence[Card]) -> None:
        planner = self._planner
        card = planner.checked(join_cards(cards))
        stem = next((stem for stem in self._stems(card) if self._is_free(stem)), "")
        if not stem:
            message = f"{card.name!r} leaves nothing to name a file by; the row is left out"
            planner.done.problems.append(Problem(planner.file, card.line, message))
            return
        path = f"{planner.folder}/{stem}.md" if planner.folder else f"{stem}.md"
        try:
            text = self._text(card, path, stem, remember(cards, planner.source))
        except VaultkeeperError as error:
            message = f"{card.name}: {error}; the row is left out"
            planner.done.problems.append(Problem(planner.file, card.line, message))
            return
        self._taken.add(link_key(path))
        planner.done.changes.append(Change(path, None, text))
        entries = len(settle(card.traces, self._vault.reading))
        planner.row("made", card, path=path, entries=entries, detail=card.headline)

    def _stems(self, card: Card) -> Iterator[str]:
        """The name; with what tells a namesake apart (FORMAT.md section 2); one that nobody else can have."""
        if not safe_stem(card.name):
            return
        yield safe_stem(card.name)
        company, emails, title, place = (
            card.values.get(key, ()) for key in ("company", "email", "title", "location")
        )
        asides = [*company, *(email.rpartition("@")[2] for email in emails), *emails]
        asides += [card.profile.rpartition("/")[2], *title, *place, self._planner.folder.rpartition("/")[2]]
        for aside in (*filter(None, map(safe_stem, asides)), card.digest()):
            yield f"{_shortened(card.name, _ASIDE)} ({_shortened(aside, _ASIDE - 3)})"

    def _is_free(self, stem: str) -> bool:
        return bool(stem) and link_key(f"{stem}.md") not in self._taken and not sure_original(f"{stem}.md")

    def _text(self, card: Card, path: str, stem: str, memory: Memory) -> str:
        planner, reading, name = self._planner, self._vault.reading, plain(card.name)
        values = {"status": ("new",), **card.values}
        if self._outside or stem.casefold() == planner.folder.rpartition("/")[2].casefold():
            values["type"] = ("contact",)  # a note named like its folder isn't one by its place
        if network := planner.form.network:
            values.setdefault("network", (network,))
        if stem != name:
            values["name"] = (name,)
        order = {key: place for place, key in enumerate(KEYS)}
        values = {key: values[key] for key in sorted(values, key=lambda key: order.get(key, len(order)))}
        text = self._template(name)
        return make_note(text, path, card._replace(values=values), memory, reading)

    def _template(self, name: str) -> str:
        heading = self._vault.reading.heading
        return self._templates.render("contact.md", name=name, today=self._planner.today, log=heading)

    def _in_people(self) -> bool:
        """Whether a note is a contact's by being in the folder for new ones."""
        path, text = f"{self._planner.folder}/x.md".lstrip("/"), self._template("x")
        return is_contact(parse(text, path)[0], text, path, self._vault.reading)


def _shortened(text: str, most: int) -> str:
    """A file's name of at most `most` UTF-8 bytes."""
    stem = safe_stem(text)
    while len(stem.encode("utf-8", "ignore")) > most:
        stem = stem[:-1].rstrip(". ")
    return stem


def _problem(path: str, error: VaultkeeperError) -> Problem:
    if match := _WHERE.match(str(error)):
        return Problem(match["path"], int(match["line"]), match["message"])
    return Problem(path, 1, str(error).removeprefix(f"{path}: "))
