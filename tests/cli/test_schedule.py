"""`schedule`: installed with systemd or cron, shown for the others, and told where it has stopped."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Result, VaultFolder, run_program

from vaultkeeper.errors import VaultkeeperError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the schedulers are played by shell scripts")

DAY = 86400


class Schedulers:
    """systemctl and crontab as scripts, which keep what they are told."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.units = folder / "bin", folder / "home/config/systemd/user"
        self.crontab, self.calls = folder / "crontab", folder / "calls"
        self.folder.mkdir()

    def have(self, *names: str, broken: bool = False) -> None:
        scripts = {
            "systemctl": f'echo "$@" >> {self.calls}\n',
            "crontab": f'if [ "$1" = -l ]; then cat {self.crontab} 2>/dev/null || '
            f'{{ echo "no crontab for me" >&2; exit 1; }}; else cat > {self.crontab}; fi\n',
        }
        for name, script in scripts.items():
            file = self.folder / name
            if name in names:
                end = "echo refused >&2; exit 1\n" if broken else ""
                file.write_text(f"#!/bin/sh\n{end}{script}")
                file.chmod(0o755)
            else:
                file.unlink(missing_ok=True)

    def told(self) -> list[str]:
        return self.calls.read_text().splitlines() if self.calls.exists() else []


@pytest.fixture
def schedulers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Schedulers:
    found = Schedulers(tmp_path)
    tools = [f"/{folder}" for folder in ("usr/bin", "bin")]
    for tool in ("cat", "sh"):
        source = next(f"{folder}/{tool}" for folder in tools if os.path.exists(f"{folder}/{tool}"))  # noqa: PTH110
        (found.folder / tool).symlink_to(source)
    monkeypatch.setenv("PATH", str(found.folder))
    return found


def name_of(vault: VaultFolder, home: Path) -> str:
    vault.run("list")
    [state] = (home / "state/vaultkeeper").iterdir()
    return f"vaultkeeper-{state.name}"


def test_by_systemd(vault: VaultFolder, home: Path, schedulers: Schedulers) -> None:
    schedulers.have("systemctl", "crontab")
    name = name_of(vault, home)
    said = vault.ok("schedule", "install", "--at", "4:30", "--commit").err
    assert "Every day at 4:30, by systemd: " in said
    service, timer = (schedulers.units / f"{name}.{kind}" for kind in ("service", "timer"))
    assert f'"--vault" "{vault.root}" "index" "--nightly" "--commit"' in service.read_text()
    assert "OnCalendar=*-*-* 04:30:00" in timer.read_text()
    assert schedulers.told()[-2:] == ["--user daemon-reload", f"--user enable --now {name}.timer"]
    assert not schedulers.crontab.exists()
    assert vault.ok("schedule", "remove").err == "Removed.\n"
    assert not service.exists()
    assert not timer.exists()
    assert schedulers.told()[-2:] == [f"--user disable --now {name}.timer", "--user daemon-reload"]
    assert vault.ok("schedule", "remove").err == "There was no schedule for this vault.\n"


def test_by_cron(vault: VaultFolder, home: Path, schedulers: Schedulers) -> None:
    schedulers.have("crontab")
    vault.ok("schedule", "install")
    mine = "0 1 * * * mine\n"
    schedulers.crontab.write_text(mine + schedulers.crontab.read_text())
    vault.ok("schedule", "install", "--at", "0:05")
    lines = schedulers.crontab.read_text().splitlines()
    assert (lines[0], len(lines)) == (mine.strip(), 2)
    assert lines[1].startswith("5 0 * * * XDG_STATE_HOME=")
    assert lines[1].endswith(f" --quiet --vault {vault.root} index --nightly # {name_of(vault, home)}")
    vault.ok("schedule", "remove")
    assert schedulers.crontab.read_text() == mine


def test_from_the_one_to_the_other(vault: VaultFolder, schedulers: Schedulers) -> None:
    schedulers.have("systemctl", "crontab")
    vault.ok("schedule", "install", "--with", "cron")
    assert schedulers.crontab.read_text()
    vault.ok("schedule", "install")
    assert schedulers.crontab.read_text() == ""
    vault.ok("schedule", "install", "--with", "cron")
    assert list(schedulers.units.iterdir()) == []


def test_a_dry_run(vault: VaultFolder, home: Path, schedulers: Schedulers) -> None:
    schedulers.have("systemctl")
    assert "+ExecStart=" in vault.ok("schedule", "install", "--dry-run").out
    assert not schedulers.units.exists()
    schedulers.have("crontab")
    schedulers.crontab.write_text("0 1 * * * mine\n")
    shown = vault.ok("schedule", "install", "--dry-run").out
    assert "\n 0 1 * * * mine\n+0 3 * * * " in shown
    assert name_of(vault, home) in shown
    assert schedulers.crontab.read_text() == "0 1 * * * mine\n"


def test_what_there_is_to_install(vault: VaultFolder, home: Path, schedulers: Schedulers) -> None:
    schedulers.have()
    failed = vault.run("schedule", "install")
    assert failed.code == 1
    assert "vk schedule show" in failed.err
    name = name_of(vault, home)
    assert f" index --nightly # {name}\n" in vault.ok("schedule", "show").out
    for kind, sign in {
        "systemd": "[Timer]",
        "cron": "0 3 * * *",
        "launchd": "<key>ProgramArguments</key>",
        "task-scheduler": "schtasks",
    }.items():
        shown = vault.ok("schedule", "show", "--with", kind)
        assert (sign in shown.out, name in shown.out, shown.err) == (True, True, "")


def test_one_that_refuses(vault: VaultFolder, schedulers: Schedulers) -> None:
    schedulers.have("crontab", broken=True)
    failed = vault.run("schedule", "install")
    assert (failed.code, "crontab -l: refused" in failed.err) == (1, True)
    schedulers.have("systemctl", broken=True)
    assert vault.run("schedule", "install", "--with", "systemd").code == 1
    assert "nightly" not in vault.run("doctor").err


@pytest.mark.parametrize("at", ["24:00", "3", "3:60", "noon", "3:5"])
def test_no_such_time(vault: VaultFolder, schedulers: Schedulers, at: str) -> None:
    schedulers.have("crontab")
    assert vault.run("schedule", "install", "--at", at).code == 2


def test_a_path_that_no_line_can_hold(tmp_path: Path, schedulers: Schedulers) -> None:
    schedulers.have("crontab")
    vault = VaultFolder(tmp_path / "new\nline")
    vault.write("vaultkeeper.toml", "")
    assert vault.run("schedule", "install").code == 2
    assert not schedulers.crontab.exists()


# -- that it has stopped --------------------------------------------------------------------------


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the clock so many days on, and has the program go by it."""
    real = time.time

    def run(vault: VaultFolder, *args: str, today: str = "") -> Result:  # noqa: ARG001 (the clock counts)
        return run_program("--vault", str(vault.root), *args)

    monkeypatch.setattr(VaultFolder, "run", run)

    def set_clock(days: float) -> None:
        monkeypatch.setattr(time, "time", lambda: real() + days * DAY)

    return set_clock


def warned(vault: VaultFolder, by: str = "cron") -> bool:
    due, doctor = vault.run("due"), vault.run("doctor")
    told = f"the nightly index (by {by}) " in due.err
    assert ("the nightly index" in doctor.err) == told
    assert doctor.code == (3 if told else 0)
    assert "nightly" not in vault.run("due", "--brief").err
    assert "nightly" not in vault.run("-q", "due").err
    assert vault.run("due", "--json").json["items"] == []
    return told


def test_told_where_no_run_was_good_for_two_days(
    vault: VaultFolder, schedulers: Schedulers, later: Callable[[float], None]
) -> None:
    schedulers.have("crontab")
    later(-10)
    vault.ok("index")
    later(0)
    assert not warned(vault)  # nothing is scheduled
    vault.ok("schedule", "install")
    assert not warned(vault)  # it cannot have run yet
    later(1.9)
    assert not warned(vault)
    later(2.1)
    assert warned(vault)
    vault.ok("index")
    later(4.0)
    assert not warned(vault)
    later(4.2)
    assert warned(vault)
    vault.ok("schedule", "remove")
    assert not warned(vault)


def test_told_of_a_schedule_of_ones_own(vault: VaultFolder, later: Callable[[float], None]) -> None:
    """Installed by hand, from what `show` printed: known by its first run."""
    vault.ok("index", "--nightly", "--dry-run")
    later(2.1)
    assert not warned(vault)
    vault.ok("index", "--nightly")
    later(4.3)
    assert warned(vault, "a scheduler of your own")
    vault.ok("index", "--nightly")
    assert not warned(vault)
    assert "Take the job out of your scheduler" in vault.ok("schedule", "remove").err
    later(9)
    assert not warned(vault)


def test_told_by_the_day_taken_for_today(vault: VaultFolder, schedulers: Schedulers) -> None:
    schedulers.have("crontab")
    vault.ok("schedule", "install")
    vault.ok("index")
    assert "nightly" not in vault.ok("due", today="2026-11-24").err
    assert "last ran well on 23 November" in vault.ok("due", today="2026-11-26").err
    for day in ("0001-01-01", "9999-12-31"):
        vault.run("index", today=day)


def test_never_has_run(vault: VaultFolder, schedulers: Schedulers, later: Callable[[float], None]) -> None:
    schedulers.have("crontab")
    vault.ok("schedule", "install")
    later(3)
    assert "has never run well" in vault.run("due").err


def test_a_run_that_failed_is_no_good_one(
    vault: VaultFolder,
    home: Path,
    schedulers: Schedulers,
    later: Callable[[float], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from vaultkeeper.app import index

    def fail(*_: object, **__: object) -> None:
        raise VaultkeeperError("the disk\nis gone")

    schedulers.have("crontab")
    vault.ok("schedule", "install")
    later(3)
    with monkeypatch.context() as patch:
        patch.setattr(index, "run_index", fail)
        assert vault.run("index").code == 1
    assert warned(vault)
    [state] = (home / "state/vaultkeeper").iterdir()
    log = (state / "index.log").read_text()
    assert log.endswith(" failed: VaultkeeperError: the disk is gone\n")
    vault.write("People/Bad.md", "---\na: [\n---\n")
    assert vault.run("index").code == 3  # done, though a note has a problem
    assert "nightly" not in vault.run("due").err
    assert (
        (state / "index.log")
        .read_text()
        .splitlines()[-1]
        .split(" ", 1)[1]
        .startswith("ok: 1 contacts, 1 problems")
    )


def test_the_log_is_bounded(vault: VaultFolder, home: Path) -> None:
    vault.ok("index")
    [state] = (home / "state/vaultkeeper").iterdir()
    log = state / "index.log"
    log.write_text(log.read_text() * 500)
    vault.ok("index")
    assert len(log.read_text().splitlines()) == 200


def test_a_dry_run_is_no_run(vault: VaultFolder, home: Path) -> None:
    vault.ok("index", "--dry-run")
    assert not list((home / "state/vaultkeeper").glob("*/index.log"))


def test_one_run_at_a_time(vault: VaultFolder, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from vaultkeeper.storage import nights
    from vaultkeeper.storage.nights import Nights

    vault.ok("index")
    [state] = (home / "state/vaultkeeper").iterdir()
    monkeypatch.setattr(nights, "_PATIENCE", 0.0)
    with Nights(state).run(time.time):
        refused = vault.run("index")
        assert refused.code == 5
        assert vault.ok("list").code == 0  # others go on
    vault.ok("index")
