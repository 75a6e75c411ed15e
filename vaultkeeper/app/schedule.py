"""`schedule`: the nightly `index`, installed, shown, removed (CLI.md)."""

import os
import sys
from shutil import which
from typing import NamedTuple

from vaultkeeper.app.change import Change
from vaultkeeper.app.vault import Vault
from vaultkeeper.errors import BadInput, VaultkeeperError
from vaultkeeper.interop.schedule import SHOWN, Job, systemd_service, systemd_timer, with_line, without_line
from vaultkeeper.storage import schedule
from vaultkeeper.storage.nights import Installed, Nights

_PASSED_ON = ("XDG_STATE_HOME", "XDG_CACHE_HOME")  # a scheduler starts without the shell's settings


class Plan(NamedTuple):
    """`texts` to install with the scheduler `by`; `changes` show them as a diff."""

    by: str
    job: Job
    texts: dict[str, str]
    changes: tuple[Change, ...]


def job_of(vault: Vault, hour: int, minute: int, *, commit: bool = False) -> Job:
    """Raises BadInput where the vault's path fits no scheduler's line."""
    root = str(vault.root)
    if not root.isprintable():
        raise BadInput(f"{root!r}: no scheduler takes a path with such characters")
    program = which("vaultkeeper")
    command = (program,) if program else (sys.executable, "-m", "vaultkeeper")
    words = (*command, "--quiet", "--vault", root, "index", "--nightly")
    words += ("--commit",) if commit else ()
    environment = {name: value for name in _PASSED_ON if (value := os.environ.get(name))}
    return Job(name_of(vault), words, hour, minute, environment)


def name_of(vault: Vault) -> str:
    """Of this vault's job: two vaults have two."""
    return f"vaultkeeper-{vault.state.name}"


def show(job: Job, by: str | None) -> str:
    """What to install, for a person to do it: for this system's scheduler where none is named."""
    own = {"darwin": "launchd", "win32": "task-scheduler"}.get(sys.platform)
    return SHOWN[by or own or _available() or "cron"](job)


def plan_install(job: Job, by: str | None) -> Plan:
    """With `by`, or whichever there is. Raises VaultkeeperError where there is none that we install with."""
    chosen = by or _available()
    if chosen == "systemd":
        texts = {"service": systemd_service(job), "timer": systemd_timer(job)}
        files = schedule.unit_files(job.name)
        before = {kind: file.read_text("utf-8") if file.exists() else None for kind, file in files.items()}
        changes = [Change(str(files[kind]), before[kind], texts[kind]) for kind in texts]
    elif chosen == "cron":
        crontab = schedule.read_crontab()
        texts = {"crontab": with_line(crontab, job)}
        changes = [Change("crontab", crontab, texts["crontab"])]
    else:
        raise VaultkeeperError(
            "neither systemd's user timers nor cron are here; vk schedule show prints what to install"
        )
    return Plan(chosen, job, texts, tuple(changes))


def install(vault: Vault, plan: Plan, now: float) -> None:
    """`now` in seconds of the epoch."""
    nights = Nights(vault.state)
    installed = nights.installed
    if installed is not None and installed.by != plan.by:
        remove(vault)
    if plan.by == "systemd":
        schedule.install_units(plan.job.name, plan.texts)
    else:
        schedule.write_crontab(plan.texts["crontab"])
    nights.put_installed(Installed(plan.by, now))


def remove(vault: Vault) -> str | None:
    """By which scheduler it ran, whoever installed it; what runs by an OWN one is forgotten, and stays."""
    name = name_of(vault)
    nights = Nights(vault.state)
    by = nights.installed.by if nights.installed is not None else None
    if any(file.exists() for file in schedule.unit_files(name).values()):
        by = "systemd"
    schedule.remove_units(name)
    if schedule.has_cron():
        crontab = schedule.read_crontab()
        if (kept := without_line(crontab, name)) != crontab:
            by = "cron"
            schedule.write_crontab(kept)
    nights.put_installed(None)
    return by


def _available() -> str | None:
    if schedule.has_systemd():
        return "systemd"
    return "cron" if schedule.has_cron() else None
