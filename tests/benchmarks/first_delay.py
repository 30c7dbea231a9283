"""First delay: the measure of one night over 61 Maisons, and the four delays of a whole year.

Both in a transaction that is never committed; the year is that of the tickets that are there, every second of
which gets an appointment.
"""

import time as clock
from datetime import timedelta
from itertools import product
from random import Random

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.accounts.models import User
from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.first_delay.models import AnnouncedDelay
from requests_app.first_delay.selectors.cases import Case, measure_by, read_cases
from requests_app.first_delay.services.announcing import announce
from requests_app.first_delay.services.measuring import measure_day
from requests_app.maisons.models import Maison
from requests_app.slots.computing.wall_clock import day_of, start_of
from requests_app.tickets.models import Ticket
from tests.benchmarks.slots import AGENTS, MONDAY, build

RANDOM = Random(1)
TEN = start_of(MONDAY) + timedelta(hours=10)


def year() -> None:
    """Compute the four delays of the last year, as the page and the command do, then announce them."""
    last = timezone.localdate()
    first = last - timedelta(days=365)
    with transaction.atomic():
        _give_appointments()
        cases = _time("read", lambda: read_cases(first, last, at=last))
        for kind, rows in cases.items():
            groups = _time(f"{kind}, {len(rows)} cases", lambda rows=rows: measure_by(rows, _place_of))
            print(f"  {len(groups)} groups")
        AnnouncedDelay.objects.all().delete()
        pairs = list(product(Maison.objects.all(), AppointmentType.objects.all()))
        _time(f"announce {len(pairs)} pairs", lambda: announce(pairs, day=last))
        transaction.set_rollback(True)


def _give_appointments() -> None:
    """Book every second ticket twenty days later; four of five come."""
    kinds, maisons = list(AppointmentType.objects.all()), list(Maison.objects.all())
    agents = User.objects.bulk_create(
        User(username=f"bench-{each}", password=UNUSABLE_PASSWORD_PREFIX) for each in range(AGENTS)
    )
    tickets = Ticket.objects.order_by("received_at")[::2]
    Appointment.objects.bulk_create(
        [
            _appointment(
                ticket,
                RANDOM.choice(kinds),
                RANDOM.choice(maisons),
                agents[rank % AGENTS],
                rank // AGENTS % 12,
            )
            for rank, ticket in enumerate(tickets)
        ],
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE appointments_appointment")


def _appointment(
    ticket: Ticket, kind: AppointmentType, maison: Maison, agent: User, rank: int
) -> Appointment:
    start = start_of(day_of(ticket.received_at) + timedelta(days=20)) + timedelta(hours=9, minutes=35 * rank)
    instants = dict.fromkeys(("booked_at", "dated_at", "changed_at"), ticket.received_at)
    has_come = start < timezone.now() and RANDOM.random() < 0.8
    return Appointment(
        ticket=ticket,
        type=kind,
        maison=maison,
        agent=agent,
        starts_at=start,
        ends_at=start + timedelta(minutes=30),
        state=Appointment.State.CAME if has_come else Appointment.State.BOOKED,
        came_at=start if has_come else None,
        booked_by=agent,
        **instants,
    )


def _place_of(case: Case) -> tuple[str, str, bool | None]:
    return case.maison, case.type, case.is_first_time


def _time(label: str, job):
    start, started = clock.perf_counter(), clock.process_time()
    with CaptureQueriesContext(connection) as asked:
        found = job()
    spent, cpu = clock.perf_counter() - start, clock.process_time() - started
    print(f"{label:32} {spent:6.2f} s, cpu {cpu:6.2f} s, {len(asked)} statements")
    return found


def main(*, weeks_taken: int = 3, share: float = 1.0) -> None:
    """Measure the third next slot of every Maison and type once, and undo it."""
    with transaction.atomic():
        build(weeks_taken=weeks_taken, share=share)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE appointments_appointment, slots_opening")
        start, started = clock.perf_counter(), clock.process_time()
        with CaptureQueriesContext(connection) as asked:
            measured = measure_day(at=TEN)
        spent, cpu = clock.perf_counter() - start, clock.process_time() - started
        print(f"{measured} measures in {spent:.1f} s, cpu {cpu:.1f} s, {len(asked)} statements")
        transaction.set_rollback(True)
