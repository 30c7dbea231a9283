"""10 000 reminders planned, claimed and sent to the telephone of this machine: time, statements, memory.

python -m tests.benchmarks.reminders [N]     (DATABASE_URL of a base to throw away, with its Maisons)
The rows are really committed, the real client speaks to a real server.
"""

import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.base")
SID, TOKEN, OURS = f"AC{'0' * 32}", "0123456789abcdef0123456789abcdef", "+33937000000"
os.environ |= {
    "GRU_LIMITS": "off",
    "GRU_TWILIO_ACCOUNT_SID": SID,
    "GRU_TWILIO_AUTH_TOKEN": TOKEN,
    "GRU_TWILIO_FROM": OURS,
}

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channels_app.delivery import services as delivery
from channels_app.demo.post_office.shelf import Shelf
from channels_app.demo.post_office.smtp import Trouble
from channels_app.demo.post_office.web import serving
from channels_app.demo.telephone import Exchange, Subscriber, Telephone
from channels_app.demo.telephone.exchange import OUT
from requests_app.accounts.models import Membership, Role, User
from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS
from requests_app.outbox.models import Outgoing
from requests_app.people.services import NewPerson, create_person
from requests_app.reminders import services as reminders
from requests_app.tickets.models import Ticket
from requests_app.tickets.references import new_reference

MANY, FEW, DAY = 10_000, 20, timedelta(days=1)
SLOTS = 200  # of five minutes, an agent


def main(count: int) -> None:
    """Give the appointments, then measure the sweep that plans them and the one that sends."""
    call_command("load_appointment_types", verbosity=0)
    call_command("load_reminder_rules", verbosity=0)
    day = timezone.now().astimezone(PARIS).replace(hour=10, minute=0, second=0, microsecond=0)
    first, booked_at = day + timedelta(days=30), day - timedelta(days=60)
    _give(FEW, first, booked_at)
    with CaptureQueriesContext(connection) as few:
        reminders.sweep(at=booked_at)
    print(f"statements to plan one appointment (3 messages): {len(few) / FEW:.1f}")
    _give(count, first, booked_at)
    before = _messages()
    spent = _timed("planned", lambda: _until_done(lambda: reminders.sweep(at=booked_at)))
    made = _messages() - before
    print(f"{count} appointments, {made} messages: {1000 * spent / made:.2f} ms each")
    _send(*_due_now(count, booked_at))


def _messages() -> int:
    return Outgoing.objects.filter(reminder__isnull=False).count()


def _due_now(count: int, booked_at: datetime) -> tuple[int, datetime]:
    """Let one reminder of each be due at the same instant, and nothing else."""
    hour = _open_hour()
    ended = {"state": Outgoing.State.CANCELLED, "reason": "mesure", "ended_at": booked_at}
    Outgoing.objects.filter(reminder__isnull=False).update(**ended)
    seven = Outgoing.objects.filter(reminder__days_before=7, pk__gt=0).order_by("-pk")
    wanted = list(seven.values_list("pk", flat=True)[:count])
    due = {"state": Outgoing.State.QUEUED, "reason": "", "ended_at": None, "try_after": hour}
    Outgoing.objects.filter(pk__in=wanted).update(**due, give_up_at=hour + DAY)
    return len(wanted), hour


def _open_hour() -> datetime:
    """A Wednesday at ten, before all of the appointments."""
    day = timezone.now().astimezone(PARIS).replace(hour=10, minute=0, second=0, microsecond=0)
    return day + timedelta(days=(2 - day.weekday()) % 7 + 7)


def _give(count: int, first: datetime, booked_at: datetime) -> None:
    maison = Maison.objects.exclude(opening_hours="").first()
    kind = AppointmentType.objects.order_by("pk").first()
    assert maison
    assert kind
    for start in range(0, count, SLOTS):
        agent = User.objects.create_user(f"agent-{time.time_ns()}")
        Membership.objects.create(user=agent, role=Role.CASE_HANDLER, maison=maison)
        for rank in range(start, min(start + SLOTS, count)):
            new = NewPerson(
                given_name="P", family_name=str(rank), phone=f"+336{time.time_ns() // 100 % 10**8:08}"
            )
            ticket = Ticket.objects.create(
                reference=new_reference(),
                channel="sms",
                person=create_person(new=new, at=booked_at),
                maison=maison,
                received_at=booked_at,
                waiting_since=booked_at,
            )
            starts_at = first + timedelta(minutes=5 * (rank - start))
            Appointment.objects.create(
                ticket=ticket,
                type=kind,
                maison=maison,
                agent=agent,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=5),
                booked_at=booked_at,
                booked_by=agent,
                dated_at=booked_at,
                changed_at=booked_at,
            )


def _send(count: int, hour: datetime) -> None:
    folder = Path(tempfile.mkdtemp())
    exchange = Exchange(folder / "texts.jsonl")
    place = Telephone(exchange, Subscriber(SID, TOKEN, OURS, settings.PUBLIC_URL))
    web = serving(Shelf(folder / "mails.jsonl"), Trouble(), host="127.0.0.1", port=0, telephone=place)
    threading.Thread(target=web.serve_forever, args=(0.02,), daemon=True).start()
    settings.TWILIO_API_BASE = f"http://127.0.0.1:{web.server_port}"
    for outgoing in Outgoing.objects.due(hour).order_by("pk")[:1]:
        with CaptureQueriesContext(connection) as one:
            delivery.send(outgoing_id=outgoing.pk, at=hour)
        print(f"statements to send one: {len(one)}")
    spent = _timed("sent", lambda: _until_done(lambda: delivery.sweep(at=hour)))
    told = [text for text in exchange.newest_first() if text.direction == OUT]
    bodies = {text.body for text in told}
    print(f"{len(told)} on the telephone, {len(bodies)} different; {(count - 1) / spent:.0f} a second")
    web.shutdown()


def _until_done(act: Callable[[], int]) -> None:
    while act():
        pass


def _timed(words: str, act: Callable[[], None]) -> float:
    before, start = _memory(), time.perf_counter()
    act()
    spent = time.perf_counter() - start
    print(f"{words}: {spent:.1f} s, peak memory {before:.0f} → {_memory():.0f} MB")
    return spent


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY)
