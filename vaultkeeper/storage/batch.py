"""Many notes written for the price of one: the disk is waited for once a batch, not twice a note.

What each note is to hold is written beside it first, the whole batch waits until that is on the disk, and
only then do the files change places one by one, as `storage.files` does it. The folders follow at the end.
So a crash leaves each note old or new, whole, as ever; and what is reported as written is on the disk.
"""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from vaultkeeper.storage.platform import sync_file_system, sync_folder, syncs_at_once, write_whole
from vaultkeeper.storage.scan import Stamp, stamp_of

FEW = 16
"""Of so many files each is waited for by itself: a file system at once may have much else to write."""


class _Ready(NamedTuple):
    """A file with a note's new text; `like` is the stamp of the note that is there, if one is."""

    temporary: Path
    data: bytes
    like: Stamp | None


class Batch:
    """Files written ahead, and the folders in which something changed."""

    def __init__(self) -> None:
        self._ready: dict[Path, _Ready] = {}
        self._folders: set[Path] = set()
        self._sure = False
        self.left: set[Path] = set()
        """Files written ahead that no note has taken."""

    def write(self, temporary: Path, there: Path, data: bytes) -> None:
        """Makes `temporary` for what is to be `there`, not yet surely on the disk. Raises OSError."""
        like = _stamp(there)
        self.left.add(temporary)
        write_whole(temporary, data, there if like else None, sync=False)
        self._ready[there] = _Ready(temporary, data, like)

    def wait(self) -> None:
        """Until all that was written is on the disk; where the system can't tell, none of it is of use."""
        with suppress(OSError):
            self._sure = _sync_at_once({temporary.parent for temporary in self.left})

    def take(self, there: Path, data: bytes) -> Path | None:
        """The file written ahead, if it is what is wanted: with these bytes, and nobody has changed the note
        or its mode since."""
        ready = self._ready.get(there) if self._sure else None
        if ready is None or ready.data != data or ready.like != _stamp(there):
            return None
        self.left.discard(ready.temporary)
        return self._ready.pop(there).temporary

    def changed(self, folder: Path) -> None:
        """Its names are to be on the disk at the end."""
        self._folders.add(folder)

    def end(self) -> None:
        """All that changed is on the disk, as far as the system can."""
        with suppress(OSError):
            if len(self._folders) > FEW and _sync_at_once(self._folders):
                return
        for folder in self._folders:
            sync_folder(folder)


def _sync_at_once(folders: Iterable[Path]) -> bool:
    """Each file system that they are on, once; False where one can't."""
    apart = {folder.stat().st_dev: folder for folder in folders}.values()
    if not all(map(syncs_at_once, apart)):
        return False
    for folder in apart:
        sync_file_system(folder)
    return True


def _stamp(there: Path) -> Stamp | None:
    with suppress(OSError):
        return stamp_of(there.stat())
    return None
