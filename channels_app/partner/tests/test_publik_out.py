"""A request of another body leaves for its portal, once, and is followed there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.delivery import services as delivery
from channels_app.partner.publik.following import follow
from channels_app.partner.tests.portal_server import running_portal
from channels_app.testing import SpeakingPromises
from requests_app.catalog.models import CompetentBody
from requests_app.outbox.models import Outgoing
from requests_app.tickets.inbound import InboundMessage, SaidFile
from requests_app.tickets.models import ToDo
from requests_app.tickets.services import receive, transfer

NOW = timezone.now()
BODY, WORDS = "France Travail", "France Travail m’a radiée de ses listes, aidez-moi."
LATER = timedelta(minutes=15)  # once second thoughts are over


@pytest.fixture
def portal(settings):
    with running_portal() as portal:
        settings.PUBLIK_PORTALS = portal.base.replace("http://", "http://gru:s3cret@")
        yield portal


@pytest.fixture
def body(portal, db):
    url = f"{portal.base}/signaler-un-depot/"
    return CompetentBody.objects.create(name=BODY, mail="accueil@travail.exemple", service_url=url)


@pytest.fixture
def ticket(lyon_8):
    said = InboundMessage(
        channel="mail",
        occurred_at=NOW,
        text=WORDS,
        subject="Radiation",
        sender_kind="email",
        sender_value="samira@exemple.fr",
        sender_name="Samira Benali",
        mailboxes=("mdm.lyon8-est@grandlyon.com",),
        files=(SaidFile("avis.pdf", "application/pdf", b"%PDF-1.4 avis"),),
    )
    return receive(said, at=NOW).ticket


@pytest.fixture
def given(ticket, body, chloe):
    """The message that hands it over, waiting."""
    transfer(ticket=ticket, by=chloe, at=NOW)
    return Outgoing.objects.get(touchpoint__ticket=ticket, kind="handover")


def leave(outgoing, *, after=LATER):
    state = delivery.send(outgoing_id=outgoing.pk, at=NOW + after)
    outgoing.refresh_from_db()
    return state


def steps(outgoing):
    return [step.text for step in outgoing.steps.order_by("pk")]


class TestPartnerSpeaks(SpeakingPromises):
    kind, contact_kind = "partner", "service"
    reached, unreached = "https://demarches.exemple.fr/signaler-un-depot/", "https://ailleurs.exemple.fr/x/"


@pytest.mark.parametrize(
    ("url", "is_reached"),
    [
        ("https://demarches.exemple.fr/voirie/signaler/", True),
        ("https://demarches.exemple.fr/api/formdefs/signaler/submit", True),
        ("https://demarches.exemple.fr/", False),
        ("https://demarches.exemple.fr.pirate.fr/signaler/", False),
        ("http://demarches.exemple.fr/signaler/", False),
        ("https://demarches.exemple.fr@pirate.fr/signaler/", False),
        ("http://127.0.0.1/signaler/", False),
        ("", False),
    ],
)
def test_W08_nothing_goes_but_to_a_portal_of_the_settings(url, is_reached):
    from channels_app.registry import outbound_of
    from requests_app.channels.outbound import Address

    assert outbound_of("partner").reaches(Address("service", url)) is is_reached


class TestHandingOver:
    def test_the_portal_gets_the_request_with_its_fields_and_files(self, given, ticket, portal):
        assert leave(given) == "sent"
        [there] = portal.requests
        assert there["fields"]["reference"] == ticket.reference
        assert WORDS in there["fields"]["message"]
        assert (there["fields"]["prenom"], there["fields"]["nom"]) == ("Samira", "Benali")
        assert there["fields"]["courriel"] == "samira@exemple.fr"
        assert there["fields"]["fichier"]["filename"] == "avis.pdf"

    def test_each_side_names_the_other(self, given, ticket, portal):
        leave(given)
        [there] = portal.requests
        assert there["context"]["channel"] == "email"
        assert there["context"]["comments"].endswith(f"/demandes/{ticket.reference}/")
        assert given.provider_id == there["api_url"]

    def test_a_body_without_form_still_gets_a_mail(self, ticket, body, chloe):
        CompetentBody.objects.update(service_url="")
        transfer(ticket=ticket, by=chloe, at=NOW)
        given = Outgoing.objects.get(touchpoint__ticket=ticket, kind="handover")
        assert (given.channel, given.recipient) == ("mail", "accueil@travail.exemple")
        assert "fields" not in given.payload

    def test_a_form_of_a_portal_without_key_is_not_used(self, ticket, body, chloe, settings):
        settings.PUBLIK_PORTALS = ""
        transfer(ticket=ticket, by=chloe, at=NOW)
        assert Outgoing.objects.get(touchpoint__ticket=ticket, kind="handover").channel == "mail"

    def test_A03_a_reserved_request_is_given_by_an_agent(self, ticket, body, chloe):
        ticket.is_sensitive = True
        ticket.save(update_fields=["is_sensitive"])
        transfer(ticket=ticket, by=chloe, at=NOW)
        assert not Outgoing.objects.filter(touchpoint__ticket=ticket, kind="handover").exists()
        assert ToDo.objects.to_do().filter(ticket=ticket).exists()

    def test_twice_is_once(self, given, portal):
        leave(given)
        leave(given)
        assert len(portal.requests) == 1


class TestTroubles:
    @pytest.mark.parametrize("answer", [503, 429, 403, 401, 404, 301, 302])
    def test_O03_a_portal_that_is_busy_or_refuses_us_is_tried_later(self, given, portal, answer):
        portal.next_answers = [answer]
        assert leave(given) == "queued"
        assert leave(given, after=LATER + timedelta(hours=1)) == "sent"
        assert len(portal.requests) == 1

    @pytest.mark.parametrize("answer", ["cut", "odd"])
    def test_O01_an_answer_that_was_lost_creates_no_second_request(self, given, portal, answer):
        portal.next_answers = [answer]
        assert leave(given) == "uncertain"
        delivery.sweep(at=NOW + LATER + timedelta(minutes=5))
        given.refresh_from_db()
        assert (given.state, given.provider_id) == ("sent", portal.requests[0]["api_url"])
        assert len(portal.requests) == 1

    def test_O01_what_was_never_created_leaves_once_more(self, given, portal):
        portal.next_answers = [500]
        assert leave(given) == "uncertain"
        delivery.sweep(at=NOW + LATER + timedelta(minutes=5))
        given.refresh_from_db()
        assert (given.state, len(portal.requests)) == ("sent", 1)

    def test_a_refusal_is_a_task_for_an_agent(self, given, ticket, portal):
        portal.next_answers = [400]
        assert leave(given) == "failed"
        [task] = ToDo.objects.to_do().filter(ticket=ticket, kind=ToDo.Kind.TRANSFER)
        assert "Désolé" in task.text

    def test_a_key_that_is_not_theirs_sends_nothing(self, given, portal):
        portal.key = "autre"
        assert leave(given) == "queued"
        assert portal.requests == []

    def test_a_portal_that_is_down_is_tried_later(self, given, settings):
        base = "http://127.0.0.1:9"
        settings.PUBLIK_PORTALS = "http://gru:s3cret@127.0.0.1:9"
        Outgoing.objects.filter(pk=given.pk).update(recipient=f"{base}/signaler-un-depot/")
        assert leave(given) == "queued"


class TestFollowing:
    def test_what_changes_there_is_told_here_once(self, given, portal):
        leave(given)
        at = NOW + timedelta(hours=1)
        assert follow(at=at) == follow(at=at) == 1
        portal.move("1", id="en-cours", name="En cours")
        follow(at=at)
        portal.move("1", id="fini", name="Terminée", endpoint=True)
        follow(at=at)
        assert follow(at=at) == 0
        given.refresh_from_db()
        assert given.state == "delivered"
        told = [text for text in steps(given) if text.startswith("Sur le portail")]
        assert [part.partition(" : ")[2].partition(".")[0] for part in told] == [
            "« Nouveau »",
            "« En cours »",
            "« Terminée »",
        ]
        assert portal.requests[0]["url"] in told[0]

    def test_a_request_that_is_gone_is_asked_no_more(self, given, portal):
        leave(given)
        portal.requests[0]["api_url"] += "x"
        assert follow(at=NOW + timedelta(hours=1)) == 1
        assert follow(at=NOW + timedelta(hours=2)) == 0
        assert "La demande n’est plus sur le portail." in steps(given)

    def test_a_silent_portal_is_left_for_the_next_time(self, given, portal):
        leave(given)
        portal.next_answers = [500]
        assert follow(at=NOW + timedelta(hours=1)) == 0
        assert follow(at=NOW + timedelta(hours=2)) == 1

    def test_without_portal_nobody_is_asked(self, given, portal, settings):
        leave(given)
        settings.PUBLIK_PORTALS = ""
        assert follow(at=NOW + timedelta(hours=1)) == 0
