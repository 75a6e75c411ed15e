"""The Dashboard's charts are read by the programs that draw them: mermaid's own parser, an XML parser."""

import shutil
import subprocess
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import VaultFolder
from vaultkeeper.render.chart import heatmap_svg

_CHECK = """
import { JSDOM } from 'jsdom';
import fs from 'fs';
const dom = new JSDOM('<body></body>');
globalThis.window = dom.window;
globalThis.document = dom.window.document;
const mermaid = (await import('mermaid')).default;
mermaid.initialize({ startOnLoad: false });
const text = fs.readFileSync(0, 'utf8');
for (const block of text.matchAll(/```mermaid\\n([\\s\\S]*?)```/g)) {
  console.log((await mermaid.parse(block[1])).diagramType);
}
"""


@pytest.fixture(scope="session")
def mermaid() -> Path:
    """A folder with the real parser, installed once beside the tests' other tools."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("node and npm are not here: mermaid's parser cannot be asked")
    folder = Path(__file__).parent.parent.parent / ".venv" / "mermaid"
    if not (folder / "node_modules" / "mermaid").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        command = [
            npm,
            "install",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(folder),
            "mermaid@11",
            "jsdom@26",
        ]
        if subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode:
            pytest.skip("mermaid cannot be installed: no npm registry")
    (folder / "check.mjs").write_text(_CHECK)
    return folder


def test_mermaid_reads_the_charts(example: VaultFolder, mermaid: Path) -> None:
    example.ok("index")
    note = example.read("Keep in touch/Dashboard.md")
    done = subprocess.run(["node", str(mermaid / "check.mjs")], input=note, capture_output=True, check=False)
    assert done.stdout.decode().split() == ["pie", "xychart"], done.stderr.decode()


def test_an_empty_vault_has_no_charts(vault: VaultFolder) -> None:
    vault.ok("index")
    assert "mermaid" not in vault.read("Keep in touch/Dashboard.md").decode()


def test_the_heatmap_has_a_square_a_day() -> None:
    last = date(2026, 11, 29)
    svg = heatmap_svg({date(2026, 11, 24): 1, date(2026, 11, 20): 9, date(2020, 1, 1): 3}, last)
    root = ET.fromstring(svg)
    squares = {
        rect.find("{*}title").text: rect.get("class")  # type: ignore[union-attr]
        for rect in root.iter("{http://www.w3.org/2000/svg}rect")
    }
    assert len(squares) == 52 * 7 + 7
    assert squares["Tuesday 24 November: 1 touch"] == "l1"
    assert squares["20 November: 9 touches"] == "l4" or squares["Friday 20 November: 9 touches"] == "l4"
    assert root.get("aria-label") == "10 touches from 2025-11-24 to 2026-11-29"
