"""`init`: a folder made a vault. In an existing one it finds the people and changes no note (CLI.md)."""

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from vaultkeeper.app.refresh import Progress, refresh
from vaultkeeper.app.vault import Vault, daily_settings, open_vault
from vaultkeeper.config import FILE, parse_config
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.policy import Policy
from vaultkeeper.errors import NotWritten
from vaultkeeper.render.template import Templates
from vaultkeeper.storage.files import Files
from vaultkeeper.storage.platform import state_folder
from vaultkeeper.storage.scan import ScanRules, scan

# Names that people give the folder of their people, in the languages that Obsidian's users write.
_PEOPLE = frozenset(
    fold(
        "people person persons contact contacts friends network crm personen kontakte menschen freunde leute"
        " personnes contactos personas persone contatti amici pessoas contatos ludzie kontakty kontakter"
        " personer mensen contacten люди контакты 人物 人脉 联系人 連絡先 人"
    ).split()
)
_IGNORED = (".trash/", ".obsidian/workspace*.json", ".vk-*.tmp")


@dataclass(frozen=True, slots=True)
class Plan:
    """What `init` would write: new files, folders to make, and lines to add to .gitignore."""

    root: Path
    config: str
    folders: tuple[str, ...]
    ignore: str | None
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Census:
    """What the new vault holds, for a person to check."""

    notes: int
    people: tuple[str, ...]
    folders: tuple[str, ...]
    promises: int
    problems: int


def plan_init(root: Path) -> Plan:
    """Raises NotWritten where the folder is a vault already."""
    if (root / FILE).exists():
        raise NotWritten(f"{root} is a vault already: it holds {FILE}")
    found = people_folders(root) if root.is_dir() else ()
    daily_folder, daily_format = daily_settings(root)
    template = Templates(None)
    config = template.render(
        FILE,
        folders=found or ("People",),
        tags=(),
        daily_folder=daily_folder,
        daily_format=daily_format,
        tiers=Policy().tiers,
        rules=asdict(Policy().rules),
        touches=(),
    )
    parse_config(config)
    folders = () if found else ("People",)
    return Plan(root, config, folders, _ignore_lines(root), found)


def people_folders(root: Path) -> tuple[str, ...]:
    """The folders with notes whose names say that they hold people, outermost first."""
    counts: Counter[str] = Counter()
    for path in scan(root, ScanRules()).notes:
        parts = path.split("/")[:-1]
        for depth, part in enumerate(parts, 1):
            if fold(_bare(part)) in _PEOPLE:
                counts["/".join(parts[:depth])] += 1
                break
    return tuple(folder for folder, _ in counts.most_common())


def _bare(folder: str) -> str:
    """`03 - People` and `👤 People` are called `people`."""
    return folder.casefold().strip(" 0123456789.-_–—&+()[]").split(" ")[-1]


def _ignore_lines(root: Path) -> str | None:
    """The new text of .gitignore; None where there is nothing to add, or no repository to add it for."""
    file = root / ".gitignore"
    known = file.read_text("utf-8", "surrogateescape") if file.is_file() else ""
    is_repository = bool(known) or (root / ".git").exists()
    if not is_repository and root.is_dir() and any(root.iterdir()):
        return None
    missing = [line for line in _IGNORED if line not in known.split("\n")]
    if not missing:
        return None
    start = known if not known or known.endswith("\n") else f"{known}\n"
    return start + "".join(f"{line}\n" for line in missing)


def write_init(plan: Plan, progress: Progress | None = None) -> Census:
    """Makes the vault, and reads it once."""
    root = plan.root
    root.mkdir(parents=True, exist_ok=True)
    for folder in plan.folders:
        (root / folder).mkdir(exist_ok=True)
    files = Files(root.resolve(), state_folder(root))
    files.write(FILE, plan.config, None)
    if plan.ignore is not None:
        ignore = root / ".gitignore"
        files.write(".gitignore", plan.ignore, files.read(".gitignore") if ignore.exists() else None)
    vault = open_vault(root, exact=True)
    return census(vault, progress)


def census(vault: Vault, progress: Progress | None) -> Census:
    with vault.index() as index:
        refreshed = refresh(vault, index, progress)
        names = index.all_names()
        promises = sum(len(summary.open_follow_ups) for summary in index.summaries())
        folders = Counter(path.rsplit("/", 1)[0] for _, path in names)
        return Census(
            len(index.seen()),
            tuple(name for name, _ in names),
            tuple(folder for folder, _ in folders.most_common(4)),
            promises,
            len(refreshed.problems),
        )
