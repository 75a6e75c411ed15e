"""The front matter of three versions of a note merged key by key, each key's lines as one side wrote them.

Lists are sets in order. Where both sides gave a key another value, the conflict stands around that key alone.
"""

from collections.abc import Mapping
from typing import NamedTuple

from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.front_matter_edit import add_item, remove_item
from vaultkeeper.notes.merge_items import conflict
from vaultkeeper.notes.weave import pick, weave

_FENCE = "---"
_MOST = 50_000  # items read again for those that change: of a list that no person has
# Written by the index, and never by a person: the later one is as good as any.
_DERIVED = frozenset({"last_contact", "next_contact"})


class _Key(NamedTuple):
    """`lead` are the comments and blank lines above the key, `lines` its own."""

    lead: tuple[str, ...]
    lines: tuple[str, ...]
    value: object
    texts: tuple[str, ...] | None

    @property
    def means(self) -> str:
        """By which two values are the same, however they are quoted; repr tells 1 from True."""
        return repr((self.value, self.texts))

    @property
    def is_list(self) -> bool:
        """Whether its items, if any, are plain texts; a single text counts as a list of one."""
        return self.texts is not None and (
            not isinstance(self.value, list) or len(self.texts) == len(self.value)
        )


class _Head(NamedTuple):
    keys: Mapping[str, _Key]
    end: tuple[str, ...]


_NOTHING = _Head({}, ())


def merge_properties(base: str, ours: str, theirs: str) -> tuple[str, bool] | None:
    """The front matter with its `---` lines, and whether there is no conflict in it.

    Lines end with a newline; a version without front matter is "". None where one can't be read surely, or
    can't be taken apart: then it is text.
    """
    heads = [_read(text) for text in (base, ours, theirs)]
    if any(head is None for head in heads) or not (ours and theirs):
        return None
    old, our, their = (head or _NOTHING for head in heads)
    lines: list[str] = []
    clean = True
    expected: dict[str, str] = {}
    for name in weave([*old.keys], [*our.keys], [*their.keys], lambda one, other: one < other):
        versions = old.keys.get(name), our.keys.get(name), their.keys.get(name)
        merged = _merge(name, *versions)
        if isinstance(merged, _Key):
            expected[name] = merged.means
            lines += [*_lead(*versions), *merged.lines]
        elif merged is None:
            clean = False
            lines += [*_lead(*versions), *conflict(*(key.lines if key else () for key in versions[1:]))]
    lines += pick(old.end, our.end, their.end)
    text = "".join(f"{line}\n" for line in (_FENCE, *lines, _FENCE))
    return (text, clean) if not clean or _means(text) == expected else None


def _read(text: str) -> _Head | None:
    found, problems = parse(text, "")
    places = sorted((line - 1, key) for key, line in found.lines.items())
    lines = text.split("\n")[:-1]
    if problems or len({at for at, _ in places}) < len(places):  # two keys on one line
        return None
    if not text:
        return _NOTHING
    keys = {}
    above = tuple(lines[1 : places[0][0] if places else -1])
    ends = [*(at for at, _ in places), len(lines) - 1][1:]
    for (at, key), end in zip(places, ends, strict=True):
        last = end
        while last > at + 1 and _is_filler(lines[last - 1]):
            last -= 1
        keys[key] = _Key(above, tuple(lines[at:last]), found.properties[key], found.texts.get(key))
        above = tuple(lines[last:end])
    return _Head(keys, above)


def _is_filler(line: str) -> bool:
    return not line.strip() or line.startswith("#")


def _means(text: str) -> dict[str, str] | None:
    head = _read(text)
    return None if head is None else {name: key.means for name, key in head.keys.items()}


def _lead(base: _Key | None, ours: _Key | None, theirs: _Key | None) -> tuple[str, ...]:
    if ours is None or theirs is None:
        one = ours or theirs
        return one.lead if one else ()
    return pick(base.lead if base else (), ours.lead, theirs.lead)


def _merge(name: str, base: _Key | None, ours: _Key | None, theirs: _Key | None) -> "_Key | bool | None":
    """The key as it shall be; False where it shall not be; None in a conflict."""
    means = [key and key.means for key in (base, ours, theirs)]
    if means[1] == means[2]:
        return (theirs if base and ours and ours.lines == base.lines else ours) or False
    if means[0] == means[2]:
        return ours or False
    if means[0] == means[1]:
        return theirs or False
    if ours is None or theirs is None:
        return None
    if name in _DERIVED:
        return max(ours, theirs, key=lambda key: key.texts or ())
    return _merge_lists(name, base, ours, theirs)


def _merge_lists(name: str, base: _Key | None, ours: _Key, theirs: _Key) -> "_Key | bool | None":
    known = [key for key in (base, ours, theirs) if key is not None]
    if not all(key.is_list for key in known) or not any(isinstance(key.value, list) for key in known):
        return None
    our, their = dict.fromkeys(ours.texts or ()), dict.fromkeys(theirs.texts or ())
    gone = {item for item in (base.texts or () if base else ()) if item not in our or item not in their}
    changes = len(gone & our.keys()) + len(their.keys() - our.keys() - gone)
    if changes * (len(our) + len(their)) > _MOST:
        return None
    text = "".join(f"{line}\n" for line in (_FENCE, *ours.lines, _FENCE))
    try:
        for item in their:
            if item not in our and item not in gone:
                text = add_item(text, name, item)
        for item in our:
            if item in gone:
                text = remove_item(text, name, item)
    except VaultkeeperError:
        return None
    head = _read(text)
    return None if head is None else head.keys.get(name, False)
