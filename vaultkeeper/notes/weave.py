"""Two sequences that come from one, brought into one order; and the choice between three versions."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def pick(base: T, ours: T, theirs: T) -> T:
    """Whichever side changed it; ours where both did."""
    return theirs if ours == base else ours


def weave(
    base: Sequence[K], ours: Sequence[K], theirs: Sequence[K], is_first: Callable[[K, K], bool]
) -> list[K]:
    """Every key of either side, once; no side has one twice.

    The order is ours, unless only they changed the order of what was there. Where both sides have new keys in
    one place, `is_first(one, other)` says whether one side's comes before the other's; each keeps its own
    order.
    """
    main, other = (theirs, ours) if _moved(base, theirs) and not _moved(base, ours) else (ours, theirs)
    in_main, in_other = set(main), set(other)
    after: dict[K | None, list[K]] = {}  # the other's own keys, by what they follow
    last = None
    for key in other:
        if key in in_main:
            last = key
        else:
            after.setdefault(last, []).append(key)
    woven: list[K] = []
    waiting = after.get(None, [])
    for key in main:
        while waiting and (key in in_other or is_first(waiting[0], key)):
            woven.append(waiting.pop(0))
        woven.append(key)
        if key in in_other:
            waiting = after.get(key, [])
    return woven + waiting


def _moved(base: Sequence[K], side: Sequence[K]) -> bool:
    in_base, in_side = set(base), set(side)
    return [key for key in base if key in in_side] != [key for key in side if key in in_base]
