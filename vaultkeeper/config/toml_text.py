"""vaultkeeper.toml as a text: what it says as TOML, and on which line."""

import re
from typing import Any

from vaultkeeper.errors import ConfigError

FILE = "vaultkeeper.toml"
MAX_CHARS = 256 * 1024


def read_toml(text: str) -> dict[str, Any]:
    """What the text says, as TOML. Raises ConfigError."""
    import tomllib

    if len(text) > MAX_CHARS:
        raise ConfigError(f"{FILE}:1: it is longer than {MAX_CHARS // 1024} KB")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ConfigError(f"{FILE}:1: a list or table in it is nested too deep") from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = line[1] if line else str(text.count("\n") + 1)
        raise ConfigError(f"{FILE}:{where}: {str(error).split(' (at')[0]}") from None


def line_of(text: str, path: tuple[str, ...]) -> int:
    """The line (from 1) that sets the key at `path`; that of its table, or 1, where it can't be told."""
    section: tuple[str, ...] = ()
    best = 1
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if match := re.fullmatch(r"\[+([^\[\]]+)\]+\s*(?:#.*)?", bare):
            section = tuple(part.strip(" \t\"'") for part in match[1].split("."))
            if section[: len(path)] == path:
                return number
            best = number if section == path[: len(section)] else best
        elif match := re.match(r"([\w\-. \t\"']+)=", bare):
            key = section + tuple(part.strip(" \t\"'") for part in match[1].split("."))
            if key[: len(path)] == path:
                return number
            best = number if key == path[: len(key)] else best
    return best
