"""Names of dated notes, in the formats that people give Obsidian's daily notes (moment.js)."""

from datetime import date

import pytest

from vaultkeeper.notes.moment import day_of_path

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("YYYY-MM-DD", "2026-11-20"),
        ("YYYY-MM-DD", "deeper/2026-11-20"),
        ("YYYYMMDD", "20261120"),
        ("DD.MM.YYYY", "20.11.2026"),
        ("D MMM YY", "20 Nov 26"),
        ("Do MMMM YYYY", "20th November 2026"),
        ("dddd, MMMM Do YYYY", "Friday, November 20th 2026"),
        ("LL", "November 20, 2026"),
        ("L", "11/20/2026"),
        ("YYYY-DDDD", "2026-324"),
        ("YYYYMMDDHHmm", "202611200930"),
        ("YYYY-MM-DD hh-mm A", "2026-11-20 09-30 AM"),
        ("YYYY-MM-DD_ddd e", "2026-11-20_Fri 5"),
        ("gggg-[W]ww YYYY-MM-DD", "2026-W47 2026-11-20"),
        ("[Daily note] YYYY-MM-DD", "Daily note 2026-11-20"),
        ("YYYY年MM月DD日", "2026年11月20日"),
        ("YYYY/MM/DD", "2026/11/20"),
        ("YYYY/MMMM/DD", "2026/November/20"),
        ("YYYY/MM-MMMM/YYYY-MM-DD", "2026/11-November/2026-11-20"),
        # the window of Obsidian in another language
        ("YYYY/MM-MMMM/YYYY-MM-DD dddd", "2026/11-noviembre/2026-11-20 viernes"),
        ("D. MMMM YYYY", "20. November 2026"),
        ("YYYY/MMMM/DD", "2026/novembre/20"),
        # a note that was moved, or is older than the format's folders: its own name says the day
        ("YYYY/MM-MMMM/YYYY-MM-DD", "2026/10-October/2026-11-20"),
        ("YYYY/MM-MMMM/YYYY-MM-DD", "2026-11-20"),
    ],
)
def test_the_day_of_a_name(form: str, name: str) -> None:
    assert day_of_path(f"{name}.md", "", form) == DAY
    assert day_of_path(f"Journal/{name}.md", "Journal", form) == DAY
    assert day_of_path(f"journal/{name}.MD", "Journal", form) == DAY
    assert day_of_path(f"Other/{name}.md", "Journal", form) is None


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("YYYY-MM-DD", "2026-11-31"),
        ("YYYY-MM-DD", "2026-11-20 plan"),
        ("YYYY-MM-DD", "Plan 2026-11-20"),
        ("YYYY/MM/DD", "2026-11-20"),
        ("YYYY-DDDD", "2026-366"),
        ("D MMMM YYYY", "20 Nonsense 2026"),
        ("D MMM YYYY", "20 Marble 2026"),
        ("gggg-[W]ww", "2026-W47"),
        ("YYYY-MM", "2026-11"),
        ("", "2026-11-20"),
    ],
)
def test_a_name_that_is_no_day(form: str, name: str) -> None:
    assert day_of_path(f"{name}.md", "", form) is None
