"""Values to bytes and back, for the index: frozen dataclasses and named tuples of plain values, by marshal.

marshal is the fastest there is and holds nothing that could run; the index carries a version, so that
bytes of another version are never read. A checksum goes before them: what a disk or a sync tool has spoilt
is told, and never taken for a value.
"""

import marshal
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from zlib import crc32

from vaultkeeper.errors import VaultkeeperError

_Convert = Callable[[Any], Any]
_CHECKSUM = 4  # bytes


class Damaged(VaultkeeperError):
    """The index does not hold what was put into it."""


def dump(value: Any) -> bytes:
    """A plain value: texts, numbers, None, and tuples, lists and dicts of them."""
    data = marshal.dumps(value)
    return _checksum(data) + data


def load(data: bytes) -> Any:
    """The value that `dump` was given. Raises Damaged where these are not its bytes."""
    if not isinstance(data, bytes) or data[:_CHECKSUM] != _checksum(data[_CHECKSUM:]):
        raise Damaged("the index is damaged")
    return marshal.loads(data[_CHECKSUM:])


def _checksum(data: bytes) -> bytes:
    return crc32(data, 1).to_bytes(_CHECKSUM, "little")  # from 1: so zeros are not the sum of nothing


def encode(value: Any, kind: Any) -> bytes:
    """`kind` is the value's type: a dataclass, a NamedTuple, `tuple[X, ...]`, a plain type."""
    convert = _encoder(kind)
    return dump(value if convert is None else convert(value))


def decode(data: bytes, kind: Any) -> Any:
    """The value that `encode` was given, for the same `kind`. Raises Damaged."""
    value = load(data)
    convert = _decoder(kind)
    return value if convert is None else convert(value)


@cache
def _encoder(kind: Any) -> _Convert | None:
    return _converter(kind, _encoder, date.toordinal, lambda cls, names: _encode_record(cls, names))


@cache
def _decoder(kind: Any) -> _Convert | None:
    return _converter(kind, _decoder, date.fromordinal, lambda cls, names: _decode_record(cls, names))


def _converter(
    kind: Any,
    of: Callable[[Any], _Convert | None],
    day: _Convert,
    record: Callable[[Any, tuple[str, ...]], _Convert],
) -> _Convert | None:
    """None where marshal takes the type as it is."""
    if kind is date:
        return day
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = next((of(arg) for arg in get_args(kind) if arg is not type(None)), None)
        return None if inner is None else lambda value: None if value is None else inner(value)
    if origin is tuple:
        item = of(get_args(kind)[0])
        return None if item is None else lambda values: tuple([item(value) for value in values])
    if is_dataclass(kind):
        return record(kind, tuple(f.name for f in fields(kind)))
    if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return record(kind, kind._fields)
    return None


def _encode_record(cls: Any, names: tuple[str, ...]) -> _Convert:
    hints = get_type_hints(cls)
    steps = [(name, _encoder(hints[name])) for name in names]

    def convert(value: Any) -> tuple[Any, ...]:
        return tuple(
            getattr(value, name) if step is None else step(getattr(value, name)) for name, step in steps
        )

    return convert


def _decode_record(cls: Any, names: tuple[str, ...]) -> _Convert:
    hints = get_type_hints(cls)
    steps = [(at, step) for at, name in enumerate(names) if (step := _decoder(hints[name])) is not None]

    def convert(values: tuple[Any, ...]) -> Any:
        if not steps:
            return cls(*values)
        parts = list(values)
        for at, step in steps:
            parts[at] = step(parts[at])
        return cls(*parts)

    return convert
