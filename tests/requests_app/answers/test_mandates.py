"""Who acts for a person is a dated fact, and says who of the two receives our answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.answers import services as answers
from requests_app.answers.models import Draft
from requests_app.answers.recipients import other_recipient, read_recipients
from requests_app.outbox.models import Outgoing
from requests_app.people.errors import Refused as PersonRefused
from requests_app.people.models import Mandate, PersonChange
from requests_app.people.services import (
    NewMandate,
    end_mandate,
    note_mandate,
    remove_mandate,
    restore_mandate,
)
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Participant

pytestmark = pytest.mark.django_db

HERS, UDAF = "amina.benali@exemple.fr", "tutelles@udaf.exemple.fr"
Receives = Mandate.Receives


@pytest.fixture
def asked(make_ticket, make_touchpoint, amina):
    ticket = make_ticket(person=amina, text=None)
    make_touchpoint(ticket, sender=HERS)
    return ticket


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def mandate(amina, chloe, today):
    def noted(receives=Receives.HOLDER, address=UDAF, starts_on=None, ends_on=None):
        new = NewMandate("guardianship", "UDAF du Rhône", address, receives, starts_on or today, ends_on)
        return note_mandate(person=amina, new=new, by=chloe, at=timezone.now())

    return noted


@pytest.fixture
def send(asked, chloe, today):
    def sent(address, also=()):
        Draft.objects.create(
            ticket=asked, author=chloe, kind=Draft.Kind.ANSWER, text="Voici.", updated_at=timezone.now()
        )
        asked.refresh_from_db()
        to = next(each for each in read_recipients(asked, on=today) if each.address == address)
        return answers.answer(ticket=asked, to=to, also=also, token="a" * 32, by=chloe, at=timezone.now())

    return sent


def open_addresses(ticket, on):
    return [each.address for each in read_recipients(ticket, on=on) if not each.why_not]


class TestRecipients:
    def test_who_receives_alone_comes_first_and_closes_the_persons_contacts(self, asked, mandate, today):
        mandate()
        assert open_addresses(asked, today) == [UDAF]
        closed = next(each for each in read_recipients(asked, on=today) if each.address == HERS)
        assert "UDAF du Rhône la représente depuis le" in closed.why_not

    def test_both_may_receive(self, asked, mandate, today):
        mandate(Receives.BOTH)
        assert {HERS, UDAF} <= set(open_addresses(asked, today))
        assert open_addresses(asked, today)[0] == HERS

    def test_the_person_alone_receives_and_who_acts_is_closed(self, asked, mandate, today, make_touchpoint):
        make_touchpoint(asked, sender=UDAF)
        mandate(Receives.PERSON)
        assert HERS in open_addresses(asked, today)
        assert UDAF not in open_addresses(asked, today)

    @pytest.mark.parametrize("days", [-1, 31])
    def test_holds_from_its_first_day_to_its_last(self, asked, mandate, today, days):
        mandate(starts_on=today, ends_on=today + timedelta(days=30))
        assert UDAF not in open_addresses(asked, today + timedelta(days=days))
        assert open_addresses(asked, today + timedelta(days=30)) == [UDAF]

    def test_what_is_typed_by_hand_is_closed_too(self, asked, mandate, today):
        mandate()
        assert other_recipient(HERS.upper(), asked, on=today).why_not

    def test_the_holder_is_reached_by_sms_at_a_mobile(self, asked, mandate, today):
        mandate(address="06 39 98 55 66")
        assert open_addresses(asked, today) == ["+33639985566"]


class TestAnswering:
    def test_the_holder_gets_it_and_no_link_of_the_person(self, mandate, send):
        mandate()
        send(UDAF)
        (row,) = Outgoing.objects.all()
        assert row.recipient == UDAF

    def test_what_the_page_offered_before_is_refused_now(self, asked, mandate, chloe):
        stale = next(each for each in read_recipients(asked) if each.address == HERS)
        mandate()
        Draft.objects.create(
            ticket=asked, author=chloe, kind=Draft.Kind.ANSWER, text="Voici.", updated_at=timezone.now()
        )
        with pytest.raises(Refused, match="UDAF du Rhône"):
            answers.answer(ticket=asked, to=stale, token="b" * 32, by=chloe, at=timezone.now())
        assert not Outgoing.objects.exists()

    def test_a_copy_is_refused_to_who_may_not_receive(self, asked, mandate, send):
        row = Participant.objects.create(
            ticket=asked, address=UDAF, role="organisation", may_receive=True, added_at=timezone.now()
        )
        mandate(Receives.PERSON)
        with pytest.raises(Refused, match="La personne seule"):
            send(HERS, also=[row])
        assert not Outgoing.objects.exists()

    def test_the_page_says_it_and_does_not_offer_the_copy(self, client_of, chloe, asked, mandate):
        Participant.objects.create(
            ticket=asked, address=UDAF, role="organisation", may_receive=True, added_at=timezone.now()
        )
        mandate(Receives.PERSON)
        page = client_of(chloe).get(f"/demandes/{asked.reference}/")
        assert page.context["composer"].copies == []
        words = page.content.decode().replace("\xa0", " ")
        assert "Nos réponses vont à la personne seulement." in words


class TestDatedFact:
    def test_is_kept_with_who_noted_it_and_its_end(self, mandate, amina, chloe, today):
        row = mandate()
        end_mandate(mandate=row, on=today + timedelta(days=3), by=chloe, at=timezone.now())
        row.refresh_from_db()
        assert row.ends_on == today + timedelta(days=3)
        changes = PersonChange.objects.filter(person=amina, kind=PersonChange.Kind.MANDATE).order_by("pk")
        assert [bool(change.before) for change in changes] == [False, True]

    def test_is_taken_back_and_put_back(self, mandate, asked, chloe, today):
        row = mandate()
        remove_mandate(mandate=row, by=chloe, at=timezone.now())
        assert HERS in open_addresses(asked, today)
        restore_mandate(mandate=row, by=chloe, at=timezone.now())
        assert open_addresses(asked, today) == [UDAF]

    @pytest.mark.parametrize(
        "fields",
        [
            {"address": ""},
            {"address": "pas une adresse"},
            {"ends_on": timezone.localdate() - timedelta(days=9)},
        ],
    )
    def test_what_cannot_be_is_refused(self, mandate, fields):
        with pytest.raises(PersonRefused):
            mandate(**fields)
        assert not Mandate.objects.exists()


class TestPages:
    def given(self, **fields):
        return {
            "seen": "",
            "kind": "guardianship",
            "holder": "UDAF du Rhône",
            "address": UDAF,
            "receives": "holder",
            "starts_on": "2026-03-01",
            "ends_on": "",
            **fields,
        }

    def test_is_noted_ended_removed_and_put_back(self, client_of, chloe, asked, amina):
        client, home = client_of(chloe), f"/personnes/{amina.pk}/"
        client.post(f"{home}mandats/", self.given())
        row = Mandate.objects.get()
        assert "UDAF du Rhône" in client.get(home).content.decode()
        client.post(f"{home}mandats/{row.pk}/fin/", {"seen": "", "ends_on": "2026-11-01"})
        row.refresh_from_db()
        assert f"{row.ends_on}" == "2026-11-01"
        page = client.post(f"{home}mandats/{row.pk}/retirer/", follow=True)
        client.post(page.context["undo"].action)
        assert Mandate.objects.standing().count() == 1

    def test_what_is_wrong_is_said_beside_what_was_typed(self, client_of, chloe, asked, amina):
        page = client_of(chloe).post(f"/personnes/{amina.pk}/mandats/", self.given(address="", starts_on="x"))
        assert page.status_code == 422
        assert "UDAF du Rhône" in page.content.decode()
        page = client_of(chloe).post(f"/personnes/{amina.pk}/mandats/", self.given(address=""))
        assert "Écrivez où joindre qui" in page.content.decode()
        assert not Mandate.objects.exists()

    def test_A01_the_desk_reads_it_and_changes_nothing(self, client_of, bruno, asked, amina, mandate):
        mandate()
        client, home = client_of(bruno), f"/personnes/{amina.pk}/"
        page = client.get(home).content.decode()
        assert "UDAF du Rhône" in page
        assert "Noter qui la représente" not in page
        assert client.post(f"{home}mandats/", self.given()).status_code == 403
