"""One story, one ticket: what a mail answers, who sends it again, with which files (M07, I3)."""

import base64
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Participant, State, Ticket, TicketLink
from requests_app.tickets.services import add_participant, close, merge_tickets

pytestmark = pytest.mark.django_db
MAIN = "samira@exemple.fr"  # who writes when nobody is named
OTHER, COPIED = "samira.k@ailleurs.fr", "paul@exemple.fr"
PROVED = "Authentication-Results: mx.metropole.fr; dmarc=pass header.from={domain}\r\n"
NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def server(settings):
    settings.MAIL_AUTHSERV = "mx.metropole.fr"


def id_of(arrival):
    return arrival.touchpoint.facts["message_id"]


def answering(arrival, more=""):
    return f"In-Reply-To: <{id_of(arrival)}>\r\nReferences: <a@b> <{id_of(arrival)}>\r\n{more}"


def link_of(ticket):
    found = TicketLink.objects.get(from_ticket=ticket)
    return found.to_ticket, found.kind, found.is_accepted


class TestMessageId:
    def test_M07_a_proved_party_who_answers_their_own_mail_joins(self, receive_message, server):
        first = receive_message("Ma facture est trop haute")
        again = receive_message(
            "J’ai oublié ceci", more=PROVED.format(domain="exemple.fr") + answering(first)
        )
        assert again.touchpoint.ticket == first.touchpoint.ticket

    def test_M07_unproved_it_is_proposed_and_one_key_joins(self, receive_message, client_of, central):
        first = receive_message("Ma facture est trop haute").touchpoint.ticket
        arrival = receive_message("Ma facture bis")
        again = receive_message("J’ai oublié ceci", more=answering(arrival)).touchpoint.ticket
        assert link_of(again) == (arrival.touchpoint.ticket, TicketLink.Kind.PROPOSED, None)
        assert first != again
        found = TicketLink.objects.get(from_ticket=again)
        client_of(central).post(f"/demandes/{again.reference}/reunir-les-liees/", {"which": found.pk})
        again.refresh_from_db()
        assert again.merged_into == arrival.touchpoint.ticket

    @pytest.mark.parametrize(
        "says", ["dmarc=fail header.from=exemple.fr", "spf=pass smtp.mailfrom=x@autre.fr"]
    )
    def test_M07_what_our_server_doubts_is_proposed(self, receive_message, server, says):
        first = receive_message("Ma facture est trop haute")
        more = f"Authentication-Results: mx.metropole.fr; {says}\r\n{answering(first)}"
        assert link_of(receive_message("Suite de ma facture", more=more).touchpoint.ticket)[1] == "proposed"

    def test_M07_another_servers_word_is_nobodys(self, receive_message, server):
        first = receive_message("Ma facture est trop haute")
        more = f"Authentication-Results: mx.pirate.fr; dmarc=pass\r\n{answering(first)}"
        assert link_of(receive_message("Suite de ma facture", more=more).touchpoint.ticket)[1] == "proposed"

    def test_M07_a_stranger_who_knows_an_id_is_proposed_though_proved(self, receive_message, server):
        first = receive_message("Ma facture est trop haute")
        more = PROVED.format(domain="pirate.fr") + answering(first)
        other = receive_message("Donnez-moi son adresse", sender="x@pirate.fr", more=more).touchpoint.ticket
        assert link_of(other) == (first.touchpoint.ticket, TicketLink.Kind.PROPOSED, None)

    def test_a_participant_whom_an_agent_added_joins(self, receive_message, server, central):
        first = receive_message("Ma facture est trop haute")
        ticket, at = first.touchpoint.ticket, timezone.now()
        who = {"address": COPIED, "name": "Paul", "role": "helper", "may_receive": False}
        add_participant(ticket=ticket, **who, by=central, at=at)
        more = PROVED.format(domain="exemple.fr") + answering(first)
        assert receive_message("Je l’aide", sender=COPIED, more=more).touchpoint.ticket == ticket

    def test_the_last_message_answered_counts(self, receive_message, server):
        one, two = (
            receive_message("Ma facture est trop haute"),
            receive_message("Mon badge est perdu", subject="badge"),
        )
        more = PROVED.format(domain="exemple.fr") + f"References: <{id_of(one)}> <{id_of(two)}>\r\n"
        assert receive_message("La suite du badge", more=more).touchpoint.ticket == two.touchpoint.ticket


class TestLinked:
    def test_a_copied_persons_answer_waits_for_one_key_at_the_same_place(
        self, receive_message, server, villeurbanne, client_of, elsa
    ):
        first = receive_message("Ma facture est trop haute", more=f"Cc: Paul <{COPIED}>\r\n")
        Ticket.objects.update(maison=villeurbanne)
        assert Participant.objects.get().address == COPIED
        more = PROVED.format(domain="exemple.fr") + answering(first)
        other = receive_message("Je confirme pour ma mère", sender=COPIED, more=more).touchpoint.ticket
        assert link_of(other) == (first.touchpoint.ticket, TicketLink.Kind.PROPOSED, None)
        assert other.maison == villeurbanne
        page = client_of(elsa).get(f"/tri/{other.reference}/").content.decode()
        assert first.touchpoint.ticket.reference in page

    def test_a_second_address_that_answers_our_message_too(self, receive_message, first, villeurbanne):
        ticket, _ack = first
        Ticket.objects.filter(pk=ticket.pk).update(maison=villeurbanne)
        to = seals.reply_address(ticket.reference)
        other = receive_message("C’est encore moi", sender=OTHER, to=to).touchpoint.ticket
        assert (other.maison, link_of(other)) == (villeurbanne, (ticket, TicketLink.Kind.PROPOSED, None))

    def test_M07_a_number_alone_says_nothing_of_the_place(self, receive_message, first, villeurbanne):
        ticket, _ack = first
        Ticket.objects.filter(pk=ticket.pk).update(maison=villeurbanne)
        other = receive_message("Bonjour à tous", sender=OTHER, subject=ticket.reference).touchpoint.ticket
        assert other.maison != villeurbanne
        assert link_of(other)[1] == "proposed"

    def test_answers_to_the_old_number_reach_the_one_that_goes_on(self, receive_message, first, central):
        ticket, _ack = first
        goes_on = receive_message("Mon badge est perdu", subject="badge").touchpoint.ticket
        merge_tickets(merged=ticket, survivor=goes_on, by=central, at=timezone.now())
        arrival = receive_message("Voici le papier", to=seals.reply_address(ticket.reference))
        assert arrival.touchpoint.ticket == goes_on
        goes_on.refresh_from_db()
        assert (goes_on.excerpt, goes_on.state) == ("Voici le papier", State.TO_SORT)


class TestThanks:
    @pytest.mark.parametrize(
        ("text", "state"), [("Merci !", State.CLOSED), ("Merci, et pour mai ?", State.OPEN)]
    )
    def test_thanks_alone_open_nothing_again(self, receive_message, first, central, text, state):
        ticket, _ack = first
        close(ticket=ticket, outcome="answered", by=central, at=timezone.now())
        receive_message(text, to=seals.reply_address(ticket.reference))
        ticket.refresh_from_db()
        assert (ticket.state, ticket.touchpoints.filter(direction="in").count()) == (state, 2)

    def test_nor_a_new_ticket_long_after(self, receive_message, first, central):
        ticket, _ack = first
        close(ticket=ticket, outcome="answered", by=central, at=timezone.now())
        late = timezone.now() + timedelta(days=60)
        assert (
            receive_message(
                "Merci beaucoup !", to=seals.reply_address(ticket.reference), at=late
            ).touchpoint.ticket
            == ticket
        )


class TestAgain:
    def test_the_same_words_the_same_day_are_one(self, receive_message):
        first = receive_message("Ma facture  est trop haute.", at=NOON)
        again = receive_message("ma facture est\r\ntrop haute", at=NOON + timedelta(hours=3))
        assert (again.state, again.touchpoint) == ("heard", first.touchpoint)
        assert Ticket.objects.get().touchpoints.filter(direction="in").count() == 1
        first.touchpoint.refresh_from_db()
        assert "comptés qu’une fois" in first.touchpoint.facts["way"][-1]["text"]
        assert Outgoing.objects.filter(kind="acknowledgment").count() == 1

    @pytest.mark.parametrize(
        "other",
        [
            {"at": NOON + timedelta(hours=12, minutes=1)},
            {"sender": OTHER},
            {"text": "Ma facture est trop basse."},
            {"subject": "Autre chose"},
        ],
    )
    def test_another_day_person_or_words_are_two(self, receive_message, other):
        said = {"text": "Ma facture est trop haute.", "at": NOON}
        receive_message(**said)
        receive_message(**{**said, **other})
        assert Ticket.objects.count() == 2

    def test_once_answered_it_is_asked_again(self, receive_message):
        receive_message("Ma facture est trop haute.", at=NOON)
        Ticket.objects.update(answered_at=NOON)
        receive_message("Ma facture est trop haute.", at=NOON + timedelta(hours=1))
        assert Ticket.objects.count() == 2

    def test_M06_each_maison_written_to_reads_its_own(self, receive_message, lyon_8, villeurbanne):
        boxes = [maison.email for maison in (lyon_8, villeurbanne)]
        for box in boxes:
            receive_message("Ma facture est trop haute.", to=box, at=NOON)
        assert Ticket.objects.count() == 2


WITH_FILE = (
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}"
    "\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename={name}\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\n{data}\r\n--b--\r\n"
)


def mail(data=b"%PDF-1.4 une facture", *, text="Voici ma facture.", name="facture.pdf", rank="1", way=""):
    head = f"From: {MAIN}\r\nTo: accueil@demande.invalid\r\nSubject: Ma facture\r\n"
    head += f"Message-ID: <{rank}@exemple.fr>\r\n"
    body = WITH_FILE.format(text=text, name=name, data=base64.b64encode(data).decode())
    return (f"Received: by {way}\r\n" + head + body).encode()


class TestFiles:
    def names(self):
        ticket = Ticket.objects.get()
        return [
            [file.name for file in each.attachments.all()]
            for each in ticket.touchpoints.filter(direction="in").order_by("pk")
        ]

    def test_I3_the_same_id_and_words_with_other_files_are_a_second_message(self, receive_message):
        receive_message.raw(mail(), at=NOON)
        other = receive_message.raw(mail(b"%PDF-1.4 une quittance", name="quittance.pdf", way="x"), at=NOON)
        assert other.state == "heard"
        assert self.names() == [["facture.pdf"], ["quittance.pdf"]]

    def test_I3_the_same_files_by_another_way_are_once(self, receive_message):
        receive_message.raw(mail(), at=NOON)
        other = receive_message.raw(mail(name="autre-nom.pdf", way="x"), at=NOON)
        assert (other.state, other.facts["reason_code"]) == ("discarded", "duplicate")
        assert self.names() == [["facture.pdf"]]

    def test_sent_again_with_the_same_file_it_is_once(self, receive_message):
        receive_message.raw(mail(), at=NOON)
        receive_message.raw(mail(rank="2"), at=NOON + timedelta(hours=1))
        assert self.names() == [["facture.pdf"]]

    def test_sent_again_with_the_file_that_was_forgotten_it_is_kept(self, receive_message):
        receive_message("Voici ma facture.", subject="Ma facture", at=NOON)
        receive_message.raw(mail(rank="2"), at=NOON + timedelta(hours=1))
        assert self.names() == [[], ["facture.pdf"]]
