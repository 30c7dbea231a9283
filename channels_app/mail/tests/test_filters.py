"""Each filter in turn, and the sentences an agent reads afterwards."""

import re

import pytest
from django.utils import timezone

from channels_app.mail.filters import FILTERS
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.people.models import Person
from requests_app.tickets.models import Event, State, Ticket
from requests_app.tickets.services import close

pytestmark = pytest.mark.django_db

AUTO = "Auto-Submitted: auto-replied\r\n"
FORWARD = """Pour vous.

---------- Forwarded message ---------
De : Amina Benali <amina@exemple.fr>
Date: lun. 2 mars 2026 à 14:05
Subject: Ma facture
To: <chloe@metropole.example>

Bonjour, ma facture est trop élevée."""


def why(arrival):
    return arrival.touchpoint.facts["why"] if arrival.touchpoint else arrival.facts["why"]


def test_their_numbers_are_in_order_and_each_is_once():
    numbers = [number for number, _look in FILTERS]
    assert numbers == sorted(set(numbers))


def test_an_agent_reads_why_a_plain_mail_is_here(hear):
    arrival = hear()
    assert why(arrival) == [
        "Il vient de samira@exemple.fr.",
        "Il a été envoyé à une boîte générale.",
        "Nouvelle demande.",
    ]
    assert arrival.facts["why"] == why(arrival)


class TestControlHeaders:
    @pytest.mark.parametrize("field", ["X-GRU-State: closed", "X-Zammad-Priority: 3", "X-Group: admin"])
    def test_M10_orders_from_outside_are_ignored_and_said(self, hear, field):
        arrival = hear(more=f"{field}\r\n")
        assert arrival.touchpoint.ticket.state == State.TO_SORT
        assert (
            why(arrival)[0] == "Des ordres pour le logiciel étaient cachés dans l’en-tête : ils sont ignorés."
        )


class TestOurOwnMail:
    def test_M11_our_acknowledgment_coming_back_is_put_aside(self, hear, first):
        _ticket, ack = first
        raw = f"From: accueil@demande.invalid\r\nMessage-ID: <{ack.message_id}>\r\n\r\nBonjour".encode()
        arrival = hear.raw(raw)
        assert (arrival.state, arrival.reason) == ("discarded", "Un de nos messages nous est revenu.")

    @pytest.mark.parametrize("sender", ["autre@demande.invalid", "mdm.lyon8-est@grandlyon.com"])
    def test_M11_one_of_our_mailboxes_is_no_citizen_and_is_not_answered(self, hear, sender):
        arrival = hear(sender=sender)
        assert arrival.touchpoint.ticket.person is None
        assert not Person.objects.exists()
        assert not Outgoing.objects.exclude(state=Outgoing.State.REFUSED).exists()

    def test_M11_two_of_our_mailboxes_writing_to_each_other_never_loop(self, hear):
        one, two = "mdm.lyon8-est@grandlyon.com", "mdm.villeurbanne@grandlyon.com"
        for rank in range(10):
            hear(f"Absence {rank}", sender=one, to=two, more=AUTO)
            hear(f"Absence {rank}", sender=two, to=one, more=AUTO)
        assert not Ticket.objects.exists()
        assert not Outgoing.objects.exists()


class TestAutomatic:
    def test_M11_an_absence_that_answers_us_stays_with_its_demand_and_wakes_nobody(
        self, hear, first, central
    ):
        ticket, ack = first
        close(ticket=ticket, outcome="answered", by=central, at=timezone.now())
        before = Ticket.objects.get(pk=ticket.pk)
        arrival = hear("Je suis absente.", more=f"{AUTO}In-Reply-To: <{ack.message_id}>\r\n")
        after = Ticket.objects.get(pk=ticket.pk)
        assert arrival.touchpoint.ticket == ticket
        assert (after.state, after.excerpt, after.waiting_since) == (
            State.CLOSED,
            before.excerpt,
            before.waiting_since,
        )
        assert not Event.objects.filter(ticket=ticket, kind=Event.Kind.REOPENED).exists()
        assert "réponse automatique" in " ".join(why(arrival))

    @pytest.mark.parametrize("case", ["unrelated", "stranger"])
    def test_M11_others_are_put_aside(self, hear, first, case):
        _ticket, ack = first
        more = {"unrelated": AUTO, "stranger": f"{AUTO}In-Reply-To: <{ack.message_id}>\r\n"}[case]
        sender = "samira@exemple.fr" if case == "unrelated" else "robot@exemple.fr"
        assert hear(sender=sender, more=more).state == "discarded"
        assert Ticket.objects.count() == 1


class TestForwarded:
    @pytest.fixture
    def colleague(self, chloe):
        chloe.email = "chloe@metropole.example"
        chloe.save()
        return chloe.email

    def test_what_a_colleague_passes_on_is_the_persons_and_is_proposed(self, hear, colleague, make_person):
        amina = make_person(given_name="Amina", email="amina@exemple.fr")
        arrival = hear(FORWARD, sender=colleague, subject="TR: Ma facture")
        touchpoint, ticket = arrival.touchpoint, arrival.touchpoint.ticket
        assert (touchpoint.sender, ticket.sender, ticket.person) == ("amina@exemple.fr", "Amina Benali", None)
        assert "Pour vous." in touchpoint.reply_text  # a forward is kept whole
        assert "trop élevée" in touchpoint.reply_text
        assert Person.objects.get() == amina

    def test_M12_nobody_is_answered_by_itself(self, hear, colleague):
        hear(FORWARD, sender=colleague, subject="TR: Ma facture")
        outgoing = Outgoing.objects.get()
        assert outgoing.state == Outgoing.State.REFUSED
        assert "à vérifier d’abord" in outgoing.reason

    def test_M08_anybody_else_who_forwards_speaks_for_himself(self, hear):
        arrival = hear(FORWARD, sender="voisin@exemple.fr", subject="TR: Ma facture")
        assert arrival.touchpoint.sender == "voisin@exemple.fr"

    @pytest.mark.parametrize(
        "block",
        [
            "-------- Message transféré --------\nSujet : Facture\nDate : 2 mars\nDe : {who}\nPour : c@d.fr",
            "De : {who}\nEnvoyé : lundi 2 mars 2026 14:05\nÀ : c@d.fr\nObjet : Ma facture",
            "Début du message réexpédié :\n\nDe: {who}\nObjet: Ma facture\nDate: 2 mars 2026",
            "Begin forwarded message:\n\nFrom: {who}\nSubject: Ma facture\nDate: 2 March 2026",
            "----- Mail transféré -----\nDe: {who}\nÀ: c@d.fr\nEnvoyé: Lundi 2 Mars 2026\nObjet: Ma facture",
        ],
    )
    @pytest.mark.parametrize(
        "who", ["Amina <amina@exemple.fr>", "amina@exemple.fr", "A [mailto:amina@exemple.fr]"]
    )
    def test_the_programs_of_colleagues_are_understood(self, hear, colleague, block, who):
        text = f"Pour vous.\n\n{block.format(who=who)}\n\nBonjour"
        assert hear(text, sender=colleague, subject="Tr : x").touchpoint.sender == "amina@exemple.fr"


class TestMarks:
    def test_lists_and_spam_are_read_and_said(self, hear):
        sentences = " ".join(why(hear(more="List-Id: <a.exemple.fr>\r\nX-Spam-Flag: YES\r\n")))
        assert "une liste" in sentences
        assert "indésirable" in sentences


class TestPerson:
    def test_M09_a_sender_the_server_doubts_is_told(self, hear):
        arrival = hear(more="Authentication-Results: mx; spf=fail; dmarc=fail\r\n")
        assert "sans preuve" in " ".join(why(arrival))
        assert "vérifiez qui écrit" in arrival.touchpoint.remarks[-1]

    @pytest.mark.parametrize(
        "results",
        [
            "mx.exemple.fr; dmarc=pass header.from=exemple.fr",
            "mx.exemple.fr 1; dkim=pass header.d=exemple.fr; spf=none",
            "MX.exemple.fr; spf=pass (ok) smtp.mailfrom=rebond@exemple.fr",
        ],
    )
    def test_M09_a_sender_our_server_proved_is_told(self, hear, settings, results):
        settings.MAIL_AUTHSERV = "mx.exemple.fr"
        assert "l’a vérifié" in why(hear(more=f"Authentication-Results: {results}\r\n"))[0]

    @pytest.mark.parametrize(
        "results",
        [
            "pirate.example; dmarc=pass header.from=exemple.fr",
            "mx.exemple.fr; dkim=pass header.d=pirate.example; spf=pass smtp.mailfrom=x@pirate.example",
            "mx.exemple.fr; dkim=pass header.d=fr",
            "mx.exemple.fr; dmarc=none",
            "mx.exemple.fr; dmarc=fail; dkim=pass header.d=exemple.fr",
            "",
        ],
    )
    def test_M09_nobody_proves_himself(self, hear, settings, results):
        settings.MAIL_AUTHSERV = "mx.exemple.fr"
        pirate = "Authentication-Results: mx.exemple.fr; dmarc=pass\r\n" if results else ""
        assert "vérifié" not in why(hear(more=f"Authentication-Results: {results}\r\n{pirate}"))[0]

    def test_M09_unverified_mail_reveals_and_changes_no_contact_details(self, hear, make_person):
        known = make_person(given_name="Samira", email="samira@exemple.fr", phone="+33611111111")
        before = list(known.contact_points.order_by("pk").values())
        words = "Ma nouvelle adresse est pirate@exemple.fr, mon numéro 06 22 22 22 22. Quel est l’ancien ?"
        doubt = "Authentication-Results: mx; dmarc=fail\r\nReply-To: pirate@exemple.fr\r\n"
        hear(words, more=doubt)
        told = Outgoing.objects.get()
        assert told.recipient == "samira@exemple.fr"  # the address on file, not where she asks to answer
        assert not re.search(r"pirate|11 ?11 ?11|22 ?22 ?22", told.payload["text"] + told.payload["subject"])
        assert list(known.contact_points.order_by("pk").values()) == before


class TestLoops:
    def test_M11_an_answering_machine_without_headers_opens_no_ticket_per_round(self, hear, first):
        """Old Exchange: no header says it is automatic, but its answer carries our seal back."""
        ticket, _ack = first
        for rank in range(50):
            hear(f"Actuellement en congé, message {rank}", to=seals.reply_address(ticket.reference))
        assert Ticket.objects.count() == 1
        assert Outgoing.objects.count() == 1
