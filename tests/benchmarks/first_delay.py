"""First delay: the measure of one night over 61 Maisons, in a transaction that is never committed."""

import time as clock
from datetime import timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from requests_app.first_delay.services.measuring import measure_day
from requests_app.slots.computing.wall_clock import start_of
from tests.benchmarks.slots import MONDAY, build

TEN = start_of(MONDAY) + timedelta(hours=10)


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
