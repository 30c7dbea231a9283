"""Whoever gave a telephone alone is told the complete receipt: an agent is asked to call (CRPA, L112-3)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.catalog.models import Topic
from requests_app.people.models import AccessNeed, ContactPoint
from requests_app.people.services import add_point
from requests_app.tickets.deadlines import silence_of
from requests_app.tickets.models import Ticket, ToDo, Touchpoint
from requests_app.tickets.services import ask_papers, close, finish, note_first_received, restore_danger, sort
from requests_app.tickets.services.legal_watch import watch_clocks
from requests_app.tickets.services.receipts import confirm

pytestmark = pytest.mark.django_db
NUMBER = "+33612345678"
WORDS = "Lisez l’accusé de réception"


@pytest.fixture
def topic(territory):
    fields = {"regime": "silence_refusal", "to_validate": [], "is_internal": False, "sensitivity": "normal"}
    Topic.objects.filter(code="velo").update(**fields)
    return Topic.objects.get(code="velo")


@pytest.fixture
def person(make_person):
    awa = make_person(given_name="Awa", family_name="Ndiaye")
    fields = {"value": NUMBER, "verified_at": timezone.now(), "created_at": timezone.now()}
    ContactPoint.objects.create(person=awa, kind="phone", **fields)
    return awa


@pytest.fixture
def sorted_one(make_ticket, person, topic, chloe, lyon_8):
    """A request of somebody who gave a telephone alone, sorted."""

    def make(channel="phone", facts=None, **fields):
        now = timezone.now()
        values = {"person": person, "channel": channel, "text": None, "state": "to_sort"}
        ticket = make_ticket(**{**values, **fields})
        Touchpoint.objects.create(
            ticket=ticket, channel=channel, direction="in", sender="", text="Bonjour",
            occurred_at=now, recorded_at=now, facts=facts or {},
        )  # fmt: skip
        sort(ticket=ticket, topic=topic, maison=lyon_8, reason="Son secteur", by=chloe, at=now)
        return Ticket.objects.get(pk=ticket.pk)

    return make


def to_read(ticket):
    return list(ToDo.objects.to_do().filter(ticket=ticket, key__startswith="read-receipt:"))


class TestAsked:
    @pytest.mark.parametrize("channel", ["phone", "frontdesk", "sms", "portal"])
    def test_L112_3_a_telephone_alone_is_called(self, sorted_one, channel):
        ticket = sorted_one(channel)
        [task] = to_read(ticket)
        assert (task.kind, task.due_at) == ("call", None)
        assert task.key == f"read-receipt:{ticket.reference}:{silence_of(ticket)}"
        assert task.text.startswith(WORDS)
        assert ticket.tasks_count == 1

    def test_once_however_often_it_is_confirmed(self, sorted_one):
        ticket = sorted_one()
        confirm(ticket=ticket, at=timezone.now())
        assert len(to_read(ticket)) == 1

    def test_without_a_confirmed_sense_it_says_no_day(self, sorted_one):
        Topic.objects.filter(code="velo").update(to_validate=["regime"])
        ticket = sorted_one()
        assert [task.key for task in to_read(ticket)] == [f"read-receipt:{ticket.reference}:"]

    @pytest.mark.parametrize(
        "point",
        [
            {"is_shared": True},
            {"needs_check": True},
            {"verified_at": None},
            {"usable_for": ["reminder"]},
            {"usable_for": ["nothing"]},
        ],
    )
    def test_M09_never_at_a_number_that_is_not_sure(self, sorted_one, person, point):
        person.contact_points.update(**point)
        assert to_read(sorted_one()) == []

    @pytest.mark.parametrize("need", ["no_call", "shared_contact", "write"])
    def test_never_to_who_asks_not_to_be_called(self, sorted_one, person, need):
        AccessNeed.objects.create(person=person, kind=need, said_at=timezone.now())
        assert to_read(sorted_one()) == []

    def test_N12_never_where_a_danger_is_marked(self, sorted_one):
        assert to_read(sorted_one(marks=["danger"])) == []

    def test_not_to_who_reads_it_in_writing(self, sorted_one, person, chloe):
        assert to_read(sorted_one("portal", {"postal": "12 rue des Acacias, 69008 Lyon"})) == []
        assert to_read(sorted_one("letter")) == []
        add_point(person=person, kind="email", typed="awa@exemple.fr", by=chloe, at=timezone.now())
        assert to_read(sorted_one()) == []

    def test_not_for_a_mere_question(self, sorted_one, topic):
        Topic.objects.filter(pk=topic.pk).update(regime="none")
        topic.refresh_from_db()
        assert to_read(sorted_one()) == []

    def test_papers_have_one_call_not_two(self, sorted_one, chloe):
        ticket, until = sorted_one(), timezone.localdate() + timedelta(days=20)
        ask_papers(ticket=ticket, papers=["Bail"], until=until, by=chloe, at=timezone.now())
        calls = ToDo.objects.to_do().filter(ticket=ticket, kind="call")
        assert [task.key.split(":")[0] for task in calls] == ["papers"]


class TestDropped:
    def test_when_the_ticket_ends(self, sorted_one, chloe):
        ticket = sorted_one()
        close(ticket=ticket, outcome="answered", by=chloe, at=timezone.now())
        ticket.refresh_from_db()
        assert (to_read(ticket), ticket.tasks_count) == ([], 0)

    def test_N12_when_a_danger_is_heard(self, sorted_one, chloe):
        ticket = sorted_one()
        restore_danger(ticket=ticket, by=chloe, at=timezone.now())
        assert to_read(ticket) == []

    def test_when_an_address_is_given(self, sorted_one, person, chloe):
        ticket = sorted_one()
        add_point(person=person, kind="email", typed="awa@exemple.fr", by=chloe, at=timezone.now())
        confirm(ticket=ticket, at=timezone.now())
        assert to_read(ticket) == []

    def test_whatever_ended_it(self, sorted_one):
        ended, dangerous, going_on = sorted_one(), sorted_one(), sorted_one()
        Ticket.objects.filter(pk=ended.pk).update(
            state="closed", outcome="withdrawn", closed_at=timezone.now()
        )
        Ticket.objects.filter(pk=dangerous.pk).update(marks=["danger"])
        watch_clocks(at=timezone.now())
        assert [len(to_read(each)) for each in (ended, dangerous, going_on)] == [0, 0, 1]

    def test_another_day_is_another_call(self, sorted_one, chloe):
        ticket = sorted_one()
        finish(task=to_read(ticket)[0], by=chloe, at=timezone.now())
        confirm(ticket=ticket, at=timezone.now())
        assert to_read(ticket) == []
        earlier = timezone.localdate() - timedelta(days=9)
        note_first_received(ticket=ticket, first_on=earlier, by=chloe, at=timezone.now())
        [task] = to_read(ticket)
        assert task.key == f"read-receipt:{ticket.reference}:{silence_of(ticket)}"


class TestWatch:
    def asked(self, ticket):
        late = timezone.now() + timedelta(days=16)
        watch_clocks(at=late)
        return ToDo.objects.filter(key=f"receipt:{ticket.reference}").exists()

    def test_R112_11_2_a_call_made_is_a_receipt(self, sorted_one, chloe):
        ticket = sorted_one()
        finish(task=to_read(ticket)[0], by=chloe, at=timezone.now())
        assert not self.asked(ticket)

    def test_R112_11_2_a_call_to_make_is_none(self, sorted_one):
        assert self.asked(sorted_one())

    def test_R112_11_2_nor_is_one_that_was_dropped(self, sorted_one):
        ticket = sorted_one()
        ToDo.objects.filter(ticket=ticket, key__startswith="read-receipt:").update(done_at=timezone.now())
        assert self.asked(ticket)


class TestPage:
    def shown(self, client_of, agent, ticket):
        return client_of(agent).get(f"/demandes/{ticket.reference}/").content.decode()

    def test_says_what_to_read_out(self, client_of, chloe, sorted_one):
        ticket = sorted_one()
        page = self.shown(client_of, chloe, ticket)
        [quote] = [part.split("</blockquote>")[0] for part in page.split("read-out")[1:]]
        assert f"Numéro de demande : {ticket.reference}" in quote.replace("\u00a0", " ")
        for words in ("Reçue le", "votre demande est refusée", "contester"):
            assert words in quote

    def test_one_gesture_ends_it(self, client_of, chloe, sorted_one):
        ticket = sorted_one()
        [task] = to_read(ticket)
        data = {"which": task.pk, "version": ticket.version}
        client_of(chloe).post(f"/demandes/{ticket.reference}/chose-faite/", data)
        task.refresh_from_db()
        assert task.done_by == chloe
        assert "read-out" not in self.shown(client_of, chloe, ticket)
