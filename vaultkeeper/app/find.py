"""From what a person types to the contact they mean (CLI.md, NAME)."""

from vaultkeeper.domain.naming import fold
from vaultkeeper.errors import Ambiguous, NotFound
from vaultkeeper.storage.index import Index


def find_contact(index: Index, name: str, *, reading: bool) -> str:
    """The path of the contact that `name` names: whole name, alias, file name or path; else a unique prefix
    of it or of one of its words; where `reading`, else a unique part.

    Case and accents are ignored. Raises Ambiguous with the candidates, NotFound with the nearest names.
    """
    wanted = fold(name)
    if not wanted:
        raise NotFound("an empty name names nobody")
    found = _by_path(index, name.strip()) if "/" in name or wanted.endswith(".md") else []
    for how in ("whole", "prefix", "part")[: 3 if reading else 2]:
        found = found or list(dict.fromkeys(index.named(wanted, how=how)))
    if len(found) == 1:
        return found[0][1]
    if found:
        candidates = tuple(path for _, path in found[:20])
        raise Ambiguous(f"{name!r} may be one of {len(found)}; name one by its path", candidates)
    near = nearest_names(index, name)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise NotFound(f"no contact is called {name!r}{hint}")


def _by_path(index: Index, name: str) -> list[tuple[str, str]]:
    """The one at just that path; else, but for case and accents; else those whose paths end with it."""
    path = name.removeprefix("./")
    path = path if fold(path).endswith(".md") else f"{path}.md"
    stem = fold(path.rsplit("/", 1)[-1])[:-3]
    known = [
        pair for pair in index.named(stem, how="whole") if f"/{fold(pair[1])}".endswith(f"/{fold(path)}")
    ]
    for spelled in (str, fold):
        if found := [pair for pair in known if spelled(pair[1]) == spelled(path)]:
            return found
    return known


def nearest_names(index: Index, name: str) -> list[str]:
    """Up to three contacts' names where one of theirs, an alias too, is near enough to be a slip."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    called = {
        spelled: contact.name
        for contact in (summary.contact for summary in index.summaries())
        for spelled in (*contact.aliases, contact.path.rsplit("/", 1)[-1][:-3], contact.name)
    }
    found = process.extract(name, [*called], scorer=fuzz.WRatio, processor=fold, limit=6, score_cutoff=70)
    near = [spelled for spelled, _, _ in found]
    if not near:
        wanted = fold(name)
        alike = [
            (max(OSA.normalized_similarity(wanted, word) for word in fold(n).split() or [""]), n)
            for n in called
        ]
        near = [spelled for score, spelled in sorted(alike, reverse=True) if score >= 0.7]
    return list(dict.fromkeys(called[spelled] for spelled in near))[:3]
