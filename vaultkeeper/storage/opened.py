"""An open index, and what happens where it turns out to be damaged."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from vaultkeeper.storage.codec import Damaged
from vaultkeeper.storage.database import as_ours, connect, discard

P = ParamSpec("P")
T = TypeVar("T")
Self = TypeVar("Self", bound="Opened")


def question(ask: Callable[Concatenate[Self, P], T]) -> Callable[Concatenate[Self, P], T]:
    """Asked again, of an index made anew and filled, where this one turns out to be damaged."""

    @wraps(ask)
    def answer(self: Self, /, *args: P.args, **kwargs: P.kwargs) -> T:
        def once() -> T:
            with as_ours(self._file):
                return ask(self, *args, **kwargs)

        try:
            return once()
        except Damaged:
            refill, self.refill = self.refill, None
            if refill is None:
                raise
            self.rebuild()
            refill()
            return once()

    return answer


class Opened:
    """`refill` brings it up to date once it was made anew, where one can."""

    def __init__(self, file: str, mark: str) -> None:
        self._file, self._mark = file, mark
        self.refill: Callable[[], object] | None = None
        self._db = connect(file, mark)

    def rebuild(self) -> None:
        """Starts anew, with nothing in it."""
        self.close()
        discard(self._file)
        self._db = connect(self._file, self._mark)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction; another process's comes before or after it. Raises Damaged."""
        if self._db.in_transaction:
            yield
            return
        with as_ours(self._file):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.rollback()
                raise
            self._db.commit()

    def close(self) -> None:
        self._db.close()
