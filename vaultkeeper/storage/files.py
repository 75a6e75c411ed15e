"""The one door to the user's files: read whole, and written only where nobody else wrote meanwhile.

What holds where, of the promises in FORMAT.md section 8:

- A crash leaves the old note or the new one, everywhere. (On FAT a *new* note may be left empty.)
- A save made before our replace is not lost: Linux and macOS, on a local file system, since it comes out of
  an exchange and goes back. Elsewhere (FAT, network drives, Windows) but for some microseconds.
- While a save is out (microseconds), a program may read our text in its place, and save without it; so the
  shelf keeps a copy of it, which `recover` compares with the note.
- A late write, through a handle opened before our replace, is found by `recover` for seven days if the state
  folder is on the vault's file system and that has exchange or hard links; else in the first milliseconds.
- A note that we write is a new file: another hard link to it (a backup made of links, say) keeps the old
  text, and its birth time is that of the write. On macOS it has no extended attributes.

Paths are relative to the vault, with forward slashes. Not to be shared between threads.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import NamedTuple

from vaultkeeper.errors import ChangedUnderneath, NotWritten, VaultkeeperError
from vaultkeeper.storage import exchange
from vaultkeeper.storage.batch import FEW, Batch
from vaultkeeper.storage.exchange import Displaced, Shelf
from vaultkeeper.storage.platform import locked, sync_folder, syncs_at_once, turns_file, wait, write_whole
from vaultkeeper.storage.scan import STRAY, Stamp, stamp_of
from vaultkeeper.storage.snapshot import Snapshot, read_file

# A note that seems half written: seconds between two looks, how many must agree, how many there may be.
_LOOK_AGAIN, _QUIET, _LOOKS = 0.02, 25, 100


class Edit(NamedTuple):
    """`before` is what stood there when the change was made, `after` what stands there now."""

    before: Snapshot
    after: Snapshot


class Files:
    """The files under `root`. `state` is the vault's folder outside it (platform.state_folder)."""

    def __init__(self, root: Path, state: Path, pause: Callable[[float], None] = wait) -> None:
        self.root = root
        self._real_root = Path(os.path.realpath(root))
        self._state = state
        self._shelf = Shelf(state / "displaced")
        self._pause = pause
        self._locked = False
        self._batch: Batch | None = None

    def read(self, path: str) -> Snapshot:
        """Raises NotFound, and UnsafeNote where it is no ordinary file, over LIMIT or unreadable."""
        return read_file(self._file(path), path)

    def _settled(self, path: str, before: Snapshot | None) -> Snapshot:
        """A note that is empty, or shorter than before, may be one that an editor is writing in place.

        It is looked at until it is of full length, or the same for half a second; two seconds at most.
        """
        now = self.read(path)
        quiet, length = 0, len(before.data) if before else 1
        for _ in range(_LOOKS):
            if quiet == _QUIET or len(now.data) >= length:
                break
            self._pause(_LOOK_AGAIN)
            last, now = now, self.read(path)
            quiet = quiet + 1 if now == last else 0
        return now

    def write(self, path: str, new: str | bytes, expected: Snapshot | None) -> Snapshot:
        """Replaces the note that was read as `expected`; None makes a new one, and the folders above it.

        Keeps mode, owner where permitted, and symbolic links. Raises ChangedUnderneath where the note is no
        longer what was read, and NotWritten where it cannot be written, is outside, or one is there already.
        """
        data = _encoded(path, new)
        if expected and data == expected.data:
            return expected
        with self.lock(), _told(path):
            return self._replace(path, data, expected) if expected else self._create(path, data)

    def edit(self, path: str, change: Callable[[str], str], attempts: int = 8) -> Edit:
        """Writes `change(text)`, and does it over on the newer text where somebody saves. Raises as write."""
        before = None
        for attempt in range(attempts):
            with self.lock(), suppress(ChangedUnderneath):
                before = self._settled(path, before)
                return Edit(before, self.write(path, change(before.text), before))
            self._pause(0.01 * attempt)
        raise ChangedUnderneath(f"{path}: not written: another program saves it again and again")

    def remove(self, path: str, expected: Snapshot) -> None:
        """Takes away a note, or a link to one, if it is what was read. The bytes are kept for seven days."""
        with self.lock(), _told(path):
            there = self._own_place(path)
            if self._now(path) != expected.data:
                raise _changed(path)
            if there.is_symlink():
                there.unlink()
                return
            temporary = there.with_name(exchange.temporary_name())
            try:
                self._shelf.announce(temporary, path, expected.data)
                there.rename(temporary)
                if temporary.read_bytes() != expected.data:
                    with suppress(FileExistsError):  # yet another save: this one is then told by recover
                        exchange.move(temporary, there)
                    raise _changed(path)
            finally:
                self._put_away(temporary)
            self._changed_in(there.parent)

    def _create(self, path: str, data: bytes) -> Snapshot:
        there = self._own_place(path)
        there.parent.mkdir(parents=True, exist_ok=True)
        with self._temporary(there, data) as temporary:
            made = temporary.stat()
            try:
                exchange.move(temporary, there)
            except FileExistsError:
                raise NotWritten(f"{path}: not written: there is one already") from None
        self._changed_in(there.parent)
        return Snapshot(path, data, _stamp(there, made))

    def _replace(self, path: str, data: bytes, expected: Snapshot) -> Snapshot:
        there = self.writable(path)
        with self._temporary(there, data, there) as temporary:
            made = temporary.stat()
            self._shelf.announce(temporary, path, expected.data, data)
            if self._now(path) != expected.data:
                self._shelf.withdraw(temporary)
                raise _changed(path)
            saves = exchange.place(temporary, there, expected.data)
            if saves:
                self._shelf.keep_copies(path, saves, expected.data, data)
                raise _changed(path)
            self._changed_in(there.parent)
        return Snapshot(path, data, _stamp(there, made))

    def _now(self, path: str) -> bytes | None:
        with suppress(VaultkeeperError):
            return self.read(path).data
        return None

    @contextmanager
    def _temporary(self, there: Path, data: bytes, like: Path | None = None) -> Iterator[Path]:
        """A file beside `there` that holds `data`, on the disk; whatever happens, it does not stay."""
        ready = self._batch.take(there, data) if self._batch else None
        temporary = ready or there.with_name(exchange.temporary_name())
        try:
            if ready is None:
                write_whole(temporary, data, like)
            yield temporary
        finally:
            self._put_away(temporary)

    def _put_away(self, temporary: Path) -> None:
        with suppress(OSError):  # then tidy does it
            self._shelf.put_away(temporary)

    def _changed_in(self, folder: Path) -> None:
        if self._batch is None:
            sync_folder(folder)
        else:
            self._batch.changed(folder)

    @contextmanager
    def together(self, texts: Mapping[str, str]) -> Iterator[None]:
        """What is written and removed within is on the disk when it ends; not to be nested.

        Waits for the disk once for all of `texts`, path → what `write` or `edit` is going to put there. They
        still see to each note by itself: one that somebody saves in between is done over.
        """
        with self.lock():
            self._batch = batch = Batch()
            try:
                if len(texts) > FEW and syncs_at_once(self._real_root):
                    self._write_ahead(batch, texts)
                yield
            finally:
                self._batch = None
                for temporary in batch.left:
                    self._put_away(temporary)
                batch.end()

    def _write_ahead(self, batch: Batch, texts: Mapping[str, str]) -> None:
        """What fails here is written, or fails again and is told, at its turn."""
        for path, text in texts.items():
            with suppress(OSError, NotWritten):
                there = self.real(path)
                there.parent.mkdir(parents=True, exist_ok=True)
                batch.write(there.with_name(exchange.temporary_name()), there, _encoded(path, text))
        batch.wait()

    def _file(self, path: str) -> str:
        foreign = os.sep != "/" and (os.sep in path or os.path.splitdrive(path)[0])
        if not path or path[0] == "/" or foreign or "\0" in path or ".." in path.split("/"):
            raise NotWritten(f"{path!r}: not a path in the vault")
        return os.path.join(self.root, path)

    def real(self, path: str) -> Path:
        """The file itself, behind all links. Raises NotWritten where that is outside of the vault."""
        return self._inside(path, Path(os.path.realpath(self._file(path))))

    def writable(self, path: str) -> Path:
        """As `real`. Raises NotWritten where the file is read-only, too."""
        there = self.real(path)
        if there.exists() and not os.access(there, os.W_OK):
            raise NotWritten(f"{path}: not written: it is read-only")
        return there

    def _own_place(self, path: str) -> Path:
        """The name in its real folder, be it a link or not."""
        folder, name = os.path.split(self._file(path))
        return self._inside(path, Path(os.path.realpath(folder))) / name

    def _inside(self, path: str, real: Path) -> Path:
        if real.is_relative_to(self._real_root):
            return real
        raise NotWritten(f"{path}: not written: it leads out of the vault, to {real}")

    @contextmanager
    def lock(self, patience: float = 10.0) -> Iterator[None]:
        """Lets no other vaultkeeper write; may be nested. Raises NotWritten after `patience` seconds."""
        outermost = not self._locked
        with locked(self._state / "lock", patience, self._pause) if outermost else nullcontext():
            self._locked = True
            try:
                yield
            finally:
                self._locked = not outermost
                if outermost:
                    self._turn()

    def _turn(self) -> None:
        with suppress(OSError):
            Path(turns_file(self._state)).write_bytes(os.urandom(8))

    def tidy(self, folders: Iterable[str]) -> None:
        """Clears the folders (Scan.untidy) of what a killed run left, which is kept for seven days."""
        with self.lock():
            for folder in folders:
                with suppress(OSError, NotWritten):
                    where = self.real(folder) if folder else self._real_root
                    for name in os.listdir(where):
                        if re.fullmatch(STRAY, name):
                            self._shelf.adopt(where / name)

    def displaced(self) -> list[Displaced]:
        """All that writes took out of the vault in the last seven days."""
        return list(self._shelf)

    def recover(self, now: float) -> list[Displaced]:
        """Saves that would be lost: what was displaced holds, unread, a line that the note lacks.

        Told again by each run until `forget`. All else goes after seven days; `now`: seconds of the epoch.
        """
        with self.lock():
            self._shelf.purge(now, self._now)
            return self._shelf.late(self._now)

    def late_saves(self) -> list[Displaced]:
        """What `recover` tells, without the lock, and so without a purge."""
        return self._shelf.late(self._now)

    def forget(self, displaced: Displaced) -> None:
        """What it holds now has been dealt with; a still later write is told again."""
        with self.lock():
            self._shelf.forget(displaced)


def _encoded(path: str, new: str | bytes) -> bytes:
    try:
        return new.encode() if isinstance(new, str) else new
    except UnicodeEncodeError as error:
        raise NotWritten(f"{path}: not written: the new text has no UTF-8 form ({error.reason})") from None


def _changed(path: str) -> ChangedUnderneath:
    return ChangedUnderneath(f"{path}: not written: it was saved by another program meanwhile")


@contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise ChangedUnderneath(f"{path}: not written: it was moved or removed meanwhile") from error
    except OSError as error:
        raise NotWritten(f"{path}: not written: {error.strerror or error}") from error


def _stamp(there: Path, made: os.stat_result) -> Stamp:
    """Of our file as it stands there now; or as it was made, if what stands there is already another's."""
    with suppress(OSError):
        status = there.stat()
        if stamp_of(status)[:3] == stamp_of(made)[:3]:  # the renaming changed ctime alone
            return stamp_of(status)
    return stamp_of(made)
