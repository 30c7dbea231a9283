"""One comparable form of names, the same in Python and in the database."""

import unicodedata
from itertools import product

import pytest
from django.db import connection
from django.utils import timezone

from requests_app.access.scope import scope_of
from requests_app.casefile.person_search import search_people
from requests_app.people.plain_names import SEPARATORS, name_words, plain_name

pytestmark = pytest.mark.django_db
GIVEN = [
    *("Işıl", "İbrahim", "Nadège", "Zoë", "Łukasz", "Đức", "Ngọc Ánh", "Søren", "Þóra", "Ɓintou", "Ŋaari"),
    *(
        "Тарас",
        "Євген",
        "Ёлка",
        "Йосип",
        "Ελένη",
        "ΟΔΥΣΣΕΥΣ",
        "محمد",
        "مُحَمَّد",
        "أحمد",
        "שָׂרָה",
        "Մարիամ",
        "გიორგი",
    ),
    *("美香", "ミカ", "が", "지민", "แก้ว", "प्रिया", "Jean-Pierre", "J.-P.", "M’Hamed", "ﬁona", "e\u0301va"),
]
FAMILY = [
    *(
        "Işık",
        "Iğdır",
        "Шевченко",
        "Гаврилюк",
        "Ben Ali",
        "N'Diaye",
        "N`Diaye",
        "N´Diaye",
        "O’Hara",
        "D‘Angelo",
    ),
    *(
        "Saʿid",
        "Oʻktam",
        "Straße",
        "GROẞ",
        "Æbelø",
        "Œuvrard",
        "Żółć",
        "Nguyễn",
        "Ćirić",
        "Dʼáz",
        "Nu\u00adñez",
    ),
    *(
        "\u202bبن علي\u202c",
        "de la\u00a0Tour",
        "Le\u202fGoff",
        "Dupont (née Roy)",
        "Martin, Paul",
        "Roy/Lévy",
    ),
]


def written_by_database(names):
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_plain_name(n) FROM unnest(%s::text[]) WITH ORDINALITY t(n, o)", [names])
        return [row[0] for row in cursor.fetchall()]


def test_a_thousand_names_are_written_alike():
    names = [f"{given} {family}" for given, family in product(GIVEN, FAMILY)]
    names += [change(name) for name in names[::7] for change in (str.upper, str.lower, str.title)]
    names += [unicodedata.normalize(form, name) for name in names[::11] for form in ("NFD", "NFKC")]
    assert len(set(names)) > 1000
    assert written_by_database(names) == [plain_name(name) for name in names]


def test_every_letter_of_the_scripts_around_us_is_too():
    blocks = [(0x20, 0x530), (0x531, 0x700), (0x10D0, 0x1100), (0x1E00, 0x2000), (0x2010, 0x2070)]
    signs = [chr(code) for start, end in blocks for code in range(start, end)]
    known = [sign for sign in signs if unicodedata.category(sign) != "Cn"]
    assert written_by_database(known) == [plain_name(sign) for sign in known]


def test_words_stand_between_one_and_the_same_signs():
    assert all(name_words(f"a{sign}b") == ["a", "b"] for sign in SEPARATORS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_name_words('Jean-Pierre', 'Işık', '')")
        assert cursor.fetchone()[0] == ["jean", "pierre", "jeanpierre", "isik"]


@pytest.mark.parametrize(
    ("family", "typed"),
    [
        ("Işık", "isik"),
        ("Işık", "IŞIK"),
        ("Isik", "ışık"),
        ("İnce", "ince"),
        ("Шевченко", "шевченко"),
        ("Шевченко", "ШЕВЧЕНКА"),
        ("Đặng", "dang"),
        ("Dang", "Đặng"),
        ("Øst\u200berg", "ostberg"),
        ("N`Diaye", "n’diaye"),
        ("بن علي", "بن علي"),
    ],
)
def test_a_name_is_found_in_any_script(bruno, make_person, make_ticket, family, typed):
    person = make_person(given_name="Ada", family_name=family)
    make_ticket(person=person)
    found = search_people(scope_of(bruno), typed, at=timezone.now())
    assert [line.id for line in found] == [person.pk]
