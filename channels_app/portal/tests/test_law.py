"""What the law asks that a person be told, whoever they are: on the confirmation, and on their page."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.utils import timezone

from channels_app.portal.tests.test_following import EMAIL, amina, page, secret_of, ticket  # noqa: F401
from channels_app.portal.views import tracking
from requests_app.catalog.models import Topic
from requests_app.lib import french
from requests_app.maisons.models import Maison
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.tickets.messages.law_block import law_of
from requests_app.tickets.models import Ticket, Touchpoint

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def before_the_day(monkeypatch):
    """Read the page of a ticket as in the days after it came, whatever the day of the test."""
    monkeypatch.setattr(tracking, "law_of", lambda mine, *, today: law_of(mine, today=RECEIVED.date()))


def words_of(html):
    """What a person reads, spaces made plain."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def block(html):
    """The part « Ce que dit la loi » of the page."""
    [found] = re.findall(r'aria-labelledby="loi">(.*?)</section>', html, re.DOTALL)
    return words_of(found)


def settle(regime="silence_refusal", appeal="gracious", sensitivity="normal"):
    Topic.objects.filter(code="fsl-acces-maintien").update(
        regime=regime, appeal=appeal, to_validate=[], silence_months=2, sensitivity=sensitivity
    )
    Ticket.objects.update(received_at=RECEIVED, state="open", is_sensitive=sensitivity == "sante")


class TestBlock:
    def test_L231_4_says_in_the_past_what_silence_has_decided(self, page, monkeypatch):  # noqa: F811
        settle()
        monkeypatch.setattr(tracking, "law_of", law_of)
        Ticket.objects.update(received_at=timezone.now() - timedelta(days=100))
        words = block(page())
        assert "nous n’avions pas répondu : votre demande est refusée" in words
        assert "Sans réponse de notre part" not in words

    def test_says_the_day_the_service_the_sense_and_the_recourse(self, page, settings):  # noqa: F811
        settle()
        words = block(page())
        maison = Maison.objects.get(code="P84")
        assert words.startswith("Ce que dit la loi Reçue le mardi 1er décembre")
        assert re.search(r"Sans réponse de notre part le lundi 1er février( 2027)?, votre demande", words)
        for told in ("votre demande est refusée", settings.APPEAL_COURT, maison.name, maison.email):
            assert told in words

    def test_says_the_right_to_an_attestation_of_an_acceptance(self, page):  # noqa: F811
        settle("silence_acceptance")
        words = block(page())
        assert "votre demande est acceptée" in words
        assert "attestation" in words
        assert "tribunal" not in words

    def test_gives_an_e_mail_where_the_place_has_none(self, page, settings):  # noqa: F811
        settle()
        Maison.objects.filter(code="P84").update(email="")
        words = block(page())
        assert f"E-mail : {settings.MAIL_FROM}" in words
        assert Maison.objects.get(code="P84").address in words

    @pytest.mark.parametrize("regime", ["to_validate", "none"])
    def test_says_no_sense_nor_day_until_the_sense_is_confirmed(self, page, regime):  # noqa: F811
        settle(regime)
        words = block(page())
        assert "Sans réponse" not in words
        assert "Reçue le mardi 1er décembre" in words

    @pytest.mark.parametrize(
        "changed",
        [
            {"state": "closed", "outcome": "answered", "closed_at": timezone.now()},
            {"transfer_body": "CAF du Rhône"},
        ],
        ids=["decided", "of another body"],
    )
    def test_lets_nobody_wait_for_a_silence_that_decides_nothing(self, page, changed):  # noqa: F811
        settle()
        Ticket.objects.update(**changed)
        assert "Sans réponse" not in block(page())

    def test_says_the_day_another_administration_received_it(self, page):  # noqa: F811
        settle()
        Ticket.objects.update(first_received_on=datetime(2026, 11, 20, tzinfo=UTC).date())
        words = block(page())
        assert "Reçue d’abord par une autre administration le vendredi 20 novembre" in words
        assert "le mercredi 20 janvier" in words

    def test_L232_4_says_that_the_reasons_were_asked_and_until_when_we_owe_them(self, page):  # noqa: F811
        settle()
        assert "Vous pouvez demander pourquoi" in block(page())
        Ticket.objects.update(reasons_asked_on=datetime(2027, 2, 2, tzinfo=UTC).date())
        words = block(page())
        assert re.search(
            r"Vous avez demandé pourquoi le mardi 2 février( 2027)?\. Nous devons répondre", words
        )
        assert re.search(r"au plus tard le mardi 2 mars( 2027)?\. Le délai pour contester repartira", words)
        assert "repartira alors pour deux mois" in words
        assert "Vous pouvez demander pourquoi" not in words

    def test_L232_4_names_no_delay_that_nobody_confirmed(self, page):  # noqa: F811
        settle()
        Topic.objects.filter(code="fsl-acces-maintien").update(to_validate=["appeal"])
        Ticket.objects.update(reasons_asked_on=datetime(2027, 2, 2, tzinfo=UTC).date())
        words = block(page())
        assert "Le délai pour contester repartira alors." in words
        assert "deux mois" not in words

    @pytest.mark.parametrize(
        "changed",
        [
            {"state": "closed", "outcome": "refused", "closed_at": timezone.now()},
            {"transfer_body": "CAF du Rhône"},
        ],
        ids=["given", "of another body"],
    )
    def test_L232_4_owes_no_reasons_that_are_given_or_another_body_s(self, page, changed):  # noqa: F811
        settle()
        Ticket.objects.update(reasons_asked_on=datetime(2027, 2, 2, tzinfo=UTC).date(), **changed)
        assert "demandé pourquoi" not in block(page())

    def test_A03_names_no_place_of_a_reserved_request(self, ticket, client):  # noqa: F811
        settle(sensitivity="sante")
        key = "code:test"
        links.link_for(key, "ticket_code", ticket.pk, timezone.now())
        secret = links.insert_links("{lien}", Outgoing(key=key)).rpartition("/")[2]
        words = block(client.get(f"/suivi/{secret}/").content.decode())
        assert Maison.objects.get(code="P84").name not in words
        assert "Métropole de Lyon" in words

    def test_A03_shows_nothing_of_a_reserved_request_before_its_code(self, ticket, client):  # noqa: F811
        settle(sensitivity="sante")
        html = client.get(f"/suivi/{secret_of(ticket)}/").content.decode()
        assert "Ce que dit la loi" not in html

    def test_a_name_of_a_place_is_text(self, page):  # noqa: F811
        settle()
        Maison.objects.filter(code="P84").update(name="Maison <b>du Lac</b> & Cie")
        assert "Maison &lt;b&gt;du Lac&lt;/b&gt; &amp; Cie" in page()


class TestLetters:
    @pytest.fixture
    def told(self, ticket):  # noqa: F811
        """Send a message of a kind about the ticket."""

        def make(kind, to=EMAIL, state="sent"):
            now = timezone.now()
            payload = {"text": f"Texte {kind}.\nSuivre votre demande : {links.PLACEHOLDER}\nFin."}
            sent = Outgoing.objects.create(
                key=f"{kind}:{to}", kind=kind, channel="mail", recipient=to, state=state,
                payload=payload, created_at=now, try_after=now, give_up_at=now, message_id=f"{kind}{to}",
            )  # fmt: skip
            Touchpoint.objects.create(
                ticket=ticket, channel="mail", direction="out", occurred_at=now, recorded_at=now,
                sender=to, text=links.as_shown(payload["text"]), outgoing=sent,
            )  # fmt: skip

        return make

    @pytest.mark.parametrize("kind", ["receipt", "transfer"])
    def test_show_receipts_and_transfer_notices_without_their_link(self, told, page, kind):  # noqa: F811
        told(kind)
        words = words_of(page())
        assert f"Texte {kind}. Fin." in words
        assert "lien de suivi" not in words

    def test_W09_show_none_that_went_to_somebody_else_or_has_not_left(self, told, page):  # noqa: F811
        told("receipt", to="voisin@exemple.fr")
        told("transfer", state="queued")
        words = words_of(page())
        assert "Texte receipt" not in words
        assert "Texte transfer" not in words


class TestConfirmation:
    def test_says_the_day_of_reception(self, send):
        words = words_of(send().get("/demande/enregistree/").content.decode())
        day = french.day(Ticket.objects.get().received_at).replace("\xa0", " ")
        assert f"Nous avons reçu votre demande le {day}" in words

    def test_says_the_service_and_its_address_where_no_place_is_named(self, send, settings):
        settings.AUTHORITY_ADDRESS = "1 place du Port, 69000 Ville"
        client = send()
        Ticket.objects.update(maison=None)
        words = words_of(client.get("/demande/enregistree/").content.decode())
        for told in (settings.AUTHORITY_NAME, settings.AUTHORITY_ADDRESS, settings.MAIL_FROM):
            assert f"Service chargé de votre demande {settings.AUTHORITY_NAME}" in words
            assert told in words

    def test_S07_the_sms_says_it_too(self, send):
        send()
        day = f"{timezone.localtime(Ticket.objects.get().received_at):%d/%m}"
        assert f"recue le {day}." in Outgoing.objects.get().payload["text"]
