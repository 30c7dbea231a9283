from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import timezone

from channels_app.intake.models import Arrival
from channels_app.portal import limits
from channels_app.portal.limits import Attempt
from channels_app.portal.models import Draft, Try
from channels_app.portal.tests.conftest import ANSWERS

pytestmark = pytest.mark.django_db
WORDS = "Ma chaudière est en panne depuis lundi."


class TestStalePage:
    def test_a_page_left_open_too_long_gives_the_words_back(self, territory):
        client = Client(enforce_csrf_checks=True)
        answer = client.post("/demande/message/", {"texte": WORDS})
        page = answer.content.decode()
        assert answer.status_code == 403
        assert WORDS in page
        assert "Cette page est restée ouverte longtemps" in page
        assert not Draft.objects.exists()

    def test_and_its_button_goes_on(self, territory):
        client = Client(enforce_csrf_checks=True)
        client.post("/demande/message/", {"texte": WORDS})
        token = client.cookies["csrftoken"].value
        answer = client.post("/demande/message/", {"texte": WORDS, "csrfmiddlewaretoken": token})
        assert answer.url == "/demande/"
        assert Draft.objects.get().answers["message"]["texte"] == WORDS


class TestDatabaseAway:
    @pytest.fixture
    def away(self, monkeypatch):
        def fails(*_args, **_kwargs):
            raise OperationalError("connection refused")

        monkeypatch.setattr(BaseDatabaseWrapper, "cursor", fails)

    def test_F04_the_page_gives_the_phone_number_and_the_words_back(self, away, settings):
        answer = Client().post("/demande/message/", {"texte": WORDS, "autre": "<b>"})
        page = answer.content.decode()
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
        assert WORDS in page
        assert "&lt;b&gt;" in page
        assert settings.AUTHORITY_PHONE in page

    @pytest.mark.parametrize("path", ["/", "/demande/", "/demande/message/", "/demande/verifier/"])
    def test_F04_no_page_is_a_blank_error(self, away, path):
        assert Client().get(path, headers={"Cookie": "gru_demande=x"}).status_code in {302, 503}


class TestLimits:
    @pytest.fixture(autouse=True)
    def with_limits(self, settings):
        settings.LIMITS_ON = True

    @pytest.fixture
    def ready(self, fill, settings):
        client = fill()
        settings.LIMITS_ON = True
        Draft.objects.update(created_at=timezone.now() - limits.SEND_BY_ADDRESS.within / 30)
        return client

    def test_W02_the_sixth_demand_of_a_day_from_one_contact_gets_the_phone_number(self, ready, settings):
        for _ in range(limits.SEND_BY_CONTACT.most):
            limits.note(Attempt(limits.SEND_BY_CONTACT, "+33639981234"), at=timezone.now())
        answer = ready.post("/demande/verifier/")
        assert answer.status_code == 429
        assert settings.AUTHORITY_PHONE in answer.content.decode()
        assert not Arrival.objects.exists()
        assert "facture" in ready.get("/demande/verifier/").content.decode()  # nothing typed is lost

    def test_W02_S06_twenty_demands_an_hour_from_an_address_as_many_as_sms_it_may_make_leave(self, ready):
        assert (limits.SEND_BY_ADDRESS.most, limits.SEND_BY_ADDRESS.within) == (20, timedelta(hours=1))
        for _ in range(limits.SEND_BY_ADDRESS.most - 1):
            limits.note(Attempt(limits.SEND_BY_ADDRESS, "127.0.0.1"), at=timezone.now())
        assert not limits.is_over(Attempt(limits.SEND_BY_ADDRESS, "127.0.0.1"), at=timezone.now())
        assert ready.post("/demande/verifier/").status_code == 302
        assert limits.is_over(Attempt(limits.SEND_BY_ADDRESS, "127.0.0.1"), at=timezone.now())

    def test_W02_a_robot_that_fills_every_field_is_stopped(self, ready):
        assert ready.post("/demande/verifier/", {"site_web": "x"}).status_code == 429
        assert not Arrival.objects.exists()

    def test_W02_who_is_too_quick_presses_once_more(self, ready):
        Draft.objects.update(created_at=timezone.now())
        page = ready.post("/demande/verifier/").content.decode()
        assert "appuyez encore une fois" in page
        assert not Arrival.objects.exists()

    def test_P01_whom_a_try_counts_cannot_be_read(self, ready):
        ready.post("/demande/verifier/")
        assert Try.objects.count() == 2
        assert "639981234" not in str(list(Try.objects.values()))

    def test_old_tries_are_forgotten(self, db):
        limits.note(Attempt(limits.SEND_BY_CONTACT, "x"), at=timezone.now() - limits.KEPT_FOR * 2)
        assert limits.purge_expired(at=timezone.now()) == 1


def test_W03_fields_of_others_change_nothing(send):
    from requests_app.tickets.models import Ticket

    send(message={"texte": WORDS, "state": "closed", "maison": "1", "priority": "urgent"})
    ticket = Ticket.objects.get()
    assert (ticket.state, ticket.priority) == ("to_sort", "normal")
    assert set(ANSWERS["message"]) == {"texte"}
