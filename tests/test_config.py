import pytest

from vaultkeeper.config import Layout, parse_config, read_folder
from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.policy import Policy, Rules
from vaultkeeper.errors import ConfigError

WHOLE = """\
goals = ["move into robotics"]
companies_of_interest = ["Globex"]
occasions = ["12-25 Christmas #family", "01-01 New Year"]
properties = "index"
[me]
news = "Me/Mine.md"
offers = ["code review"]
style = ["card"]
[contacts]
folders = ["People", "./Work/People/"]
tags = ["person"]
[events]
folder = "Happenings"
[keys]
company = ["firm"]
[generated]
folder = "vk"
[log]
heading = "Protokoll"
order = "newest-first"
channels = { Beer = "both", sign = "none" }
[daily_notes]
folder = "Daily"
format = "YYYY/MM-DD"
count = "links"
verbs = { pinged = "message out" }
[tiers]
A = "2w"
[relationships]
mentor = "A"
[week]
day = "Sunday"
quota = 7
[rules]
hot_days = 14
"""


def test_an_empty_config_is_valid() -> None:
    config = parse_config("")
    assert (config.policy, config.layout, config.problems) == (Policy(), Layout(), ())
    tiers = {"A": "3w", "B": "2m", "C": "6m", "D": "1y"}
    assert {name: str(span) for name, span in config.policy.tiers.items()} == tiers
    assert (config.layout.people, config.policy.quota, config.policy.week_day) == (("People",), 5, 0)


def test_every_key_of_the_format() -> None:
    config = parse_config(WHOLE)
    policy, layout = config.policy, config.layout
    assert config.problems == ()
    assert policy.goals == ("move into robotics",)
    assert policy.companies_of_interest == ("Globex",)
    assert policy.occasions == (
        Anniversary(12, 25, None, "Christmas #family"),
        Anniversary(1, 1, None, "New Year"),
    )
    assert (policy.offers, policy.style) == (("code review",), ("card",))
    assert (policy.week_day, policy.quota, policy.rules.hot_days) == (6, 7, 14)
    assert policy.relationships == {"mentor": "A"}
    assert layout.properties
    assert (layout.news, layout.events, layout.generated) == ("Me/Mine.md", "Happenings", "vk")
    assert (layout.people, layout.tags) == (("People", "Work/People"), ("person",))
    assert layout.keys == {"company": ("firm",)}
    assert (layout.heading, layout.newest_first) == ("Protokoll", True)
    assert layout.channels["beer"] == "both"
    assert layout.channels["sign"] is None
    assert layout.channels["call"] == "both"
    assert (layout.daily_folder, layout.daily_format, layout.daily_count) == ("Daily", "YYYY/MM-DD", "links")
    assert "pinged" in layout.verbs


@pytest.mark.parametrize(
    ("text", "tiers"),
    [
        ('[tiers]\nA = "2w"', {"A": "2w", "B": "2m", "C": "6m", "D": "1y"}),
        ('[tiers]\nclose = "every 2 weeks"\nfar = "yearly"', {"close": "2w", "far": "1y"}),
        ("[tiers]\nA = 10", {"A": "10d", "B": "2m", "C": "6m", "D": "1y"}),
        ("[tiers]", {"A": "3w", "B": "2m", "C": "6m", "D": "1y"}),
    ],
)
def test_tiers(text: str, tiers: dict[str, str]) -> None:
    assert {name: str(span) for name, span in parse_config(text).policy.tiers.items()} == tiers


def test_the_tier_of_a_relationship_in_either_case() -> None:
    assert parse_config("[relationships]\nmentor = 'b'").policy.relationships == {"mentor": "B"}


def test_a_verb_of_a_channel_of_ones_own() -> None:
    config = parse_config("[daily_notes]\nverbs = { faxed = 'fax' }\n[log]\nchannels = { fax = 'out' }")
    assert config.layout.verbs == {"faxed": ("fax", "out")}


def test_one_text_will_do_for_a_list() -> None:
    assert parse_config('goals = "robotics"').policy.goals == ("robotics",)


@pytest.mark.parametrize(
    ("text", "line", "key", "near"),
    [
        ('goal = ["x"]', 1, "goal", "goals"),
        ("[week]\nqouta = 5", 2, "week.qouta", "week.quota"),
        ("\n[weeks]\nquota = 5", 2, "weeks", "week"),
        ("[rules]\nhot_dayz = 1", 2, "rules.hot_dayz", "rules.hot_days"),
        ("goals = []\n[rules.hot_days_]\nx = 1", 2, "rules.hot_days_", "rules.hot_days"),
        ("week = { day = 'monday', qota = 3 }", 1, "week.qota", "week.quota"),
        ("[keys]\ncompny = ['org']", 2, "keys.compny", "keys.company"),
        ("[week]\nday = 'monday'\n[log]\nhading = 'Log'", 4, "log.hading", "log.heading"),
    ],
)
def test_an_unknown_key_is_a_problem_that_names_the_nearest(
    text: str, line: int, key: str, near: str
) -> None:
    (problem,) = parse_config(text).problems
    assert str(problem) == f"vaultkeeper.toml:{line}: unknown key {key}; the nearest known one is {near}"
    assert problem.mend


def test_the_rest_of_a_config_with_an_unknown_key_counts() -> None:
    config = parse_config("[week]\nqouta = 5\nquota = 3")
    assert (len(config.problems), config.policy.quota) == (1, 3)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("goals = \n", 1, "Invalid value"),
        ("[week]\nquota = 'unterminated", 2, ""),
        ("[week]\nquota = 1\nquota = 2", 3, ""),
        ("[week]\n[week]", 2, ""),
        ("x = [\n1,\n2,", 3, ""),
        ("[week]\nquota = 0", 2, "week.quota: 0 is not a whole number from 1 on"),
        ("[week]\nquota = true", 2, "True"),
        ("week = { quota = 0 }", 1, "week.quota"),
        ("goals = []\nweek = { quota = 0 }", 2, "week.quota"),
        ("week = 3", 1, "[week] is a table"),
        ("[week]\nday = 'funday'", 2, "'funday' is not one of monday, tuesday"),
        ("[tiers]\nA = '3w'\nB = 'never'", 3, "tiers.B: 'never' is not a duration such as 10d"),
        ("[tiers]\nA = '0d'", 2, "tiers.A"),
        ("tiers = 3", 1, "tiers: 3 is not a table"),
        (
            "[relationships]\nmentor = 'B'\nfriend = 'Z'",
            3,
            "relationships.friend: 'Z' is not one of",
        ),
        ("[relationships]\nmentor = 2", 2, "relationships.mentor: 2 is not a text"),
        ("[keys]\ntitle = 'role'\ncompany = 5", 3, "keys.company: 5 is not a list of texts"),
        ("[log]\norder = 'up'", 2, "'up' is not one of append, newest-first"),
        ("[log]\nheading = ' '", 2, "log.heading: it is empty"),
        ("[log]\nheading = 5", 2, "5 is not a text"),
        (
            "[log.channels]\nbeer = 'both'\nwine = 'sideways'",
            3,
            "log.channels.wine: 'sideways'",
        ),
        ("[rules]\nhot_days = -1", 2, "rules.hot_days"),
        ("[rules]\nhot_days = 1.5", 2, "1.5 is not a whole number"),
        ("goals = [1]", 1, "[1] is not a list of texts"),
        ("\noccasions = ['13-45 Nonsense']", 2, "there is no such day"),
        ("properties = true", 1, "properties: True is not a text"),
        ("[me]\nstyle = ['card', 'gift']", 2, "me.style: 'gift' is not one of thank, "),
        (
            "[daily_notes.verbs]\nrang = 'call'\nfaxed = 'fax'",
            3,
            "daily_notes.verbs.faxed: 'fax' is not one of",
        ),
        ("[daily_notes.verbs]\nrang = 'call'\nwired = 'email up'", 3, "daily_notes.verbs.wired: 'email up'"),
    ],
)
def test_a_bad_value_names_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(text)
    assert str(caught.value).startswith(f"vaultkeeper.toml:{line}: ")
    assert said in str(caught.value)


OUTSIDE = ["../x", "/x", "/", "~/x", "~", "a/../../x", "a/..", "C:\\x", "c:x", "\\\\server\\x", ".."]


@pytest.mark.parametrize("folder", OUTSIDE)
@pytest.mark.parametrize(
    "key", ["contacts.folders", "events.folder", "generated.folder", "daily_notes.folder", "me.news"]
)
def test_a_folder_outside_the_vault_names_its_line(key: str, folder: str) -> None:
    table, name = key.split(".")
    with pytest.raises(ConfigError, match=rf"^vaultkeeper\.toml:3: {key}: .*outside the vault"):
        parse_config(f"goals = []\n[{table}]\n{name} = '{folder}'")


@pytest.mark.parametrize("key", ["events.folder", "generated.folder", "me.news"])
@pytest.mark.parametrize("folder", ["", ".", "./"])
def test_what_needs_a_folder_of_its_own(key: str, folder: str) -> None:
    table, name = key.split(".")
    with pytest.raises(ConfigError, match="is the vault itself"):
        parse_config(f"[{table}]\n{name} = '{folder}'")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("People", "People"),
        ("People/", "People"),
        ("./People", "People"),
        ("a\\b", "a/b"),
        ("a//b/./c", "a/b/c"),
        (".", ""),
        ("", ""),
        ("..x/y..", "..x/y.."),
        ("03 - Människor", "03 - Människor"),
    ],
)
def test_folders_are_read_in_one_form(written: str, read: str) -> None:
    assert read_folder(written) == read


def test_every_rule_can_be_set() -> None:
    for rule in Rules._fields:
        config = parse_config(f"[rules]\n{rule} = 77")
        assert getattr(config.policy.rules, rule) == 77
