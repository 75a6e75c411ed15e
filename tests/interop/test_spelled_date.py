"""Dates as exports spell them."""

from datetime import date

import pytest

from vaultkeeper.interop.spelled_date import date_reader


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 Mar 2025", date(2025, 3, 12)),
        ("3 January 2024", date(2024, 1, 3)),
        ("12. März 2025", date(2025, 3, 12)),
        ("5 juil. 2021", date(2021, 7, 5)),
        ("5 juin 2021", date(2021, 6, 5)),
        ("1er août 2020", date(2020, 8, 1)),
        ("12 de marzo de 2025", date(2025, 3, 12)),
        ("7 dic 2019", date(2019, 12, 7)),
        ("3 mrt. 2022", date(2022, 3, 3)),
        ("12 мар. 2025 г.", date(2025, 3, 12)),
        ("2025年3月12日", date(2025, 3, 12)),
        ("2026-07-01 10:00:00 UTC", date(2026, 7, 1)),
        ("March 5, 2021", date(2021, 3, 5)),
        ("12-Mar-25", date(2025, 3, 12)),
        ("15.03.2024", date(2024, 3, 15)),
        ("3/12/18, 5:04 PM", date(2018, 3, 12)),
    ],
)
def test_one_date(text: str, day: date) -> None:
    assert date_reader([text])(text) == day


def test_a_column_tells_whether_the_month_comes_first() -> None:
    assert date_reader(["03/04/2024", "15/04/2024"])("03/04/2024") == date(2024, 4, 3)
    assert date_reader(["03/04/2024", "04/15/2024"])("03/04/2024") == date(2024, 3, 4)
    assert date_reader(["03.04.2024"])("03.04.2024") == date(2024, 4, 3)


@pytest.mark.parametrize("text", ["", "soon", "32 Mar 2025", "2025-13-01", "12 Foo 2025", "12 Mar 20"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        date_reader([text])(text)
