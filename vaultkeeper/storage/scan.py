"""Which notes are in the vault, and whether each is still the one that was read: the floor of every command.

10,000 notes take some 30 ms, so the loop asks the kernel for one `stat` a note and for nothing else.
It sees a folder as Obsidian does; FORMAT.md section 1 lists what is skipped.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from stat import S_IFMT, S_IFREG
from time import perf_counter
from typing import NamedTuple

from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import VaultNotFound

Stamp = tuple[int, int, int, int]
"""mtime in ns, size in bytes, inode, ctime in ns: while the stamp is the same, so are the bytes."""

STRAY = r"\.vk-[0-9a-f]{16}(-aside)?\.tmp"
"""The names of the temporary files of `storage.files`. One seen while nobody writes is a killed run's."""

_REPEATS = 2  # of a regular expression in Obsidian's settings, that may be another person's
_LONGEST = 500  # characters of a path that one is tried on
_SECONDS = 1.0  # for all of them
_MODULES = "node_modules"
_KIND, _FILE = S_IFMT(0xFFFF), S_IFREG
_ENDINGS = frozenset({".md", ".MD", ".Md", ".mD"})


class ScanRules(NamedTuple):
    """What to skip, beside names that begin with a dot and `node_modules`.

    `folders`: exact paths relative to the vault (the template folders). `ignored`: Obsidian's
    userIgnoreFilters as they stand there: the beginning of a path, or a `/regular expression/`.
    """

    folders: frozenset[str] = frozenset()
    ignored: tuple[str, ...] = ()

    def passes_over(self, folder: str) -> bool:
        """Whether a note in `folder` would not be found; what a regular expression ignores is not told."""
        parts = folder.split("/")
        above = {"/".join(parts[:count]) for count in range(1, len(parts) + 1)}
        return (
            any(part.startswith(".") or part == _MODULES for part in parts)
            or not above.isdisjoint(self.folders)
            or f"{folder}/".startswith(tuple(filter(None, self.ignored)))
        )


class Scan:
    """`notes`: path relative to the vault, with forward slashes, in the disk's own Unicode form → its stamp.

    `problems`: in the order of their paths. `untidy`: folders that hold a stray temporary file, for
    `Files.tidy`; the root is "".
    """

    def __init__(self) -> None:
        self.notes: dict[str, Stamp] = {}
        self.problems: list[Problem] = []
        self.untidy: set[str] = set()


def stamp_of(stat: os.stat_result) -> Stamp:
    # Windows tells the inode of an open file, but not of one met in a folder.
    inode = stat.st_ino if os.name != "nt" else 0
    return stat.st_mtime_ns, stat.st_size, inode, stat.st_ctime_ns


def scan(root: str, skip: ScanRules) -> Scan:
    """Every note of the vault, in no order.

    What cannot be read is a problem and the rest goes on; but where the root itself cannot be, it
    raises VaultNotFound, for an empty answer would mean that every contact is gone.
    """
    found = Scan()
    walk = _Walk(root, skip, found)
    try:
        walk.look_into("")
    except OSError as error:
        raise VaultNotFound(f"{root}: cannot be read: {error.strerror}") from error
    for folder in walk.rest():
        try:
            walk.look_into(folder + "/")
        except FileNotFoundError:
            continue  # gone since it was listed
        except OSError as error:
            found.problems.append(Problem(folder, 1, f"this folder cannot be read: {error.strerror}"))
    found.problems.sort()
    return found


def _is_bounded(pattern: str) -> bool:
    """Whether what the pattern can cost grows with no more than a small power of the text's length."""
    bare = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "x", pattern, flags=re.S)
    repeats = re.findall(r"\)?(?<!\()[*+?{][?+]?", bare)
    return len(repeats) <= _REPEATS and not any(found[0] == ")" for found in repeats) and len(bare) <= 1000


class _Walk:
    """Follows a link to a folder, as Obsidian does, unless the target is in the vault or holds it.

    Links come after all real folders, so that a folder reached both ways goes by its own path.
    """

    def __init__(self, root: str, skip: ScanRules, found: Scan) -> None:
        self.root = root
        self.found = found
        self.folders: list[str] = []
        self.links: list[str] = []
        self.seen: set[tuple[int, int]] = set()
        self.skipped = skip.folders
        self.patterns: list[re.Pattern[str]] = []
        self.spent = 0.0
        self.prefixes: tuple[str, ...] = ()
        for ignored in skip.ignored:
            if len(ignored) > 2 and ignored[0] == ignored[-1] == "/":
                self._add_pattern(ignored[1:-1])
            elif ignored:
                self.prefixes += (ignored,)

    def _add_pattern(self, pattern: str) -> None:
        try:
            compiled = re.compile(pattern)
        except (re.error, RecursionError, OverflowError) as error:
            wrong = f"is not understood: {error}"
        else:
            if _is_bounded(pattern):
                self.patterns.append(compiled)
                return
            wrong = f"is not used: more than {_REPEATS} repeats, or one of a group, could take for ever"
        message = f"userIgnoreFilters: /{pattern[:100]}/ {wrong}"
        self.found.problems.append(Problem(".obsidian/app.json", 1, message))

    def rest(self) -> Iterator[str]:
        """The folders still to look into, while looking finds more."""
        while self.folders or self.links:
            if self.folders:
                yield self.folders.pop()
                continue
            self.links.sort(reverse=True)
            link = self.links.pop()
            if not self._holds_vault(link):
                yield link

    def _holds_vault(self, link: str) -> bool:
        from pathlib import Path

        return Path(self.root).resolve().is_relative_to(Path(self.root, link).resolve())

    def look_into(self, prefix: str) -> None:
        """Takes in one folder. `prefix` is its path and a slash, or "" for the root. Raises OSError."""
        path = os.path.join(self.root, prefix)
        if sys.platform == "win32":
            if self._first_time(os.stat(path)):
                with os.scandir(path) as entries:
                    self._take_in(prefix, entries)
            return
        # Through a handle, the kernel looks up one name for each stat, not the whole path: a tenth faster.
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if self._first_time(os.fstat(handle)):
                with os.scandir(handle) as entries:
                    self._take_in(prefix, entries)
        finally:
            os.close(handle)

    def _first_time(self, stat: os.stat_result) -> bool:
        known = (stat.st_dev, stat.st_ino) in self.seen
        self.seen.add((stat.st_dev, stat.st_ino))
        return not known

    def _take_in(self, prefix: str, entries: Iterator[os.DirEntry[str]]) -> None:
        notes, ignores = self.found.notes, bool(self.prefixes or self.patterns)
        for entry in entries:
            name = entry.name
            relative = prefix + name
            if name[0] == ".":
                if name.startswith(".vk-") and re.fullmatch(STRAY, name):
                    self.found.untidy.add(prefix[:-1])
            elif name[-3:] not in _ENDINGS:
                if not entry.is_file(follow_symlinks=False):
                    self._folder(entry, relative)
            elif ignores and self._ignores(relative):
                continue
            elif name.isascii() or not self._unsayable(relative, "note"):
                try:
                    stat = entry.stat(follow_symlinks=False)
                except OSError as error:
                    self._unread(relative, error)
                    continue
                if stat.st_mode & _KIND == _FILE:
                    # stamp_of, spelled out: a call is a tenth of the time that one note takes
                    notes[relative] = (stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_ctime_ns)
                else:
                    self._odd(entry, relative)

    def _ignores(self, relative: str) -> bool:
        if relative.startswith(self.prefixes):
            return True
        if not self.patterns or len(relative) > _LONGEST or self.spent > _SECONDS:
            return False
        began = perf_counter()
        found = any(pattern.search(relative) for pattern in self.patterns)
        self.spent += perf_counter() - began
        if self.spent > _SECONDS:
            message = "userIgnoreFilters: the /regular expressions/ take too long; they are not used"
            self.found.problems.append(Problem(".obsidian/app.json", 1, message))
        return found

    def _folder(self, entry: os.DirEntry[str], relative: str) -> None:
        if entry.name == _MODULES or relative in self.skipped or f"{relative}/".startswith(self.prefixes):
            return
        with suppress(OSError):  # a link that leads nowhere
            if entry.is_dir() and not self._unsayable(relative, "folder"):
                (self.links if entry.is_symlink() else self.folders).append(relative)

    def _odd(self, entry: os.DirEntry[str], relative: str) -> None:
        """A name with an ending of a note that is no ordinary file."""
        try:
            if entry.is_dir():
                self.found.problems.append(Problem(relative, 1, "a folder named like a note"))
                self._folder(entry, relative)
            elif entry.is_file():
                self.found.notes[relative] = stamp_of(entry.stat())
            elif entry.is_symlink():
                os.stat(os.path.join(self.root, relative))  # says why it leads nowhere
                self.found.problems.append(Problem(relative, 1, "a link to what is no file"))
            else:
                self.found.problems.append(Problem(relative, 1, "not an ordinary file"))
        except OSError as error:
            self._unread(relative, error)

    def _unread(self, relative: str, error: OSError) -> None:
        if os.path.islink(os.path.join(self.root, relative)):
            self.found.problems.append(Problem(relative, 1, f"a link that leads nowhere: {error.strerror}"))
        elif not isinstance(error, FileNotFoundError):  # gone since the folder was listed: nothing to tell
            self.found.problems.append(Problem(relative, 1, f"cannot be read: {error.strerror}"))

    def _unsayable(self, relative: str, kind: str) -> bool:
        """Tells a name that no text can hold, and so neither the index, nor a link, nor a message."""
        try:
            relative.encode()
        except UnicodeEncodeError:
            shown = os.fsencode(relative).decode(errors="backslashreplace")
            message = f"the name of this {kind} is not UTF-8"
            self.found.problems.append(Problem(shown, 1, message, mend="rename it"))
            return True
        return False
