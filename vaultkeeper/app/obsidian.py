"""`obsidian setup`: Bases, property types, and the two derived dates kept in the notes."""

import re

from vaultkeeper.app.change import Change, Edit
from vaultkeeper.app.vault import Vault
from vaultkeeper.config import FILE, Layout
from vaultkeeper.errors import NotFound, NotWritten
from vaultkeeper.interop import obsidian
from vaultkeeper.interop.bases import contacts_base, due_base, merge_types
from vaultkeeper.storage.files import Files

_TYPES = f"{obsidian.FOLDER}/types.json"
_PROPERTIES = re.compile(r"^#?[ \t]*properties[ \t]*=.*$", re.M)


def plan_setup(vault: Vault) -> list[Change]:
    """Raises NotWritten for a broken types.json."""
    return [*plan_views(vault.files, vault.layout), *_edited(vault.files, FILE, with_properties)]


def plan_views(files: Files, layout: Layout) -> list[Change]:
    """The bases and the types of properties. A base that is there already is the user's own and stays."""
    bases = {
        f"{layout.generated}/Contacts.base": contacts_base(layout.people, layout.tags),
        f"{layout.generated}/Due.base": due_base(layout.people, layout.tags),
    }
    changes = [Change(path, None, text) for path, text in bases.items() if not (files.root / path).exists()]
    return [*changes, *_edited(files, _TYPES, _with_types)]


def _edited(files: Files, path: str, edit: Edit) -> list[Change]:
    try:
        before = files.read(path).text
    except NotFound:
        return [Change(path, None, edit(""))]
    after = edit(before)
    return [Change(path, before, after, edit)] if after != before else []


def _with_types(text: str) -> str:
    try:
        return merge_types(text) or text
    except ValueError as error:
        raise NotWritten(f"{_TYPES}: {error}; it is left as it is") from None


def with_properties(text: str) -> str:
    """The config with `properties = "index"`: its own line changed, or one put before the first table."""
    table = re.search(r"^[ \t]*\[", text, re.M)
    top = text[: table.start()] if table else text
    line = 'properties = "index"'
    if found := _PROPERTIES.search(top):
        return text if found[0].strip() == line else text[: found.start()] + line + text[found.end() :]
    return f"{line}\n{text}"
