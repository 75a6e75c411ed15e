"""Digests. Without hashlib, which loads OpenSSL for as long as a small command takes; as `random` does it."""

import sys
from importlib import import_module
from typing import Any


def sha256(data: bytes) -> str:
    """64 hex digits."""
    return str(_made_by("_sha2" if sys.version_info >= (3, 12) else "_sha256", "sha256")(data).hexdigest())


def blake2b(data: bytes, size: int = 16) -> bytes:
    """`size` bytes."""
    return bytes(_made_by("_blake2", "blake2b")(data, digest_size=size).digest())


def digest_of(text: str) -> str:
    """32 hex digits, of a text with any characters at all."""
    return blake2b(text.encode("utf-8", "surrogatepass")).hex()


def _made_by(module: str, name: str) -> Any:
    try:
        return getattr(import_module(module), name)
    except ImportError:  # another Python's
        return getattr(import_module("hashlib"), name)
