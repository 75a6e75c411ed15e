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
    """Up to three names near enough to be a slip of the pen."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    names = list(dict.fromkeys(known for known, _ in index.all_names()))
    found = process.extract(name, names, scorer=fuzz.WRatio, processor=fold, limit=3, score_cutoff=70)
    if found:
        return [known for known, _, _ in found]
    wanted = fold(name)
    alike = [
        (max(OSA.normalized_similarity(wanted, word) for word in fold(n).split() or [""]), n) for n in names
    ]
    return [known for score, known in sorted(alike, reverse=True)[:3] if score >= 0.7]
