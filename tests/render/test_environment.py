"""What was compiled before is run again only where it is of the same text, and surely ours."""

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader

from vaultkeeper.render.environment import Compiled, make_environment


def render(folder: Path, text: str) -> str:
    return make_environment(DictLoader({"a.md": text}), Compiled(folder)).get_template("a.md").render()


def codes(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.code"))


def test_another_text_is_compiled_anew(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    assert [render(folder, f"{{{{ {n} + 1 }}}}") for n in (1, 2, 2)] == ["2", "3", "3"]
    assert len(codes(folder)) == 1


@pytest.mark.parametrize("keep", [0, 3, 40, -1])
def test_what_is_damaged_is_compiled_anew(tmp_path: Path, keep: int) -> None:
    render(tmp_path, "{{ 1 + 1 }}")
    (code,) = codes(tmp_path)
    whole = code.read_bytes()
    code.write_bytes(whole[:keep])
    assert render(tmp_path, "{{ 1 + 1 }}") == "2"
    assert code.read_bytes() == whole


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")
@pytest.mark.parametrize(("mode", "said"), [(0o700, "not ours"), (0o777, "2"), (0o770, "2")])
def test_nothing_is_run_from_a_folder_that_others_may_write_into(
    tmp_path: Path, mode: int, said: str
) -> None:
    folder, elsewhere = tmp_path / "templates", tmp_path / "elsewhere"
    render(folder, "{{ 1 + 1 }}")
    render(elsewhere, "not ours")
    environment = make_environment(DictLoader({}))
    bucket = Compiled(folder).get_bucket(environment, "a.md", None, "{{ 1 + 1 }}")
    bucket.code = Compiled(elsewhere).get_bucket(environment, "a.md", None, "not ours").code
    Compiled(folder).dump_bytecode(bucket)
    folder.chmod(mode)
    assert render(folder, "{{ 1 + 1 }}") == said


def test_a_folder_that_cannot_be_made_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert render(tmp_path / "file" / "templates", "{{ 1 + 1 }}") == "2"
