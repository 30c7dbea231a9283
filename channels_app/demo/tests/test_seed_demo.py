import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, Sum
from django.utils import timezone

from channels_app.intake.services import reconcile
from requests_app.indicators.models import EVERYWHERE, DayTotal, WeekDelay
from requests_app.people.models import ContactPoint
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


def test_leaves_what_real_intake_leaves(stories):
    seed()
    balance = reconcile(at=timezone.now())
    assert balance.is_right
    assert balance.heard == Touchpoint.objects.count() >= 120
    assert all(ticket.decision_id for ticket in Ticket.objects.all())
    assert Event.objects.filter(kind="closed").count() == Ticket.objects.filter(state="closed").count() > 50


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


def test_refuses_a_date_that_is_none(stories):
    with pytest.raises(CommandError, match="2026-11-22"):
        seed(until="demain")
