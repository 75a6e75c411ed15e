"""Jinja as templates are rendered here: its sandbox, our settings, what was compiled before."""

import marshal
import os
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from zlib import crc32

import jinja2
from jinja2 import BaseLoader, BytecodeCache, Environment, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vaultkeeper import __version__
from vaultkeeper.domain.duration import say_day
from vaultkeeper.errors import VaultkeeperError

FAILURES: tuple[type[Exception], ...] = (
    *(jinja2.TemplateError, VaultkeeperError, ArithmeticError, TypeError, ValueError, LookupError),
    *(AttributeError, RuntimeError, MemoryError, SyntaxError, OSError, AssertionError),
)
"""What a template can end with."""


class Compiled(BytecodeCache):
    """Templates as Python's bytecode, in a folder of our own cache.

    It is run, so it is taken from no folder that somebody else may write into. Before it stand a digest of
    the template's text and a sum of the code; the versions that it was made by are in the file's name.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            if not _is_ours_alone(self._folder.stat()):
                return
            head, _, code = self._file(bucket).read_bytes().partition(b"\n")
            if head == _head(bucket, code):
                bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Best effort: without it the template is but compiled again."""
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = self._file(bucket)
            beside = file.with_suffix(f".{os.getpid()}")
            code = marshal.dumps(bucket.code)
            beside.write_bytes(_head(bucket, code) + b"\n" + code)
            beside.replace(file)

    def _file(self, bucket: Bucket) -> Path:
        versions = f"{__version__}-{jinja2.__version__}-{sys.implementation.cache_tag}"
        return self._folder / f"{bucket.key}-{versions}.code"


def _head(bucket: Bucket, code: bytes) -> bytes:
    return f"{bucket.checksum} {crc32(code):08x}".encode()


def _is_ours_alone(status: os.stat_result) -> bool:
    """Whether a folder of this status is the user's, and nobody else may write into it."""
    if sys.platform == "win32":
        return True  # there the rights are inherited from the user's own folder
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def make_environment(
    loader: BaseLoader | None = None, compiled: Compiled | None = None, *, ours: bool = False
) -> Environment:
    """In a sandbox, unless the templates are `ours`, which come with the product."""
    kind = Environment if ours else ImmutableSandboxedEnvironment
    environment = kind(
        loader=loader,
        bytecode_cache=compiled,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=_is_html,  # the others are Markdown and plain text
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # TOML knows no pairs of surrogates
    environment.filters["day"] = say_day
    return environment


def _is_html(name: str | None) -> bool:
    return name is not None and name.endswith(".html")


def line_of(error: BaseException, files: Collection[str]) -> tuple[str, int]:
    """(template, line) that an error came from: the innermost of `files`, by the ends of their paths."""
    found = ("", 1)
    if (line := getattr(error, "lineno", None)) is not None:  # of its syntax
        return str(getattr(error, "name", None) or ""), int(line)
    frame = error.__traceback__
    while frame is not None:
        name = frame.tb_frame.f_code.co_filename.rsplit("/", 1)[-1]
        if name in files:
            found = (name, frame.tb_lineno)
        frame = frame.tb_next
    return found
