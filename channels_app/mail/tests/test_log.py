"""The way of each message on the ticket page: door, checks, filters, other ways; then each sending."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.intake import services
from channels_app.intake.models import Arrival
from channels_app.mail.controls import controls_of
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import step
from requests_app.tickets.selectors.thread import thread_of

pytestmark = pytest.mark.django_db
BOX = "accueil@demande.invalid"
MAIL = (
    b"From: samira@exemple.fr\r\nTo: accueil@demande.invalid\r\nSubject: x\r\nMessage-ID: <1@exemple.fr>\r\n"
    b"Authentication-Results: mx.exemple.fr; spf=pass; dkim=fail; dmarc=none\r\n\r\nBonjour\r\n"
)


@pytest.fixture
def came(territory):
    def arrives(source="lmtp", raw=MAIL, key="", at=None):
        at = at or timezone.now()
        kept = services.store_unqueued(channel="mail", address=BOX, raw=raw, source=source, at=at, key=key)
        services.process(arrival_id=kept.arrival_id, at=at)
        return Arrival.objects.select_related("touchpoint__ticket").get(pk=kept.arrival_id)

    return arrives


def words_of(item):
    return [each.text for each in item.steps]


def received(arrival):
    return next(item for item in thread_of(arrival.touchpoint.ticket).items if item.way == "in")


class TestIn:
    def test_says_the_door_the_checks_the_filters_and_the_number(self, came):
        door, checks, filters, number = words_of(received(came()))
        assert door.startswith(f"Arrivé par la porte du courriel (LMTP), à {BOX} (")
        assert checks == (
            "Authentification, selon le serveur qui l’a remis : SPF réussi, DKIM échoué, DMARC sans réponse."
        )
        assert filters == "Filtres passés : 10, 20, 30, 40, 50, 60, 65, 70, 80, 90."
        assert number == "Identifiant du message : 1@exemple.fr"

    def test_dates_it_from_the_door_not_from_the_worker(self, came):
        at = timezone.now() - timedelta(hours=2)
        assert received(came(at=at)).steps[0].at == at

    @pytest.mark.parametrize(
        ("source", "words"),
        [
            ("imap", "la relève d’une boîte (IMAP)"),
            ("webhook:postmark", "l’appel d’un prestataire (postmark)"),
            ("poll:twilio", "la relève des messages d’un prestataire (twilio)"),
            ("mail-in", "le serveur de messagerie (mail-in)"),
            ("une porte de demain", "une porte de demain"),
        ],
    )
    def test_names_every_door(self, came, source, words):
        assert f"Arrivé par {words}, à" in words_of(received(came(source)))[0]

    def test_M06_the_same_mail_by_another_way_is_told_on_the_first(self, came):
        first = came()
        other = came("imap", raw=MAIL.replace(b"Subject", b"X-By: imap\r\nSubject"), key="2" * 64)
        assert other.state == Arrival.State.DISCARDED
        told = [words for words in words_of(received(first)) if "aussi venu" in words]
        assert told == [
            "Le même message est aussi venu par la relève d’une boîte (IMAP), à accueil@demande.invalid : "
            "il n’est compté qu’une fois."
        ]

    def test_an_unsaid_authentication_is_said_so(self):
        assert controls_of("", [10])[0] == "Authentification : le serveur qui l’a remis n’en dit rien."


class TestOut:
    def test_tells_queued_each_try_sent_and_its_number(self, came):
        ticket = came().touchpoint.ticket
        outgoing = Outgoing.objects.get(touchpoint__ticket=ticket)
        at = timezone.now()
        step(outgoing.pk, "Pas encore parti : serveur absent", at=at)
        Outgoing.objects.update(attempts=1, try_after=at + timedelta(minutes=1))
        *told, due, number = thread_of(ticket).items[-1].steps
        assert [each.text for each in told] == [
            "Prêt à partir, pour samira@exemple.fr.",
            "Pas encore parti : serveur absent",
        ]
        assert (due.text, due.at) == ("Prochain essai.", at + timedelta(minutes=1))
        assert number.text == f"Identifiant du message : {outgoing.message_id}"

    def test_what_never_leaves_has_its_reason_in_the_line_and_no_log(self, came):
        raw = MAIL.replace(b"Subject: x", b"Subject: x\r\nList-Id: <l.exemple.fr>\r\nPrecedence: list")
        line = thread_of(came(raw=raw).touchpoint.ticket).items[-1]
        assert line.text.startswith("Pas d’accusé de réception : ")
        assert line.steps == []


def test_the_page_folds_it_and_paper_unfolds_it(client_of, central, came):
    ticket = came().touchpoint.ticket
    page = client_of(central).get(f"/demandes/{ticket.reference}/").content.decode().replace("\xa0", " ")
    received = page[page.index('class="fil-in"') :].split("</li>\n", 1)[0]
    assert received.count("<summary>Détails</summary>") == 1
    assert '<details class="more-lines log" data-prints><summary>Détails</summary>' in received
    details = received[received.index("<summary>Détails") :]
    assert details.index("Parcours du message") < details.index("Pourquoi ce message est ici")
