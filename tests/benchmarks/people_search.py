"""Find a person among 100 000, beside the statement that cannot be done without.

python -m tests.benchmarks.people_search     (DATABASE_URL of a migrated base with its territory)
The rows are made in a transaction and rolled back.
"""

import os
import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.dev")

import django

django.setup()

from django.db import connection, transaction
from django.utils import timezone

from requests_app.access.maison_scope import MaisonScope
from requests_app.access.scope import Scope
from requests_app.accounts.models import Role
from requests_app.casefile.person_search import search_people
from requests_app.maisons.models import Maison
from requests_app.people.models import ContactPoint, Person
from requests_app.tickets.models import State, Ticket
from tests.benchmarks.harness import Measure, measure

PERSONS = 100_000
NAMES = Path(__file__).with_name("names.txt")  # given names, a blank line, family names
GIVEN, FAMILY = (part.split() for part in NAMES.read_text().split("\n\n"))
PREFIX = """SELECT id, given_name, family_name, birth_year FROM people_person
 WHERE search_name LIKE %s AND search_name LIKE %s LIMIT 8"""
BORN = "SELECT id FROM people_person WHERE birth_year = %s LIMIT 8"
CONTACT = "SELECT person_id FROM people_contactpoint WHERE kind = 'phone' AND value = %s"


def fill(maisons: list[int]) -> None:
    """Persons named as in a real town: some names borne by thousands, most by a few."""
    chance, now = random.Random(8), timezone.now()
    rare = [f"{a}{b.lower()}" for a in FAMILY for b in ("ier", "eau", "oui", "et", "ova", "mann")]
    born = date(1930, 1, 1)
    persons = Person.objects.bulk_create(
        (
            Person(
                given_name=chance.choice(GIVEN),
                family_name=chance.choice(FAMILY if chance.random() < 0.4 else rare),
                birth_date=(day := born + timedelta(days=chance.randrange(31_000))),
                birth_year=day.year,
                created_at=now,
            )
            for _ in range(PERSONS)
        ),
        batch_size=5000,
    )
    ContactPoint.objects.bulk_create(
        (
            ContactPoint(person=p, kind="phone", value=f"+336{n:08d}", usable_for=[], created_at=now)
            for n, p in enumerate(persons)
        ),
        batch_size=5000,
    )
    Ticket.objects.bulk_create((_ticket(n, p, maisons, chance) for n, p in enumerate(persons)), 5000)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('person_search_name')")
        cursor.execute("ANALYZE people_person; ANALYZE people_contactpoint; ANALYZE tickets_ticket")


def _ticket(number: int, person: Person, maisons: list[int], chance: random.Random) -> Ticket:
    at, is_open = timezone.now(), chance.random() < 0.1
    return Ticket(
        reference=f"BENCH-{number}",
        channel="frontdesk",
        state=State.OPEN if is_open else State.CLOSED,
        outcome="" if is_open else "answered",
        closed_at=None if is_open else at,
        person=person,
        maison_id=chance.choice(maisons),
        received_at=at,
        waiting_since=at,
    )


def fetch(sql: str, *params: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def measures(maison_id: int) -> Iterator[Measure]:
    here = Scope(1, {Role.FRONT_DESK: MaisonScope(maisons=frozenset([maison_id]))})
    whole = Scope(2, {Role.CASE_HANDLER: MaisonScope(everywhere=True)})
    now = timezone.now()
    typed = [
        "ben ali 68",
        "martin",
        "marie martin",
        "mar",
        "benoli samira",
        "chevalliereau",
        "nguyen thi 1975",
    ]
    for where, scope in (("one Maison", here), ("whole territory", whole)):
        for query in typed:
            first, last = query.split()[0], query.split()[-1]
            raw = f"% {first}%", f"% {last if last.isalpha() else first}%"
            yield measure(
                f"{where}: {query}",
                partial(search_people, scope, query, at=now),
                partial(fetch, PREFIX, *raw),
            )
        yield measure(
            f"{where}: 1985", partial(search_people, scope, "1985", at=now), partial(fetch, BORN, 1985)
        )
    yield measure(
        "phone", lambda: search_people(here, "06 00 05 00 00", at=now), lambda: fetch(CONTACT, "+33600050000")
    )
    yield measure(
        "name and birth date",
        lambda: search_people(here, "martin 12/03/1968", at=now),
        lambda: fetch(PREFIX, "% martin%", "% martin%"),
    )


def main() -> None:
    with transaction.atomic():
        maisons = list(Maison.objects.values_list("pk", flat=True))
        fill(maisons)
        for line in measures(maisons[0]):
            print(line, flush=True)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
