"""Taking in what a person did to the generated notes: ticks, and words beside them (FORMAT.md section 7).

Exactly once, also across a crash, another device or a late sync: what the contact's note already tells is
not written again. Contact notes are written first, the generated note last.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from vaultkeeper.app.change import Edit, plan_edit
from vaultkeeper.app.gather import gather
from vaultkeeper.app.generated import Ours, TakenIn
from vaultkeeper.app.log import entry_edit
from vaultkeeper.app.review import choice_edit
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.cadence import cadence_of
from vaultkeeper.domain.duration import days_after, week_start
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.link import link_key, resolve_link
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.place import Problem
from vaultkeeper.domain.reason import REASONS
from vaultkeeper.domain.reason.base import View, view_of_week
from vaultkeeper.domain.reason.follow_up import say_promise
from vaultkeeper.domain.rhythm import rhythm
from vaultkeeper.domain.summary import Summary
from vaultkeeper.errors import BadInput, UnsafeNote, VaultkeeperError
from vaultkeeper.notes.entry import read_date, read_head, write_entry
from vaultkeeper.notes.front_matter_edit import set_value
from vaultkeeper.notes.generated import Generated
from vaultkeeper.notes.insert import change_task
from vaultkeeper.notes.note import find_too_much
from vaultkeeper.notes.task import cancel, move, tick
from vaultkeeper.notes.ticks import Tick, entries_of, read_ticks
from vaultkeeper.storage.bodies import read_body
from vaultkeeper.storage.index import Index

_Take = Callable[[str, Summary, Tick], bool]
_Channels = Mapping[str, str | None]


def plan_take_in(
    vault: Vault, index: Index, touched: Mapping[str, Ours], today: date, alone: float, taken: TakenIn
) -> None:
    """From the generated notes, and copies of them, that somebody `touched`. A note saved less than `alone`
    seconds ago is left for later: its owner may be typing."""
    harvest = _Harvest(vault, index, today)
    for path, (note, mtime) in touched.items():
        if too_much := find_too_much(note.body, path):
            taken.problems.append(too_much)
            taken.copies.discard(path)
            continue
        since = time.time() - mtime / 1e9
        if 0 <= since < alone:
            taken.fresh[path] = alone - since
            taken.copies.discard(path)
        elif harvest.take(path, note, mtime):
            taken.clean.add(path)
    harvest.add_touches()
    taken.problems += harvest.problems
    taken.count = harvest.count
    for path, edits in harvest.edits.items():
        try:
            taken.changes.append(plan_edit(vault, path, _all(edits)))
        except VaultkeeperError as error:
            line, _, why = str(error).removeprefix(f"{path}:").strip().partition(": ")
            at, why = (int(line), why) if line.isdecimal() else (1, str(error))
            taken.problems.append(Problem(path, at, f"what was ticked for them is not taken in: {why}"))
            taken.count -= len(edits)
            taken.clean.clear()


def _all(edits: Sequence[Edit]) -> Edit:
    def edit(text: str) -> str:
        for one in edits:
            text = one(text)
        return text

    return edit


class _Harvest:
    def __init__(self, vault: Vault, index: Index, today: date) -> None:
        self._vault, self._index, self._today = vault, index, today
        self._channels = vault.reading.channels
        self.edits: dict[str, list[Edit]] = {}
        self.problems: list[Problem] = []
        self.count = 0
        self._seen: set[tuple[str, str]] = set()
        self._touched: dict[str, date] = {}
        self._told: set[tuple[str, date]] = set()

    def take(self, path: str, note: Generated, mtime: int) -> bool:
        """Whether all that was done to the note is known and taken in."""
        saved = datetime.fromtimestamp(mtime / 1e9).date()  # noqa: DTZ006 (the user's own day)
        made = _iso(note.date) or saved
        self._note, self._made, self._day = path, made, max(min(saved, self._today), made)
        self._view = view_of_week(self._vault.policy, made)
        original = read_body(self._vault.state, note.digest)
        ticks = read_ticks(note.body, note.digest, original, self._channels)
        known = ticks.all_known
        for one in ticks.lines:
            known = self._guarded(path, one, self._line) and known
        for one in ticks.nested:
            known = self._guarded(path, one, self._under) and known
        return known

    def _guarded(self, path: str, one: Tick, take: _Take) -> bool:
        key = link_key(one.target)
        contact = resolve_link(one.target, path, self._index.paths_of(key))
        summary = self._index.summary(contact) if contact is not None else None
        if contact is None or summary is None:
            self.problems.append(Problem(path, 1, f"a tick for {one.target}, of whom there is no note"))
            return False
        try:
            return take(contact, summary, one)
        except (BadInput, UnsafeNote) as error:
            self.problems.append(Problem(path, 1, str(error)))
            return False

    def _line(self, path: str, summary: Summary, one: Tick) -> bool:
        day = one.day or self._day
        entries, _ = gather(self._index, path)
        if one.mark == "x":
            self._log(path, entries, one, day)
        elif (summary.contact.snooze_until or date.min) < self._until(
            summary, one.mark, min(day, self._made)
        ):
            until = self._until(summary, one.mark, day)
            self._add(path, f"snooze {one.mark}", _snooze(path, until))
        return True

    def _log(self, path: str, entries: list[Interaction], one: Tick, day: date) -> None:
        if not one.words:
            known = [e for e in entries if e.date == day or (e.channel == "touch" and e.date >= self._made)]
            if not known:
                self._touched.setdefault(path, day)
            return
        for words in entries_of(one.words, self._channels):
            dated = read_date(words)
            on = dated.day if dated is not None and dated.day is not None else day
            said = (dated.rest if dated is not None else words).strip()
            self._told.add((path, on))
            if not any(_same(entry, said, self._made, on, self._channels) for entry in entries):
                self._add(path, f"words {said}", self._entry(path, on, said))

    def _entry(self, path: str, day: date, said: str) -> Edit:
        first, _, more = said.partition("\n")
        head = read_head(first, self._channels)
        entry = write_entry(
            day,
            head.text,
            self._channels,
            channel=head.channel,
            direction=head.direction if head.explicit else None,
            people=tuple(f"[[{target}]]" for target in head.participants),
        )
        return entry_edit(self._vault, path, entry, more)

    def _until(self, summary: Summary, mark: str, day: date) -> date:
        """A week after `day` for `>`; for `-` one cadence where the line had it, else the day after its last
        date. A contact who is snoozed to what the note's own day gives, or longer, has it from this tick."""
        if mark == ">":
            return days_after(day, 7)
        due = {reason.code: found for reason in REASONS if (found := reason.find(summary, self._view))}
        if "cadence" in due or "drifting" in due:
            cadence = cadence_of(summary.contact, self._vault.policy)
            if cadence is not None:
                return cadence.after(day)
            return days_after(day, round(rhythm(summary, self._vault.policy, day) or 30))
        last = max((found.day for found in due.values()), default=day)
        return days_after(max(last, day), 1)

    def _under(self, path: str, _: Summary, one: Tick) -> bool:
        """A promise where its text is one of the contact's, else another contact's line, or a choice of the
        review."""
        promises = gather(self._index, path)[1]
        matched = [p for p in promises if _reads(p, one.text, self._made, self._view)]
        if not matched and one.own:
            return self._guarded(self._note, one._replace(target=one.own, own=""), self._line)
        if not matched:
            if one.mark == "x" and one.text.split(" ")[0] in ("tier", "no", "pause", "snooze", "let"):
                edit = choice_edit(self._vault, path, one.text, one.day or self._day)
                self._add(path, f"choice {one.text}", edit)
                return not one.words
            return False
        promise = next((p for p in matched if p.is_open), None)
        if promise is not None:
            self._promise(promise, one)
        if one.words:
            self._log(path, gather(self._index, path)[0], one, one.day or self._day)
        return True

    def _promise(self, promise: FollowUp, one: Tick) -> None:
        day = one.day or self._day
        if one.mark == ">" and fold(say_promise(promise, self._view.week)) != fold(one.text):
            return  # its date has moved since: taken in before
        later = days_after(promise.due or day, 7)
        changes = {"x": lambda line: tick(line, day), ">": lambda line: move(line, later)}
        change = changes.get(one.mark, lambda line: cancel(line, day))

        def edit(text: str) -> str:
            return change_task(text, promise.text, promise.line, promise.path, change)

        self._add(promise.path, f"promise {promise.text}", edit)

    def add_touches(self) -> None:
        """The bare ticks, once all notes are read: a copy of the note may hold words for the same day."""
        for path, day in self._touched.items():
            if (path, day) not in self._told:
                self._add(path, "touch", self._entry(path, day, "touch"))

    def _add(self, path: str, what: str, edit: Edit) -> None:
        """Once, though the note and a conflict copy of it hold the same tick."""
        if (path, what) not in self._seen:
            self._seen.add((path, what))
            self.edits.setdefault(path, []).append(edit)
            self.count += 1


def _snooze(path: str, until: date) -> Edit:
    return lambda text: set_value(text, "snooze_until", until.isoformat(), path)


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _same(entry: Interaction, said: str, made: date, day: date, channels: _Channels) -> bool:
    """Whether the log has the typed words already, from this note or another device's copy of it."""
    head = read_head(said.partition("\n")[0], channels)
    text = "\n".join([head.text, *said.split("\n")[1:]]).strip()
    same = (entry.channel, entry.direction, entry.text) == (head.channel, head.direction, text)
    return same and (entry.date == day or entry.date >= made)


def _reads(promise: FollowUp, text: str, made: date, view: View) -> bool:
    """Whether a line of the generated note was this promise: its words, with or without a date after them."""
    said = fold(text)
    words = fold(promise.words)
    week = week_start(made, view.policy.week_day)
    return said in (words, fold(say_promise(promise, week))) or said.startswith(f"{words}, by ")
