"""`due`: the agenda, from the index."""

from vaultkeeper.domain.agenda import Agenda, make_agenda
from vaultkeeper.domain.reason import View
from vaultkeeper.storage.index import Index


def read_agenda(index: Index, view: View, *, quota: bool = True) -> Agenda:
    """Who is due in `view`, why, and what to do; without `quota` nobody is left for later."""
    return make_agenda(index.summaries(), view, quota=quota)
