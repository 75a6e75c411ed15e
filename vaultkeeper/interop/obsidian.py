"""Obsidian's own settings, as far as they concern a vault's notes: `.obsidian/*.json`, read."""

from typing import Any

FOLDER = ".obsidian"


def _object(text: str) -> dict[str, Any]:
    """A settings file that isn't a JSON object says nothing."""
    if not text:
        return {}
    import json

    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def parse_ignore_filters(app_json: str) -> tuple[str, ...]:
    """`userIgnoreFilters` of app.json: beginnings of paths, or `/regular expressions/`."""
    filters = _object(app_json).get("userIgnoreFilters")
    return tuple(f for f in filters if isinstance(f, str)) if isinstance(filters, list) else ()


def parse_template_folder(settings_json: str) -> str | None:
    """The folder of the core Templates plugin (templates.json) or of Templater (its data.json)."""
    settings = _object(settings_json)
    folder = settings.get("folder") or settings.get("templates_folder")
    return folder.strip("/") or None if isinstance(folder, str) else None


def parse_task_filter(settings_json: str) -> str:
    """The Tasks plugin's global filter (its data.json): only lines that hold it are tasks to it."""
    found = _object(settings_json).get("globalFilter")
    return found.strip() if isinstance(found, str) else ""


def parse_daily_notes(settings_json: str) -> tuple[str | None, str | None]:
    """(folder, moment.js format) of daily-notes.json, or of the Periodic Notes plugin's `daily` settings."""
    settings = _object(settings_json)
    daily = settings.get("daily") if isinstance(settings.get("daily"), dict) else settings
    assert isinstance(daily, dict)
    folder, form = daily.get("folder"), daily.get("format")
    return (
        folder.strip("/") if isinstance(folder, str) and daily.get("enabled", True) else None,
        form if isinstance(form, str) and form else None,
    )
