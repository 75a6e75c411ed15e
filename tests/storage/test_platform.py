import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from vaultkeeper.errors import NotWritten
from vaultkeeper.storage.platform import cache_folder, locked, state_folder

HOLDER = """
import sys
from pathlib import Path
from vaultkeeper.storage.platform import locked
with locked(Path(sys.argv[1]), 1):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "My Network!"
    root.mkdir()
    return root


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="XDG folders are where Linux keeps them")


@linux_only
def test_folders_are_where_the_user_wants_them(vault: Path, tmp_path: Path) -> None:
    cache, state = Path(cache_folder(vault)), Path(state_folder(vault))
    assert cache.parent == tmp_path / "cache" / "vaultkeeper"
    assert state.parent == tmp_path / "state" / "vaultkeeper"
    assert cache.name == state.name
    assert cache.name.startswith("my-network-")


@linux_only
def test_folders_are_private(vault: Path) -> None:
    for folder in (cache_folder(vault), state_folder(vault)):
        assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700


def test_a_vault_keeps_its_folder_by_whatever_way_it_is_reached(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(vault)
    assert cache_folder(tmp_path / "link") == cache_folder(vault) == cache_folder(vault / "." / "")


def test_vaults_of_one_name_have_folders_of_their_own(vault: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / vault.name
    other.mkdir(parents=True)
    assert cache_folder(other) != cache_folder(vault)


@pytest.mark.parametrize("name", ["!!!", "Réseau 網絡", "x" * 200])
def test_any_name_of_a_vault_makes_a_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert Path(cache_folder(tmp_path / name)).is_dir()


def test_a_folder_that_cannot_be_made_is_told(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    if sys.platform == "linux":
        with pytest.raises(NotWritten, match="cannot be made"):
            state_folder(vault)


@pytest.fixture
def holder(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the lock until its stdin ends."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_lock_gives_up_after_its_patience(tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
    pauses: list[float] = []
    with (
        pytest.raises(NotWritten, match="another vaultkeeper is writing"),
        locked(tmp_path / "lock", 10, pauses.append),
    ):
        pass
    assert sum(pauses) == pytest.approx(10)
    assert holder.poll() is None


def test_lock_is_had_once_the_other_is_killed(tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
    def end_the_other(_seconds: float) -> None:
        holder.kill()
        holder.wait()

    with locked(tmp_path / "lock", 10, end_the_other):
        pass


def test_lock_is_let_go_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), locked(tmp_path / "lock", 0):
        raise RuntimeError
    with locked(tmp_path / "lock", 0):
        assert os.listdir(tmp_path) == ["lock"]


def test_lock_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(NotWritten, match="cannot be opened"), locked(tmp_path / "lock", 0):
        pass
