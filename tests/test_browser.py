"""The report in a real browser, Debian's Chromium without a window: it renders, in light, dark, narrow and on
paper, nothing is blocked or fetched, and nothing sticks out."""

import re
import shutil
import subprocess
from pathlib import Path
from zlib import decompress

import pytest
from conftest import VaultFolder

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars", "--enable-logging=stderr"),
)
DARK = "--blink-settings=preferredColorScheme=0"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing: apt-get install chromium")


def browse(file: Path, *flags: str, home: Path) -> tuple[str, str]:
    """What the browser prints and what it logs, looking at the file with a profile of its own."""
    assert CHROMIUM is not None
    done = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={home / 'profile'}", *flags, file.as_uri()],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def pixels(picture: Path) -> tuple[int, int, list[bytes]]:
    """Width, height and rows of a PNG as Chromium writes it: 8 bits, RGB or RGBA; three bytes a pixel."""
    data, at, packed, head = picture.read_bytes(), 8, b"", b""
    while at < len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        head, packed = (body if kind == b"IHDR" else head), packed + (body if kind == b"IDAT" else b"")
        at += size + 12
    width, height = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")
    deep = {2: 3, 6: 4}[head[9]]
    raw, above, rows = decompress(packed), bytes(width * deep), []
    for number in range(height):
        start = number * (width * deep + 1)
        above = _unfiltered(raw[start], raw[start + 1 : start + 1 + width * deep], above, deep)
        rows.append(b"".join(above[x : x + 3] for x in range(0, width * deep, deep)))
    return width, height, rows


def _unfiltered(how: int, line: bytes, above: bytes, deep: int) -> bytes:
    """RFC 2083 §6: each byte was told as a difference to those left, above and left above."""
    out = bytearray(line)
    for x in range(len(out)) if how else ():
        left, up = (out[x - deep] if x >= deep else 0), above[x]
        corner = above[x - deep] if x >= deep else 0
        near = left + up - corner
        paeth = min((left, up, corner), key=lambda v: abs(near - v))
        out[x] = (out[x] + (0, left, up, (left + up) // 2, paeth)[how]) & 255
    return bytes(out)


@pytest.fixture
def report(example: VaultFolder) -> Path:
    file = example.root / "report.html"
    example.ok("report", "--html", str(file))
    return file


@pytest.mark.parametrize(("flags", "page"), [((), (0xF7, 0xF5, 0xF0)), ((DARK,), (0x16, 0x18, 0x1B))])
def test_it_follows_the_light_and_the_dark(
    report: Path, tmp_path: Path, flags: tuple[str, ...], page: tuple[int, int, int]
) -> None:
    shot = tmp_path / "shot.png"
    browse(report, *flags, f"--screenshot={shot}", "--window-size=1000,700", home=tmp_path)
    _, _, rows = pixels(shot)
    assert tuple(rows[5][:3]) == page
    assert (
        len({row[x : x + 3] for row in rows[::7] for x in range(0, len(row), 21)}) > 8
    )  # something is drawn


def test_nothing_is_blocked_fetched_or_wrong(report: Path, tmp_path: Path) -> None:
    dom, log = browse(report, "--dump-dom", home=tmp_path)
    assert "CONSOLE" not in log, log
    assert dom.count("<svg") == 6
    assert re.search(r'data-figure="touches">\d+<', dom)


def test_a_phone_needs_no_sideways_scrolling(report: Path, tmp_path: Path) -> None:
    """The page is as wide as the window: right of it all rows end with the page's own colour."""
    shot = tmp_path / "shot.png"
    browse(report, f"--screenshot={shot}", "--window-size=500,3000", home=tmp_path)
    width, _, rows = pixels(shot)
    assert width == 500
    assert {bytes(row[-6:-3]) for row in rows} == {bytes((0xF7, 0xF5, 0xF0))}


def test_it_prints_on_a_few_pages(report: Path, tmp_path: Path) -> None:
    paper = tmp_path / "report.pdf"
    browse(report, f"--print-to-pdf={paper}", "--no-pdf-header-footer", home=tmp_path)
    data = paper.read_bytes()
    assert data.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", data)) <= 4


@pytest.mark.parametrize(("flags", "ink"), [((), (0xEC, 0xEF, 0xF1)), ((DARK,), (0x2A, 0x2F, 0x36))])
def test_the_picture_of_the_dashboard_follows_them_too(
    example: VaultFolder, tmp_path: Path, flags: tuple[str, ...], ink: tuple[int, int, int]
) -> None:
    example.ok("index")
    shot = tmp_path / "shot.png"
    picture = example.root / "Keep in touch/Touches.svg"
    browse(picture, *flags, f"--screenshot={shot}", "--window-size=760,400", home=tmp_path)
    _, _, rows = pixels(shot)
    assert bytes(ink) in {row[x : x + 3] for row in rows for x in range(0, len(row), 3)}
