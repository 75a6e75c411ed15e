"""The program as a whole: exit codes, streams, what it loads and writes (CLI.md)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY, VaultFolder, run_program

from vaultkeeper import __version__
from vaultkeeper.cli.main import COMMANDS

READING: list[list[str]] = [
    ["due"],
    ["due", "--all"],
    ["due", "--days", "30"],
    ["show", "jane"],
    ["show", "jane", "--all"],
    ["list"],
    ["list", "--tier", "A", "--sort", "last"],
    ["search", "robot"],
    ["doctor"],
    ["matches"],
    ["who", "--for", "robots"],
    ["review"],
    ["stats"],
    ["gaps"],
    ["events"],
    ["news"],
]
NOT_IN_JSON = [
    ["due", "--brief"],
    ["list", "--format", "{{ name }}"],
    ["open", "jane", "--obsidian"],
    ["templates"],
]
WRITING: list[list[str]] = [
    ["log", "jane", "-m", "call: x"],
    ["log", "jane", "sam", "-m", "call: x", "--follow-up", "y"],
    ["add", "New Person", "--tier", "A"],
    ["follow-up", "jane", "Write", "--due", "friday"],
    ["done", "jane"],
    ["set", "jane", "tier=B"],
    ["set", "--where", "tier=A", "tier=B"],
    ["snooze", "jane", "2w"],
    ["pause", "jane"],
    ["resume", "jane"],
    ["index"],
]
PROMISED = {
    "due": {"today", "until", "quota", "items", "later"},
    "show": {
        *("contact", "path", "properties", "fields", "warmth", "last_contact", "last_in", "last_out"),
        *("next_contact", "unresponsive", "drifting", "balance", "follow_ups", "interactions"),
    },
    "list": {"contacts"},
    "search": {"results"},
    "stats": {"since", "until", "contacts", "out", "in", "both", "response_rate", "by", "warmth"},
    "review": {"items"},
    "doctor": {"problems"},
    "index": {
        *("contacts", "added", "modified", "removed", "unchanged", "harvested", "problems", "written"),
    },
}


def name(args: list[str]) -> str:
    return " ".join(args)


@pytest.mark.parametrize("args", READING, ids=name)
def test_json_is_one_document_and_nothing_else(example: VaultFolder, args: list[str]) -> None:
    done = example.run(*args, "--json")
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("}\n")
    assert done.out.count("\n") == 1
    document = json.loads(done.out, parse_constant=lambda sign: pytest.fail(f"{sign} is no JSON"))
    assert set(document) >= PROMISED.get(args[0], set())
    assert example.run("--quiet", *args, "--json").out == done.out
    assert json.loads(example.run(*args, "--json", terminal="out").out) == document


def keys(items: list[dict[str, Any]]) -> set[str]:
    assert items
    assert len({frozenset(item) for item in items}) == 1
    return set(items[0])


def test_the_promised_keys_of_the_parts(example: VaultFolder) -> None:
    jane = example.json("show", "jane")
    assert keys(jane["interactions"]) >= {
        *("date", "time", "channel", "direction", "with", "kinds", "text", "path", "line"),
    }
    assert keys(jane["follow_ups"]) >= {"text", "due", "path", "line"}
    assert set(jane["balance"]) >= {"gave", "asked"}
    assert keys(example.json("list")["contacts"]) >= {
        *("contact", "path", "warmth", "tier", "last_contact", "next_contact"),
    }
    assert keys(example.json("search", "robot")["results"]) >= {"contact", "path", "line", "passage"}
    assert keys(example.json("review")["items"]) >= {"contact", "path", "why", "detail"}
    example.write("People/Bad.md", "---\ntier: Z\n---\n")
    for command in ("index", "doctor"):
        assert keys(example.run(command, "--json").json["problems"]) >= {"path", "line", "message"}


@pytest.mark.parametrize("args", [*READING, *NOT_IN_JSON], ids=name)
@pytest.mark.parametrize("fresh", [True, False], ids=["no index yet", "an index"])
def test_reading_writes_nothing_in_the_vault(
    example: VaultFolder, args: list[str], fresh: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.launch", lambda _url: 0)
    if not fresh:
        example.ok("index")
    before = example.snapshot()
    assert example.run(*args).code == 0
    assert example.run(*args, terminal="out err").code == 0
    assert example.snapshot() == before


@pytest.mark.parametrize("args", WRITING, ids=name)
def test_a_dry_run_writes_nothing_and_then_it_is_written(example: VaultFolder, args: list[str]) -> None:
    before = example.snapshot()
    for option in ("--dry-run", "-n"):
        shown = example.ok(*args, option)
        assert example.snapshot() == before
    assert example.ok(*args).code == 0
    assert (example.snapshot() != before) == bool(shown.out) == (args[0] != "resume")
    if shown.out:
        assert shown.out.startswith("--- ")


@pytest.mark.parametrize("today", ["0001-01-01", "0001-01-08", "9999-12-30", "9999-12-31"])
def test_the_calendars_first_and_last_days_are_days_as_others(example: VaultFolder, today: str) -> None:
    example.write(
        "People/Tom Long.md",
        "---\ntier: A\nmet: 0001-01-01\nspecial_dates:\n  - 12-31 x\n  - 01-01 y\n---\n- [ ] a promise\n\n"
        "## Log\n- 9999-12-31 call: late #asked\n- 0001-01-01 email out: early #asked\n",
    )
    example.write("Events/Last.md", "---\ndate: 9999-12-31\n---\n")
    for args in (*READING, ["index"], ["digest"], ["export", "ics"], ["report", "--html", "-"]):
        done = example.run(*args, today=today)
        assert (done.code, done.err if done.code else "") == (0, ""), args


def test_index_in_json_prints_no_diff(example: VaultFolder) -> None:
    before = example.snapshot()
    assert example.ok("index", "--dry-run", "--json").json["written"] == []
    assert example.snapshot() == before


@pytest.mark.parametrize("args", [*READING, *WRITING, *NOT_IN_JSON, ["log", "jane"], ["add"]], ids=name)
def test_without_a_terminal_nothing_asks(
    example: VaultFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str]
) -> None:
    for variable in ("EDITOR", "VISUAL"):
        monkeypatch.setenv(variable, f"touch {tmp_path}/started")
    import click

    for question in ("prompt", "confirm", "getchar", "pause"):
        monkeypatch.setattr(click, question, lambda *_, **__: pytest.fail("asked"))
    monkeypatch.setattr("builtins.input", lambda *_: pytest.fail("asked"))
    assert example.run(*args, input="y\n").code in (0, 1, 2)
    assert not (tmp_path / "started").exists()


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["log", "jane"], 1, "-m"),
        (["log", "jane", "-m", ""], 1, "empty"),
        (["open", "jane"], 1, "--obsidian"),
        (["nonsense"], 2, "There is no command 'nonsense'"),
        (["lst"], 2, "Did you mean 'list'?"),
        (["list", "--nonsense"], 2, "No such option"),
        (["show"], 2, "Missing argument"),
        (["show", "jane", "sam"], 2, "unexpected extra argument"),
        (["list", "--warmth", "tepid"], 2, "tepid"),
        (["list", "--sort", "shoe"], 2, "shoe"),
        (["search", "--limit", "0", "x"], 2, "0"),
        (["add"], 2, "NAME"),
        ([], 2, "Usage"),
        (["show", "nobody at all"], 4, "no contact is called"),
    ],
)
def test_errors_go_to_stderr_with_their_code(
    example: VaultFolder, monkeypatch: pytest.MonkeyPatch, args: list[str], code: int, said: str
) -> None:
    for variable in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(variable, raising=False)
    for more in ([], ["--json"] if args[:1] in (["show"], ["list"]) else []):
        done = example.run(*args, *more)
        assert (done.code, done.out) == (code, "")
        assert said in done.err
        assert example.run("--quiet", *args, *more).err == done.err


def test_help_and_version(tmp_path: Path) -> None:
    assert run_program("--version").out == f"vaultkeeper, version {__version__}\n"
    text = run_program("--help").out
    for command, (_, about) in COMMANDS.items():
        assert f"  {command} " in text
        assert about.split()[0] in text
    assert run_program("-h").out == text
    assert not list(tmp_path.rglob("*.sqlite3"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps_without_a_vault(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run_program(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: vk {command} ")


# --- which vault, which day


def test_the_nearest_vault_upward(
    vault: VaultFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.write("People/Work/Jane.md", "x\n")
    monkeypatch.chdir(vault.root / "People/Work")
    assert run_program("list").out.startswith("Jane\t")
    monkeypatch.chdir(tmp_path)
    done = run_program("list")
    assert (done.code, done.out) == (1, "")
    assert "vk init" in done.err
    assert "--vault" in done.err
    monkeypatch.setenv("VAULTKEEPER_VAULT", str(vault.root))
    assert run_program("list").out.startswith("Jane\t")
    assert run_program("--vault", str(tmp_path), "list").code == 1
    monkeypatch.setenv("VAULTKEEPER_VAULT", str(tmp_path / "nowhere"))
    assert run_program("list").code == 1
    assert run_program("--vault", "vault", "list").out.startswith("Jane\t")


def test_a_named_vault_is_not_looked_for_upward(vault: VaultFolder) -> None:
    vault.write("People/Jane.md", "x\n")
    done = run_program("--vault", str(vault.root / "People"), "list")
    assert (done.code, done.out) == (1, "")
    assert "holds no vaultkeeper.toml" in done.err


def test_today(vault: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert vault.json("due", today="2030-01-02")["today"] == "2030-01-02"
    monkeypatch.setenv("VAULTKEEPER_TODAY", "2031-01-02")
    assert run_program("--vault", str(vault.root), "due", "--json").json["today"] == "2031-01-02"
    assert vault.json("due")["today"] == TODAY
    for wrong in ("2026-02-30", "tomorrow", "23.11.2026"):
        done = vault.run("due", today=wrong)
        assert (done.code, done.out) == (2, "")
        assert f"--today {wrong!r} is not a date" in done.err


# --- the process


def program(vault: VaultFolder, *args: str, **environment: str) -> tuple[list[str], dict[str, str]]:
    command = [sys.executable, "-m", "vaultkeeper", "--vault", str(vault.root), "--today", TODAY, *args]
    return command, {**os.environ, **environment}


def test_a_closed_pipe_ends_quietly(vault: VaultFolder) -> None:
    for number in range(50):
        vault.write(f"People/{'N' * 180} {number}.md", f"---\nnote: {'moon ' * 2000}\n---\n")
    for args in (["list"], ["list", "--json"], ["show", f"{'N' * 180} 7", "--json"]):
        command, environment = program(vault, *args)
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's redirections")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_a_closed_stream_is_no_traceback(vault: VaultFolder, closed: str) -> None:
    vault.write("People/Jane.md", "x\n")
    for args, code in ((["list"], 0), (["log", "jane"], 1), (["show", "nobody"], 4)):
        command, environment = program(vault, *args)
        done = subprocess.run(
            ["sh", "-c", f'"$@" {closed}', "sh", *command], env=environment, capture_output=True, text=True
        )
        assert done.returncode == code
        assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
@pytest.mark.parametrize("args", [["list"], ["list", "--json"], ["log", "jane", "-m", "call", "--dry-run"]])
def test_a_full_disk_behind_stdout_is_told(vault: VaultFolder, args: list[str]) -> None:
    vault.write("People/Jane.md", "x\n")
    command, environment = program(vault, *args)
    done = subprocess.run(
        ["sh", "-c", '"$@" > /dev/full', "sh", *command], env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (1, "vaultkeeper: No space left on device\n")


def test_a_poor_terminal_is_given_escapes(vault: VaultFolder) -> None:
    vault.write("People/李梅.md", "x\n")
    command, environment = program(vault, "list", PYTHONIOENCODING="latin-1")
    done = subprocess.run(command, env=environment, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"\\u674e\\u6885\t")


def test_text_from_a_pipe_that_is_no_text(vault: VaultFolder) -> None:
    vault.write("People/Jane.md", "x\n")
    command, environment = program(vault, "log", "jane", "-m", "-")
    done = subprocess.run(command, env=environment, input=b"call: \xff", capture_output=True)
    assert done.returncode == 2
    assert b"not UTF-8" in done.stderr
    assert vault.read("People/Jane.md") == b"x\n"


def complete(vault: VaultFolder, words: str) -> list[str]:
    environment = {
        "_VK_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "VAULTKEEPER_VAULT": str(vault.root),
    }
    code = "import sys; sys.argv[0] = 'vk'; from vaultkeeper.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert done.stderr == ""
    return [line.removeprefix("plain,") for line in done.stdout.splitlines() if line]


def test_completion(example: VaultFolder, tmp_path: Path, home: Path) -> None:
    example.ok("list")
    assert complete(example, "vk sho") == ["show"]
    assert complete(example, "vk list --ti") == ["--tier"]
    assert complete(example, "vk show ja") == ["Jane Doe"]
    assert complete(example, "vk log zoe") == ["Zoë Lindqvist"]
    assert complete(example, "vk log jane --with lee") == ["Sam Lee"]
    assert complete(example, "vk set ja") == ["Jane Doe"]
    assert complete(example, f"vk --vault {tmp_path}/nowhere show ja") == []
    (file,) = home.rglob("index.sqlite3")
    file.write_bytes(file.read_bytes()[:8192] + b"\xa5" * 30000)
    assert complete(example, "vk show ja") in ([], ["Jane Doe"])


def test_what_should_not_happen_is_told_without_a_traceback(
    vault: VaultFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vaultkeeper.app import listing
    from vaultkeeper.cli.main import run

    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(listing, "list_contacts", broken)
    monkeypatch.chdir(vault.root)
    errors: list[str] = []
    monkeypatch.setattr("click.echo", lambda text, **_: errors.append(text))
    assert run(["list"], "vk") == 1
    assert "RuntimeError: a bug" in errors[0]
    monkeypatch.setenv("VAULTKEEPER_DEBUG", "1")
    with pytest.raises(RuntimeError):
        run(["list"], "vk")
