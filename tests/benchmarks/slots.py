"""Slots: the next free one of 61 Maisons, and a week of one, beside the bare statements that read them.

In a transaction that is never committed: the agendas of 300 agents over three months, most of the first weeks
taken.
"""

import gc
import statistics
import time as clock
from datetime import date, time, timedelta
from itertools import product

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from requests_app.accounts.models import User
from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.maisons.models import Maison
from requests_app.slots.computing.wall_clock import start_of
from requests_app.slots.models import Absence, Closure, Opening
from requests_app.slots.selectors import Wanted, find_slots, next_free
from requests_app.tickets.models import Ticket

AGENTS, MAISONS, TURNS = 300, 61, 40
MONDAY, LONG_AGO = date(2027, 1, 4), date(2026, 1, 5)
AT = start_of(MONDAY) + timedelta(hours=8)


def build(*, weeks_taken: int, share: float) -> AppointmentType:
    """Give each agent ten half-days a week, an absence, and appointments of 30 minutes in the first weeks."""
    kind = AppointmentType.objects.create(
        code="bench", label="B", public_label="B", minutes=30, buffer_minutes=5
    )
    maisons = list(Maison.objects.order_by("pk")[:MAISONS])
    agents = User.objects.bulk_create(
        User(username=f"bench-{each}", password=UNUSABLE_PASSWORD_PREFIX) for each in range(AGENTS)
    )
    owners = [(agent, maisons[number % len(maisons)]) for number, agent in enumerate(agents)]
    halves = list(product(range(5), ((9, 12), (13, 17))))
    Opening.objects.bulk_create(
        Opening(agent=agent, maison=maison, rrule="FREQ=WEEKLY", **_hours(LONG_AGO + timedelta(day), *half))
        for agent, maison in owners
        for day, half in halves
    )
    Absence.objects.bulk_create(
        Absence(agent=agent, **_hours(MONDAY + timedelta(number % 60), 8, 18))
        for number, (agent, _maison) in enumerate(owners)
    )
    closed = _hours(MONDAY + timedelta(30), 8, 18)
    Closure.objects.bulk_create(Closure(maison=each, **closed) for each in maisons)
    ticket = Ticket.objects.earliest("pk")
    Appointment.objects.bulk_create(
        [
            _appointment(ticket, kind, agent, maison, MONDAY + timedelta(7 * week + day), half[0], rank)
            for agent, maison in owners
            for week in range(weeks_taken)
            for day, half in halves
            for rank in range(int((half[1] - half[0]) * 60 // 35 * share))
        ],
        batch_size=2000,
    )
    return kind


def _hours(day: date, first: int, last: int) -> dict[str, object]:
    return {"starts_on": day, "starts_at": time(first), "ends_on": day, "ends_at": time(last)}


def _appointment(
    ticket: Ticket, kind: AppointmentType, agent: User, maison: Maison, day: date, hour: int, rank: int
) -> Appointment:
    start = start_of(day) + timedelta(hours=hour, minutes=35 * rank)
    instants = dict.fromkeys(("booked_at", "dated_at", "changed_at"), AT)
    return Appointment(
        ticket=ticket,
        type=kind,
        agent=agent,
        maison=maison,
        starts_at=start,
        ends_at=start + timedelta(minutes=30),
        booked_by=agent,
        **instants,
    )


def measure(label: str, job) -> None:
    """Print the median and the 95th percentile of a job, and what it asks of the database."""
    times, cpu = [], []
    job()
    for _turn in range(TURNS):
        gc.collect()
        start, started = clock.perf_counter(), clock.process_time()
        job()
        times.append((clock.perf_counter() - start) * 1000)
        cpu.append((clock.process_time() - started) * 1000)
    with CaptureQueriesContext(connection) as asked:
        found = job()
    ordered = sorted(times)
    print(
        f"{label:42} median {statistics.median(times):6.1f} ms, p95 {ordered[int(0.95 * TURNS)]:6.1f} ms, "
        f"cpu {statistics.median(cpu):6.1f} ms, {len(asked)} statements, {found} found"
    )


def main(*, weeks_taken: int = 3, share: float = 1.0) -> None:
    """Measure with that many weeks taken, and undo it all."""
    with transaction.atomic():
        kind = build(weeks_taken=weeks_taken, share=share)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE appointments_appointment, slots_opening, appointments_busytime")
        code = Maison.objects.order_by("pk").values_list("code", flat=True)[0]
        print(f"{Appointment.objects.count()} appointments, {Opening.objects.count()} openings")
        measure("next free slot of every Maison", lambda: len(next_free(type=kind, maisons=None, at=AT)))
        for label, days in (("a week of one Maison", 6), ("a month of one Maison", 27)):
            first = MONDAY + timedelta(28)
            wanted = Wanted(kind, first, first + timedelta(days), AT, [code])
            measure(label, lambda wanted=wanted: len(list(find_slots(wanted))))
        transaction.set_rollback(True)
