"""The schedulers that we install a nightly job with: systemd's user timers, and cron."""

import os
import subprocess
from contextlib import suppress
from pathlib import Path
from shutil import which

from vaultkeeper.errors import VaultkeeperError

_TIMEOUT = 30.0  # seconds


def has_systemd() -> bool:
    """Whether this user has a systemd of their own running."""
    with suppress(VaultkeeperError):
        _run("systemctl", "--user", "show-environment")
        return True
    return False


def has_cron() -> bool:
    return which("crontab") is not None


def unit_files(name: str) -> dict[str, Path]:
    """Kind → the file of a unit of ours."""
    base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return {kind: base / "systemd/user" / f"{name}.{kind}" for kind in ("service", "timer")}


def install_units(name: str, texts: dict[str, str]) -> None:
    """Raises VaultkeeperError where systemd does not take them."""
    for kind, file in unit_files(name).items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(texts[kind], "utf-8")
        except OSError as error:
            raise VaultkeeperError(f"{file}: cannot be written: {error.strerror}") from error
    _run("systemctl", "--user", "daemon-reload")
    _run("systemctl", "--user", "enable", "--now", f"{name}.timer")


def remove_units(name: str) -> None:
    files = unit_files(name)
    if not any(file.exists() for file in files.values()):
        return
    with suppress(VaultkeeperError):  # it may be known no longer
        _run("systemctl", "--user", "disable", "--now", f"{name}.timer")
    for file in files.values():
        file.unlink(missing_ok=True)
    with suppress(VaultkeeperError):
        _run("systemctl", "--user", "daemon-reload")


def read_crontab() -> str:
    """Empty where the user has none."""
    try:
        return _run("crontab", "-l")
    except VaultkeeperError as error:
        if "no crontab" in str(error):
            return ""
        raise


def write_crontab(text: str) -> None:
    _run("crontab", "-", stdin=text)


def _run(*command: str, stdin: str = "") -> str:
    try:
        done = subprocess.run(
            command, input=stdin, capture_output=True, text=True, timeout=_TIMEOUT, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise VaultkeeperError(f"{command[0]} cannot be run: {error}") from error
    if done.returncode:
        said = done.stderr.strip() or f"ended with {done.returncode}"
        raise VaultkeeperError(f"{' '.join(command[:3])}: {said}")
    return done.stdout
