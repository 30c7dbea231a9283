import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from channels_app.intake.services import reconcile
from requests_app.people.models import Person
from requests_app.tickets.models import Ticket
from requests_app.visits.models import Visit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def press(bruno):
    """Ten windows of Bruno send a form at once; each gives its own key unless they share one."""

    def together(**fields):
        clients = [Client() for _ in range(10)]
        for client in clients:
            client.force_login(bruno)

        def send(client):
            try:
                whole = {"cle": str(uuid.uuid4()), "motif": "RSA", "sujet": "rsa-demande", "suite": "file"}
                return client.post(reverse("frontdesk:visit"), {**whole, **fields}).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(10) as pool:
            return list(pool.map(send, clients))

    return together


class TestTenAtOnce:
    def test_W01_I3_one_key_is_one_visit(self, press):
        person = {"qui": "Paul Morel", "personne": "nouvelle", "telephone": "06 39 98 77 66"}
        codes = press(cle=str(uuid.uuid4()), **person)

        assert codes == [302] * 10
        assert (Ticket.objects.count(), Person.objects.count(), Visit.objects.count()) == (1, 1, 1)
        assert reconcile(at=timezone.now()).gap == 0

    def test_ten_visits_get_ten_numbers_in_a_row(self, press):
        press(qui="*", personne="anonyme")

        assert sorted(Visit.objects.values_list("number", flat=True)) == list(range(1, 11))
