"""Values to bytes and back, for the index: named tuples of plain values, by marshal.

marshal is the fastest there is and holds nothing that could run; the index carries a version, so that
bytes of another version are never read. A checksum goes before them: what a disk or a sync tool has spoilt
is told, and never taken for a value.
"""

import marshal
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from struct import Struct
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from zlib import crc32

from vaultkeeper.errors import VaultkeeperError

_Convert = Callable[[Any], Any]
_CHECKSUM = 4  # bytes
_WITHOUT_REFERENCES = 2  # version of marshal
_DOUBLE, _WHOLE, _SIGN, _ALL = Struct(">d"), Struct(">Q"), 1 << 63, (1 << 64) - 1


class Damaged(VaultkeeperError):
    """The index does not hold what was put into it."""


def dump(value: Any, *, alike: bool = False) -> bytes:
    """A plain value: texts, numbers, None, and tuples, lists and dicts of them. With `alike` equal values, in
    one order, give the same bytes: nothing is told of what stands in them twice."""
    data = marshal.dumps(value, _WITHOUT_REFERENCES) if alike else marshal.dumps(value)
    return _checksum(data) + data


def load(data: bytes) -> Any:
    """The value that `dump` was given. Raises Damaged where these are not its bytes."""
    if not isinstance(data, bytes) or data[:_CHECKSUM] != _checksum(data[_CHECKSUM:]):
        raise Damaged("the index is damaged")
    return marshal.loads(data[_CHECKSUM:])


def _checksum(data: bytes) -> bytes:
    return crc32(data, 1).to_bytes(_CHECKSUM, "little")  # from 1: so zeros are not the sum of nothing


def encode(value: Any, kind: Any) -> bytes:
    """`kind` is the value's type: a NamedTuple, `tuple[X, ...]`, a plain type."""
    convert = _encoder(kind)
    return dump(value if convert is None else convert(value))


def decode(data: bytes, kind: Any) -> Any:
    """The value that `encode` was given, for the same `kind`. Raises Damaged."""
    value = load(data)
    convert = _decoder(kind)
    try:
        return value if convert is None else convert(value)
    except (TypeError, ValueError, LookupError) as error:  # of a type that was another one then
        raise Damaged(f"the index is damaged: {error}") from error


def sortable(values: Iterable[Any]) -> bytes:
    """Bytes in the order of the values, as tuples of them compare: numbers, days, texts."""
    return b"".join(map(_sortable, values))


def _sortable(value: Any) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass").replace(b"\0", b"\0\xff") + b"\0\0"
    number = value.toordinal() if isinstance(value, date) else value
    (bits,) = _WHOLE.unpack(_DOUBLE.pack(number + 0.0))  # -0.0 becomes 0.0
    return _WHOLE.pack(bits ^ (_ALL if bits & _SIGN else _SIGN))


def shape(kind: Any) -> str:
    """What tells that the bytes of a type are not those of another one: its fields and theirs, by name and
    type. Kept bytes are good as long as it stays the same."""
    return _shape(kind)


@cache
def _shape(kind: Any) -> str:
    names = _names_of(kind)
    parts = get_args(kind) if names is None else _parts_of(kind)
    inside = ", ".join(map(_shape, parts))
    own = getattr(kind, "__name__", str(kind)) if names is None else " ".join((kind.__name__, *names))
    return f"{own}[{inside}]" if parts else own


@cache
def _encoder(kind: Any) -> _Convert | None:
    """None where marshal takes the type as it is; so for all of these."""
    if kind is date:
        return date.toordinal
    names = _names_of(kind)
    if names is None:
        return _of_parts(kind, _encoder)
    return _record("({parts},)", [f"v.{name}" for name in names], map(_encoder, _parts_of(kind)))


@cache
def _decoder(kind: Any) -> _Convert | None:
    if kind is date:
        return date.fromordinal
    names = _names_of(kind)
    if names is None:
        return _of_parts(kind, _decoder)
    values = [f"v[{at}]" for at in range(len(names))]
    steps = map(_decoder, _parts_of(kind))
    return _record("new(kind, ({parts},))", values, steps, new=tuple.__new__, kind=kind)


def _record(form: str, values: list[str], steps: Iterable[_Convert | None], **known: Any) -> _Convert:
    """A function of a record, its fields spelled out: thrice as fast as a loop. A NamedTuple is made by tuple
    itself, in half the time that its own function takes."""
    parts = []
    for at, (value, step) in enumerate(zip(values, steps, strict=True)):
        known[f"step{at}"] = step
        parts.append(value if step is None else f"step{at}({value})")
    made: _Convert = eval(f"lambda v: {form.format(parts=', '.join(parts))}", known)
    return made


def _of_parts(kind: Any, of: Callable[[Any], _Convert | None]) -> _Convert | None:
    """The converter of `X | None` and `tuple[X, ...]`."""
    if get_origin(kind) in (Union, UnionType):
        inner = next((of(arg) for arg in get_args(kind) if arg is not type(None)), None)
        return None if inner is None else lambda value: None if value is None else inner(value)
    if get_origin(kind) is tuple:
        item = of(get_args(kind)[0])
        return None if item is None else lambda values: tuple([item(value) for value in values])
    return None


def _names_of(kind: Any) -> tuple[str, ...] | None:
    """The fields of a NamedTuple; None for another type."""
    if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields"):
        names: tuple[str, ...] = kind._fields
        return names
    return None


def _parts_of(kind: Any) -> list[Any]:
    """The types of a record's fields, in their order."""
    hints = get_type_hints(kind)
    return [hints[name] for name in _names_of(kind) or ()]
