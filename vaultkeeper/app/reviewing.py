"""What a review finds, for the terminal and for the note."""

from collections.abc import Callable
from datetime import date

from vaultkeeper.domain.link import link_key
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.review import Reviewed, lists_of, reviewer
from vaultkeeper.notes.links import unlinked
from vaultkeeper.storage.folding import Fold, Prepared
from vaultkeeper.storage.index import Index


def reviewing(policy: Policy, today: date, use: str = "review") -> Fold[Reviewed]:
    """What a review of `today` says of each contact, where it says anything. Kept for each `use`: the note
    is of its week's first day."""
    make = Prepared(reviewer, policy, today, unlinked)
    return Fold(use, repr((policy, today)), Reviewed, make, lists_of)


def mentions_in(index: Index) -> Callable[[str], int]:
    """How often other notes speak of the contact at a path, and it counts for nobody."""
    counts = index.count_asides()
    return lambda path: counts.get(link_key(path), 0)
