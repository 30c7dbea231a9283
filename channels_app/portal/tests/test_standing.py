"""The follow-up page says what is so today: late, passed on, withdrawn, an appointment, who answered."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from channels_app.portal.standing import facts_of
from channels_app.portal.tests.test_following import EMAIL, act, amina, outgoing, page, ticket  # noqa: F401
from requests_app.appointments.models import Appointment
from requests_app.lib import french
from requests_app.maisons.models import Maison
from requests_app.tickets.models import State, Ticket
from requests_app.tickets.services import close
from tests.markup import compact

pytestmark = pytest.mark.django_db


def said(page):  # noqa: F811
    """What a person reads, spaces made plain."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page())).split())


def steps(page):  # noqa: F811
    found = re.findall(r'<li class="step[^"]*".*?<b>(.*?)</b><p>(.*?)</p>', compact(page()), re.DOTALL)
    return [(name, unescape(detail).replace("\xa0", " ")) for name, detail in found]


@pytest.mark.usefixtures("ticket")
class TestLate:
    @pytest.fixture
    def late(self):
        due = timezone.now() - timedelta(days=3)
        Ticket.objects.update(state=State.OPEN, due_at=due)
        return french.day(due).replace("\xa0", " ")

    def test_it_is_said_plainly_with_whom_to_call(self, page, late):  # noqa: F811
        Maison.objects.filter(code="P84").update(phone="04 78 00 00 00")
        words = said(page)
        assert f"Nous sommes en retard. Vous deviez avoir une réponse avant le {late}." in words
        assert "Appelez Maison de la Métropole pour les Solidarités" in words
        assert "au 04 78 00 00 00" in words
        assert steps(page)[2] == ("Réponse", f"en retard, attendue le {late}")

    def test_without_a_number_of_the_place_the_authority_is_called(self, page, late, settings):  # noqa: F811
        Maison.objects.update(phone="")
        assert f"Appelez {settings.AUTHORITY_NAME} au {settings.AUTHORITY_PHONE}" in said(page)

    @pytest.mark.parametrize(
        "changed",
        [
            {"state": State.WAITING_PERSON},
            {"first_answered_at": timezone.now(), "answered_at": timezone.now()},
            {"due_at": None},
            {"state": State.CLOSED, "outcome": "answered", "closed_at": timezone.now()},
        ],
        ids=["waits for the person", "answered", "nothing announced", "ended"],
    )
    def test_it_is_not_said_when_it_is_not_so(self, page, late, changed):  # noqa: F811
        Ticket.objects.update(**changed)
        assert "en retard" not in said(page)

    def test_before_the_day_nothing_is_late(self, page):  # noqa: F811
        due = timezone.now() + timedelta(days=3)
        Ticket.objects.update(state=State.OPEN, due_at=due)
        assert "en retard" not in said(page)
        assert steps(page)[2][1] == f"avant le {french.day(due)}".replace("\xa0", " ")


class TestEnds:
    def test_withdrawn_is_no_answer(self, page, act):  # noqa: F811
        act("retirer")
        assert [name for name, _detail in steps(page)] == ["Reçue", "Retirée"]
        assert "Votre avis" not in said(page)
        assert "Garder ma demande" in said(page)

    def test_withdrawn_by_an_agent_offers_no_button_that_refuses(self, page, ticket, chloe):  # noqa: F811
        close(ticket=ticket, outcome="withdrawn", by=chloe, at=timezone.now())
        assert "<h1>Votre demande est retirée</h1>" in page()
        assert "Garder ma demande" not in said(page)
        assert "Écrire un message" in said(page)

    def test_passed_on_names_who_answers(self, page, ticket):  # noqa: F811
        Ticket.objects.update(
            state="closed", outcome="transferred", closed_at=timezone.now(), transfer_body="CAF du Rhône"
        )
        assert "Transmise à : CAF du Rhône. C’est cet organisme qui vous répond." in said(page)
        assert [name for name, _detail in steps(page)] == ["Reçue", "Transmise"]

    def test_ended_without_an_answer_promises_none(self, page, ticket):  # noqa: F811
        Ticket.objects.update(state="closed", outcome="unwanted", closed_at=timezone.now())
        assert [name for name, _detail in steps(page)] == ["Reçue", "Étudiée", "Terminée"]

    def test_the_day_of_the_answer_is_that_of_the_answer(self, page, ticket):  # noqa: F811
        answered = timezone.now() - timedelta(days=4)
        Ticket.objects.update(
            state="closed", outcome="answered", closed_at=timezone.now(), answered_at=answered
        )
        assert steps(page)[2] == ("Réponse", french.day(answered).replace("\xa0", " "))


class TestAppointment:
    @pytest.fixture
    def given(self, ticket, make_appointment, chloe):  # noqa: F811
        return make_appointment(ticket=ticket, agent=chloe)

    def when(self, appointment):
        return french.moment(appointment.starts_at).replace("\xa0", " ")

    def test_the_next_one_is_said(self, page, given):  # noqa: F811
        assert f"Vous avez rendez-vous le {self.when(given)}." in said(page)
        assert given.maison.address in said(page)

    def test_one_that_the_service_cancelled_is_said_too(self, page, given):  # noqa: F811
        given.state, given.reason = Appointment.State.CANCELLED_BY_SERVICE, "Agent absent"
        given.save()
        words = said(page)
        assert f"Votre rendez-vous du {self.when(given)} est annulé." in words
        assert "Ne venez pas." in words
        assert "Agent absent" not in words

    @pytest.fixture
    def merged(self, ticket, make_ticket, make_appointment, chloe):  # noqa: F811
        """An appointment of a ticket that goes on in this one."""

        def do(person=ticket.person, **fields):
            gone = make_ticket(person=person, topic="rsa-demande")
            given = make_appointment(ticket=gone, agent=chloe)
            Ticket.objects.filter(pk=gone.pk).update(merged_into=ticket, **fields)
            return given

        return do

    def test_one_of_a_ticket_that_goes_on_here_is_said(self, page, merged):  # noqa: F811
        assert f"Vous avez rendez-vous le {self.when(merged())}." in said(page)

    def test_W09_one_of_somebody_else_is_not(self, page, merged, make_person):  # noqa: F811
        merged(make_person(given_name="Paul", family_name="Roux"))
        assert "rendez-vous le" not in said(page)

    def test_W09_nor_of_nobody_known_when_this_one_has_no_person(self, ticket, merged):  # noqa: F811
        merged(None)
        Ticket.objects.filter(pk=ticket.pk).update(person=None)
        ticket.refresh_from_db()
        assert facts_of(ticket, timezone.now()) == []

    def test_A03_a_reserved_one_is_not_read_without_a_code(self, page, merged):  # noqa: F811
        merged(is_sensitive=True)
        assert "rendez-vous le" not in said(page)

    def test_it_costs_no_statement_more(self, page, merged, django_assert_num_queries):  # noqa: F811
        page()
        with CaptureQueriesContext(connection) as before:
            page()
        for day in range(1, 6):
            given = merged()
            start = given.starts_at + timedelta(days=day)
            Appointment.objects.filter(pk=given.pk).update(
                starts_at=start, ends_at=start + timedelta(hours=1)
            )
        with django_assert_num_queries(len(before)):
            page()

    def test_one_that_is_over_says_nothing(self, page, given):  # noqa: F811
        start = timezone.now() - timedelta(hours=3)
        Appointment.objects.update(starts_at=start, ends_at=start + timedelta(hours=1))
        assert "rendez-vous le" not in said(page)


class TestWhoAnswered:
    def test_the_maison_is_named(self, page, ticket, make_touchpoint):  # noqa: F811
        sent = outgoing("a", state="sent")
        make_touchpoint(ticket, text="Voici", direction="out", outgoing=sent, maison=ticket.maison)
        assert f"<b>{ticket.maison.name}</b>" in page()

    def test_A03_a_sensitive_one_names_no_place(self, ticket, make_touchpoint, make_appointment):  # noqa: F811
        from channels_app.portal.letters import letters_of
        from channels_app.portal.standing import who_to_call

        ticket.is_sensitive = True
        sent = outgoing("a", state="sent", recipient=EMAIL)
        make_touchpoint(ticket, text="Voici", direction="out", outgoing=sent, maison=ticket.maison)
        assert {letter.by for letter in letters_of(ticket)} == {""}
        assert ticket.maison.name not in who_to_call(ticket)[0]
