"""What is asked of the statistics and of their lists by those who want them to fail, or to tell too much."""

import pytest

pytestmark = pytest.mark.django_db
PAGE = "/tableau-de-bord/"
DAYS = (
    "du=0001-01-01&au=0001-01-02",
    "du=9999-12-30&au=9999-12-31",
    "du=2026-11-20&au=2026-11-01",
    "du=2020-01-01&au=2026-01-01",
    "du=%00&au=2026-11-01",
    "du=2026-11-31&au=2026-12-01",
    "du=2026-W01-1&au=x",
)


@pytest.mark.parametrize("days", DAYS)
def test_W04_absurd_days_are_refused_or_empty_and_never_break(client_of, david, days):
    answer = client_of(david).get(f"/tri/?vue=recues&lieu=tous&{days}")
    assert answer.status_code == 400 or answer.context["total"].figure == 0


@pytest.mark.parametrize("key", ["lieu", "periode", "sujet", "tri", "sens"])
@pytest.mark.parametrize("value", ["%00x", "%F0%9F%98%80", "'", "..%2F", "9" * 5000, "=1%2B1"])
def test_W04_nothing_but_our_words_is_read(client_of, david, key, value):
    client = client_of(david)
    for path in (PAGE, f"{PAGE}export/csv/", f"{PAGE}export/xlsx/"):
        assert client.get(f"{path}?{key}={value}").status_code == 400


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}export/csv/", f"{PAGE}export/xlsx/"])
def test_A01_another_maison_in_the_address_is_refused(client_of, david, path):
    assert client_of(david).get(f"{path}?lieu=P108").status_code == 400


@pytest.mark.parametrize("path", [f"{PAGE}export/csv/", f"{PAGE}export/xlsx/"])
def test_A01_who_reads_no_figures_takes_no_file(client_of, chloe, bruno, elsa, admin, path):
    assert {client_of(each).get(path).status_code for each in (chloe, bruno, elsa, admin)} == {403}
