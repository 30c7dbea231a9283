"""A person answers about their appointment, an agent sees it, gives another date, and the person is told."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.appointments import services
from requests_app.appointments.models import AppointmentType
from requests_app.maisons.opening import PARIS, receives_during
from requests_app.outbox.models import Outgoing
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.services import receive
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER = "+33639981234"


@pytest.fixture
def two_days(lyon_8):
    """Two days to come on which Lyon 8e receives at half past ten, at that hour."""
    start = timezone.now().astimezone(PARIS).replace(hour=10, minute=30, second=0, microsecond=0)
    days = [start + timedelta(days=ahead) for ahead in range(3, 25)]
    return [day for day in days if receives_during(lyon_8, day, day + timedelta(minutes=30))][:2]


@pytest.fixture
def told(territory, make_ticket, amina, chloe, lyon_8, two_days):
    """An appointment that Amina was told of by SMS."""
    kind = AppointmentType.objects.get_or_create(
        code="suivi", defaults={"label": "Suivi", "public_label": "Rendez-vous", "minutes": 30}
    )[0]
    wish = services.Wish(type=kind, maison=lyon_8, agent=chloe, starts_at=two_days[0])
    now = timezone.now() - timedelta(hours=1)
    given = services.book(ticket=make_ticket(person=amina), wish=wish, by=chloe, at=now)
    Outgoing.objects.filter(reminder__purpose="confirmation").update(state="sent", sent_at=now)
    return given


def answer(text):
    now = timezone.now()
    said = InboundMessage("sms", now, text, sender_kind="phone", sender_value=NUMBER, by_number=NUMBER)
    return receive(said, at=now)


def test_who_can_not_come_is_given_another_date(browse, chloe, told, two_days):
    answer("Je ne pourrai pas venir, désolée")
    page = browse(chloe, "/tri/?vue=a-faire")
    expect(page.get_by_text("Amina Benali").first).to_be_visible()

    page.goto(f"{page.url.split('/tri/')[0]}/agenda/?jour={two_days[0].date()}")
    expect(page.get_by_role("heading", name="Réponses des personnes")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("region", name="Réponses des personnes").get_by_role("link").click()

    expect(page.get_by_text("la personne dit qu’elle ne viendra pas").first).to_be_visible()
    expect(page.get_by_text("Dit qu’elle ne viendra pas", exact=True).first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Changer").click()
    page.get_by_label("Jour", exact=True).fill(f"{two_days[1].date()}")
    page.get_by_role("button", name="Changer le rendez-vous").click()

    expect(page.get_by_text("Rendez-vous changé.", exact=True)).to_be_visible()
    expect(page.get_by_text("la personne dit qu’elle ne viendra pas")).to_have_count(0)
    said = Outgoing.objects.filter(reminder__purpose="confirmation").order_by("-pk").first()
    assert "nouvelle date de RDV" in said.payload["text"]
    assert "(au lieu de " in said.payload["text"]


def test_a_date_refused_by_sms_leaves_the_agenda_and_is_seen(browse, chloe, told, two_days):
    answer("annuler svp")
    page = browse(chloe, f"/agenda/?jour={two_days[0].date()}")
    expect(page.get_by_text("Annulé par la personne").first).to_be_visible()
    expect(page.get_by_text("Pas de rendez-vous ce jour-là").first).to_be_visible()
    assert violations(page) == []
    assert Outgoing.objects.filter(reminder__purpose="cancelled_as_asked", recipient=NUMBER).exists()
