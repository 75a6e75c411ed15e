"""What is kept until something changes is never stale: the run of `index` that found nothing to do, the
agenda of `due`, the look for lost writes."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import TODAY, VaultFolder
from vaultkeeper.app import due as module
from vaultkeeper.app import generated, index, recover
from vaultkeeper.app.losses import find_lost
from vaultkeeper.app.vault import open_vault

DUE = "Keep in touch/Due this week.md"
OWN = "Templates/vaultkeeper/due-this-week.md"
JANE = "---\ntier: A\n---\n\n## Log\n\n- 2026-10-20 coffee: she is moving to Berlin\n"
SAM = "---\nbirthday: 11-25\n---\n\n- [ ] Send the book 📅 2026-11-24\n\n## Log\n\n- 2026-11-02 call: x #asked\n"


@pytest.fixture
def settled(vault: VaultFolder) -> VaultFolder:
    """A vault of which the last run of `index` found nothing to do."""
    vault.write("People/Jane Doe.md", JANE)
    vault.write("People/Sam Lee.md", SAM)
    vault.ok("index")
    assert vault.json("index")["written"] == []
    return vault


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A word for each time that the generated notes are worked out."""
    made: list[str] = []
    real = generated.plan_generated

    def counted(*args: Any) -> Any:
        made.append("run")
        return real(*args)

    monkeypatch.setattr("vaultkeeper.app.regenerate.plan_generated", counted)
    return made


def test_a_run_with_nothing_to_do_is_the_last(settled: VaultFolder, runs: list[str]) -> None:
    done = settled.json("index")
    assert (done["contacts"], done["unchanged"], done["written"], done["problems"]) == (2, 2, [], [])
    assert runs == []


CHANGES: dict[str, Callable[[VaultFolder], object]] = {
    "a note": lambda vault: vault.write("People/Jane Doe.md", JANE + "- 2026-11-22 call: settled in\n"),
    "a new note": lambda vault: vault.write("People/Ana Ruiz.md", JANE),
    "a note gone": lambda vault: (vault.root / "People/Jane Doe.md").unlink(),
    "the config": lambda vault: vault.write("vaultkeeper.toml", '[tiers]\nA = "2y"\n'),
    "a template of the vault": lambda vault: vault.write(OWN, "Mine {{ week }}\n"),
    "a generated note gone": lambda vault: (vault.root / DUE).unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_changed_is_in_the_next_run(
    settled: VaultFolder, runs: list[str], change: Callable[[VaultFolder], object]
) -> None:
    change(settled)
    assert DUE in settled.json("index")["written"]
    assert runs == ["run"]
    settled.ok("index")
    settled.ok("index")
    assert runs == ["run"] * 2  # the second finds nothing to do, the third is spared


def test_a_template_is_followed_as_often_as_it_is_edited(settled: VaultFolder) -> None:
    for text in ("Mine {{ week }}\n", "Own {{ week }}\n", "Same size {{ week }}\n", "Size same {{ week }}\n"):
        settled.write(OWN, text)
        settled.ok("index")
        settled.ok("index")
        assert text.split(" {{")[0].encode() in settled.read(DUE)


def test_another_day_is_another_run(settled: VaultFolder, runs: list[str]) -> None:
    settled.ok("index", today="2026-11-30")
    assert runs == ["run"]
    settled.ok("index", today=TODAY)
    assert runs == ["run"] * 2


def test_full_reads_and_makes_all_anew(settled: VaultFolder, runs: list[str]) -> None:
    assert settled.json("index", "--full")["modified"] == 2
    assert runs == ["run"]


def test_a_tick_is_taken_in(settled: VaultFolder) -> None:
    note = settled.read(DUE).decode()
    settled.write(DUE, note.replace("- [ ] [[Jane Doe]]", "- [x] [[Jane Doe]]"))
    assert settled.json("index")["harvested"] == 1
    assert b" touch" in settled.read("People/Jane Doe.md")


def test_a_failed_run_is_tried_again(settled: VaultFolder, runs: list[str]) -> None:
    settled.write(OWN, "{{ missing }}\n")
    for count in (1, 2):
        assert settled.run("index").code == 3
        assert runs == ["run"] * count


def test_people_without_a_note_are_told_each_time(settled: VaultFolder) -> None:
    settled.write("People/Jane Doe.md", JANE + "- 2026-11-02 coffee with [[Priya Nair]]: x\n")
    for _ in range(3):
        assert [who["name"] for who in settled.json("index")["mentioned"]] == ["Priya Nair"]


@pytest.mark.parametrize("args", [(), ("--days", "40"), ("--all",), ("--brief",)])
def test_a_kept_agenda_says_the_same(
    settled: VaultFolder, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    first = settled.ok("due", *args).out
    monkeypatch.setattr(module, "_row", None)  # nothing is worked out again
    assert settled.ok("due", *args).out == first


def test_a_kept_agenda_is_let_go_with_what_it_was_made_of(settled: VaultFolder) -> None:
    def due(*args: str, today: str = TODAY) -> set[tuple[str, str]]:
        items = settled.json("due", *args, today=today)["items"]
        return {(item["contact"], item["reason"]) for item in items}

    before = due()
    assert before == {
        ("Jane Doe", "cadence"),
        ("Sam Lee", "follow-up"),
        ("Sam Lee", "birthday"),
        ("Sam Lee", "nudge"),
    }
    assert due("--days", "0") == before - {("Sam Lee", "birthday"), ("Sam Lee", "follow-up")}
    assert due(today="2026-12-07") != before
    assert due() == before
    settled.ok("log", "jane", "-m", "call: settled in")
    assert due() == before - {("Jane Doe", "cadence")}
    settled.write("vaultkeeper.toml", "[rules]\nnudge_days = 40\n")
    assert due() == before - {("Jane Doe", "cadence"), ("Sam Lee", "nudge")}
    (settled.root / "People/Sam Lee.md").unlink()
    assert due() == set()


@pytest.mark.parametrize("meanwhile", [False, True])
def test_what_another_run_wrote_meanwhile_is_looked_at_again(
    settled: VaultFolder, monkeypatch: pytest.MonkeyPatch, meanwhile: bool
) -> None:
    """Between this run's look at the notes and its turn to write; with nobody else one look is enough."""
    looks: list[str] = []
    real = index.refresh

    def look(*args: Any, **options: Any) -> Any:
        found = real(*args, **options)
        looks.append("look")
        if meanwhile and len(looks) == 1:
            monkeypatch.setattr(index, "refresh", real)
            settled.ok("log", "Sam Lee", "--date", "2026-11-22", "-m", "call: the book came")
            monkeypatch.setattr(index, "refresh", look)
        return found

    settled.write("People/Jane Doe.md", JANE + "- [ ] Send the plan 📅 2026-11-25\n")
    monkeypatch.setattr(index, "refresh", look)
    settled.ok("index")
    assert len(looks) == 1 + meanwhile
    assert ("the book came" in settled.read(DUE).decode()) == meanwhile
    assert b"Send the plan" in settled.read(DUE)


def test_what_comes_during_the_look_for_losses_is_looked_at_next(
    settled: VaultFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, looks = open_vault(settled.root, exact=True), 0
    real = recover.find_losses

    def look(*args: Any, **options: Any) -> Any:
        nonlocal looks
        found, looks = real(*args, **options), looks + 1
        if looks == 1:  # another program's write, a moment later
            (vault.state / "undo").mkdir(exist_ok=True)
            (vault.state / "undo" / "another").touch()
        return found

    monkeypatch.setattr(recover, "find_losses", look)
    tomorrow = time.time() + 86400
    with vault.index() as index:
        for expected in (1, 2, 2):
            assert find_lost(vault, index, tomorrow, thorough=True) == ()
            assert looks == expected
