"""What people read: spaces that do not break, one unit for a delay, dates in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from requests_app.lib import french

TUESDAY = datetime(2025, 11, 4, 13, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def that_autumn():
    with time_machine.travel(TUESDAY, tick=False), translation.override("fr"):
        yield


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Qui ?", "Qui~?"),
        ("« bonjour »", "«~bonjour~»"),
        ("à 14 h 30", "à 14~h~30"),
        ("dans 3 jours", "dans 3~jours"),
        ("le 4 novembre", "le 4~novembre"),
        ("Mme Roux et M. Vial", "Mme~Roux et M.~Vial"),
        ("Appelez le 06 39 98 12 34 !", "Appelez le 06~39~98~12~34~!"),
        ("312 €, 9 214 fois", "312~€, 9~214 fois"),
        ("Lyon 8 – Latarjet", "Lyon~8 – Latarjet"),
        ("une phrase, sans rien", "une phrase, sans rien"),
    ],
)
def test_typo_puts_the_spaces_that_do_not_break(typed, shown):
    assert french.typo(typed).replace(french.NBSP, "~") == shown


@pytest.mark.parametrize(
    ("octets", "words"),
    [(1, "1 octet"), (340, "340 octets"), (12_000, "12 ko"), (812_345, "0,8 Mo"), (52_000_000, "52 Mo")],
)
def test_a_size_is_written_as_file_managers_do(octets, words):
    assert french.size(octets).replace(french.NBSP, " ") == words


@pytest.mark.parametrize(
    ("spent", "words"),
    [
        (timedelta(seconds=-5), "0 min"),
        (timedelta(minutes=40), "40 min"),
        (timedelta(hours=5, minutes=59), "5 h"),
        (timedelta(days=3, hours=23), "3 j"),
    ],
)
def test_a_delay_has_one_unit_rounded_down(spent, words):
    assert french.delay(spent).replace(french.NBSP, " ") == words


def test_a_number_groups_its_thousands():
    assert french.number(9214) == "9\u00a0214"
    assert french.number(1.42, 1) == "1,4"


def test_a_moment_is_said_in_full_and_in_paris():
    assert french.moment(TUESDAY).replace(french.NBSP, " ") == "mardi 4 novembre à 14 h 30"


def test_another_year_is_said():
    assert french.day(date(2024, 5, 1)).replace(french.NBSP, " ") == "mercredi 1er mai 2024"
    assert french.short_day(date(2024, 11, 4)).replace(french.NBSP, " ") == "4 nov. 2024"


def test_a_near_moment_is_said_from_today_in_paris_even_just_before_midnight():
    late = datetime(2025, 11, 3, 23, 30, tzinfo=UTC)  # 0 h 30 on the 4th in Paris
    assert french.near(late, TUESDAY).replace(french.NBSP, " ") == "aujourd’hui à 0 h 30"
    assert french.near(late, TUESDAY + timedelta(days=1)).startswith("hier à")
    assert french.near(late, TUESDAY + timedelta(days=9)).startswith("mardi 4")


def test_english_readers_get_their_own_figures():
    with translation.override("en"):
        assert french.number(9214.5, 1) == "9,214.5"
        assert french.clock(TUESDAY) == "14:30"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("écrire à le président", "écrire au président"),
        ("écrire à Le Président", "écrire au Président"),
        ("À les services du Rhône", "Aux services du Rhône"),
        ("écrire à la présidence", "écrire à la présidence"),
        ("écrire à l’auteur, 3 rue de Bourg-la-Reine", "écrire à l’auteur, 3 rue de Bourg-la-Reine"),
        ("écrire à Leïla, voilà le", "écrire à Leïla, voilà le"),
    ],
)
def test_contracts_a_before_an_article(written, said):
    assert french.contract(written) == said
    with translation.override("en"):
        assert french.contract(written) == written
