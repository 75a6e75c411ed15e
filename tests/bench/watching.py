"""How long `watch` takes from a save to the due note, past its settling time."""

import importlib
import signal
import subprocess
import sys
import tempfile
import time

from tests.bench.ground import REPOSITORY, Ground
from tests.bench.measure import Failed

POLL = 0.001  # seconds between looks at the due note
PATIENCE = 30.0
STARTING = 300.0  # a cold index of 100,000 notes may come first


def settling_time() -> float:
    """What the product waits for more saves, in seconds; half a second where it doesn't say."""
    try:
        watch = importlib.import_module("vaultkeeper.watch")
    except ImportError:
        return 0.5
    return float(getattr(watch, "SETTLE", 0.5))


def latencies(ground: Ground, repeat: int, settle: float) -> list[float]:
    """Milliseconds, less `settle` seconds, for each save. Raises Failed where watch ends or sleeps."""
    argv = [sys.executable, "-m", "vaultkeeper", "watch"]
    with tempfile.TemporaryFile() as error:
        process = subprocess.Popen(
            argv,
            env=ground.env,
            cwd=REPOSITORY,
            stdout=subprocess.DEVNULL,
            stderr=error,
            stdin=subprocess.DEVNULL,
        )
        try:
            _wait_until_live(process, ground)
            taken = []
            for _ in range(repeat):
                time.sleep(settle + 1.5)  # its own write of the due note has settled, too
                ground.change(ago=0)
                saved = time.perf_counter()
                if not _followed(process, ground, PATIENCE):
                    raise Failed(f"the due note was not rewritten in {PATIENCE:.0f} s", 1)
                taken.append((time.perf_counter() - saved - settle) * 1000)
        except Failed as failed:
            error.seek(0)
            lines = error.read().decode(errors="replace").strip().splitlines()
            raise Failed(f"{failed}: {lines[-1] if lines else 'no message'}", failed.code) from None
        finally:
            _end(process)
    return taken


def _wait_until_live(process: subprocess.Popen[bytes], ground: Ground) -> None:
    """Saves again and again until the due note follows."""
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        ground.change(ago=0)
        if _followed(process, ground, 5):
            return
    raise Failed(f"no due note in the first {STARTING:.0f} s", 1)


def _followed(process: subprocess.Popen[bytes], ground: Ground, patience: float) -> bool:
    mark, deadline = f"run {ground.changes} ".encode(), time.monotonic() + patience
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Failed(f"watch ended with exit {process.returncode}", process.returncode)
        if not ground.followed() or mark in ground.due_note():
            return True
        time.sleep(POLL)
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
