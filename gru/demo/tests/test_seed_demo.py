from collections import Counter
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, Sum
from django.utils import timezone

from channels_app.intake.services import reconcile
from requests_app.appointments.models import Appointment
from requests_app.feedback.models import FeltExperience
from requests_app.indicators.models import EVERYWHERE, DayTotal, FeltBatch, WeekDelay
from requests_app.maisons.opening import PARIS
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint, Person
from requests_app.tickets.models import Event, Ticket, Touchpoint

pytestmark = pytest.mark.django_db


def seed(**options):
    whole = {"tickets": 120, "days": 40, "seed": 5, "until": "2026-11-20", **options}
    call_command("seed_demo", **whole, verbosity=0)


@pytest.fixture
def stories(territory):
    """What a run tells, without the keys of the database."""

    def told():
        rows = Ticket.objects.order_by("pk").values_list(
            "reference", "sender", "excerpt", "state", "received_at"
        )
        return list(rows)

    return told


def test_the_same_seed_tells_the_same_stories(stories):
    seed()
    first = stories()
    Ticket.objects.all().delete()
    seed()
    assert stories() == first
    assert len(first) == 120


def test_another_seed_tells_others_beside_them(stories):
    seed()
    seed(seed=6)
    assert len(stories()) == 240


def test_people_say_how_it_felt_once_it_is_over(stories):
    seed(tickets=300)
    said = FeltExperience.objects.select_related("ticket")
    assert said.count() > 25
    assert all(one.ticket.closed_at and one.said_at > one.ticket.closed_at for one in said)
    assert said.exclude(sentence="").exists()
    assert FeltBatch.objects.exists()


def test_leaves_what_real_intake_leaves(stories):
    seed()
    balance = reconcile(at=timezone.now())
    assert balance.is_right
    assert balance.heard == Touchpoint.objects.count() >= 120
    assert all(ticket.decision_id for ticket in Ticket.objects.all())
    ended = Ticket.objects.filter(state="closed").count() + Event.objects.filter(kind="reopened").count()
    assert Event.objects.filter(kind="closed").count() == ended > 50


def test_shows_every_door_and_what_any_service_has(stories):
    """Late and reopened tickets too, and names that are not all alike."""
    seed(tickets=400)
    by_door = Counter(Ticket.objects.values_list("channel", flat=True))
    assert set(by_door) == {"mail", "sms", "portal", "frontdesk", "phone", "letter"}
    assert min(by_door.values()) >= 8
    now = datetime(2026, 11, 20, 23, tzinfo=PARIS)
    late = Ticket.objects.exclude(state="closed").filter(first_answered_at=None, due_at__lt=now)
    assert late.count() >= 5
    reopened = Ticket.objects.filter(events__kind="reopened", state="open")
    assert reopened.count() >= 4
    assert all(ticket.touchpoints.filter(direction="in").count() >= 2 for ticket in reopened)
    names = list(Person.objects.values_list("given_name", "family_name"))
    assert len(set(names)) == len(names) > 200
    assert len({family for _given, family in names}) > 90


def test_leaves_figures_that_a_manager_can_read(stories):
    seed()
    answered = Ticket.objects.exclude(first_answered_at=None)
    assert answered.count() > 40
    assert not answered.filter(first_answered_at__lt=F("received_at")).exists()
    everywhere = DayTotal.objects.filter(place=EVERYWHERE).aggregate(n=Sum("received"), a=Sum("answered"))
    last = Ticket.objects.filter(received_at__gte="2026-11-19T23:00Z")
    assert everywhere["n"] == 120 - last.count()
    assert WeekDelay.objects.exists()


def test_calls_nobody_who_exists(stories):
    """Phones come from the range kept for fiction, addresses from a domain kept for examples."""
    seed()
    for point in ContactPoint.objects.all():
        assert point.value.startswith("+3363998") or point.value.endswith("@exemple.fr")


def test_nothing_is_later_than_until(stories):
    seed()
    assert not Ticket.objects.filter(received_at__gt="2026-11-21T00:00Z").exists()


def test_refuses_a_real_database(stories, settings):
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="embarqués"):
        seed()


def test_refuses_an_empty_territory_and_says_what_to_load(no_territory):
    with pytest.raises(CommandError, match="import_territory"):
        seed()


def test_refuses_a_date_that_is_none(stories):
    with pytest.raises(CommandError, match="2026-11-22"):
        seed(until="demain")


def test_fills_the_agendas_of_the_maisons_where_someone_signs_in(stories, chloe, elsa):
    call_command("load_appointment_types", verbosity=0)
    call_command("load_reminder_rules", verbosity=0)
    seed(tickets=400)
    given = Appointment.objects.filter(maison__in=[chloe.current_maison, elsa.current_maison])
    assert Appointment.objects.count() == given.count() >= 4
    until = datetime(2026, 11, 20, tzinfo=PARIS)
    passed = given.filter(ends_at__lt=until)
    assert not passed.expected().exists()
    assert passed.filter(state="came").exists()
    assert not Outgoing.objects.filter(reminder__isnull=False, state="queued", try_after__lt=until).exists()
