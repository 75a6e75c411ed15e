"""Whether something of ours may be lost: asked by every command.

What is found is kept until a note changes, a write leaves a trace, or the day ends; `app.recover` looks.
"""

from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.place import Problem
from vaultkeeper.storage.index import Index

_DAY = 86400


def count_losses(vault: Vault, index: Index, now: float, before: list[tuple[str, int]]) -> int:
    """A cheap look; `now` in seconds of the epoch.

    `before` are the traces from before the command: where it wrote, the index doesn't know yet what stands in
    the notes, so what is found then is not kept.
    """
    traces = vault.traces()
    if not traces:
        return 0
    mark = repr((now // _DAY, traces))
    count = index.kept("losses", mark)
    if count is None:
        from vaultkeeper.app.recover import find_losses

        count = find_losses(vault, now, thorough=False).number
        if traces == before:
            index.keep("losses", mark, count)
    return int(count)


def find_lost(vault: Vault, index: Index, now: float, *, thorough: bool) -> tuple[Problem, ...]:
    """What was lost. A `thorough` look clears away what is long past; that it found nothing is kept."""
    traces = vault.traces()
    if index.kept("no losses", repr((now // _DAY, traces))):
        return ()
    from vaultkeeper.app.recover import find_losses, problems_of

    problems = tuple(problems_of(find_losses(vault, now, thorough=thorough)))
    left = vault.traces()
    if thorough and not problems and set(left) <= set(traces):  # else one came that was not looked at
        index.keep("no losses", repr((now // _DAY, left)), True)
    return problems
