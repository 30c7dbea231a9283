"""The page of a request given to a service of ours, whose name is long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.catalog.models import Topic
from requests_app.tickets.services import transfer
from tests.browser import violations


@pytest.mark.django_db(transaction=True)
def test_its_name_wraps_on_a_telephone(browse, chloe, make_ticket):
    Topic.objects.filter(code="voirie").update(regime="silence_refusal", to_validate=[], sensitivity="normal")
    ticket = make_ticket(topic="voirie", state="open", received_at=timezone.now() - timedelta(days=40))
    transfer(ticket=ticket, by=chloe, at=timezone.now())
    page = browse(chloe, f"/demandes/{ticket.reference}/")
    assert violations(page) == []
