"""Copies that leave the house: nobody is found again, by reading, adding or subtracting (threats: P06)."""

import csv
import io
import random
from collections import defaultdict
from datetime import UTC, datetime
from itertools import combinations

import pytest
from django.core.management import call_command

from requests_app.catalog.models import Topic
from requests_app.indicators.apart import is_told_apart
from requests_app.indicators.copies import anonymised_rows
from requests_app.indicators.grouping import NO_PERSON, OTHERS, K, Row, cells_of
from requests_app.maisons.models import Maison
from requests_app.people.models import Person
from tests.cast import LYON_8

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 14, 9, tzinfo=UTC)


def holders(rows, cells):
    """The persons and the tickets of each cell, found again from its columns, the most precise first."""
    found = defaultdict(list)
    paths = {cell.path for cell in cells}
    for row in rows:
        widths = range(len(row.path), -1, -1)
        options = [(*row.path[:n], *[OTHERS] * (len(row.path) - n)) for n in widths]
        found[next(path for path in options if path in paths)].append(row)
    return found


def invented(seed):
    """Skewed values, some persons who come often, some tickets that name nobody."""
    dice = random.Random(seed)
    values = [["m1", "m2", "m3"], ["a", "b", "c", "d"], ["x", "y", "z"], ["mail", "sms", "letter"]]
    for _ in range(dice.choice([5, 12, 60, 400])):
        path = tuple(dice.choices(column, [9, *range(1, len(column))])[0] for column in values)
        yield Row(path, dice.choice([NO_PERSON, *range(1, 90)]), dice.randint(1, 6))


@pytest.mark.parametrize("seed", range(25))
def test_P06_no_columns_taken_together_point_at_fewer_than_five_persons(seed):
    rows = list(invented(seed))
    cells = cells_of(rows, columns=4)
    held = holders(rows, cells) if cells else {}
    for chosen in [pick for n in range(1, 5) for pick in combinations(range(4), n)]:
        by_values: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for path, part in held.items():
            by_values[tuple(path[n] for n in chosen)] |= {row.person for row in part}
        assert all(len(persons) >= K for persons in by_values.values())


@pytest.mark.parametrize("seed", range(25))
def test_P06_every_ticket_is_in_one_cell_so_that_totals_give_nothing_back(seed):
    rows = list(invented(seed))
    cells = cells_of(rows, columns=4)
    held = holders(rows, cells) if cells else {}
    assert bool(cells) == (len({row.person for row in rows}) >= K)
    assert set(held) == {cell.path for cell in cells}
    assert len({cell.path for cell in cells}) == len(cells)
    for cell in cells:
        true = sum(row.count for row in held[cell.path])
        assert cell.count % K == 0
        assert abs(cell.count - true) <= K // 2


def test_P06_the_true_total_less_the_copy_does_not_tell_the_one_left_out():
    big = [Row(("m1", "a"), n, 1) for n in range(1, 13)]
    small = [Row(("m1", "b"), 50, 1)]
    [cell] = cells_of([*big, *small], columns=2)
    assert cell.path == ("m1", OTHERS)
    assert cell.count == 15


def test_P06_one_person_who_wrote_nine_times_is_one_person():
    assert cells_of([Row(("m1", "a"), 7, 9)], columns=2) == []
    assert cells_of([Row(("m1", "a"), NO_PERSON, 9)], columns=2) == []


@pytest.fixture
def town(territory, make_ticket):
    """Six persons with a topic, one with another, one this month; a reserved topic of two."""

    def person():
        return Person.objects.create(given_name="Awa", family_name="Traoré", created_at=OCTOBER)

    topics = list(Topic.objects.order_by("code"))
    plain, rare = [topic for topic in topics if is_told_apart(topic)][:2]
    hidden = next(topic for topic in topics if topic.is_sensitive)
    for _ in range(6):
        make_ticket(topic=plain, person=person(), received_at=OCTOBER, channel="sms")
    make_ticket(topic=rare, person=person(), received_at=OCTOBER, channel="mail")
    make_ticket(topic=plain, person=person(), received_at=NOW, channel="sms")
    for _ in range(2):
        make_ticket(topic=hidden, person=person(), received_at=OCTOBER, is_sensitive=True)
    return plain, rare, hidden


def test_P06_the_copy_says_months_that_are_over_and_no_reserved_topic(town):
    _plain, rare, hidden = town
    rows = anonymised_rows(at=NOW)
    place = str(Maison.objects.get(code=LYON_8))
    assert rows == [["2026-10", place, "Autres", "Autres", "10"]]
    told = str(rows)
    assert not any(word in told for word in (rare.label, hidden.label, "Awa", "Traoré", "2026-11"))


def test_P06_two_records_of_one_person_count_once(territory, make_ticket):
    first = Person.objects.create(given_name="Awa", created_at=OCTOBER)
    for _ in range(5):
        other = Person.objects.create(given_name="Awa", created_at=OCTOBER, merged_into=first)
        make_ticket(person=other, received_at=OCTOBER)
    assert anonymised_rows(at=NOW) == []


def test_the_copy_costs_the_same_for_one_ticket_as_for_ten(town, make_ticket, django_assert_num_queries):
    with django_assert_num_queries(4):
        anonymised_rows(at=NOW)
    for _ in range(9):
        make_ticket(received_at=OCTOBER)
    with django_assert_num_queries(4):
        anonymised_rows(at=NOW)


def test_P06_the_command_writes_the_copy_as_a_file(town, tmp_path):
    path = tmp_path / "copie.csv"
    call_command("anonymised_copy", str(path))
    head, *rows = csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";")
    assert head == ["Mois", "Lieu", "Motif", "Canal", "Demandes, à cinq près"]
    assert all(int(row[-1]) >= K for row in rows)
    assert rows
