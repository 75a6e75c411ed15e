"""A progress bar for what takes more than a second, on a terminal only."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_PATIENCE = 1.0  # seconds before a bar is worth a look


@contextmanager
def progress(title: str, *, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Gives a function to be told (done, total); None where there is nobody to look."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    start = time.monotonic()
    bar = _Bar(title)

    def tell(done: int, total: int) -> None:
        if time.monotonic() - start > _PATIENCE:
            bar.update(done, total)

    try:
        yield tell
    finally:
        bar.close()


class _Bar:
    """rich's bar, loaded when it is first drawn."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._close: Callable[[], None] = lambda: None
        self._draw: Callable[[int, int], None] | None = None

    def update(self, done: int, total: int) -> None:
        if self._draw is None:
            from rich.console import Console
            from rich.progress import Progress

            shown = Progress(console=Console(stderr=True), transient=True)
            task = shown.add_task(self._title, total=total)
            shown.start()
            self._close = shown.stop
            self._draw = lambda done, total: shown.update(task, completed=done, total=total)
        self._draw(done, total)

    def close(self) -> None:
        self._close()
