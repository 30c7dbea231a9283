"""The complete receipt reaches whoever gave no e-mail: by letter where there is a postal address (R112-5)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.contract import RawMessage
from channels_app.portal.form_data import Filled
from channels_app.portal.inbound import PortalInbound
from requests_app.catalog.models import Topic
from requests_app.outbox.models import Outgoing
from requests_app.people.services import add_point
from requests_app.tickets.letters.words import acknowledgment, as_text
from requests_app.tickets.models import Ticket, ToDo, Touchpoint
from requests_app.tickets.services import ask_papers, note_posted, sort
from requests_app.tickets.services.receipts import confirm

pytestmark = pytest.mark.django_db
POSTAL = "12 rue des Acacias, Bât. B, 69008 Lyon"


@pytest.fixture
def topic(territory):
    Topic.objects.filter(code="velo").update(regime="silence_refusal", to_validate=[])
    return Topic.objects.get(code="velo")


@pytest.fixture
def ask_for(make_ticket, make_person, topic, chloe, lyon_8):
    """A request of somebody without e-mail, that came by a door and says where letters go, sorted."""

    def make(channel="portal", postal=POSTAL, person=True, **fields):
        known = make_person(given_name="Awa", family_name="Ndiaye") if person else None
        ticket = make_ticket(person=known, channel=channel, text=None, state="to_sort", **fields)
        now = timezone.now()
        Touchpoint.objects.create(
            ticket=ticket, channel=channel, direction="in", sender="", text="Bonjour",
            occurred_at=now, recorded_at=now, facts={"postal": postal} if postal is not None else {},
        )  # fmt: skip
        sort(ticket=ticket, topic=topic, maison=lyon_8, reason="Son secteur", by=chloe, at=now)
        ticket.refresh_from_db()
        return ticket

    return make


def letters_of(ticket):
    return list(ToDo.objects.to_do().filter(ticket=ticket, kind=ToDo.Kind.LETTER))


class TestLetter:
    def test_nobody_prints_any_more_once_the_e_mail_leaves(self, ask_for, chloe):
        ticket = ask_for()
        assert len(letters_of(ticket)) == 1
        add_point(person=ticket.person, kind="email", typed="awa@exemple.fr", by=chloe, at=timezone.now())
        assert confirm(ticket=ticket, at=timezone.now()).state == Outgoing.State.QUEUED
        assert letters_of(ticket) == []

    def test_R112_5_a_form_with_a_postal_address_is_answered_by_letter(self, ask_for, chloe):
        ticket = ask_for()
        assert len(letters_of(ticket)) == 1
        assert not Outgoing.objects.exists()
        paper = acknowledgment(ticket, by=chloe, at=timezone.now())
        assert paper.to == ["Awa Ndiaye", "12 rue des Acacias", "Bât. B", "69008 Lyon"]
        assert "votre demande est refusée" in as_text(paper)
        assert "Enregistrée le" not in as_text(paper)

    def test_a_letter_sorted_is_told_once(self, ask_for):
        assert len(letters_of(ask_for("letter", postal=""))) == 1

    @pytest.mark.parametrize("channel", ["phone", "frontdesk", "portal"])
    def test_without_a_postal_address_no_letter_is_asked_for(self, ask_for, channel):
        assert letters_of(ask_for(channel, postal=None)) == []
        assert letters_of(ask_for(channel, postal="")) == []

    def test_N12_never_to_who_may_be_in_danger(self, ask_for):
        assert letters_of(ask_for(marks=["danger"])) == []

    def test_nothing_when_no_decision_is_expected(self, ask_for, topic):
        Topic.objects.filter(pk=topic.pk).update(regime="none")
        topic.refresh_from_db()
        assert letters_of(ask_for()) == []

    def test_what_was_posted_is_not_asked_for_again_until_it_changes(self, ask_for, chloe):
        ticket, now = ask_for(), timezone.now()
        note_posted(ticket=ticket, by=chloe, at=now)
        ticket.refresh_from_db()
        confirm(ticket=ticket, at=now)
        assert letters_of(ticket) == []
        day = timezone.localdate() + timedelta(days=20)
        ask_papers(ticket=Ticket.objects.get(pk=ticket.pk), papers=["Bail"], until=day, by=chloe, at=now)
        assert len(letters_of(ticket)) == 1


class TestForm:
    def test_keeps_the_lines_of_a_postal_address(self):
        filled = Filled(
            timezone.now(), "velo", "Bonjour", way="courrier", postal="3 rue X\r\n\n 69003  Lyon "
        )
        arrived = RawMessage(1, "", filled.to_raw(), timezone.now())
        assert PortalInbound().parse(arrived).said.facts["postal"] == "3 rue X, 69003 Lyon"
