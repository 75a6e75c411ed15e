"""vaultkeeper.toml: its text into the Policy that the rules go by and the Layout of the vault (FORMAT.md 9).

Every key may be left out. An unknown key is a Problem; a bad value is a ConfigError that names the line.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultkeeper.config.toml_text import FILE, MAX_CHARS, line_of, read_toml
from vaultkeeper.domain.channel import DIRECTIONS
from vaultkeeper.domain.duration import WEEKDAYS, Duration, parse_duration
from vaultkeeper.domain.place import Problem
from vaultkeeper.domain.policy import Policy, Rules
from vaultkeeper.errors import ConfigError

if TYPE_CHECKING:
    from vaultkeeper.domain.anniversary import Anniversary

_MOST_UNKNOWN = 20  # unknown keys that are told


class Layout(NamedTuple):
    """Where things are in the vault and how notes are written. Folders are relative, without a last slash."""

    people: tuple[str, ...] = ("People",)
    tags: tuple[str, ...] = ()
    events: str = "Events"
    generated: str = "Keep in touch"
    news: str = "Me/News.md"
    keys: Mapping[str, tuple[str, ...]] = {}
    heading: str = "Log"
    newest_first: bool = False
    channels: Mapping[str, str | None] = DIRECTIONS
    properties: bool = False
    daily_folder: str | None = None
    daily_format: str | None = None
    daily_count: str = "actions"
    verbs: Mapping[str, tuple[str | None, str | None]] = {}


class Config(NamedTuple):
    policy: Policy
    layout: Layout
    problems: tuple[Problem, ...] = ()


def parse_config(text: str) -> Config:
    """Raises ConfigError naming the line of the first value that can't be taken."""
    return config_of(read_toml(text), text)


def config_of(data: Mapping[str, Any], text: str) -> Config:
    """Of what `text` says, as `read_toml` gives it. Raises ConfigError."""
    reader = _Reader(text)
    for name, value in data.items():
        reader.take((name,), value)
    policy = Policy(**reader.policy, rules=Rules(**reader.rules))
    tiers = {name.casefold(): name for name in policy.tiers}
    held = {who: tiers.get(tier.casefold(), tier) for who, tier in policy.relationships.items()}
    policy = policy._replace(relationships=held)
    layout = Layout(**{**reader.layout, "verbs": reader.verbs()})
    for relationship, tier in policy.relationships.items():
        if tier not in policy.tiers:
            reader.fail(
                ("relationships", relationship), f"{tier!r} is not one of the tiers {', '.join(policy.tiers)}"
            )
    return Config(policy, layout, tuple(reader.problems))


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self.policy: dict[str, Any] = {}
        self.layout: dict[str, Any] = {}
        self.rules: dict[str, int] = {}
        self.problems: list[Problem] = []

    def take(self, path: tuple[str, ...], value: Any) -> None:
        known = _KEYS.get(".".join(path))
        if known is not None:
            target, name, read = known
            try:
                getattr(self, target)[name] = read(value)
            except _InTable as error:
                self.fail((*path, error.key), str(error))
            except (ValueError, TypeError) as error:
                self.fail(path, str(error))
            if path == ("keys",):
                from vaultkeeper.domain.contact import KEYS

                for key in value.keys() - KEYS.keys():
                    self._unknown(("keys", key), [f"keys.{known}" for known in KEYS])
        elif len(path) == 1 and any(key.startswith(f"{path[0]}.") for key in _KEYS):
            if not isinstance(value, dict):
                self.fail(path, f"[{path[0]}] is a table")
            for name, inner in value.items():
                self.take((path[0], name), inner)
        else:
            self._unknown(path)

    def verbs(self) -> dict[str, tuple[str | None, str | None]]:
        """The verbs of dated notes, each with its channel's direction where it names none."""
        channels, verbs = self.layout.get("channels", DIRECTIONS), self.layout.get("verbs", {})
        for verb, (channel, _) in verbs.items():
            if channel is not None and channel not in channels:
                known = ", ".join(channels)
                self.fail(("daily_notes", "verbs", verb), f"{channel!r} is not one of the channels {known}")
        return {
            verb: (channel, said or channels.get(channel or "")) for verb, (channel, said) in verbs.items()
        }

    def fail(self, path: tuple[str, ...], message: str) -> None:
        raise ConfigError(f"{FILE}:{line_of(self._text, path)}: {'.'.join(path)}: {message}")

    def _unknown(self, path: tuple[str, ...], known: Sequence[str] = ()) -> None:
        from difflib import get_close_matches

        if len(self.problems) == _MOST_UNKNOWN:
            return
        key = ".".join(path)
        if len(key) > 100:
            key = f"{key[:100]}…"
        sections = {name.split(".")[0] for name in _KEYS if "." in name}
        near = get_close_matches(key, known or [*_KEYS, *sections], n=1, cutoff=0.0)
        hint = f"; the nearest known one is {near[0]}" if near else ""
        mend = "Correct the key, or take the line out."
        self.problems.append(Problem(FILE, line_of(self._text, path), f"unknown key {key}{hint}", mend=mend))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a text")
    return value


def _some_text(value: Any) -> str:
    if not _text(value).strip():
        raise ValueError("it is empty")
    return _text(value)


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{value!r} is not a list of texts")
    return tuple(value)


def read_folder(value: Any) -> str:
    """A path in the vault, without a last slash; "" is the vault itself. ValueError for one outside."""
    path = _text(value).replace("\\", "/")
    if path.startswith(("/", "~")) or re.match(r"[A-Za-z]:", path) or ".." in path.split("/"):
        raise ValueError(f"{value!r} lies outside the vault")
    return "/".join(part for part in path.split("/") if part not in ("", "."))


def _inner_folder(value: Any) -> str:
    folder = read_folder(value)
    if not folder:
        raise ValueError(f"{value!r} is the vault itself; name a folder in it")
    return folder


class _InTable(ValueError):
    """A value of a table that can't be taken: under `key`."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def _table(read: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any]]:
    def read_table(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ValueError(f"{value!r} is not a table")
        found = {}
        for name, inner in value.items():
            try:
                found[name] = read(inner)
            except (ValueError, TypeError) as error:
                raise _InTable(name, str(error)) from None
        return found

    return read_table


def _one_of(*choices: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = _text(value).lower()
        if text not in choices:
            raise ValueError(f"{value!r} is not one of {', '.join(choices)}")
        return text

    return read


def _number(least: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= 36500:
            raise ValueError(f"{value!r} is not a whole number from {least} on")
        return value

    return read


def _tiers(value: Any) -> Mapping[str, Duration]:
    """The user's tiers; where one of them has a default's name, the other defaults stay too."""
    own = _table(lambda span: parse_duration(str(span)))(value)
    default = Policy().tiers
    return {**default, **own} if set(own) & set(default) else (own or default)


def _channels(value: Any) -> dict[str, str | None]:
    direction = _one_of("in", "out", "both", "none")
    own = {name.lower(): None if said == "none" else said for name, said in _table(direction)(value).items()}
    return {**DIRECTIONS, **own}


def _verbs(value: Any) -> dict[str, tuple[str | None, str | None]]:
    """`zoomed = "video"`, `pinged = "message out"`: the channel, and the direction where it isn't its own."""
    verbs: dict[str, tuple[str | None, str | None]] = {}
    for verb, said in _table(_text)(value).items():
        channel, _, direction = said.strip().lower().partition(" ")
        if direction.strip() not in ("", "in", "out", "both"):
            raise _InTable(verb, f"{said!r} is not a channel with in, out or both")
        verbs[verb.lower()] = (channel or None, direction.strip() or None)
    return verbs


def _occasions(value: Any) -> tuple["Anniversary", ...]:
    from vaultkeeper.domain.anniversary import parse_anniversary

    return tuple(map(parse_anniversary, _texts(value)))


def _style(value: Any) -> tuple[str, ...]:
    from vaultkeeper.domain.suggestion import TOUCHES

    known = [touch.code for touch in TOUCHES]
    for code in _texts(value):
        if code not in known:
            raise ValueError(f"{code!r} is not one of {', '.join(known)}")
    return _texts(value)


def _keys(value: Any) -> dict[str, tuple[str, ...]]:
    return {name: tuple(names) for name, names in _table(_texts)(value).items()}


_KEYS: dict[str, tuple[str, str, Callable[[Any], Any]]] = {
    "goals": ("policy", "goals", _texts),
    "companies_of_interest": ("policy", "companies_of_interest", _texts),
    "occasions": ("policy", "occasions", _occasions),
    "properties": ("layout", "properties", lambda v: _one_of("off", "index")(v) == "index"),
    "me.news": ("layout", "news", _inner_folder),
    "me.offers": ("policy", "offers", _texts),
    "me.style": ("policy", "style", _style),
    "contacts.folders": ("layout", "people", lambda v: tuple(read_folder(f) for f in _texts(v))),
    "contacts.tags": ("layout", "tags", _texts),
    "events.folder": ("layout", "events", _inner_folder),
    "keys": ("layout", "keys", _keys),
    "generated.folder": ("layout", "generated", _inner_folder),
    "log.heading": ("layout", "heading", _some_text),
    "log.order": ("layout", "newest_first", lambda v: _one_of("append", "newest-first")(v) != "append"),
    "log.channels": ("layout", "channels", _channels),
    "daily_notes.folder": ("layout", "daily_folder", read_folder),
    "daily_notes.format": ("layout", "daily_format", _text),
    "daily_notes.count": ("layout", "daily_count", _one_of("actions", "links", "off")),
    "daily_notes.verbs": ("layout", "verbs", _verbs),
    "tiers": ("policy", "tiers", _tiers),
    "relationships": ("policy", "relationships", _table(_text)),
    "week.day": (
        "policy",
        "week_day",
        lambda v: [day.lower() for day in WEEKDAYS].index(_one_of(*(day.lower() for day in WEEKDAYS))(v)),
    ),
    "week.quota": ("policy", "quota", _number(1)),
    **{f"rules.{rule}": ("rules", rule, _number(0)) for rule in Rules._fields},
}

__all__ = ["FILE", "MAX_CHARS", "Config", "Layout", "config_of", "parse_config", "read_folder", "read_toml"]
