"""Front matter read into a contact: the keys of FORMAT.md section 3, other spellings, what is wrong."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.contact import KEYS, Contact
from vaultkeeper.domain.duration import Duration
from vaultkeeper.domain.place import Problem
from vaultkeeper.notes import reading as built_in
from vaultkeeper.notes.fields import contact_fields, key_in_note, read_contact
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.reading import Reading

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges

PATH = "People/Jane Doe.md"


def read(yaml: str, reading: Reading | None = None) -> tuple[Contact, tuple[Problem, ...]]:
    front_matter, problems = parse(f"---\n{yaml}\n---\n", PATH)
    assert problems == ()
    return read_contact(front_matter, PATH, reading or Reading())


def test_a_note_without_front_matter_is_named_like_its_file() -> None:
    assert read_contact(parse("", PATH)[0], PATH, Reading()) == (Contact(PATH, "Jane Doe"), ())


@pytest.mark.parametrize(
    ("yaml", "key", "value"),
    [
        ("name: Dr  Jane Doe", "name", "Dr Jane Doe"),
        ("name: 007", "name", "007"),
        ("name:", "name", "Jane Doe"),
        ("aliases:\n  - JD\n  - Janey", "aliases", ("JD", "Janey")),
        ("aliases: JD, Janey", "aliases", ("JD", "Janey")),
        ("aliases: [JD]", "aliases", ("JD",)),
        ("company: Globex", "company", ("Globex",)),
        ("company: Globex, Inc.", "company", ("Globex, Inc.",)),
        ("company:\n  - Globex\n  - Initech", "company", ("Globex", "Initech")),
        ("org: Globex", "company", ("Globex",)),
        ("organization: Globex", "company", ("Globex",)),
        ("company: Globex\norg: Initech", "company", ("Globex",)),
        ("company:\norg: Initech", "company", ()),
        ("title: Head of Robotics", "title", ("Head of Robotics",)),
        ("role: Head of Robotics", "title", ("Head of Robotics",)),
        ("position: Head of Robotics", "title", ("Head of Robotics",)),
        ("title: Jane Doe", "title", ()),
        ("name: Dr Jane\ntitle: Jane Doe", "title", ()),
        ("name: Dr Jane\ntitle: Dr Jane", "title", ()),
        ("email: jane@globex.example", "email", ("jane@globex.example",)),
        ("emails:\n  - a@x.example\n  - b@x.example", "email", ("a@x.example", "b@x.example")),
        ("phone: +49 30 5550 117", "phone", ("+49 30 5550 117",)),
        ("phone: 0305550117", "phone", ("0305550117",)),
        ("phones: 12:30", "phone", ("12:30",)),
        ("address: |\n  1 Main St\n  Berlin", "address", ("1 Main St\nBerlin",)),
        ("location: Berlin", "location", ("Berlin",)),
        ("city: no", "location", ("no",)),
        ("links:\n  - https://jane.example", "links", ("https://jane.example",)),
        ("linkedin: https://linkedin.example/in/jane", "linkedin", "https://linkedin.example/in/jane"),
        ("tags:\n  - robotics\n  - '#berlin'", "tags", ("robotics", "berlin")),
        ("tags: robotics, berlin", "tags", ("robotics", "berlin")),
        ("tags: robotics berlin", "tags", ("robotics", "berlin")),
        ("relationship: mentor, colleague", "relationship", ("mentor", "colleague")),
        ("relationship:\n  - former-manager", "relationship", ("former-manager",)),
        ("network: LinkedIn", "network", ("LinkedIn",)),
        ("network:\n  - LinkedIn\n  - PyCon", "network", ("LinkedIn", "PyCon")),
        ("goals:\n  - move into robotics", "goals", ("move into robotics",)),
        ("goal_fit: 3", "goal_fit", 3.0),
        ("openness: 1.5", "openness", 1.5),
        ("learn_from: '2'", "learn_from", 2.0),
        ("tier: A", "tier", "A"),
        ("tier: a", "tier", "a"),
        ("prm-tier: inner circle", "tier", "inner circle"),
        ("cadence: 10d", "cadence", Duration(10, "d")),
        ("cadence: 3w", "cadence", Duration(3, "w")),
        ("cadence: 2m", "cadence", Duration(2, "m")),
        ("cadence: 1y", "cadence", Duration(1, "y")),
        ("cadence: every 3 weeks", "cadence", Duration(3, "w")),
        ("cadence: Weekly", "cadence", Duration(1, "w")),
        ("cadence: monthly", "cadence", Duration(1, "m")),
        ("cadence: quarterly", "cadence", Duration(3, "m")),
        ("cadence: yearly", "cadence", Duration(1, "y")),
        ("cadence: 30", "cadence", Duration(30, "d")),
        ("prm-cadence: 30", "cadence", Duration(30, "d")),
        ("cadence: none", "no_cadence", True),
        ("cadence: no", "no_cadence", True),
        ("status: Paused", "status", "paused"),
        ("status: deceased", "status", "deceased"),
        ("prm-paused: true", "status", "paused"),
        ("prm-paused: false", "status", "active"),
        ("prm-paused: true\nstatus: active", "status", "active"),
        ("snooze_until: 2026-12-01", "snooze_until", date(2026, 12, 1)),
        ("prm-snooze-until: 2026-12-01", "snooze_until", date(2026, 12, 1)),
        ("met: 2024-09-14", "met", date(2024, 9, 14)),
        ("met: 2024-9-4", "met", date(2024, 9, 4)),
        ("met: 2024-09-14T18:30:00", "met", date(2024, 9, 14)),
        ('met: "[[2024-09-14]]"', "met", date(2024, 9, 14)),
        ("met: [[2024-09-14]]", "met", date(2024, 9, 14)),
        ("connected: 2024-09-14", "connected", date(2024, 9, 14)),
        ('met_at: "[[PyCon 2026]]"', "met_at", "[[PyCon 2026]]"),
        ("met_at: [[PyCon 2026]]", "met_at", "[[PyCon 2026]]"),
        ("met_at: dinner at Sam's", "met_at", "dinner at Sam's"),
        ('introduced_by: "[[Sam Lee]]"', "introduced_by", "[[Sam Lee]]"),
        ("birthday: 1981-04-09", "birthday", Anniversary(4, 9, 1981)),
        ("birthday: 05-17", "birthday", Anniversary(5, 17)),
        ("birthday: --05-17", "birthday", Anniversary(5, 17)),
        ("birthday: 2000-02-29", "birthday", Anniversary(2, 29, 2000)),
        ("prm-birthday: 05-17", "birthday", Anniversary(5, 17)),
        (
            "special_dates:\n  - 2019-09-01 started at Acme\n  - 06-12 wedding anniversary",
            "special_dates",
            (Anniversary(9, 1, 2019, "started at Acme"), Anniversary(6, 12, None, "wedding anniversary")),
        ),
        ("family:\n  - Leo, son, 9", "family", ("Leo, son, 9",)),
        ("interests: robotics, open-water swimming", "interests", ("robotics", "open-water swimming")),
        ("health:\n  - broke her wrist", "health", ("broke her wrist",)),
        ("needs:\n  - a tenancy lawyer, in Berlin", "needs", ("a tenancy lawyer, in Berlin",)),
        ("offers: a look at the lab", "offers", ("a look at the lab",)),
        ("last_contact: 2026-11-20", "last_contact", date(2026, 11, 20)),
        ("prm-last-contacted: 2026-11-20", "last_contact", date(2026, 11, 20)),
    ],
)
def test_each_key_is_read(yaml: str, key: str, value: object) -> None:
    contact, problems = read(yaml)
    assert getattr(contact, key) == value
    assert problems == ()


@pytest.mark.parametrize(
    ("yaml", "line", "said"),
    [
        ("tier: Q", 2, "'Q'"),
        ("a: b\ncadence: sometimes", 3, "sometimes"),
        ("cadence: 0", 2, "'0'"),
        ("goal_fit: 4", 2, "0 to 3"),
        ("goal_fit: -1", 2, "0 to 3"),
        ("openness: much", 2, "much"),
        ("openness: .nan", 2, "0 to 3"),
        ("status: gone", 2, "deceased"),
        ("met: 2026-02-30", 2, "no such day"),
        ("met: last week", 2, "2026-11-20"),
        ("snooze_until: 2026-13-01", 2, "no such day"),
        ("birthday: 1990-02-30", 2, "no such day"),
        ("birthday: May 17", 2, "1990-05-17"),
        ("special_dates:\n  - 06-12 ok\n  - 13-01 bad", 4, "13-01"),
        ("org: x\nprm-birthday: soon", 3, "prm-birthday"),
    ],
)
def test_what_cannot_be_read_is_a_problem_on_its_line(yaml: str, line: int, said: str) -> None:
    contact, (problem,) = read(yaml)
    assert (problem.path, problem.line, problem.unsafe) == (PATH, line, False)
    assert said in problem.message
    assert problem.mend
    if "tier" not in yaml and "ok" not in yaml and "org" not in yaml:
        assert contact == Contact(PATH, "Jane Doe")


def test_the_good_ones_of_several_dates_stay() -> None:
    contact, problems = read("special_dates:\n  - 06-12 ok\n  - 13-01 bad\n  - 07-01 fine")
    assert [when.label for when in contact.special_dates] == ["ok", "fine"]
    assert len(problems) == 1


def test_a_tier_of_the_plugin_s_own_is_no_problem() -> None:
    assert read("prm-tier: inner circle")[1] == ()
    assert read("tier: inner circle", Reading(tiers=("Inner Circle",)))[1] == ()


def test_the_config_s_vocabulary() -> None:
    reading = Reading(keys={**built_in.KEYS, "company": ("firma", "org"), "needs": ("braucht",)})
    contact, problems = read("firma: Globex\norg: Initech\nbraucht:\n  - a lawyer", reading)
    assert (contact.company, contact.needs, problems) == (("Globex",), ("a lawyer",), ())


@pytest.mark.parametrize(
    ("yaml", "key", "spelled"),
    [
        ("company: a\norg: b", "company", "company"),
        ("org: b", "company", "org"),
        ("organization: b\norg: a", "company", "org"),
        ("company:\norg: b", "company", "company"),
        ("x: y", "company", "company"),
        ("prm-snooze-until: 2026-01-01", "snooze_until", "prm-snooze-until"),
        ("x: y", "unknown", "unknown"),
    ],
)
def test_a_write_goes_to_the_key_that_is_present(yaml: str, key: str, spelled: str) -> None:
    front_matter, _ = parse(f"---\n{yaml}\n---\n", PATH)
    assert key_in_note(key, front_matter, built_in.KEYS) == spelled


def test_the_fields_of_a_contact_as_json() -> None:
    contact, _ = read(
        "company: Globex\nemail:\n  - a@x.example\n  - b@x.example\ntags: x\ngoal_fit: 3\nopenness: 0\n"
        "cadence: every 3 weeks\nbirthday: --05-17\nspecial_dates:\n  - 2019-09-01 started\nmet: 2024-09-14"
    )
    assert contact_fields(contact) == {
        "name": "Jane Doe",
        "company": "Globex",
        "email": ["a@x.example", "b@x.example"],
        "tags": ["x"],
        "goal_fit": 3,
        "cadence": "3w",
        "status": "active",
        "met": "2024-09-14",
        "birthday": "05-17",
        "special_dates": ["2019-09-01 started"],
    }
    assert contact_fields(read("cadence: none")[0])["cadence"] == "none"
    assert contact_fields(read("learn_from: 1.5")[0])["learn_from"] == 1.5


KEY = st.sampled_from([*KEYS, *(name for names in built_in.KEYS.values() for name in names), "prm-paused"])
VALUE = st.sampled_from(
    [
        *("", "x", "'2026-11-20'", "2026-02-30", "0", "-1", ".inf", "1e400", "99999999999999999999", "no"),
        *(
            "[a, 2]",
            "[]",
            "\n  - a\n  -\n  - 05-17",
            "{a: b}",
            "[[Sam Lee]]",
            "~",
            "|\n  a\n  b",
            '"\\u0000"',
        ),
        *("9999-12-31", "0000-00-00", "every 99999 years", "[[a], [b]]", "٣", "true", "!!str 5", "02-29"),
    ]
)


@STEADY
@given(st.dictionaries(KEY, VALUE, max_size=6))
def test_any_values_make_a_contact(values: dict[str, str]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in values.items())
    front_matter, problems = parse(f"---\n{text}---\n", PATH)
    contact, wrong = read_contact(front_matter, PATH, Reading())
    assert contact.name
    assert all(2 <= problem.line <= text.count("\n") + 1 for problem in wrong)
    assert set(contact_fields(contact)) <= set(KEYS)
    assert len(problems) <= 1
