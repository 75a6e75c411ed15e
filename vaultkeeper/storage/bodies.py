"""The bodies of generated notes as they were written, in the state folder: what a person typed in one is told
from what we wrote by comparing. Losing them loses nothing: the words are then told by their form."""

from contextlib import suppress
from pathlib import Path

_MOST = 60


def keep_body(state: Path, digest: str, body: str) -> None:
    """Keeps the newest few; says nothing where the folder cannot be written."""
    with suppress(OSError):
        folder = state / "bodies"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / f"{digest}.md").write_text(body, "utf-8", newline="")
        kept = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        for old in kept[:-_MOST]:
            old.unlink(missing_ok=True)


def read_body(state: Path, digest: str) -> str | None:
    """The body that has this digest, where it was written on this machine lately."""
    if not digest.isalnum():
        return None
    try:
        return (state / "bodies" / f"{digest}.md").read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return None
