"""Files that a command writes outside the vault, where the user asked for them: exports."""

import os
from pathlib import Path
from secrets import token_hex

from vaultkeeper.errors import NotWritten


def write_outside(file: Path, text: str) -> bool:
    """The file whole or not at all; one that holds the same bytes already is left untouched. Whether it was
    written. Raises NotWritten."""
    data = text.encode()
    try:
        if file.is_file() and file.read_bytes() == data:
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(f".{file.name}.{token_hex(4)}.tmp")
        try:
            with temporary.open("xb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise NotWritten(f"{file}: not written: {error.strerror or error}") from error
    return True


def remove_outside(file: Path) -> None:
    """Raises NotWritten."""
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise NotWritten(f"{file}: not removed: {error.strerror or error}") from error
