"""Reminders from end to end: planned, claimed, sent to a telephone whose list is held against ours.

GRU_DATA_DIR=/tmp/bench bin/manage shell --no-imports -c \
    "from tests.benchmarks.reminders import main; main(10_000)"          (a throwaway data folder)
or, with the DATABASE_URL of a throwaway database: python -m tests.benchmarks.reminders [N]

N appointments of three messages each, given long ago and never planned; then the reminder of each that is due
seven days before leaves. The rows are really committed; the real client speaks to a real server, which is a
process of its own: the memory shown is ours alone.
"""

import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.base")

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from channels_app.delivery import services as delivery
from gru.demo.post_office.shelf import Shelf
from gru.demo.post_office.smtp import Trouble
from gru.demo.post_office.web import serving
from gru.demo.telephone import Exchange, Subscriber, Telephone
from gru.demo.telephone.exchange import OUT
from gru.launcher.ports import any_free
from requests_app.accounts.models import Membership, Role, User
from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.lib.workdays import is_holiday
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint, Person
from requests_app.reminders import services as reminders
from requests_app.tickets.models import Ticket
from requests_app.tickets.references import reference_of

MANY, A_DAY, STEP = 10_000, 96, timedelta(minutes=5)  # an agent receives from 10:00 to 18:00
SID, TOKEN, OURS = f"AC{'0' * 32}", "0123456789abcdef0123456789abcdef", "+33937000000"
LONG_AGO, DAY = timedelta(days=60), timedelta(days=1)


def main(many: int = MANY) -> None:
    """Give the appointments, plan them, send the reminders of seven days before, compare the lists."""
    _settle_in()
    first = _a_wednesday()
    booked_at = first - LONG_AGO
    for _day in _given(many, first, booked_at):
        pass
    planned = _measured("planned", many, lambda: reminders.sweep(at=booked_at))
    made = Outgoing.objects.filter(reminder__appointment__agent__username__startswith=BENCH).count()
    print(f"{many} appointments, {made} messages: {1000 * planned / made:.2f} ms a message")
    confirmed = Outgoing.objects.filter(kind=Outgoing.Kind.APPOINTMENT, state=Outgoing.State.QUEUED)
    confirmed.update(state=Outgoing.State.CANCELLED, reason="mesure", ended_at=booked_at)
    _send(many, first - 7 * DAY + timedelta(hours=8, minutes=30))


BENCH = "mesure-"


def _settle_in() -> None:
    settings.LIMITS_ON = False
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, settings.TWILIO_FROM = SID, TOKEN, OURS
    if not Maison.objects.exists():
        call_command("import_territory", "requests_app/maisons/data/lyon", verbosity=0)
    call_command("load_appointment_types", verbosity=0)
    call_command("load_reminder_rules", verbosity=0)


def _a_wednesday() -> datetime:
    """At ten, in a month or more, a week after a working Wednesday."""
    day = timezone.now().astimezone(PARIS).replace(hour=10, minute=0, second=0, microsecond=0)
    days = (day + timedelta(days=(2 - day.weekday()) % 7 + 28 + 7 * weeks) for weeks in count())
    return next(day for day in days if not is_holiday((day - 7 * DAY).date()))


def _given(many: int, first: datetime, booked_at: datetime) -> Iterator[list[Appointment]]:
    """An agent a day of appointments, all on the same day."""
    maison = Maison.objects.exclude(opening_hours="").select_related("commune").first()
    kind = AppointmentType.objects.order_by("pk").first()
    assert maison
    assert kind
    numbers = (f"+336{rank:08}" for rank in count(time.time_ns() // 1000 % 10**7 * 10))
    while many > 0:
        agent = User.objects.create_user(f"{BENCH}{time.time_ns()}")
        Membership.objects.create(user=agent, role=Role.CASE_HANDLER, maison=maison)
        tickets = _tickets(list(islice(numbers, min(many, A_DAY))), maison, booked_at)
        many -= len(tickets)
        yield Appointment.objects.bulk_create(
            Appointment(
                ticket=ticket,
                type=kind,
                maison=maison,
                agent=agent,
                starts_at=first + rank * STEP,
                ends_at=first + (rank + 1) * STEP,
                booked_at=booked_at,
                booked_by=agent,
                dated_at=booked_at,
                changed_at=booked_at,
            )
            for rank, ticket in enumerate(tickets)
        )


def _tickets(numbers: list[str], maison: Maison, at: datetime) -> list[Ticket]:
    people = Person.objects.bulk_create(
        Person(given_name="P", family_name=number[-8:], created_at=at) for number in numbers
    )
    ContactPoint.objects.bulk_create(
        ContactPoint(
            person=person,
            kind=ContactPoint.Kind.PHONE,
            value=number,
            usable_for=[ContactPoint.Use.ANSWER, ContactPoint.Use.REMINDER],
            created_at=at,
        )
        for person, number in zip(people, numbers, strict=True)
    )
    return Ticket.objects.bulk_create(
        Ticket(
            reference=reference_of(int(number)),
            channel="sms",
            person=person,
            maison=maison,
            received_at=at,
            waiting_since=at,
        )
        for person, number in zip(people, numbers, strict=True)
    )


def _send(many: int, hour: datetime) -> None:
    port, folder = any_free(), Path(tempfile.mkdtemp())
    settings.TWILIO_API_BASE = f"http://127.0.0.1:{port}"
    connections.close_all()
    phone = multiprocessing.get_context("fork").Process(target=_ring, args=(folder, port), daemon=True)
    phone.start()
    time.sleep(1)
    spent = _measured("sent", many, lambda: delivery.sweep(at=hour))
    phone.terminate()
    phone.join(10)
    rung = Counter(
        text.to for text in Exchange(folder / "texts.jsonl").newest_first() if text.direction == OUT
    )
    ours = Outgoing.objects.filter(
        reminder__days_before=7, reminder__appointment__agent__username__startswith=BENCH, sent_at=hour
    )
    wanted = Counter(ours.values_list("recipient", flat=True))
    print(f"{many / spent:.0f} a second; {rung.total()} on the telephone, {wanted.total()} sent by us")
    print("each once, the same list" if rung == wanted and len(rung) == many else "NOT THE SAME LISTS")


def _ring(folder: Path, port: int) -> None:
    exchange = Exchange(folder / "texts.jsonl", kept=10 * MANY)
    place = Telephone(exchange, Subscriber(SID, TOKEN, OURS, settings.PUBLIC_URL))
    serving(
        Shelf(folder / "mails.jsonl"), Trouble(), host="127.0.0.1", port=port, telephone=place
    ).serve_forever(0.02)


def _measured(words: str, many: int, act: Callable[[], int]) -> float:
    """Do it until nothing is left; say how long, how much memory, and the statements for each row."""
    before, start = _memory(), time.perf_counter()
    with _counting() as seen:
        while act():
            pass
    spent = time.perf_counter() - start
    each = seen["statements"] / many
    print(
        f"{words}: {spent:.1f} s, {each:.2f} statements each, peak memory {before:.0f} → {_memory():.0f} MB"
    )
    return spent


@contextmanager
def _counting() -> Iterator[Counter[str]]:
    seen: Counter[str] = Counter()

    def note(execute, sql, params, many, context):
        seen["statements"] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY)
