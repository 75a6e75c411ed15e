"""A note's bytes as they were read, and what the file was then."""

import os
import stat
from typing import NamedTuple

from vaultkeeper.errors import NotFound, UnsafeNote
from vaultkeeper.storage.scan import Stamp, stamp_of

LIMIT = 8 * 1024 * 1024  # bytes; what is larger is no note that a person wrote

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)  # lest a FIFO hang us


class Snapshot(NamedTuple):
    """A note as it was read. `stamp` is from before its bytes were, so it never vouches for later ones."""

    path: str
    data: bytes
    stamp: Stamp

    @property
    def text(self) -> str:
        """As it stands: BOM and line endings are the user's. Raises UnsafeNote where it is not UTF-8."""
        try:
            return self.data.decode()
        except UnicodeDecodeError as error:
            before = self.data[: error.start]
            line = before.count(b"\n") + 1
            column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
            byte = f"byte 0x{self.data[error.start]:02x} at column {column}"
            raise UnsafeNote(f"{self.path}:{line}: not UTF-8 ({byte})") from None


def read_file(file: str, path: str) -> Snapshot:
    """`path` is what it is called. Raises NotFound, and UnsafeNote where it is no ordinary file, over LIMIT
    or unreadable."""
    try:
        handle = os.open(file, _READ)
        try:
            return _read_open(path, handle)
        finally:
            os.close(handle)
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"{path}: there is no such note") from None
    except OSError as error:
        raise UnsafeNote(f"{path}:1: cannot be read: {error.strerror}") from error


def _read_open(path: str, handle: int) -> Snapshot:
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        raise UnsafeNote(f"{path}:1: not an ordinary file")
    data, size = b"", status.st_size
    while size <= LIMIT and (more := os.read(handle, max(size, 4095) + 1)):
        data += more
        size = max(size, len(data))
    if size > LIMIT:
        raise UnsafeNote(f"{path}:1: {size / 1024**2:.1f} MB is too large for a note (the limit is 8 MB)")
    return Snapshot(path, data, stamp_of(status))
