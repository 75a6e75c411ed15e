"""`watch`: when it runs, what it hears, what it says; and once as a process, from its start to a signal."""

import errno
import logging
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from watchdog import events

from vaultkeeper import watch
from vaultkeeper.errors import ConfigError, VaultNotFound
from vaultkeeper.watch import NET, PATIENCE, SETTLE, TICK, Lookout, Ran, Run, Settler, Sight, is_hint, loop

TODAY = date(2026, 11, 25)
DEADLINE = 30.0  # seconds for what takes one at most
DUE = "Keep in touch/Due this week.md"
JANE = "People/Jane Doe.md"
PROMISE = "# Jane\n\n## Log\n\n- 2026-11-20 call: caught up\n    - [ ] Send the plan 📅 2026-11-26\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault with one contact; cache and state lie beside it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for kind in ("CACHE", "STATE", "DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    root = tmp_path.resolve() / "vault"
    (root / "People").mkdir(parents=True)
    (root / "vaultkeeper.toml").write_text("")
    (root / JANE).write_text(PROMISE)
    return root


# --- when

H, R = "hint", "ran"


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ([], -float("inf")),  # a new one: at once
        ([(R, 10)], 10 + NET),
        ([(R, 10), (H, 20)], 20 + SETTLE),
        ([(R, 10), (H, 20), (H, 20.4)], 20.4 + SETTLE),
        ([(R, 10), *((H, 20 + n / 10) for n in range(100))], 20 + PATIENCE),
        ([(R, 10), (H, 20), (R, 21)], 21 + NET),  # what was heard is done with
        ([(R, 10), (H, 20), (R, 21), (H, 22)], 22 + SETTLE),
        ([(R, 10, 60)], 10 + 60),  # asked for again
        ([(R, 10, 60), (H, 20)], 20 + SETTLE),
        ([(R, 10, 2 * NET)], 10 + NET),
        ([(R, 10, 0)], 10),
        ([(R, 10), (H, 10 + NET - 0.1)], 10 + NET),
    ],
)
def test_settler(told: list[tuple[str, float, float]], due: float) -> None:
    settler = Settler()
    for what, *args in told:
        getattr(settler, what)(*args)
    assert settler.due == pytest.approx(due)


class Script(Lookout):
    """Events and a clock without a file: `play` is (time, what), in order; the last is "stop"."""

    def __init__(self, *play: tuple[float, str]) -> None:
        self.play, self.now, self.today = list(play), 0.0, TODAY
        self.stop = threading.Event()
        self.sight, self.renewed = Sight.NEW, 0

    def look(self) -> Sight:
        sight = self.sight
        if sight is Sight.NEW:
            self.sight = Sight.SAME
        return sight

    def wait(self, seconds: float) -> bool:
        assert 0 < seconds <= TICK
        at, what = self.play[0]
        if at > self.now + seconds:
            self.now += seconds
            return False
        self.now = at
        del self.play[0]
        if what == "stop":
            self.stop.set()
        elif what == "midnight":
            self.today = date.fromordinal(self.today.toordinal() + 1)
        elif what == "gone":
            self.sight = Sight.GONE
        elif what == "back":
            self.sight = Sight.NEW
        return what == "hint"

    def renew(self) -> None:
        self.sight = Sight.NEW
        self.renewed += 1

    def runs(self, *results: Ran) -> list[float]:
        """The times of the loop's runs; `results` are what the first ones give."""
        times: list[float] = []

        def run(today: date) -> Ran:
            assert today == self.today
            times.append(self.now)
            return results[len(times) - 1] if len(times) <= len(results) else Ran(False)

        loop(self, run, lambda: self.today, self.stop, clock=lambda: self.now)
        return times


@pytest.mark.parametrize(
    ("play", "runs"),
    [
        ([(5, "stop")], [0]),
        ([(10, "hint"), (20, "stop")], [0, 10.5]),
        ([(10, "hint"), (10.4, "hint"), (10.8, "hint"), (20, "stop")], [0, 11.3]),
        ([*((10 + n / 4, "hint") for n in range(41)), (30, "stop")], [0, 15, 20.25]),
        ([(10, "hint"), (10.2, "stop")], [0]),
        ([(100.3, "midnight"), (120, "stop")], [0, 100.3]),
        ([(100, "hint"), (100.3, "midnight"), (120, "stop")], [0, 100.3]),
        ([(700, "stop")], [0, 300, 600]),
        ([(200, "hint"), (600, "stop")], [0, 200.5, 500.5]),
        ([(10, "gone"), (11, "hint"), (20, "back"), (30, "stop")], [0, 20]),
        ([(10, "gone"), (1000, "midnight"), (2000, "stop")], [0]),
    ],
)
def test_loop_runs(play: list[tuple[float, str]], runs: list[float]) -> None:
    assert Script(*play).runs() == pytest.approx(runs)


def test_loop_runs_again_where_a_run_asks_for_it() -> None:
    script = Script((20, "hint"), (200, "stop"))
    assert script.runs(Ran(True, 60), Ran(False, 5)) == pytest.approx([0, 20.5, 25.5])


def test_loop_renews_an_observer_that_has_gone_deaf() -> None:
    script = Script((400, "stop"))
    assert script.runs(Ran(False), Ran(True)) == [0, 300, 300]
    assert script.renewed == 1


def test_loop_keeps_an_observer_that_tells() -> None:
    script = Script((10, "hint"), (20, "midnight"), (100, "stop"))
    assert script.runs(Ran(True), Ran(True), Ran(True)) == [0, 10.5, 20]
    assert script.renewed == 0


# --- what is heard

ROOT = "/home/jane/vault"
File, Dir = events.FileModifiedEvent, events.DirCreatedEvent


@pytest.mark.parametrize(
    ("kind", "path", "heard"),
    [
        (events.FileCreatedEvent, "People/Jane Doe.md", True),
        (File, "People/Jane Doe.MD", True),
        (events.FileDeletedEvent, "Anne.md", True),
        (events.FileAttribEvent, "People/Jane Doe.md", True),
        (events.FileClosedEvent, "People/Jane Doe.md", True),
        (events.FileOpenedEvent, "People/Jane Doe.md", False),
        (events.FileClosedNoWriteEvent, "People/Jane Doe.md", False),
        (File, "People/portrait.png", False),
        (File, "vaultkeeper.toml", True),
        (File, "People/vaultkeeper.toml", False),
        (File, "Templates/vaultkeeper/mail.txt", True),
        (File, "Templates/mail.txt", False),
        (File, "People/.vk-0123456789abcdef.tmp", False),
        (File, "People/.Jane Doe.md", False),
        (File, ".git/x.md", False),
        (File, "a/.trash/x.md", False),
        (File, "node_modules/a/readme.md", False),
        (Dir, "People/Friends", True),
        (events.DirDeletedEvent, "People", True),
        (events.DirDeletedEvent, "", True),
        (events.DirModifiedEvent, "People", False),
        (Dir, ".git/objects/00", False),
        (events.FileDeletedEvent, "People/Friends", True),  # Windows tells of a folder like that
        (Dir, ".obsidian", True),
        (File, ".obsidian/app.json", True),
        (File, ".obsidian/plugins/templater-obsidian/data.json", True),
        (File, ".obsidian/workspace.json", False),
        (File, ".obsidian/workspace-mobile.json", False),
        (File, ".obsidian/snippets/a.css", False),
        (File, ".obsidian/.git/app.json", False),
        (File, "People/.obsidian/app.json", False),
    ],
)
def test_is_hint(kind: type[events.FileSystemEvent], path: str, heard: bool) -> None:
    for full in (f"{ROOT}/{path}".rstrip("/"), os.fsencode(f"{ROOT}/{path}")):
        assert is_hint(kind(full), ROOT) == heard


@pytest.mark.parametrize(
    ("source", "target", "heard"),
    [
        ("People/.vk-0123456789abcdef.tmp", "People/Jane Doe.md", True),
        ("People/Jane Doe.md", ".trash/Jane Doe.md", True),
        (".trash/Jane Doe.md", ".trash/Old.md", False),
        ("a.png", "b.png", False),
    ],
)
def test_is_hint_looks_at_both_ends_of_a_move(source: str, target: str, heard: bool) -> None:
    assert is_hint(events.FileMovedEvent(f"{ROOT}/{source}", f"{ROOT}/{target}"), ROOT) == heard


def test_lookout_hears(root: Path) -> None:
    said: list[str] = []
    lookout = Lookout(root, said.append)
    with lookout.opened():
        assert lookout.look() is Sight.NEW
        assert lookout.look() is Sight.SAME
        (root / "People/New.md").write_text("new")
        assert lookout.wait(DEADLINE)
    assert said == [f"watching {root}"]


def test_lookout_hears_by_polling(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "POLL", 0.05)
    said: list[str] = []
    lookout = Lookout(root, said.append, poll=True)
    with lookout.opened():
        assert lookout.look() is Sight.NEW
        (root / "People/New.md").write_text("new")
        assert lookout.wait(DEADLINE)
    assert said == [f"watching {root} by a look every 0 seconds"]


@pytest.mark.parametrize("poll", [False, True])
def test_lookout_follows_the_root(root: Path, poll: bool) -> None:
    said: list[str] = []
    lookout, away = Lookout(root, said.append, poll=poll), root.with_name("away")
    with lookout.opened():
        seen = [lookout.look()]
        root.rename(away)
        seen += [lookout.look(), lookout.look()]
        away.rename(root)
        seen += [lookout.look(), lookout.look()]
    assert seen == [Sight.NEW, Sight.GONE, Sight.GONE, Sight.NEW, Sight.SAME]
    assert [message.split(" ")[0] for message in said] == ["watching", "no", "watching"]


def test_lookout_sees_that_another_folder_is_in_the_place(root: Path) -> None:
    said: list[str] = []
    lookout = Lookout(root, said.append)
    with lookout.opened():
        assert lookout.look() is Sight.NEW
        shutil.copytree(root, root.with_name("copy"))
        root.rename(root.with_name("away"))
        root.with_name("copy").rename(root)
        assert lookout.look() is Sight.NEW
        (root / JANE).write_text("changed")
        assert lookout.wait(DEADLINE)
    assert len(said) == 1


def refuse(at: int) -> Callable[..., object]:
    """An Observer whose call of schedule number `at` meets the system's limit; 0: it cannot be made."""

    class Limited(watch.Observer):  # type: ignore[misc, name-defined]
        calls = 0

        def schedule(self, *args: object, **kwargs: object) -> object:
            self.calls += 1
            if self.calls == at:
                raise OSError(errno.ENOSPC, "inotify watch limit reached")
            return super().schedule(*args, **kwargs)

    def make() -> object:
        if at == 0:
            raise OSError(errno.EMFILE, "inotify instance limit reached")
        return Limited()

    return make


@pytest.mark.parametrize(("at", "what"), [(0, "instance"), (1, "watch"), (2, "watch")])
def test_lookout_polls_at_the_limit(root: Path, monkeypatch: pytest.MonkeyPatch, at: int, what: str) -> None:
    monkeypatch.setattr(watch, "Observer", refuse(at))
    said: list[str] = []
    lookout = Lookout(root, said.append)
    with lookout.opened():
        assert lookout.look() is Sight.NEW
        lookout.renew()
        assert lookout.look() is Sight.NEW
    assert said == [f"watching {root} by a look every 3 seconds (inotify {what} limit reached)"]


def test_lookout_renews_an_observer_that_crashed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lookout = Lookout(root, lambda _: None)
    hook = threading.excepthook
    with lookout.opened():
        assert lookout.look() is Sight.NEW
        thread = threading.Thread(target=lambda: Path("no such file").stat())
        thread.start()
        thread.join()
        assert lookout.wait(0)
        assert lookout.look() is Sight.NEW
    assert threading.excepthook is hook
    assert capsys.readouterr().err == ""


def test_lookout_takes_a_complaint_of_watchdog_as_a_hint(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lookout = Lookout(root, lambda _: None)
    with lookout.opened():
        logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed")
        assert lookout.wait(0)
    assert capsys.readouterr().err == ""


# --- what is said


def short(line: str) -> str:
    """Of the generated notes that it names, the due note alone stays, as "wrote"."""
    head = line.split("wrote ")[0]
    return head + "wrote" if DUE in line else head.removesuffix("; ")


class Told:
    """A Run, and what it said since the last one, in short."""

    def __init__(self, root: Path) -> None:
        self.said: list[str] = []
        self.stop = threading.Event()
        self.run = Run(root, self.said.append, self.stop)

    def __call__(self, today: date = TODAY) -> list[str]:
        self.said.clear()
        self.ran = self.run(today)
        return [line for line in map(short, self.said) if line]


def test_run_says_what_changed_in_a_line_and_else_nothing(root: Path) -> None:
    told = Told(root)
    assert told() == ["1 added; wrote"]
    assert told.ran == Ran(True)
    assert told() == told.said == []  # that was our own write
    assert told.ran == Ran(False)
    (root / "People/Sam Lee.md").write_text("# Sam\n")
    (root / JANE).write_text("# Jane\n")
    assert told() == ["1 added, 1 modified; wrote"]
    (root / JANE).unlink()
    assert told() == ["1 removed"]
    assert told() == told.said == []


def test_run_of_another_day_writes_the_due_note(root: Path) -> None:
    told = Told(root)
    told()
    assert told(date(2026, 12, 9)) == ["wrote"]


def test_run_says_a_problem_once(root: Path) -> None:
    told, note = Told(root), root / "People/Bad.md"
    note.write_text("---\nbirthday: 1990-02-30\n---\n")
    problem = told()[1:]
    assert len(problem) == 1
    assert problem[0].startswith("People/Bad.md:2: ")
    assert told() == []
    note.write_text("---\n# a comment moves it\nbirthday: 1990-02-30\n---\n")
    assert told() == ["1 modified"]
    note.write_text("---\nbirthday: 1990-02-28\n---\n")
    assert told() == ["1 modified"]
    note.write_text("---\nbirthday: 1990-02-30\n---\n")
    assert told() == ["1 modified", *problem]


def test_run_says_a_broken_config_once_and_goes_on_when_it_is_mended(root: Path) -> None:
    told, config = Told(root), root / "vaultkeeper.toml"
    told()
    config.write_text("[week]\nquota = 'many'\n")
    message = told()
    assert len(message) == 1
    assert message[0].startswith("vaultkeeper.toml:2: week.quota: ")
    assert told() == []
    assert told.ran == Ran(False, watch.RETRY)
    config.write_text("")
    assert told() == ["that is mended; going on"]
    assert told() == []


def test_run_takes_in_a_tick_once_the_note_is_left_alone(root: Path) -> None:
    told, due = Told(root), root / DUE
    told()
    ticked = due.read_text().replace("- [ ] Send the plan", "- [x] Send the plan")
    due.write_text(ticked)
    half = time.time() - watch.ALONE / 2
    os.utime(due, (half, half))
    assert told() == []
    assert told.ran.again is not None
    assert 0 < told.ran.again <= watch.ALONE / 2
    assert due.read_text() == ticked
    saved = time.time() - watch.ALONE - 1
    os.utime(due, (saved, saved))
    assert "1 taken in" in told()[0]
    assert told.ran.again is None
    assert "- [x] Send the plan" in (root / JANE).read_text()
    assert told() == []


def test_run_ends_between_two_notes_when_stopped(root: Path) -> None:
    told = Told(root)
    told.stop.set()
    assert told() == []
    assert not (root / DUE).exists()
    told.stop.clear()
    assert told() == ["1 added; wrote"]


def test_watch_cannot_begin_without_a_vault(root: Path) -> None:
    from vaultkeeper.app.vault import open_vault

    def begin() -> None:
        stop = threading.Event()
        watch.watch(lambda: open_vault(root, exact=True), lambda: TODAY, lambda _: None, stop)

    (root / "vaultkeeper.toml").write_text("week = 1\n")
    with pytest.raises(ConfigError):
        begin()
    (root / "vaultkeeper.toml").unlink()
    with pytest.raises(VaultNotFound):
        begin()


# --- all of it


class Process:
    """`vaultkeeper watch`, with what it says read line by line, each within the deadline."""

    def __init__(self, root: Path) -> None:
        argv = [sys.executable, "-m", "vaultkeeper", "--vault", str(root), "--today", str(TODAY), "watch"]
        self.process = subprocess.Popen(argv, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        self.text = b""

    def line(self) -> str:
        assert self.process.stderr is not None
        end = time.monotonic() + DEADLINE
        while b"\n" not in self.text:
            left = end - time.monotonic()
            assert left > 0 and select.select([self.process.stderr], [], [], left)[0], self.text
            more = os.read(self.process.stderr.fileno(), 4096)
            assert more, f"ended: {self.text.decode()}"
            self.text += more
        line, self.text = self.text.split(b"\n", 1)
        return line.decode()

    def until(self, said: str) -> None:
        while short(self.line()) != said:
            pass


@pytest.mark.skipif(os.name == "nt", reason="select on a pipe, SIGTERM")
def test_watch_from_start_to_signal(root: Path) -> None:
    watching = Process(root)
    try:
        assert watching.line() == f"watching {root}"
        watching.until("1 added; wrote")
        assert "Send the plan" in (root / DUE).read_text()
        (root / JANE).write_text(PROMISE.replace("the plan", "the figures"))
        watching.until("1 modified; wrote")
        assert "Send the figures" in (root / DUE).read_text()
        shutil.rmtree(root / "People")
        watching.until("1 removed; wrote")
        (root / "People").mkdir()
        (root / JANE).write_text(PROMISE)
        watching.until("1 added; wrote")
        (root / JANE).write_text(PROMISE.replace("the plan", "the figures"))
        watching.until("1 modified; wrote")
        watching.process.send_signal(signal.SIGTERM)
        assert watching.process.wait(DEADLINE) == 0
        assert watching.process.stderr is not None
        assert watching.text + watching.process.stderr.read() == b""
    finally:
        watching.process.kill()
        watching.process.wait()
