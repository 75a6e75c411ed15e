"""`index` and `doctor`: the nightly job, and what is wrong."""

import os
from pathlib import Path

import pytest
from conftest import VaultFolder

from vaultkeeper.errors import NotWritten
from vaultkeeper.render.template import Templates
from vaultkeeper.storage.platform import locked

KEYS = {"contacts", "added", "modified", "removed", "unchanged", "harvested", "problems", "written"}
JANE, DUE = "People/Jane Doe.md", "Keep in touch/Due this week.md"


def test_index_in_json(example: VaultFolder) -> None:
    first = example.run("index", "--json")
    assert (first.code, first.err) == (0, "")
    document = first.json
    assert set(document) >= KEYS
    assert document["contacts"] == document["added"] == len(example.json("list")["contacts"])
    assert (document["modified"], document["removed"], document["unchanged"]) == (0, 0, 0)
    assert (document["harvested"], document["problems"]) == (0, [])
    assert DUE in document["written"]
    assert all((example.root / path).is_file() for path in document["written"])


def test_a_second_run_writes_nothing(example: VaultFolder) -> None:
    example.ok("index")
    before = example.snapshot()
    again = example.json("index")
    assert (again["added"], again["modified"], again["written"]) == (0, 0, [])
    assert again["unchanged"] == again["contacts"]
    assert example.snapshot() == before
    assert example.json("index", "--full")["written"] == []
    assert example.snapshot() == before


def test_the_same_vault_and_week_give_the_same_bytes(example: VaultFolder) -> None:
    written = example.json("index")["written"]
    first = {path: example.read(path) for path in written}
    for path in written:
        (example.root / path).unlink()
    assert example.json("index")["written"] == written
    assert {path: example.read(path) for path in written} == first


def test_it_writes_nothing_but_generated_notes(example: VaultFolder) -> None:
    before = example.snapshot()
    written = example.json("index")["written"]
    after = example.snapshot()
    new = {str(Path(path).relative_to(example.root)) for path in after if path not in before}
    assert {path for path in new if path.endswith(".md")} == {p for p in written if p.endswith(".md")}
    assert {path for path in before if before[path] != after[path]} == {str(example.root)}


def test_messages_go_to_stderr(example: VaultFolder) -> None:
    done = example.ok("index")
    assert done.out == ""
    assert done.err.splitlines()[0].startswith("40 contacts: 40 added, 0 modified, 0 removed, 0 unchanged")
    assert f"wrote {DUE}" in done.err.splitlines()
    (example.root / DUE).unlink()
    assert (example.run("-q", "index").out, example.run("-q", "index").err) == ("", "")
    assert (example.root / DUE).is_file()


def test_one_bad_note_does_not_stop_the_others(vault: VaultFolder) -> None:
    vault.write(JANE, "---\ntier: A\ntier: B\n---\n## Log\n- 2026-11-01 call: x\n")
    vault.write("People/Sam Lee.md", "---\ntier: A\nmet: 2026-01-01\n---\n")
    done = vault.run("index", "--json")
    assert done.code == 3
    (problem,) = done.json["problems"]
    assert (problem["path"], problem["line"]) == (JANE, 3)
    assert done.err == f"{JANE}:3: {problem['message']}\n"
    assert (done.json["contacts"], DUE in done.json["written"]) == (2, True)
    assert "[[Sam Lee]]" in vault.read(DUE).decode()


def test_other_commands_count_the_problems_in_one_line(vault: VaultFolder) -> None:
    vault.write(JANE, "---\ntier: Z\ngoal_fit: 7\n---\n")
    vault.write("People/Sam Lee.md", "Sam.\n")
    for args in (["list"], ["due"], ["search", "sam"], ["show", "sam"], ["log", "sam", "-m", "call"]):
        done = vault.run(*args)
        assert (done.code, done.err.splitlines()[-1]) == (0, "2 problems in the vault: vk doctor"), args
    assert vault.run("-q", "list").err == ""


# --- generated notes that are not ours, or cannot be written


def test_a_note_of_the_user_s_is_never_overwritten(example: VaultFolder) -> None:
    example.write(DUE, "My own list.\n")
    done = example.run("index", "--json")
    assert done.code == 3
    assert [problem["path"] for problem in done.json["problems"]] == [DUE]
    assert example.read(DUE) == b"My own list.\n"
    assert DUE not in done.json["written"]
    assert done.json["written"]  # the others


def test_a_folder_s_place_is_taken(example: VaultFolder) -> None:
    example.write("Keep in touch", "a file")
    before = example.snapshot()
    done = example.run("index", "--json")
    assert done.code == 3
    assert DUE in {problem["path"] for problem in done.json["problems"]}
    assert done.json["written"] == []
    assert example.snapshot() == before


def test_a_generated_note_that_leads_out_of_the_vault(example: VaultFolder, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    example.ok("index")
    text = example.read(DUE)
    outside.write_bytes(text)
    (example.root / DUE).unlink()
    (example.root / DUE).symlink_to(outside)
    example.write(JANE, example.read(JANE).replace(b"tier: A", b"tier: D"))
    done = example.run("index", "--json", today="2026-12-07")
    assert done.code == 3
    assert "leads out of the vault" in done.err
    assert outside.read_bytes() == text


def test_what_was_typed_is_kept(example: VaultFolder) -> None:
    example.ok("index")
    text = example.read(DUE) + b"\nMy own thoughts.\n"
    example.write(DUE, text)
    example.ok("index", today="2026-12-07")
    assert example.read("Keep in touch/Kept/Due this week 2026-12-07.md") == text
    assert b"My own thoughts" not in example.read(DUE)


def test_a_broken_template_is_told_by_its_line(example: VaultFolder) -> None:
    example.write("Templates/vaultkeeper/due-this-week.md", "# x\n{% for %}\n")
    done = example.run("index", "--json")
    assert done.code == 3
    assert "Templates/vaultkeeper/due-this-week.md:2: " in done.err
    assert not (example.root / DUE).exists()
    assert done.json["written"]


# --- doctor


def test_all_is_well(example: VaultFolder) -> None:
    example.ok("index")
    before = example.snapshot()
    done = example.ok("doctor")
    assert (done.out, done.err.splitlines()[0]) == ("", "All is well.")
    assert example.json("doctor")["problems"] == []
    assert example.snapshot() == before


def test_doctor_tells_each_problem_and_a_way_to_mend_it(vault: VaultFolder) -> None:
    vault.write("vaultkeeper.toml", "[week]\nqouta = 3\n")
    vault.write("People/A.md", "---\ntier: Z\nbirthday: 1990-02-30\n---\n## Log\n- 2026-02-30 call\n")
    vault.write("People/B.md", "")
    vault.write("People/C.md", b"\xff")
    vault.write(DUE, "mine\n")
    before = vault.snapshot()
    done = vault.run("doctor", "--json")
    assert done.code == 3
    found = [(problem["path"], problem["line"]) for problem in done.json["problems"]]
    assert found == sorted(found)
    assert found == [
        (DUE, 1),
        ("People/A.md", 2),
        ("People/A.md", 3),
        ("People/A.md", 6),
        ("People/B.md", 1),
        ("People/C.md", 1),
        ("vaultkeeper.toml", 2),
    ]
    assert all(problem["mend"] for problem in done.json["problems"] if problem["path"] != DUE)
    said = vault.run("doctor")
    assert (said.code, said.out) == (3, "")
    for problem in done.json["problems"]:
        assert f"{problem['path']}:{problem['line']}: {problem['message']}\n" in said.err
        assert f"    {problem['mend']}\n" in said.err or not problem["mend"]
    assert vault.snapshot() == before


def test_doctor_goes_by_what_is_there_now(vault: VaultFolder) -> None:
    vault.write("People/A.md", "---\ntier: Z\n---\n")
    assert vault.run("doctor").code == 3
    vault.write("People/A.md", "---\ntier: A\n---\n")
    assert vault.run("doctor").code == 0
    vault.write("People/A.md", "---\ntier: Z\n---\n")
    os.utime(vault.root / "People/A.md", (1, 1))
    assert vault.run("doctor").code == 3
    (vault.root / "People/A.md").unlink()
    assert vault.run("doctor").code == 0


@pytest.mark.parametrize("command", ["index", "doctor"])
def test_a_note_that_goes_while_it_is_read(
    vault: VaultFolder, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    from vaultkeeper.app import refresh as module
    from vaultkeeper.storage.scan import Scan, ScanRules, scan

    vault.write("People/A.md", "x\n")
    vault.write("People/B.md", "x\n")

    def slow(root: Path, rules: ScanRules) -> Scan:
        found = scan(root, rules)
        (vault.root / "People/A.md").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(module, "scan", slow)
    assert vault.run(command).code in (0, 3)
    assert vault.run(command).code == 0
    assert [contact["contact"] for contact in vault.json("list")["contacts"]] == ["B"]


def test_what_is_planned_is_written_under_one_lock(
    example: VaultFolder, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a second run, begun meanwhile, plans the same notes and finds them there already."""
    rendered: list[str] = []
    real = Templates.render

    def watched(self: Templates, name: str, /, **values: object) -> str:
        (lock,) = home.rglob("lock")
        with pytest.raises(NotWritten, match="another vaultkeeper is writing"), locked(lock, 0):
            pass
        rendered.append(name)
        return real(self, name, **values)

    monkeypatch.setattr(Templates, "render", watched)
    example.ok("index")
    assert "due-this-week.md" in rendered
