"""What the platform gives: a place outside the vault for what is ours, a lock, a file surely on the disk."""

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING

from vaultkeeper.domain.digest import sha256
from vaultkeeper.errors import NotWritten

if TYPE_CHECKING:
    import ctypes
    from pathlib import Path

UNSUPPORTED = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)
"""The error numbers with which a system or a file system says that it does not do such things."""

StrPath = str | os.PathLike[str]

_STEP = 0.01  # seconds between two tries for the lock


def cache_folder(root: StrPath) -> str:
    """What can be made anew from the vault; made if missing, for this user alone. Raises NotWritten."""
    return _own(_base("XDG_CACHE_HOME", ".cache", "user_cache_dir"), root)


def state_folder(root: StrPath) -> str:
    """What cannot: the undo journal, displaced notes, the lock. As above."""
    return _own(_base("XDG_STATE_HOME", ".local/state", "user_state_dir"), root)


def turns_file(state: StrPath) -> str:
    return os.path.join(state, "turns")


def turns(state: StrPath) -> bytes:
    """Another one after each that has had the lock. While one has it, and it is the same as when a note was
    read, none of ours has written since."""
    try:
        with open(turns_file(state), "rb") as file:
            return file.read()
    except OSError:
        return os.urandom(8)


def _base(variable: str, default: str, how: str) -> str:
    """As platformdirs says; on Linux, where that is one line of the XDG specification, without loading it."""
    if sys.platform != "linux":
        import platformdirs

        return str(getattr(platformdirs, how)("vaultkeeper", appauthor=False))
    said = os.environ.get(variable, "").strip()
    return os.path.join(said if os.path.isabs(said) else os.path.expanduser(f"~/{default}"), "vaultkeeper")


@cache
def _name(real: str) -> str:
    """The vault's folder's name, and a digest of its real path."""
    slug = re.sub(r"[^\w-]+", "-", os.path.basename(real)).strip("-").lower()[:40]
    return f"{slug or 'vault'}-{sha256(os.fsencode(real))[:12]}"


def _own(base: str, root: StrPath) -> str:
    folder = os.path.join(base, _name(os.path.realpath(root)))
    try:
        if not os.path.isdir(folder):
            os.makedirs(base, exist_ok=True)
            os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        raise NotWritten(f"{folder}: cannot be made: {error.strerror}") from error
    return folder


def write_whole(file: "Path", data: bytes, like: "Path | None", *, sync: bool = True) -> None:
    """Makes a file with owner and mode of `like`; on the disk before this returns, unless another call is to
    see to that. Raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(file, flags, 0o600 if like else 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if like:
            _take_after(handle, like)
        if sync:
            _sync(handle)
    finally:
        os.close(handle)


def _sync(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise


def _take_after(handle: int, like: "Path") -> None:
    """Owner, mode and extended attributes (so access lists, too), as far as we may."""
    status = like.stat()
    if sys.platform != "win32":
        for owner, group in ((status.st_uid, status.st_gid), (-1, status.st_gid)):
            with suppress(OSError):
                os.fchown(handle, owner, group)
                break
        with suppress(OSError):  # FAT has no modes
            os.fchmod(handle, stat.S_IMODE(status.st_mode))
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(like):
                with suppress(OSError):
                    os.setxattr(handle, name, os.getxattr(like, name))


def sync_folder(folder: "Path") -> None:
    """As far as the system can; Windows and some network drives cannot."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync_file_system(folder: "Path") -> None:
    """Only where `syncs_at_once`: all that was written to the file system of `folder` is on the disk, as by
    an fsync of each file and folder (syncfs(2)). Raises OSError."""
    import ctypes

    handle = os.open(folder, os.O_RDONLY)
    try:
        if _libc().syncfs(handle):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(handle)


def syncs_at_once(folder: "Path") -> bool:
    """Whether sync_file_system goes as far as fsync there. It does on Linux's own; with FAT, FUSE
    and network drives it may stop before the disk."""
    if sys.platform != "linux":
        return False
    import ctypes

    library = _libc()
    status = (ctypes.c_long * 64)()  # more than the structure needs; it begins with the kind's number
    if not (hasattr(library, "statfs") and hasattr(library, "syncfs")):
        return False
    return library.statfs(os.fsencode(folder), status) == 0 and status[0] & 0xFFFFFFFF in _SYNCED_AT_ONCE


# statfs(2): ext2 to ext4, XFS, Btrfs, F2FS, tmpfs, overlayfs
_SYNCED_AT_ONCE = frozenset({0xEF53, 0x58465342, 0x9123683E, 0xF2F52010, 0x01021994, 0x794C7630})


@cache
def _libc() -> "ctypes.CDLL":
    import ctypes

    return ctypes.CDLL(None, use_errno=True)


def wait(seconds: float) -> None:
    import threading

    threading.Event().wait(seconds)


@contextmanager
def locked(file: StrPath, patience: float, pause: Callable[[float], None] = wait) -> Iterator[None]:
    """Holds `file` against other processes; the kernel lets go of it even if this one is killed.

    Waits up to `patience` seconds, then raises NotWritten. Not to be taken twice by one process.
    """
    try:
        if not os.path.isdir(folder := os.path.dirname(file)):
            os.makedirs(folder, mode=0o700, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise NotWritten(f"{file}: cannot be opened: {error.strerror}") from error
    try:
        tries = round(patience / _STEP)
        while not _try_lock(handle):
            if tries <= 0:
                raise NotWritten(f"another vaultkeeper is writing; gave up after {patience:g} seconds")
            tries -= 1
            pause(_STEP)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                return False
            if error.errno in (errno.ENOLCK, *UNSUPPORTED):  # a network drive
                return True
            raise
        return True
