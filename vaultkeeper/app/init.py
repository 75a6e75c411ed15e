"""`init`: a folder made a vault. In an existing one it finds the people and changes no note (CLI.md)."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from vaultkeeper.app.change import Change
from vaultkeeper.app.obsidian import plan_views, with_properties
from vaultkeeper.app.refresh import Progress, refresh
from vaultkeeper.app.vault import Vault, daily_settings, open_vault, reading_of, scan_rules
from vaultkeeper.config import FILE, Config, Layout, parse_config
from vaultkeeper.domain.link import link_key, resolve_link
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.suggestion import TOUCHES
from vaultkeeper.errors import NotWritten, VaultkeeperError
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.moment import day_of_path
from vaultkeeper.notes.note import is_contact
from vaultkeeper.render.template import Templates
from vaultkeeper.storage.files import Files
from vaultkeeper.storage.index import Index
from vaultkeeper.storage.platform import state_folder
from vaultkeeper.storage.scan import scan

# Names that people give the folder of their people, in the languages that Obsidian's users write.
_PEOPLE = frozenset(
    fold(
        "people person persons contact contacts friends network crm personen kontakte menschen freunde leute"
        " personnes contactos personas persone contatti amici pessoas contatos ludzie kontakty kontakter"
        " personer mensen contacten люди контакты 人物 人脉 联系人 連絡先 人"
    ).split()
)
_TEMPLATES = frozenset({"template", "templates", "vorlagen", "modeles", "plantillas", "modelli", "szablony"})
_TAGS = frozenset({"person", "people", "contact", "contacts"})
_IGNORE = ".gitignore"
_IGNORED = (".trash/", ".obsidian/workspace*.json", ".vk-*.tmp")


class Plan(NamedTuple):
    """What `init` would write: the config, other new files and lines added to some, folders to make."""

    root: Path
    config: str
    folders: tuple[str, ...]
    changes: tuple[Change, ...]


class Census(NamedTuple):
    """What the new vault holds, for a person to check."""

    notes: int
    people: tuple[str, ...]
    folders: tuple[str, ...]
    dated: int
    lines: int
    contacts_in_lines: int
    promises: int
    problems: int


def plan_init(root: Path, *, views: bool = False) -> Plan:
    """With Obsidian's own `views` of the contacts, where asked. Raises NotWritten where the folder is a vault
    already."""
    if (root / FILE).exists():
        raise NotWritten(f"{root} is a vault already: it holds {FILE}")
    found, tags, others = find_people(root) if root.is_dir() else ((), (), 0)
    daily_folder, daily_format = daily_settings(root)
    template = Templates(None)
    config = template.render(
        FILE,
        folders=found or ("People",),
        tags=tags,
        daily_folder=daily_folder,
        daily_format=daily_format,
        tiers=Policy().tiers,
        rules=Policy().rules._asdict(),
        touches=[touch.code for touch in TOUCHES],
    )
    if views:
        config = with_properties(config)
    files = Files(root.resolve(), Path(state_folder(root)))
    more = plan_views(files, parse_config(config).layout) if views else []
    folders = () if found or tags or others else ("People",)
    return Plan(root, config, folders, (*_ignore_lines(root), *more))


def find_people(root: Path) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """(folders whose names say that they hold people, tags of people, how many notes say it themselves),
    the folders and tags with the most notes first."""
    folders: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    others = 0
    reading = reading_of(Config(Policy(), Layout(people=())))
    files = Files(root.resolve(), Path(state_folder(root)))
    for path in scan(str(root), scan_rules(root)).notes:
        folder = _people_folder(path)
        if folder is not None:
            folders[folder] += 1
            continue
        try:
            text = files.read(path).text
        except VaultkeeperError:
            continue
        if text.startswith(("---", "\ufeff---")):
            front_matter = parse(text, path)[0]
            said = {tag.removeprefix("#").casefold() for tag in front_matter.texts.get("tags", ())}
            tags.update(said & _TAGS)
            others += is_contact(front_matter, text, path, reading)
    return (
        tuple(folder for folder, _ in folders.most_common()),
        tuple(tag for tag, _ in tags.most_common()),
        others,
    )


def _people_folder(path: str) -> str | None:
    """The outermost folder on the way to the note whose name says that it holds people, and not templates."""
    parts = path.split("/")[:-1]
    if any(fold(_bare(part)) in _TEMPLATES for part in parts):
        return None
    for depth, part in enumerate(parts, 1):
        if fold(_bare(part)) in _PEOPLE:
            return "/".join(parts[:depth])
    return None


def _bare(folder: str) -> str:
    """`03 - People` and `👤 People` are called `people`."""
    return folder.casefold().strip(" 0123456789.-_–—&+()[]").split(" ")[-1]


def _ignore_lines(root: Path) -> list[Change]:
    """The lines that .gitignore lacks; none where there is no repository to add them for."""
    file = root / _IGNORE
    known = file.read_text("utf-8", "surrogateescape") if file.is_file() else ""
    is_repository = bool(known) or (root / ".git").exists()
    if not is_repository and root.is_dir() and any(root.iterdir()):
        return []
    missing = [line for line in _IGNORED if line not in known.splitlines()]
    if not missing:
        return []
    end = "\r\n" if "\r\n" in known else "\n"
    start = known if not known or known.endswith("\n") else f"{known}{end}"
    return [
        Change(_IGNORE, known if file.is_file() else None, start + "".join(line + end for line in missing))
    ]


def write_init(plan: Plan, progress: Progress | None = None) -> Census:
    """Makes the vault, and reads it once."""
    root = plan.root
    root.mkdir(parents=True, exist_ok=True)
    for folder in plan.folders:
        (root / folder).mkdir(exist_ok=True)
    files = Files(root.resolve(), Path(state_folder(root)))
    files.write(FILE, plan.config, None)
    for change in plan.changes:
        there = files.read(change.path) if change.before is not None else None
        files.write(change.path, change.after, there)
    vault = open_vault(root, exact=True)
    return census(vault, progress)


def census(vault: Vault, progress: Progress | None) -> Census:
    with vault.index() as index:
        refreshed = refresh(vault, index, progress)
        names = index.all_names()
        promises = sum(len(summary.open_follow_ups) for summary in index.summaries())
        folders = Counter(path.rpartition("/")[0] or "." for _, path in names)
        reading = vault.reading
        lines, met = contact_lines(index)
        return Census(
            len(index.stamps()),
            tuple(name for name, _ in names),
            tuple(folder for folder, _ in folders.most_common(4)),
            sum(
                day_of_path(path, reading.daily_folder, reading.daily_format) is not None
                for path in index.stamps()
            ),
            lines,
            met,
            promises,
            len(refreshed.problems),
        )


def contact_lines(index: Index) -> tuple[int, int]:
    """(entries in notes that are nobody's own, how many contacts they count for)."""
    counted, people = set(), set()
    for key in index.mentioned():
        candidates = index.paths_of(key)
        for told in index.mentioning(key):
            if index.summary(told.path) is None:
                for entry in told.interactions:
                    for target in entry.participants:
                        found = (
                            resolve_link(target, told.path, candidates) if link_key(target) == key else None
                        )
                        if found is not None:
                            counted.add((entry.path, entry.line))
                            people.add(found)
    return len(counted), len(people)
