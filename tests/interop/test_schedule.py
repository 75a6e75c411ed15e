"""The nightly job in each scheduler's words: read back by the scheduler's own rules, where they are at hand."""

import plistlib
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from vaultkeeper.interop.schedule import (
    Job,
    cron_line,
    launchd,
    systemd_service,
    systemd_timer,
    task_scheduler,
    with_line,
    without_line,
)

ODD = """/home/zoë/my "net" 100% $HOME's \\ `work` #1"""
WORDS = ("/opt/vk/bin/vaultkeeper", "--quiet", "--vault", ODD, "index")
JOB = Job("vaultkeeper-net-0f3a", WORDS, 3, 5, {"XDG_STATE_HOME": "/s t/%"})


def test_cron_runs_what_was_meant() -> None:
    line = cron_line(JOB)
    when, command = line.split(" ", 5)[:5], line.split(" ", 5)[5]
    assert when == ["5", "3", "*", "*", "*"]
    assert "%" not in command.replace("\\%", "")  # an unescaped one ends the command
    words = shlex.split(command.replace("\\%", "%"), comments=True)
    assert words == ["XDG_STATE_HOME=/s t/%", *WORDS]


@pytest.mark.parametrize(
    "crontab",
    ["", "0 1 * * * mine\n", "0 1 * * * mine", "# a comment\n\n0 1 * * * mine # vaultkeeper-net-0f3a2\n"],
)
def test_a_crontab_keeps_what_is_not_ours(crontab: str) -> None:
    put = with_line(crontab, JOB)
    assert put.endswith(f"{cron_line(JOB)}\n")
    assert with_line(put, JOB) == put
    later = Job(JOB.name, WORDS, 4, 0, {})
    assert with_line(put, later).count(JOB.name) == put.count(JOB.name)
    assert without_line(put, JOB.name) == crontab + "\n" * (not crontab.endswith("\n") and bool(crontab))


def test_systemd_reads_what_was_meant() -> None:
    [line] = re.findall(r"^ExecStart=(.*)$", systemd_service(JOB), re.M)
    words = [re.sub(r"\\(.)", r"\1", word) for word in re.findall(r'"((?:[^"\\]|\\.)*)"', line)]
    assert tuple(word.replace("$$", "$").replace("%%", "%") for word in words) == WORDS
    assert 'Environment="XDG_STATE_HOME=/s t/%%"\n' in systemd_service(JOB)
    assert "OnCalendar=*-*-* 03:05:00\n" in systemd_timer(JOB)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    job = Job(JOB.name, ("/bin/true", ODD), 3, 5, JOB.environment)
    for kind, text in (("service", systemd_service(job)), ("timer", systemd_timer(job))):
        (tmp_path / f"{job.name}.{kind}").write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", str(tmp_path / f"{job.name}.timer")],
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in done.stderr.splitlines() if job.name in line]
    assert complaints == []


def test_launchd_reads_what_was_meant() -> None:
    agent = plistlib.loads(launchd(JOB).split("\n\n", 1)[1].encode())
    assert agent["ProgramArguments"] == [*WORDS]
    assert agent["StartCalendarInterval"] == {"Hour": 3, "Minute": 5}
    assert agent["EnvironmentVariables"] == {"XDG_STATE_HOME": "/s t/%"}


def test_task_scheduler() -> None:
    job = Job("vk", ("C:\\vk.exe", "--vault", "C:\\My Net", "index"), 3, 5, {})
    assert task_scheduler(job) == (
        'schtasks /Create /TN "vk" /SC DAILY /ST 03:05 /TR "\\"C:\\vk.exe\\" \\"--vault\\" \\"C:\\My Net\\" \\"index\\""\n'
    )
