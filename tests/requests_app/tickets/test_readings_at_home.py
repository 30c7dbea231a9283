"""An agent who reads about somebody at their own home: managers are told, nothing new is stored (A08)."""

from datetime import datetime

import pytest
import time_machine
from django.utils import timezone

from requests_app.access.alerts import note_alerts_seen
from requests_app.access.audit_log import Kind as Read
from requests_app.access.audit_log import log_access
from requests_app.access.models import ReadingAlert
from requests_app.accounts.models import Role
from requests_app.maisons.opening import PARIS
from requests_app.tickets.models import Touchpoint
from requests_app.tickets.services.unusual_readings import watch_readings

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 15, tzinfo=PARIS)
PAGE = "/tableau-de-bord/exceptions/"
HOME, SAME = "12 rue des Acacias, Bât. B, 69008 Lyon", "12 r. des acacias, 69008 LYON"
ELSEWHERE = "14 rue des Acacias, 69008 Lyon"


@pytest.fixture(autouse=True)
def that_wednesday():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def living(make_ticket, make_person):
    """A ticket of a person, with the postal address that they gave."""

    def make(postal, **fields):
        ticket = make_ticket(person=make_person(**fields), text=None)
        Touchpoint.objects.create(
            ticket=ticket, channel="letter", direction="in", sender="", text="Bonjour",
            occurred_at=NOW, recorded_at=NOW, facts={"postal": postal},
        )  # fmt: skip
        return ticket

    return make


@pytest.fixture
def at_home(chloe, living):
    """Chloé is known as a person too: the account's e-mail is that of a record, which has an address."""
    chloe.email = "Chloe@Exemple.fr"
    chloe.save()
    return living(HOME, family_name="Autre", email="chloe@exemple.fr")


def told(user, subject, kind=Read.TICKET):
    log_access(user=user, kind=kind, subject_id=subject.pk, at=timezone.now())
    watch_readings(at=timezone.now())
    return [alert.kind for alert in ReadingAlert.objects.exclude(kind=ReadingAlert.Kind.SAMPLE)]


class TestSameHome:
    def test_A08_a_ticket_from_their_home_is_told(self, at_home, living, chloe):
        assert told(chloe, living(SAME, family_name="Diallo")) == ["same_address"]

    def test_A08_so_is_the_record_of_who_lives_there(self, at_home, living, chloe):
        neighbour = living(SAME, family_name="Diallo").person
        assert told(chloe, neighbour, Read.PERSON) == ["same_address"]

    def test_A08_so_is_another_ticket_of_that_person(self, at_home, living, make_ticket, chloe):
        neighbour = living(SAME, family_name="Diallo").person
        assert told(chloe, make_ticket(person=neighbour)) == ["same_address"]

    def test_another_door_is_not(self, at_home, living, chloe):
        assert told(chloe, living(ELSEWHERE, family_name="Diallo")) == []

    def test_nor_is_it_for_a_colleague(self, at_home, living, bruno):
        assert told(bruno, living(SAME, family_name="Diallo")) == []

    def test_an_agent_without_e_mail_has_no_home_here(self, at_home, living, chloe):
        chloe.email = ""
        chloe.save()
        assert told(chloe, living(SAME, family_name="Diallo")) == []

    def test_A08_the_manager_reads_what_it_is(self, at_home, living, chloe, david, client_of):
        told(chloe, living(SAME, family_name="Diallo"))
        page = client_of(david).get(PAGE).content.decode().replace("\xa0", " ")
        assert "Même adresse que l’agent" in page


class TestSample:
    def test_A08_a_reviewer_neither_reads_nor_clears_their_own(
        self, david, make_agent, lyon_8, make_ticket, client_of
    ):
        other = make_agent("chief", (Role.MANAGER, lyon_8), given_name="Carole")
        ticket = make_ticket()
        log_access(
            user=david, kind=Read.TICKET, subject_id=ticket.pk, at=datetime(2026, 10, 20, 10, tzinfo=PARIS)
        )
        watch_readings(at=timezone.now())
        [drawn] = ReadingAlert.objects.filter(kind=ReadingAlert.Kind.SAMPLE)
        assert list(drawn.notices.values_list("manager", flat=True)) == [other.pk]
        assert drawn.reference not in client_of(david).get(PAGE).content.decode()
        client_of(david).post(PAGE + "vues/", {"lecture": str(drawn.pk)})
        assert note_alerts_seen(manager=david, alert_ids=[drawn.pk], at=timezone.now()) == 0
        assert not drawn.notices.exclude(seen_at=None).exists()
        assert drawn.reference in client_of(other).get(PAGE).content.decode()
