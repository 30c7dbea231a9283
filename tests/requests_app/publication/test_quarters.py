from datetime import date

import pytest

from requests_app.publication.quarters import Quarter, quarter_of


@pytest.mark.parametrize(
    ("day", "code", "last"),
    [
        (date(2026, 1, 1), "2026-T1", date(2026, 3, 31)),
        (date(2028, 2, 29), "2028-T1", date(2028, 3, 31)),
        (date(2026, 6, 30), "2026-T2", date(2026, 6, 30)),
        (date(2026, 12, 31), "2026-T4", date(2026, 12, 31)),
    ],
)
def test_a_day_is_in_one_quarter(day, code, last):
    quarter = quarter_of(day)
    assert (quarter.code, quarter.last) == (code, last)
    assert Quarter.read(code) == quarter


def test_the_quarter_before_crosses_the_year():
    assert quarter_of(date(2026, 2, 1)).go_back().code == "2025-T4"
    assert quarter_of(date(2026, 2, 1)).go_back(5).code == "2024-T4"


@pytest.mark.parametrize("text", ["", "2026-T5", "2026-T0", "1999-T1", "2026-3", "2026-T3 ", "٢٠٢٦-T1"])
def test_what_is_no_quarter_is_refused(text):
    assert Quarter.read(text) is None
