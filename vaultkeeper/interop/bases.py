"""What Obsidian is told of our keys: two Bases (`.base`, YAML) and the types of properties (types.json)."""

import json
from typing import Any

# How Obsidian's property editor shows our keys.
TYPES: dict[str, str] = {
    **dict.fromkeys(("relationship", "goals", "special_dates", "family", "interests", "health"), "multitext"),
    **dict.fromkeys(("needs", "offers"), "multitext"),
    **dict.fromkeys(("met", "connected", "snooze_until", "last_contact", "next_contact"), "date"),
    **dict.fromkeys(("goal_fit", "openness", "learn_from"), "number"),
    **dict.fromkeys(("tier", "cadence", "status", "birthday", "linkedin"), "text"),
    "aliases": "aliases",
    "tags": "tags",
}
_SHOWN = ("file.name", "company", "tier", "last_contact", "next_contact", "location", "relationship")


def merge_types(types_json: str) -> str | None:
    """types.json with our keys added; what is there stays. None where nothing is missing.

    Raises ValueError where the file is no JSON object.
    """
    data: Any = json.loads(types_json) if types_json.strip() else {}
    if not isinstance(data, dict) or not isinstance(data.get("types", {}), dict):
        raise ValueError("not a JSON object with `types`")
    types = dict(data.get("types", {}))
    missing = {key: kind for key, kind in TYPES.items() if key not in types}
    if not missing:
        return None
    merged = json.dumps({**data, "types": {**types, **missing}}, indent=2, ensure_ascii=False)
    return merged + ("\n" if types_json.endswith("\n") else "")


def contacts_base(folders: tuple[str, ...], tags: tuple[str, ...]) -> str:
    """Contacts.base: all contacts, by name; the second view by the next contact."""
    return (
        "filters:\n  or:\n"
        + _where(folders, tags, "    ")
        + _properties()
        + "views:\n"
        + _view("All", "file.name")
        + _view("By next contact", "next_contact")
    )


def due_base(folders: tuple[str, ...], tags: tuple[str, ...]) -> str:
    """Due.base: those whose next contact is within seven days."""
    return (
        "filters:\n  and:\n    - or:\n"
        + _where(folders, tags, "        ")
        + "    - '!next_contact.isEmpty()'\n"
        + '    - next_contact <= today() + "7d"\n'
        + _properties()
        + "views:\n"
        + _view("Due this week", "next_contact")
    )


def _where(folders: tuple[str, ...], tags: tuple[str, ...], indent: str) -> str:
    conditions = [f"file.inFolder({json.dumps(folder, ensure_ascii=False)})" for folder in folders]
    conditions += [f"file.hasTag({json.dumps(tag, ensure_ascii=False)})" for tag in tags]
    conditions += [f'list(type).contains("{kind}")' for kind in ("contact", "person")]
    conditions.append('list(categories).contains(link("People"))')
    return "".join(f"{indent}- {_quoted(condition)}\n" for condition in conditions)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _properties() -> str:
    names = {"file.name": "Name"} | {f"note.{key}": _title(key) for key in _SHOWN if "." not in key}
    return "properties:\n" + "".join(f"  {key}:\n    displayName: {name}\n" for key, name in names.items())


def _title(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _view(name: str, sort: str) -> str:
    order = "".join(f"      - {key}\n" for key in _SHOWN)
    return (
        f"  - type: table\n    name: {name}\n    order:\n{order}"
        f"    sort:\n      - property: {sort}\n        direction: ASC\n"
    )
