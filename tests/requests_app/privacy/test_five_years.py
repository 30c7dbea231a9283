"""P03: five years pass over a seeded town: what goes, what stays, and why."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from requests_app.catalog.models import Topic
from requests_app.lib.months import add_months
from requests_app.privacy import services
from requests_app.privacy.contacts import annotate_last_contact
from requests_app.privacy.models import DisposalLine, DisposalSchedule
from requests_app.privacy.rules import rule_of
from requests_app.tickets.models import State, Ticket

UNTIL = date(2026, 11, 27)
LONGER = "rsa-demande"


@pytest.fixture
def town(territory, chloe, elsa):
    Topic.objects.filter(code=LONGER).update(retention_months=24, archive_months=48)
    call_command("seed_demo", tickets=150, days=60, seed=7, until=UNTIL.isoformat())
    return list(Ticket.objects.all())


def first_of(months_later):
    day = add_months(date(2026, 12, 1), months_later)
    return timezone.make_aware(datetime(day.year, day.month, 1, 9))


def test_P03_after_five_years_only_what_has_a_reason_stays(town, archivist):
    ends = {}
    for ticket in annotate_last_contact(Ticket.objects.select_related("topic")):
        ends[ticket.reference] = rule_of(ticket.topic).ends_on(timezone.localdate(ticket.last_contact))
    for months in range(0, 61, 3):
        services.sweep(at=first_of(months))
        schedule = DisposalSchedule.objects.filter(visa_at=None, listed_at__isnull=False).first()
        if schedule:
            services.give_visa(schedule=schedule, by=archivist, at=first_of(months))
            services.purge(at=first_of(months))
    last = first_of(60)
    for ticket in Ticket.objects.select_related("topic"):
        is_over = ends[ticket.reference] <= timezone.localdate(last)
        assert ticket.state != State.CLOSED or not is_over or _hangs_on_open(ticket)
    gone = {ref for line in DisposalLine.objects.filter(fate="purged") for ref in line.references}
    assert gone == {ticket.reference for ticket in town} - set(_references())
    assert gone
    assert Ticket.objects.filter(topic__code=LONGER, state=State.CLOSED).exclude(archived_at=None).exists()
    for line in DisposalLine.objects.filter(fate="purged", model="tickets.Ticket"):
        assert line.ends_on <= timezone.localdate(line.purged_at)
        assert timezone.localdate(line.purged_at) - line.ends_on < timedelta(days=100)


def _references():
    return Ticket.objects.values_list("reference", flat=True)


def _hangs_on_open(ticket):
    return ticket.merged_into_id or ticket.split_from_id
