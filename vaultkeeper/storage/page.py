"""A file anywhere that a command was told to write: a report, an export."""

import os
from contextlib import suppress
from pathlib import Path

from vaultkeeper.errors import NotWritten
from vaultkeeper.storage.exchange import temporary_name
from vaultkeeper.storage.platform import write_whole


def read_page(file: Path) -> str | None:
    """Its text, whatever its bytes; None where there is no such file. Raises NotWritten."""
    try:
        return file.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NotWritten(f"{file}: not written: {error.strerror or error}") from error


def write_page(file: Path, text: str) -> None:
    """The whole file in one step, behind a link where it is one. Raises NotWritten."""
    there = Path(os.path.realpath(file))
    temporary = there.with_name(temporary_name())
    try:
        write_whole(temporary, text.encode("utf-8"), there if there.exists() else None)
        temporary.replace(there)
    except OSError as error:
        raise NotWritten(f"{file}: not written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
