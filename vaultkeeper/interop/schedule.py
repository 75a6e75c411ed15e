"""The nightly job in the words of each scheduler: systemd, cron, launchd, the Windows Task Scheduler."""

import re
from collections.abc import Callable, Mapping
from shlex import quote
from typing import NamedTuple


class Job(NamedTuple):
    """`command` runs daily at `hour`:`minute`, with `environment` set; `name` is the job's own, for files."""

    name: str
    command: tuple[str, ...]
    hour: int
    minute: int
    environment: Mapping[str, str]


def systemd_service(job: Job) -> str:
    """systemd.service(5). Exit code 3 is no failure: done, though some notes have problems."""
    variables = "".join(
        f"Environment={_systemd(f'{key}={value}')}\n" for key, value in job.environment.items()
    )
    command = " ".join(_systemd(word).replace("$", "$$") for word in job.command)
    return (
        "[Unit]\nDescription=vaultkeeper: nightly index of a vault\n\n"
        f"[Service]\nType=oneshot\n{variables}ExecStart={command}\nSuccessExitStatus=3\nNice=10\n"
    )


def systemd_timer(job: Job) -> str:
    """systemd.timer(5). Persistent: a run that was missed is made up for."""
    return (
        "[Unit]\nDescription=vaultkeeper: every night\n\n"
        f"[Timer]\nOnCalendar=*-*-* {job.hour:02}:{job.minute:02}:00\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def _systemd(word: str) -> str:
    """A word in quotes; % begins a specifier."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def cron_line(job: Job) -> str:
    """crontab(5): a % would end the command there. The comment is the shell's, by which we find the line."""
    variables = "".join(f"{key}={quote(value)} " for key, value in job.environment.items())
    command = " ".join(map(quote, job.command))
    line = f"{job.minute} {job.hour} * * * {variables}{command} # {job.name}"
    return line.replace("%", "\\%")


def with_line(crontab: str, job: Job) -> str:
    """The crontab with the job's line, in the old one's place where it has one."""
    kept = without_line(crontab, job.name)
    return kept + ("\n" if kept and not kept.endswith("\n") else "") + f"{cron_line(job)}\n"


def without_line(crontab: str, name: str) -> str:
    return re.sub(rf"^.* # {re.escape(name)}(?:\n|\Z)", "", crontab, flags=re.M)


def launchd(job: Job) -> str:
    """launchd.plist(5), and what to do with it."""
    from plistlib import dumps

    agent = {
        "Label": job.name,
        "ProgramArguments": [*job.command],
        "EnvironmentVariables": dict(job.environment),
        "StartCalendarInterval": {"Hour": job.hour, "Minute": job.minute},
        "ProcessType": "Background",
    }
    file = f"~/Library/LaunchAgents/{job.name}.plist"
    plist = dumps({key: value for key, value in agent.items() if value != {}}).decode()
    return f"Save this as {file}, then run: launchctl load {file}\n\n{plist}"


def task_scheduler(job: Job) -> str:
    """A command for Windows' own shell."""
    command = " ".join(f'\\"{word}\\"' for word in job.command)
    return f'schtasks /Create /TN "{job.name}" /SC DAILY /ST {job.hour:02}:{job.minute:02} /TR "{command}"\n'


def systemd(job: Job) -> str:
    folder = "~/.config/systemd/user"
    return (
        f"# {folder}/{job.name}.service\n{systemd_service(job)}\n"
        f"# {folder}/{job.name}.timer\n{systemd_timer(job)}\n"
        f"# then: systemctl --user daemon-reload && systemctl --user enable --now {job.name}.timer\n"
    )


def cron(job: Job) -> str:
    return f"# a line for: crontab -e\n{cron_line(job)}\n"


# Scheduler → how its job is shown, for a person to install.
SHOWN: dict[str, Callable[[Job], str]] = {
    "systemd": systemd,
    "cron": cron,
    "launchd": launchd,
    "task-scheduler": task_scheduler,
}
