"""A whole file, in one step, into the place of another; and the shelf where what came out is kept.

A plain rename over a note destroys whatever stands there at that instant, which may be a save made a
microsecond ago. An exchange destroys nothing: what was there comes out, and can be looked at. Where it
goes afterwards is the shelf, outside the vault, so that a program which still has the old file open and
saves through that handle is not writing into nothing.

Each displaced file has a record, written before the exchange, of what should come out and what goes in.
So a run that is killed in between leaves enough to tell its own text from the user's.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from vaultkeeper.domain.digest import sha256
from vaultkeeper.storage.platform import UNSUPPORTED

KEPT_FOR = 7 * 86400.0
"""Seconds that a displaced file is kept: until any program that still had it open has been closed."""


def temporary_name() -> str:
    """For a file beside the note: hidden, so that neither Obsidian nor our own scan takes it for a note."""
    return f".vk-{os.urandom(8).hex()}.tmp"


def place(new: Path, there: Path, expected: bytes) -> list[bytes]:
    """Exchanges `new` with what is `there`, if that holds `expected`. Raises OSError.

    Otherwise a save has come out. It goes back; and if another one comes out then, that one: the newest save
    is there in the end, and `new` holds what came out last. Gives all those that were out for an instant.
    """
    placed = new.read_bytes()
    exchange(new, there)
    out = new.read_bytes()
    if out == expected:
        return []
    saves = []
    while True:
        exchange(new, there)
        saves += [out, there.read_bytes()]  # twice, for it may have been half written when it came out
        newest, out = out, new.read_bytes()
        if out == placed:  # nobody saved over what had been put there
            return saves
        placed = newest


def exchange(new: Path, there: Path) -> None:
    """Swaps two files of one folder: `new` holds afterwards what was in the place of `there`.

    At every instant a whole file is `there`. Raises OSError, and then nothing has changed.

    One step on Linux (renameat2) and macOS (renamex_np), on most local file systems. Elsewhere (FAT, network
    drives, Windows) three steps, in which a save between the first and the second is lost: microseconds.
    """
    if not _rename(new, there, _SWAP):
        _exchange_in_steps(new, there)


def _exchange_in_steps(new: Path, there: Path) -> None:
    aside = _aside(new)
    try:
        os.link(there, aside)  # the file itself, so that a late write through an old handle comes along
    except OSError:
        aside.write_bytes(there.read_bytes())
    try:
        new.replace(there)
    except OSError:
        aside.unlink()
        raise
    aside.replace(new)


def _aside(temporary: Path) -> Path:
    return temporary.with_name(f"{temporary.stem}-aside.tmp")


def move(old: Path, new: Path) -> None:
    """Renames within a file system, never over another file: raises FileExistsError."""
    if _rename(old, new, _NO_REPLACE):
        return
    if os.name == "nt":
        old.rename(new)  # never replaces, there
        return
    try:
        os.link(old, new)
    except FileExistsError:
        raise
    except OSError:  # FAT has no links: an empty file takes the name first
        new.touch(exist_ok=False)
        old.replace(new)
    else:
        old.unlink()


_SWAP = 2
_NO_REPLACE = 4 if sys.platform == "darwin" else 1


def _rename(old: Path, new: Path, flag: int) -> bool:
    """False where the system or the file system cannot do it. Raises OSError."""
    call = _system_call()
    if call is None:
        return False
    code = call(os.fsencode(old), os.fsencode(new), flag)
    if code in UNSUPPORTED:
        return False
    if code:
        raise OSError(code, os.strerror(code), str(old), None, str(new))
    return True


@cache
def _system_call() -> Callable[[bytes, bytes, int], int] | None:
    """A rename with flags that gives the error number, or 0."""
    if sys.platform not in ("linux", "darwin"):
        return None
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    name = "renameat2" if sys.platform == "linux" else "renamex_np"
    function = getattr(library, name, None)
    if function is None:  # musl
        return None
    here = (ctypes.c_int(-100),) if sys.platform == "linux" else ()  # AT_FDCWD

    def call(old: bytes, new: bytes, flags: int) -> int:
        paths = [part for path in (old, new) for part in (*here, ctypes.c_char_p(path))]
        return 0 if function(*paths, ctypes.c_uint(flags)) == 0 else ctypes.get_errno()

    return call


class Displaced(NamedTuple):
    """A file that came out of the vault. `path` is where it stood, `data` what it holds now.

    `known` are digests of what it may hold without surprise: the text that was read, and ours.
    """

    path: str
    data: bytes
    file: Path
    record: Path
    known: frozenset[str]

    @property
    def changed(self) -> bool:
        """Whether it holds a save that nobody read: one made just before the exchange, or since."""
        return bool(self.known) and sha256(self.data) not in self.known

    def lost_from(self, note: bytes) -> bool:
        """Whether it has a line that the note, as it is now, lacks."""
        return not set(self.data.splitlines()) <= set(note.splitlines())


class Shelf:
    """The folder of displaced files, each beside its record, `<16 hex digits>.json`. All raise OSError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def announce(self, temporary: Path, path: str, *known: bytes) -> None:
        """Records that `temporary` is about to change places with `path`, and what may come out."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_record(self._record(temporary), path, map(sha256, known))

    def withdraw(self, temporary: Path) -> None:
        self._record(temporary).unlink()

    def put_away(self, temporary: Path) -> None:
        """Takes a temporary file out of the vault.

        One without a record was never in a note's place, and is removed. The other may be the user's.
        The file itself moves, so that a late write still reaches it; but between two file systems only its
        bytes can, which are compared once more before the original goes.
        """
        for file in (temporary, _aside(temporary)):
            if file.is_file():
                self._put_away(file)

    def _put_away(self, file: Path) -> None:
        still_there = file.stem.endswith("-aside") and file.stat().st_nlink > 1
        if still_there or not self._record(file).exists():
            file.unlink()
            return
        kept = self._kept(file)
        try:
            file.rename(kept)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            copied = None
            while (latest := file.read_bytes()) != copied:
                kept.write_bytes(latest)
                copied = latest
            file.unlink()

    def adopt(self, temporary: Path) -> None:
        """As put_away, but keeps one without a record, too: it may be another user's, or the record lost."""
        if not self._record(temporary).exists():
            self.announce(temporary, "")
        self.put_away(temporary)

    def keep_copies(self, path: str, saves: Iterable[bytes], *known: bytes) -> None:
        """Of saves that were out of their place for an instant, and in it may have been overlooked."""
        for save in {*saves} - {*known}:
            temporary = Path(temporary_name())
            self.announce(temporary, path, *known)
            self._kept(temporary).write_bytes(save)

    def __iter__(self) -> Iterator[Displaced]:
        return map(self._displaced, self._files())

    def _files(self) -> Iterator[Path]:
        return (file for file in sorted(self.folder.glob("*")) if file.suffix != ".json")

    def _displaced(self, file: Path) -> Displaced:
        record = self._record(file)
        path, known = _read_record(record)
        return Displaced(path, file.read_bytes(), file, record, known)

    def late(self, read: Callable[[str], bytes | None]) -> list[Displaced]:
        """Saves that nobody read, and of which the note lacks a line; `read` gives a note's bytes.

        A file that is older than its record is not looked into: nobody wrote to it since it came out, unless
        with a program that sets the time back. That is found by `purge`.
        """
        times = self._times()
        records = ((name, f"{name[:16]}.json") for name in sorted(times) if not name.endswith(".json"))
        touched = (name for name, record in records if times[name] >= times.get(record, 0))
        return [kept for name in touched if (kept := self._if_late(self.folder / name, read)) is not None]

    def _times(self) -> dict[str, int]:
        """One look at the folder, mtimes in ns: a change of many notes leaves thousands of files in it."""
        with suppress(FileNotFoundError), os.scandir(self.folder) as entries:
            return {entry.name: entry.stat().st_mtime_ns for entry in entries}
        return {}

    def _if_late(self, file: Path, read: Callable[[str], bytes | None]) -> Displaced | None:
        with suppress(FileNotFoundError):  # purged meanwhile, where nobody holds the lock
            kept = self._displaced(file)
            return kept if kept.changed and kept.lost_from(read(kept.path) or b"") else None
        return None

    def forget(self, displaced: Displaced) -> None:
        """From now on what it holds is no surprise; a still later write is one again."""
        _write_record(displaced.record, displaced.path, {*displaced.known, sha256(displaced.data)})

    def purge(self, now: float, read: Callable[[str], bytes | None]) -> None:
        """Removes what is older than KEPT_FOR, unless it is late after all: from now on `late` finds it.

        The age is the record's: the displaced file's own time is that of the user's last edit.
        """
        times = self._times()
        limit = int((now - KEPT_FOR) * 1e9)
        for record in [name for name in times if name.endswith(".json") and times[name] < limit]:
            stem = record.removesuffix(".json")
            files = [self.folder / name for name in (stem, f"{stem}-aside") if name in times]
            late = [file for file in files if self._if_late(file, read) is not None]
            for file in late:
                os.utime(file)
            for file in [*files, self.folder / record] if not late else ():
                file.unlink(missing_ok=True)

    def _kept(self, temporary: Path) -> Path:
        return self.folder / temporary.stem.removeprefix(".vk-")

    def _record(self, file: Path) -> Path:
        return self.folder / f"{file.name.removeprefix('.vk-')[:16]}.json"


def _write_record(record: Path, path: str, known: Iterable[str]) -> None:
    import json

    record.write_text(json.dumps({"path": path, "known": sorted(known)}), "utf-8")


def _read_record(record: Path) -> tuple[str, frozenset[str]]:
    import json

    try:
        stored = json.loads(record.read_text("utf-8"))
        return str(stored["path"]), frozenset(map(str, stored["known"]))
    except (OSError, ValueError, KeyError, TypeError):  # lost with the power: the file is kept all the same
        return "", frozenset()
