"""Imports end to end: made, filled, left; twice is once; nothing of the user's is lost."""

import random
from pathlib import Path

import pytest

from tests.added import added
from tests.conftest import VaultFolder

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def row(name: str, company: str = "Globex", title: str = "CTO", *, email: str = "", url: str = "") -> str:
    first, _, last = name.partition(" ")
    page = url or f"https://www.linkedin.com/in/{name.lower().replace(' ', '-')}"
    return f"{first},{last},{page},{email},{company},{title},12 Mar 2025\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "Connections.csv"
    file.write_text(HEADER + row("Jane Doe", email="jane@globex.example") + row("Sam Lee", "Acme"))
    return file


def notes(vault: VaultFolder) -> dict[str, bytes]:
    return {p.relative_to(vault.root).as_posix(): p.read_bytes() for p in vault.root.rglob("*.md")}


def again(vault: VaultFolder, form: str, file: Path, *more: str) -> None:
    """The same import once more: not a byte changes, and nothing is planned."""
    before = vault.snapshot()
    done = vault.run("import", form, str(file), "--json", *more)
    assert done.json["made"] == done.json["filled"] == done.json["entries"] == 0, done.json
    assert done.json["written"] == []
    assert vault.snapshot() == before


def test_new_people_wait_for_triage_and_not_in_the_agenda(vault: VaultFolder, export: Path) -> None:
    plan = vault.json("import", "linkedin", str(export))
    assert plan["written"] == ["People/LinkedIn/Jane Doe.md", "People/LinkedIn/Sam Lee.md"]
    assert vault.read("People/LinkedIn/Jane Doe.md").decode().splitlines()[:11] == [
        "---",
        "company: Globex",
        "title: CTO",
        "email: jane@globex.example",
        "linkedin: https://www.linkedin.com/in/jane-doe",
        "network: LinkedIn",
        "status: new",
        "connected: 2025-03-12",
        "imported:",
        f'  - "{_memory(vault, "People/LinkedIn/Jane Doe.md")}"',
        "---",
    ]
    assert vault.json("due", "--all")["items"] == []
    assert {item["contact"] for item in vault.json("review")["items"]} == {"Jane Doe", "Sam Lee"}
    assert vault.ok("doctor").code == 0


def _memory(vault: VaultFolder, path: str) -> str:
    line = next(
        line for line in vault.read(path).decode().splitlines() if "linkedin " in line and "- " in line
    )
    return line.strip().removeprefix("- ").strip('"')


def test_doing_it_twice_changes_nothing_whatever_the_user_did_meanwhile(
    vault: VaultFolder, export: Path
) -> None:
    vault.ok("import", "linkedin", str(export))
    again(vault, "linkedin", export)
    vault.ok("set", "jane", "company=Initech", "email=jane@home.example", "status=", "tier=A", "title=")
    vault.ok("log", "jane", "-m", "coffee: talked")
    moved = vault.root / "Friends" / "Janey.md"
    moved.parent.mkdir()
    (vault.root / "People/LinkedIn/Jane Doe.md").rename(moved)
    moved.write_text(moved.read_text().replace("---\n", "---\ntype: contact\n", 1))
    (vault.root / "People/LinkedIn/Sam Lee.md").rename(vault.root / "People/Samuel.md")
    again(vault, "linkedin", export)


def test_a_value_of_the_user_s_is_never_overwritten(vault: VaultFolder, export: Path) -> None:
    mine = b"---\ncompany: Initech # since May\nemail: [j@x.example]\nstatus: paused\n---\nMine.\n"
    vault.write("People/Jane Doe.md", mine)
    vault.ok("import", "linkedin", str(export))
    after = vault.read("People/Jane Doe.md")
    assert (
        b"company: Initech # since May\n" in after
        and b"status: paused\n" in after
        and b"network" not in after
    )
    assert b'email: [j@x.example, "jane@globex.example"]\n' in after
    assert b"title: CTO\n" in after and b"connected: 2025-03-12\n" in after
    again(vault, "linkedin", export)
    vault.ok("import", "linkedin", str(export), "--overwrite")
    assert b"company: Globex # since May\n" in vault.read("People/Jane Doe.md")
    again(vault, "linkedin", export)


def test_a_new_job_is_told_once_and_the_note_stays(vault: VaultFolder, export: Path) -> None:
    vault.ok("import", "linkedin", str(export))
    export.write_text(HEADER + row("Jane Doe", "Initech", "CEO", email="jane@globex.example"))
    done = vault.ok("import", "linkedin", str(export))
    assert done.out == "moved\tJane Doe\tPeople/LinkedIn/Jane Doe.md\t\tCTO, Globex → CEO, Initech\n"
    assert "vk draft NAME --as congratulate" in done.err
    assert "company: Globex\n" in vault.read("People/LinkedIn/Jane Doe.md").decode()
    again(vault, "linkedin", export)
    assert vault.ok("import", "linkedin", str(export)).out == ""
    plan = vault.json("import", "linkedin", str(export), "--overwrite")
    assert plan["filled"] == 1
    assert vault.json("show", "jane doe")["fields"]["company"] == "Initech"


def test_two_of_one_name_get_names_of_their_own(vault: VaultFolder, export: Path) -> None:
    vault.write("Places/John Smith.md", "a pub\n")
    export.write_text(
        HEADER
        + row("John Smith", "Acme, Inc.".replace(",", ""), url="https://linkedin.com/in/js1")
        + row("John Smith", "", url="https://linkedin.com/in/js2", email="js@beta.example")
        + row("John Smith", "", "", url="https://linkedin.com/in/js3")
        + row("John Smith", "", "", url="https://linkedin.com/in/js4")
    )
    names = [path.rsplit("/", 1)[1] for path in vault.json("import", "linkedin", str(export))["written"]]
    assert names[:3] == ["John Smith (Acme Inc).md", "John Smith (beta.example).md", "John Smith (js3).md"]
    assert len({name.casefold() for name in names}) == 4
    for name in names:
        assert "name: John Smith\n" in vault.read(f"People/LinkedIn/{name}").decode()
    again(vault, "linkedin", export)


def test_who_cannot_be_told_is_listed_and_left(vault: VaultFolder, export: Path) -> None:
    vault.write("People/Jane Doe.md", "one\n")
    vault.write("People/Old/Jane Doe.md", "two\n")
    before = vault.snapshot()
    export.write_text(HEADER + row("Jane Doe"))
    plan = vault.json("import", "linkedin", str(export))
    assert (plan["ambiguous"], plan["written"]) == (1, [])
    (told,) = plan["rows"]
    assert told["candidates"] == ["People/Jane Doe.md", "People/Old/Jane Doe.md"]
    assert vault.snapshot() == before
    vault.ok("set", "People/Old/Jane Doe.md", "linkedin=https://www.linkedin.com/in/jane-doe")
    plan = vault.json("import", "linkedin", str(export))
    assert plan["written"] == ["People/Old/Jane Doe.md"]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("../../etc passwd", "etc passwd"),
        ("--- x", "--- x"),
        ("a: b", "a b"),
        ("=cmd|' /C calc'!A0 x", "=cmd ' C calc'!A0 x"),
        ("con ", "con (name)"),
        ("X.sync-conflict-20260101-120000 Y", None),
        ("e\u0301\u202e evil", "é evil"),
        ("[[Jane]] #gave", "Jane gave"),
        ("<% x %> {{ name }}", "x {{ name }}"),
    ],
)
def test_hostile_names_get_safe_files_and_stay_in_name(
    vault: VaultFolder, export: Path, name: str, stem: str | None
) -> None:
    first, _, last = name.partition(" ")
    export.write_text(
        HEADER + f'"{first}","{last}",https://linkedin.com/in/x,,Globex,"- [ ] t\nu",12 Mar 2025\n'
    )
    (path,) = vault.json("import", "linkedin", str(export))["written"]
    assert path.startswith("People/LinkedIn/") and path.count("/") == 2
    if stem is not None:
        assert path == f"People/LinkedIn/{stem}.md"
    (contact,) = vault.json("list")["contacts"]
    assert contact["path"] == path
    assert " ".join(contact["contact"].split()) == " ".join(name.replace("\u202e", " ").split())
    assert vault.ok("doctor").code == 0
    again(vault, "linkedin", export)


def test_a_name_of_nothing_usable_is_told_with_its_line(vault: VaultFolder, export: Path) -> None:
    export.write_text(HEADER + row("??? ///", url="https://linkedin.com/in/q", company="") + row("Sam Lee"))
    done = vault.run("import", "linkedin", str(export))
    assert done.code == 3
    assert "Sam Lee" in done.out and (vault.root / "People/LinkedIn/Sam Lee.md").exists()


def test_filters_import_a_part(vault: VaultFolder, export: Path) -> None:
    export.write_text(HEADER + row("Jane Doe", "Globex GmbH") + row("Sam Lee", "Acme"))
    plan = vault.json("import", "linkedin", str(export), "--where", "company=globex*")
    assert ([r["contact"] for r in plan["rows"]], plan["filtered"]) == (["Jane Doe"], 1)
    plan = vault.json("import", "linkedin", str(export), "--since", "2025-03-13")
    assert (plan["read"], plan["filtered"], plan["rows"]) == (2, 2, [])


def test_into_another_folder_outside_of_people(vault: VaultFolder, export: Path) -> None:
    vault.ok("import", "linkedin", str(export), "--into", "Work/Contacts")
    assert b"type: contact\n" in vault.read("Work/Contacts/Jane Doe.md")
    assert len(vault.json("list")["contacts"]) == 2
    again(vault, "linkedin", export, "--into", "Work/Contacts")
    assert vault.run("import", "linkedin", str(export), "--into", "../out").code == 2


def test_somebody_called_like_the_folder_is_a_contact(vault: VaultFolder, export: Path) -> None:
    export.write_text(HEADER + "LinkedIn,,https://linkedin.com/in/li,,Globex,CTO,12 Mar 2025\n")
    vault.ok("import", "linkedin", str(export))
    assert [c["contact"] for c in vault.json("list")["contacts"]] == ["LinkedIn"]


def test_one_unsafe_note_is_told_and_stops_nobody_else(vault: VaultFolder, export: Path) -> None:
    vault.write("People/Jane Doe.md", "---\na: [\n---\n")
    done = vault.run("import", "linkedin", str(export))
    assert done.code == 3
    assert "People/Jane Doe.md:3: bad YAML in the front matter: " in done.err
    assert vault.read("People/Jane Doe.md") == b"---\na: [\n---\n"
    assert (vault.root / "People/LinkedIn/Sam Lee.md").exists()


def test_undo_takes_the_whole_import_back(vault: VaultFolder, export: Path) -> None:
    vault.write("People/Jane Doe.md", "---\ncompany: Initech\n---\n")
    before = notes(vault)
    vault.ok("import", "linkedin", str(export))
    after = notes(vault)
    vault.ok("undo")
    assert notes(vault) == before
    vault.ok("import", "linkedin", str(export))
    assert notes(vault) == after


def test_dry_run_shows_what_would_be_written_and_writes_nothing(vault: VaultFolder, export: Path) -> None:
    vault.write("People/Jane Doe.md", "---\ncompany: Initech\n---\n")
    before = vault.snapshot()
    done = vault.ok("import", "linkedin", str(export), "--dry-run")
    assert "+++ b/People/LinkedIn/Sam Lee.md" in done.out and "+title: CTO" in done.out
    assert vault.snapshot() == before


MESSAGES = """CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,\
CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT
1,,Me,https://linkedin.com/in/me,Jane Doe,https://www.linkedin.com/in/jane-doe,2026-07-01 10:00:00 UTC,,Hi #gave,INBOX,,No
1,,Me,https://linkedin.com/in/me,Jane Doe,https://www.linkedin.com/in/jane-doe,2026-07-01 10:05:00 UTC,,you there?,INBOX,,No
1,,Jane Doe,https://www.linkedin.com/in/jane-doe,Me,https://linkedin.com/in/me,2026-07-02 10:00:00 UTC,,Yes,INBOX,,No
2,,Zed,https://linkedin.com/in/zed,Me,https://linkedin.com/in/me,2026-07-02 10:00:00 UTC,,Buy,INBOX,,No
"""


def test_messages_become_entries_one_a_day_and_direction(vault: VaultFolder, tmp_path: Path) -> None:
    file = tmp_path / "messages.csv"
    file.write_text(MESSAGES)
    vault.write("People/Jane Doe.md", "---\n---\n\n## Log\n\n- 2026-07-02 linkedin both: talked\n")
    before = vault.read("People/Jane Doe.md")
    plan = vault.json("import", "linkedin-messages", str(file))
    assert added(before, vault.read("People/Jane Doe.md")) == [
        "- 2026-07-01 linkedin out: Hi gave (2 messages)"
    ]
    assert {(r["contact"], r["action"]) for r in plan["rows"]} == {("Jane Doe", "filled"), ("Zed", "left")}
    again(vault, "linkedin-messages", file)
    renamed = vault.root / "People/Janey.md"
    (vault.root / "People/Jane Doe.md").rename(renamed)
    text = renamed.read_text().replace("---\n", "---\nlinkedin: linkedin.com/in/jane-doe\n", 1)
    renamed.write_text(text.replace("Hi gave (2 messages)", "said hello"))
    again(vault, "linkedin-messages", file)


FRIENDS = """### Activities:
- 2018-11-01: Lunch with **Grace Hopper** at _Marie's_. @food
- 2018-11-01: **Grace Hopper** and **Ada** met.
### Notes:
- 2018-06-15: **Grace Hopper** got a building. @navy
### Friends:
- Grace Hopper (a.k.a. The Admiral) [Paris] @navy
- Ada
"""


def test_friends_with_activities_notes_and_a_rename(vault: VaultFolder, tmp_path: Path) -> None:
    file = tmp_path / "friends.md"
    file.write_text(FRIENDS)
    vault.ok("import", "friends", str(file))
    grace = vault.json("show", "grace")
    assert grace["last_contact"] == "2018-11-01"
    assert [(i["channel"], i["text"]) for i in grace["interactions"]] == [
        ("lunch", "with Grace Hopper at Marie's. #food"),
        (None, "Grace Hopper and Ada met."),
    ]
    text = vault.read("People/Friends/Grace Hopper.md").decode()
    assert "## Notes\n\n- 2018-06-15: Grace Hopper got a building. #navy\n" in text
    again(vault, "friends", file)
    (vault.root / "People/Friends/Grace Hopper.md").rename(vault.root / "People/Admiral.md")
    again(vault, "friends", file)
    file.write_text(FRIENDS.replace("### Friends", "- 2019-01-01: **Grace Hopper** sails.\n### Friends"))
    before = vault.read("People/Admiral.md")
    vault.ok("import", "friends", str(file))
    new = set(vault.read("People/Admiral.md").splitlines()) - set(before.splitlines())
    assert b"- 2019-01-01: Grace Hopper sails." in new and len(new) == 2


def test_mail_and_meetings_of_known_people_only(vault: VaultFolder, tmp_path: Path) -> None:
    vault.write("People/Jane Doe.md", "---\nemail: [jane@x.example, jd@x.example]\n---\n")
    box = tmp_path / "cur"
    box.mkdir()
    (tmp_path / "new").mkdir()
    for number, sender in enumerate(("jane@x.example", "jd@x.example", "zed@x.example")):
        text = f"From: {sender}\nTo: me@x.example\nDate: Wed, 1 Jul 2026 09:0{number}:00 +0200\nSubject: Hi {number}\n\nx"
        (box / f"{number}:2,S").write_text(text)
    plan = vault.json("import", "mbox", str(tmp_path), "--me", "me@x.example")
    assert (plan["entries"], plan["skipped"]) == (1, {"with nobody who has a note": 1})
    calendar = tmp_path / "x.ics"
    calendar.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260702T100000\nSUMMARY:Plan\nATTENDEE:mailto:jd@x.example\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    vault.ok("import", "ics", str(calendar))
    assert (
        vault.read("People/Jane Doe.md")
        .decode()
        .endswith("## Log\n\n- 2026-07-01 email in: Hi 0 (2 messages)\n- 2026-07-02 10:00 meeting: Plan\n")
    )
    again(vault, "ics", calendar)
    again(vault, "mbox", tmp_path, "--me", "me@x.example")


@pytest.mark.parametrize("seed", range(8))
def test_any_file_twice_is_once(vault: VaultFolder, tmp_path: Path, seed: int) -> None:
    """vCards with few names, addresses and companies, so that much is shared; onto notes of such people."""
    chance = random.Random(seed)
    first, last = ["Ann", "Bob", "Änn"], ["Lee", "Doe"]

    def person() -> tuple[str, list[str], str]:
        emails = [f"{chance.choice('abc')}@x.example" for _ in range(chance.randrange(3))]
        return f"{chance.choice(first)} {chance.choice(last)}", emails, chance.choice(["", "Acme", "Globex"])

    for number in range(4):
        name, emails, company = person()
        lines = [f"name: {name}", *([f"email: [{', '.join(emails)}]"] if emails else [])]
        lines += [f"company: {company}"] if company else []
        vault.write(f"People/N{number}.md", "\n".join(["---", *lines, "---", ""]))
    cards = []
    for number in range(25):
        name, emails, company = person()
        uid = [f"UID:{number}"] if chance.random() < 0.3 else []
        lines = [*uid, f"FN:{name}", *(f"EMAIL:{email}" for email in emails), f"ORG:{company}", "NOTE:x\\ny"]
        cards.append("\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""]))
    file = tmp_path / "x.vcf"
    file.write_text("".join(cards))
    mine = notes(vault)
    vault.ok("import", "vcard", str(file))
    for path, data in mine.items():
        lines = {line for line in data.splitlines() if not line.startswith(b"email:")}
        assert lines <= {*vault.read(path).splitlines()}
    again(vault, "vcard", file)


def test_a_maildir_with_its_folders(vault: VaultFolder, tmp_path: Path) -> None:
    """What was sent stands in a folder of its own; what was thrown away, or never sent, counts for nobody."""
    vault.write("People/Sam.md", "---\nemail: sam@x.example\n---\n")
    mail = "From: {}\nTo: {}\nDate: Sat, {} Nov 2026 11:00:00 +0100\nSubject: {}\n\nbody\n"
    me, sam = "me@my.example", "sam@x.example"
    messages = {
        "cur/1:2,S": mail.format(sam, me, 7, "came"),
        ".Sent/cur/2:2,S": mail.format(me, sam, 8, "sent"),
        "Archive/2025/new/3": mail.format(sam, me, 9, "kept"),
        ".Trash/cur/4:2,S": mail.format(sam, me, 10, "thrown away"),
        ".INBOX.Drafts/cur/5:2,S": mail.format(me, sam, 11, "never sent"),
        "tmp/6": mail.format(me, sam, 12, "half written"),
    }
    for name, text in messages.items():
        file = tmp_path / "Mail" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    vault.ok("import", "mbox", str(tmp_path / "Mail"), "--me", me)
    assert [e["text"] for e in vault.json("show", "sam")["interactions"]] == ["came", "sent", "kept"]
