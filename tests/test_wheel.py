"""The templates travel: in the wheel, in an editable install; and the vault's own come before them."""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jinja2 import Environment

from vaultkeeper.cli.main import COMMANDS

CHECKOUT = Path(__file__).parent.parent
TEMPLATES = {
    str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "templates").rglob("*") if path.is_file()
}
PIP = (sys.executable, "-m", "pip", "--quiet", "--quiet", "--disable-pip-version-check")
FINDER = "from vaultkeeper.render.template import product_folder; print(product_folder())"

# The file of a new vault that is made from a template. Of a draft-KIND.txt, `draft` makes a message.
MADE = {
    "templates/vaultkeeper.toml": "vaultkeeper.toml",
    "templates/contact.md": "People/Jane Doe.md",
    "templates/due-this-week.md": "Keep in touch/Due this week.md",
    "templates/dashboard.md": "Keep in touch/Dashboard.md",
    "templates/review.md": "Keep in touch/Review.md",
    "templates/report.html": "report.html",
}
DIGESTS = {"templates/digest.txt": "text", "templates/digest.html": "html"}
DRAFTS = {name for name in TEMPLATES if name.startswith("templates/draft-")}

needs_pip = pytest.mark.skipif(
    find_spec("hatchling") is None or find_spec("pip") is None, reason="pip or hatchling is missing"
)


def call(*command: str | Path, at: Path, **env: str) -> str:
    """What the command prints, run in the folder `at`; it must end with 0."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=at,
        env=os.environ | {"PYTHONUTF8": "1"} | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of the checkout, so that nothing is left in it."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("vaultkeeper", "templates"):
        shutil.copytree(CHECKOUT / name, folder / "source" / name)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(CHECKOUT / name, folder / "source")
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder)
    call(*PIP, "wheel", *options, folder / "source", at=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation from the wheel, which comes before that of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    call(*PIP, "install", "--no-deps", "--no-index", "--target", folder, wheel, at=folder)
    return folder


@needs_pip
def test_the_wheel_holds_the_program_and_the_templates_and_nothing_else(wheel: Path) -> None:
    names = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {f"vaultkeeper/{name}" for name in TEMPLATES} <= names
    assert "vaultkeeper/py.typed" in names
    assert {name.split("/")[0] for name in names} == {"vaultkeeper"}
    assert not [name for name in names if name.endswith(".pyc")]


@needs_pip
def test_each_template_renders_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    env = {"PYTHONPATH": str(installed), "VAULTKEEPER_TODAY": "2026-11-23"}
    assert call(sys.executable, "-c", FINDER, at=tmp_path, **env) == str(installed / "vaultkeeper/templates")
    vk = next((installed / ("Scripts" if sys.platform == "win32" else "bin")).glob("vk*"))
    for words in (["init"], ["add", "Jane Doe", "--met", "yesterday"], ["add", "Sam Lee"], ["index"]):
        call(vk, *words, at=tmp_path, **env)
    call(vk, "report", "--html", "report.html", at=tmp_path, **env)
    texts = {template: (tmp_path / name).read_text("utf-8") for template, name in MADE.items()}
    for template, form in DIGESTS.items():
        texts[template] = call(vk, "digest", "--format", form, at=tmp_path, **env)
    for template in DRAFTS if "draft" in COMMANDS else ():
        kind = Path(template).stem.removeprefix("draft-")
        other = ["--with", "sam"] if kind == "intro" else []
        texts[template] = call(vk, "draft", "jane", "--as", kind, *other, at=tmp_path, **env)
    for template, text in texts.items():
        assert text, template
        assert "{{" not in text, template
        assert "{%" not in text, template
    assert "[[Jane Doe]]" in texts["templates/due-this-week.md"]


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_each_template_is_one(name: str) -> None:
    Environment().parse((CHECKOUT / name).read_text("utf-8"))


def test_an_editable_install_has_the_checkout_s(tmp_path: Path) -> None:
    origin = json.loads(distribution("vaultkeeper").read_text("direct_url.json") or "{}")
    if not origin.get("dir_info", {}).get("editable"):
        pytest.skip("this installation is not editable")
    assert call(sys.executable, "-c", FINDER, at=tmp_path) == str(CHECKOUT / "templates")


def test_the_vault_s_own_template_comes_first_file_by_file(vault: Any) -> None:
    vault.write("Templates/vaultkeeper/due-this-week.md", "My list for {{ week }}.\n")
    vault.ok("index")
    assert vault.read("Keep in touch/Due this week.md").endswith(b"---\nMy list for 23 to 29 November.\n")
    assert b"\n# Dashboard" in vault.read("Keep in touch/Dashboard.md")


def test_a_slip_in_the_vault_s_own_template_is_told_with_its_line_and_the_other_notes_are_written(
    vault: Any,
) -> None:
    vault.write("Templates/vaultkeeper/due-this-week.md", "# {{ week }}\n{% for x in %}\n")
    result = vault.run("index", "--json")
    assert result.code == 3
    (problem,) = result.json["problems"]
    assert (problem["path"], problem["line"]) == ("Templates/vaultkeeper/due-this-week.md", 2)
    assert "Keep in touch/Dashboard.md" in result.json["written"]
    assert "Keep in touch/Due this week.md" not in result.json["written"]


def test_a_name_that_the_vault_s_own_template_misspells_is_told(vault: Any) -> None:
    vault.write("Templates/vaultkeeper/due-this-week.md", "# {{ weak }}\n")
    result = vault.run("index", "--json")
    assert result.code == 3
    (problem,) = result.json["problems"]
    assert problem["path"] == "Templates/vaultkeeper/due-this-week.md"
    assert "'weak' is undefined" in problem["message"]
