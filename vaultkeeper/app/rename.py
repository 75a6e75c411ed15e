"""`rename`: a new name for a contact, with every link in the vault following (CLI.md)."""

from vaultkeeper.app.change import Change, Edit, Removal, check_safe, plan_edit, plan_new
from vaultkeeper.app.find import find_contact
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.link import link_key, resolve_link
from vaultkeeper.domain.naming import plain, safe_stem
from vaultkeeper.errors import BadInput, VaultkeeperError
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.front_matter_edit import add_item, remove_key, set_value
from vaultkeeper.notes.generated import signed
from vaultkeeper.notes.outline import outline
from vaultkeeper.notes.relink import relink
from vaultkeeper.storage.index import Index


def plan_rename(vault: Vault, index: Index, name: str, new: str) -> list[Change | Removal]:
    """The note under its new name, the links to it, and the old note gone; written in that order, so that a
    stop halfway loses nothing. The old name becomes an alias."""
    path = find_contact(index, name, reading=False)
    title, stem = plain(new), safe_stem(new)
    if not stem:
        raise BadInput(f"{new!r} leaves nothing to name a file by")
    folder, slash, _ = path.rpartition("/")
    new_path = f"{folder}{slash}{stem}.md"
    before = vault.files.read(path).text
    check_safe(before, path)
    summary = index.summary(path)
    assert summary is not None
    old = summary.contact.name
    after = _renamed(before, path, old, title, stem)
    if new_path == path:
        return [Change(path, before, after, lambda text: _renamed(text, path, old, title, stem))]
    if (vault.root / new_path).exists():
        raise VaultkeeperError(f"{new_path} is there already; vk merge makes one of two")
    edits = plan_links(vault, index, path, new_path)
    own = link_edit(index, path, new_path, path)
    return [plan_new(vault, new_path, own(after)), *edits, Removal(path, before)]


def _renamed(text: str, path: str, old: str, new: str, stem: str) -> str:
    front_matter = parse(text, path)[0]
    if stem != new:
        text = set_value(text, "name", new, path)
    elif "name" in front_matter.properties:
        text = remove_key(text, "name", path)
    if old != new:
        text = add_item(text, "aliases", old, path)
    note = outline(text, parse(text, path)[0].body)
    for heading in note.headings:
        if heading.text == old:
            note.lines[heading.at] = note.lines[heading.at].replace(old, new, 1)
            break
    return "\n".join(note.lines)


def link_edit(index: Index, old: str, new: str, source: str) -> Edit:
    """Turns the links in the note at `source` from `old` to `new`."""
    key = link_key(old)
    candidates = index.paths_of(key)
    others = [path for path in index.paths_of(link_key(new)) if path not in (old, new)]

    def leads(target: str) -> bool:
        return link_key(target) == key and resolve_link(target, source, candidates) == old

    folder = source.rpartition("/")[0]
    return lambda text: signed(text, relink(text, leads, new, len(others) + 1, folder))


def plan_links(vault: Vault, index: Index, old: str, new: str) -> list[Change]:
    """A change for each note that links to `old`: every note of the vault is read for it."""
    stem = old.rsplit("/", 1)[-1][:-3].casefold()
    changes = []
    for path in sorted(index.stamps()):
        if path in (old, new):
            continue
        try:
            text = vault.files.read(path).text
        except VaultkeeperError:
            continue
        folded = text.casefold()
        if "[" not in text or (stem not in folded and "%" not in text):
            continue
        edit = link_edit(index, old, new, path)
        if edit(text) != text:
            changes.append(plan_edit(vault, path, edit))
    return changes
