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
    """(folder, moment.js format) of daily-notes.json."""
    return _daily(_object(settings_json))


def parse_periodic_notes(settings_json: str) -> tuple[str | None, str | None] | None:
    """(folder, moment.js format) of the Periodic Notes plugin's daily notes; None where it makes none. Its
    settings are flat, or (since 1.0) in calendar sets of which one is active."""
    settings = _object(settings_json)
    daily = settings.get("daily")
    sets = settings.get("calendarSets")
    if isinstance(sets, list):
        known = [one for one in sets if isinstance(one, dict)]
        active = [one for one in known if one.get("id") == settings.get("activeCalendarSet")]
        daily = next((one.get("day") for one in active or known), None)
    if not isinstance(daily, dict) or not daily.get("enabled", True):
        return None
    return _daily(daily)


def _daily(settings: dict[str, Any]) -> tuple[str | None, str | None]:
    folder, form = settings.get("folder"), settings.get("format")
    return (
        folder.strip("/") if isinstance(folder, str) else None,
        form if isinstance(form, str) and form else None,
    )
