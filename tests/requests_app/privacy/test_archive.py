"""P03: after its active months a ticket stands in a restricted archive, which opens for a reason only."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app.access.glass import BreakGlassTarget, break_glass
from requests_app.access.scope import scope_of
from requests_app.catalog.models import Topic
from requests_app.privacy import services
from requests_app.privacy.models import DisposalLine
from requests_app.tickets.errors import NotAllowed
from requests_app.tickets.models import Note, State, Ticket
from requests_app.tickets.services import reopen

NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=800)


@pytest.fixture
def archived(make_ticket, make_person):
    Topic.objects.filter(code="accueil-premier").update(retention_months=24, archive_months=36)
    person = make_person(given_name="Amina", family_name="Benali")
    ticket = make_ticket(
        topic="accueil-premier", state=State.CLOSED, received_at=LONG_AGO, person=person, text="Mots anciens"
    )
    services.archive(at=NOW)
    ticket.refresh_from_db()
    return ticket


def page(ticket):
    return reverse("backoffice:ticket", args=[ticket.reference])


def test_only_what_left_the_active_base_is_archived(archived, make_ticket):
    young = make_ticket(topic="accueil-premier", state=State.CLOSED, received_at=NOW - timedelta(days=700))
    still_open = make_ticket(topic="accueil-premier", received_at=LONG_AGO)
    other = make_ticket(topic="rsa-demande", state=State.CLOSED, received_at=LONG_AGO)
    services.archive(at=NOW)
    assert archived.is_archived
    assert not Ticket.objects.filter(pk__in=[young.pk, still_open.pk, other.pk]).exclude(archived_at=None)


def test_P03_nobody_opens_it_without_a_reason(archived, client_of, chloe):
    client = client_of(chloe)
    assert client.get(page(archived)).status_code == 404
    assert not Ticket.objects.readable(scope_of(chloe)).exists()
    found = client.post(reverse("backoffice:search"), {"q": archived.reference}).content.decode()
    assert "Mots anciens" not in found
    assert 'name="reason"' in found


def test_P03_a_reason_opens_it_for_half_an_hour_to_read_only(archived, client_of, chloe):
    behind = BreakGlassTarget(archived.pk, archived.reference, archived.maison_id)
    reason = "Recours devant le tribunal"
    break_glass(by=chloe, target=behind, motive="other", reason=reason, at=timezone.now())
    client = client_of(chloe)
    assert "Mots anciens" in client.get(page(archived)).content.decode()
    client.post(reverse("backoffice:note", args=[archived.reference]), {"text": "Un mot"})
    assert not Note.objects.exists()
    with pytest.raises(NotAllowed):
        reopen(ticket=archived, by=chloe, reason="Recours", at=NOW)


def test_an_archived_ticket_ends_by_the_whole_rule(archived):
    services.list_month(at=NOW)
    assert not DisposalLine.objects.exists()
    year = (NOW + timedelta(days=4 * 365)).year
    services.list_month(at=timezone.make_aware(datetime(year, 12, 20)))
    assert DisposalLine.objects.filter(references=[archived.reference], archive_months=36).exists()
