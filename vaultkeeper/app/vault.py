"""A vault, opened: its root, its config, and the doors to its files, its undo journal and its index."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vaultkeeper import __version__
from vaultkeeper.config import FILE, MAX_CHARS, Config, Layout, config_of, read_folder, read_toml
from vaultkeeper.domain.policy import Policy
from vaultkeeper.errors import BadInput, ConfigError, VaultkeeperError, VaultNotFound
from vaultkeeper.interop import obsidian
from vaultkeeper.storage.codec import dump, load
from vaultkeeper.storage.index import Index, open_index
from vaultkeeper.storage.platform import StrPath, cache_folder, state_folder
from vaultkeeper.storage.scan import ScanRules

if TYPE_CHECKING:
    from pathlib import Path

    from vaultkeeper.notes.reading import Reading
    from vaultkeeper.render.template import Templates
    from vaultkeeper.storage.files import Files
    from vaultkeeper.storage.undo import Journal

_MAX_SETTINGS = 1024 * 1024  # bytes of a settings file of Obsidian's
_TASKS = "plugins/obsidian-tasks-plugin/data.json"
TEMPLATES = "Templates/vaultkeeper"


class Vault:
    """`folder`, or `root`, holds vaultkeeper.toml, its links resolved; `state` is this vault's folder
    outside it for what cannot be made anew. What only reads goes by the texts: it can do without pathlib,
    which is long to load. `config` has Obsidian's daily notes where it names none of its
    own; `task_filter` is the Tasks plugin's."""

    def __init__(self, folder: str, config: Config, state_folder: str, task_filter: str) -> None:
        self.folder, self.config, self.state_folder = folder, config, state_folder
        self._task_filter = task_filter

    @cached_property
    def root(self) -> "Path":
        from pathlib import Path

        return Path(self.folder)

    @cached_property
    def state(self) -> "Path":
        from pathlib import Path

        return Path(self.state_folder)

    @cached_property
    def files(self) -> "Files":
        from vaultkeeper.storage.files import Files

        return Files(self.root, self.state)

    @cached_property
    def journal(self) -> "Journal":
        from vaultkeeper.storage.undo import Journal

        return Journal(self.state / "undo")

    @cached_property
    def reading(self) -> "Reading":
        """How the notes are read."""
        return reading_of(self.config, self._task_filter)

    def templates(self) -> "Templates":
        from pathlib import Path

        from vaultkeeper.render.template import Templates

        return Templates(self.root / TEMPLATES, Path(cache_folder(self.folder), "compiled"))

    @property
    def policy(self) -> Policy:
        return self.config.policy

    @property
    def layout(self) -> Layout:
        return self.config.layout

    def traces(self) -> list[tuple[str, int]]:
        """What vk keeps of its writes, by name and time: none where it wrote nothing lately."""
        found: list[tuple[str, int]] = []
        for name in ("undo", "displaced"):
            with suppress(OSError), os.scandir(os.path.join(self.state_folder, name)) as entries:
                found += [(entry.name, entry.stat().st_mtime_ns) for entry in entries]
        return sorted(found)

    @contextmanager
    def index(self) -> Iterator[Index]:
        """The index, open for the time of a use case."""
        read_by = self.layout._replace(properties=False), tuple(self.policy.tiers), self._task_filter
        index = open_index(cache_folder(self.folder), repr((__version__, read_by)))
        try:
            yield index
        finally:
            index.close()

    def address(self, path: str, *, obsidian_app: bool | None = None) -> str:
        """The note's address for a person's machine: Obsidian's where the vault is one of Obsidian's (or
        `obsidian_app` says so), else the file's."""
        if obsidian_app is None:
            obsidian_app = os.path.isdir(os.path.join(self.folder, obsidian.FOLDER))
        if not obsidian_app:
            return (self.root / path).as_uri()
        from urllib.parse import quote

        return f"obsidian://open?path={quote(bytes(self.root / path), safe='')}"

    def scan_rules(self) -> ScanRules:
        return scan_rules(self.folder)

    def folder_for_notes(self, option: str, given: str) -> str:
        """The folder that an option names. Raises BadInput for one where notes would not be found."""
        try:
            folder = read_folder(given)
        except ValueError as error:
            raise BadInput(f"{option} {error}") from None
        if self.scan_rules().passes_over(folder):
            raise BadInput(f"{option} {given!r}: vk, like Obsidian, looks for no notes there")
        return folder


def scan_rules(root: StrPath) -> ScanRules:
    """What a scan leaves out: our template folder, Obsidian's, and its ignore filters."""
    folders = {TEMPLATES}
    ignored: tuple[str, ...] = ()
    if os.path.isdir(os.path.join(root, obsidian.FOLDER)):
        ignored = obsidian.parse_ignore_filters(_settings(root, "app.json"))
        for name in ("templates.json", "plugins/templater-obsidian/data.json"):
            folder = obsidian.parse_template_folder(_settings(root, name))
            folders |= {folder} if folder else set()
    return ScanRules(frozenset(folders), ignored)


def find_root(start: str) -> str:
    """The nearest folder from `start` upward that holds vaultkeeper.toml. Raises VaultNotFound."""
    folder, below = start, ""
    while folder != below:
        if os.path.isfile(os.path.join(folder, FILE)):
            return folder
        folder, below = os.path.dirname(folder), folder
    raise VaultNotFound(
        f"no {FILE} in {start} or above it; make a vault there with: vk init, or name one with --vault DIR"
    )


def open_vault(start: StrPath, *, exact: bool) -> Vault:
    """The vault at `start`, or (unless `exact`) the nearest above it. Raises VaultNotFound, ConfigError."""
    start = os.path.realpath(start)
    if exact and not os.path.isfile(os.path.join(start, FILE)):
        raise VaultNotFound(f"{start} is no vault: it holds no {FILE}; make it one with: vk init {start}")
    root = start if exact else find_root(start)
    try:
        with open(os.path.join(root, FILE), "rb") as file:
            data = file.read(4 * MAX_CHARS + 1)
        if len(data) > 4 * MAX_CHARS:
            raise ConfigError(f"{FILE}:1: it is longer than {MAX_CHARS // 1024} KB")
        text = data.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        raise ConfigError(f"{FILE}:1: not UTF-8 (byte {error.start})") from None
    except OSError as error:
        raise ConfigError(f"{FILE}:1: cannot be read: {error.strerror}") from None
    config = config_of(_toml(root, text), text)
    folder, form = daily_settings(root)
    layout = config.layout
    layout = layout._replace(
        daily_folder=(folder if layout.daily_folder is None else layout.daily_folder) or "",
        daily_format=layout.daily_format or form or "YYYY-MM-DD",
    )
    task_filter = obsidian.parse_task_filter(_settings(root, _TASKS))
    return Vault(root, config._replace(layout=layout), state_folder(root), task_filter)


def _toml(root: str, text: str) -> dict[str, Any]:
    """What the config's text says, kept until it changes: what reads TOML takes long to load."""
    kept: tuple[str, dict[str, Any]] = ("", {})
    with suppress(OSError, VaultkeeperError), open(os.path.join(cache_folder(root), "config"), "rb") as file:
        kept = load(file.read())
    if kept[0] != text:
        kept = text, read_toml(text)
        with suppress(OSError, ValueError, VaultkeeperError):  # a day, which the codec does not take
            data = dump(kept)
            with open(os.path.join(cache_folder(root), "config"), "wb") as file:
                file.write(data)
    return kept[1]


def daily_settings(root: StrPath) -> tuple[str | None, str | None]:
    """(folder, format) of Obsidian's daily notes, or of the Periodic Notes plugin where that makes them."""
    plugin = obsidian.parse_periodic_notes(_settings(root, "plugins/periodic-notes/data.json"))
    return plugin or obsidian.parse_daily_notes(_settings(root, "daily-notes.json"))


def reading_of(config: Config, task_filter: str = "") -> "Reading":
    """How notes are read under this config: its `[keys]` come before the built-in other spellings."""
    from vaultkeeper.notes.reading import KEYS, Reading
    from vaultkeeper.notes.verb import VERBS

    layout = config.layout
    keys = {
        key: (*layout.keys.get(key, ()), *KEYS.get(key, ())) for key in dict.fromkeys((*KEYS, *layout.keys))
    }
    return Reading(
        people=layout.people,
        tags=layout.tags,
        events=layout.events,
        generated=layout.generated,
        news=layout.news,
        keys=keys,
        heading=layout.heading,
        newest_first=layout.newest_first,
        channels=layout.channels,
        tiers=tuple(config.policy.tiers),
        daily_folder=layout.daily_folder or "",
        daily_format=layout.daily_format or "YYYY-MM-DD",
        daily_count=layout.daily_count,
        verbs={**VERBS, **layout.verbs},
        task_filter=task_filter,
    )


def _settings(root: StrPath, name: str) -> str:
    """The text of one of Obsidian's files; "" where it has none."""
    path = os.path.join(root, obsidian.FOLDER, name)
    if not os.path.isfile(path):
        return ""
    try:
        with open(path, "rb") as file:
            data = file.read(_MAX_SETTINGS + 1)
        return data.decode() if len(data) <= _MAX_SETTINGS else ""
    except (OSError, ValueError):
        return ""
