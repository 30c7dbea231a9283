from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.catalog.models import Topic
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.tickets.models import Participant, State, Ticket, TicketLink
from requests_app.tickets.services import add_participant, close

pytestmark = pytest.mark.django_db


class TestAnswers:
    def test_an_answer_to_the_sealed_address_joins_its_demand(self, receive_message, first):
        ticket, _ = first
        arrival = receive_message("Voici le papier", to=seals.reply_address(ticket.reference))
        assert arrival.touchpoint.ticket == ticket
        assert Ticket.objects.get().excerpt == "Voici le papier"
        assert Outgoing.objects.count() == 1  # an answer is not acknowledged again

    def test_an_answer_to_our_message_id_joins_too_whatever_the_address(self, receive_message, first):
        ticket, ack = first
        arrival = receive_message(more=f"In-Reply-To: <{ack.message_id}>\r\n")
        assert arrival.touchpoint.ticket == ticket

    @pytest.mark.parametrize("case", ["stranger", "number only", "forged seal"])
    def test_M07_a_stranger_or_a_number_opens_another_demand_with_a_proposal(
        self, receive_message, first, case
    ):
        ticket, _ = first
        forged = seals.reply_address(ticket.reference).replace(".", ".0", 1)
        asked = {
            "stranger": {"sender": "autre@exemple.fr", "to": seals.reply_address(ticket.reference)},
            "number only": {"subject": f"Re: [{ticket.reference}]"},
            "forged seal": {"sender": "autre@exemple.fr", "to": forged, "subject": ticket.reference},
        }[case]
        other = receive_message(**asked).touchpoint
        assert other.ticket != ticket
        link = TicketLink.objects.get(from_ticket=other.ticket)
        assert (link.to_ticket, link.kind, link.is_accepted) == (ticket, TicketLink.Kind.PROPOSED, None)
        assert other.remarks[-1] == f"Peut-être lié à la demande {ticket.reference} : à vérifier."

    def test_an_answer_opens_again_what_was_over_and_after_a_month_a_new_demand(
        self, receive_message, first, central
    ):
        ticket, _ = first
        close(ticket=ticket, outcome="answered", by=central, at=timezone.now())
        receive_message(to=seals.reply_address(ticket.reference), at=timezone.now() + timedelta(days=3))
        ticket.refresh_from_db()
        assert (ticket.state, ticket.closed_at) == (State.OPEN, None)
        close(ticket=ticket, outcome="answered", by=central, at=timezone.now())
        late = receive_message(
            "encore", to=seals.reply_address(ticket.reference), at=timezone.now() + timedelta(days=40)
        )
        assert late.touchpoint.ticket != ticket
        link = TicketLink.objects.get()
        assert (link.to_ticket, link.kind) == (ticket, TicketLink.Kind.FOLLOWS)

    def test_its_topic_says_for_how_long_it_opens_again(self, receive_message, first, central):
        ticket, _ = first
        Topic.objects.filter(code="rsa-demande").update(reopen_days=2)
        Ticket.objects.filter(pk=ticket.pk).update(topic=Topic.objects.get(code="rsa-demande"))
        close(ticket=Ticket.objects.get(pk=ticket.pk), outcome="answered", by=central, at=timezone.now())
        late = receive_message(
            to=seals.reply_address(ticket.reference), at=timezone.now() + timedelta(days=3)
        )
        assert late.touchpoint.ticket != ticket

    def test_an_address_an_agent_wrote_to_may_answer(self, receive_message, first, make_touchpoint):
        ticket, _ = first
        make_touchpoint(ticket, direction="out", sender="soeur@exemple.fr")
        arrival = receive_message(sender="soeur@exemple.fr", to=seals.reply_address(ticket.reference))
        assert arrival.touchpoint.ticket == ticket

    def test_a_participant_may_answer(self, receive_message, first, central):
        ticket, _ = first
        add_participant(
            ticket=ticket,
            address="assistante@exemple.fr",
            name="",
            role="social_worker",
            may_receive=False,
            by=central,
            at=timezone.now(),
        )
        arrival = receive_message(sender="assistante@exemple.fr", to=seals.reply_address(ticket.reference))
        assert arrival.touchpoint.ticket == ticket

    def test_those_in_copy_are_proposed_and_receive_nothing(self, receive_message):
        arrival = receive_message(more="Cc: Paul Roux <paul@exemple.fr>, accueil@demande.invalid\r\n")
        copied = Participant.objects.get(ticket=arrival.touchpoint.ticket)
        assert (copied.address, copied.name, copied.may_receive) == ("paul@exemple.fr", "Paul Roux", False)
        assert set(Outgoing.objects.values_list("recipient", flat=True)) == {"samira@exemple.fr"}

    def test_M08_a_mail_never_acts_as_an_agent(self, receive_message, first, chloe):
        ticket, _ = first
        chloe.email = "chloe@metropole.example"
        chloe.save()
        arrival = receive_message(
            "X-GRU-State: closed", sender=chloe.email, to=seals.reply_address(ticket.reference)
        )
        ticket.refresh_from_db()
        assert arrival.touchpoint.ticket != ticket
        assert ticket.is_open


STATUS = "Action: failed\r\nStatus: 5.1.1"


def groups(*recipients: str, fields: str = STATUS) -> str:
    return "\r\n\r\n".join(f"Final-Recipient: rfc822; {each}\r\n{fields}" for each in recipients)


class TestBounces:
    @pytest.fixture
    def ack(self, first):
        Outgoing.objects.update(state=Outgoing.State.SENT, sent_at=timezone.now())
        return Outgoing.objects.get(pk=first[1].pk)

    def notice(self, receive_message, status=None, *, to="accueil@demande.invalid", returned="", **head):
        status = groups("samira@exemple.fr") if status is None else status
        parts = ["", "Delivery failed.", "--b", "Content-Type: message/delivery-status", ""]
        parts += ["Reporting-MTA: dns; mx.exemple.fr", "", status]
        if returned:
            parts += ["--b", "Content-Type: text/rfc822-headers", "", f"Message-ID: <{returned}>"]
        return receive_message(
            "\r\n".join(["--b", *parts, "", "--b--", ""]),
            sender="MAILER-DAEMON@exemple.fr",
            to=to,
            subject="Undelivered Mail Returned to Sender",
            more="Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n"
            "Return-Path: <>\r\n",
        )

    def outcome(self, ack):
        ack.refresh_from_db()
        return ack.state, ContactPoint.objects.get(kind="email", value="samira@exemple.fr").needs_check

    def test_M11_a_bounce_of_ours_marks_the_message_and_opens_nothing(self, receive_message, ack):
        arrival = self.notice(receive_message, returned=ack.message_id)
        assert (arrival.state, arrival.reason) == ("discarded", "Avis de non-remise d’un de nos messages.")
        assert self.outcome(ack) == (Outgoing.State.FAILED, True)
        assert Ticket.objects.count() == 1

    @pytest.mark.parametrize(
        "status",
        [
            groups("SAMIRA@EXEMPLE.FR"),
            groups("autre@exemple.fr", "samira@exemple.fr"),
            groups("samira@exemple.fr").replace("rfc822; ", "rfc822;\r\n "),
            groups("relais@ailleurs.example").replace(
                "Final", "Original-Recipient: rfc822;samira@exemple.fr\r\nFinal"
            ),
            groups("samira@exemple.fr").replace("\r\n", "\n"),
            "",
        ],
    )
    def test_N03_the_return_address_of_a_message_names_it(self, receive_message, ack, status):
        self.notice(receive_message, status, to=seals.return_address(ack.message_id))
        assert self.outcome(ack) == (Outgoing.State.FAILED, True)

    def test_N03_the_reply_address_of_its_ticket_names_the_message_to_its_only_recipient(
        self, receive_message, first, ack
    ):
        self.notice(receive_message, to=seals.reply_address(first[0].reference))
        assert self.outcome(ack) == (Outgoing.State.FAILED, True)

    @pytest.mark.parametrize("by", ["return address", "reply address", "id", "both"])
    def test_N03_a_report_that_names_a_victim_changes_nothing(self, receive_message, first, ack, by):
        theirs = receive_message("Bonjour", sender="pirate@exemple.fr").touchpoint.ticket
        mine = Outgoing.objects.get(touchpoint__ticket=theirs)
        Outgoing.objects.update(state=Outgoing.State.SENT, sent_at=timezone.now())
        back = seals.return_address(mine.message_id)
        to = {"reply address": seals.reply_address(theirs.reference), "id": "accueil@demande.invalid"}.get(
            by, back
        )
        arrival = self.notice(
            receive_message, to=to, returned=mine.message_id if by in ("id", "both") else ""
        )
        assert arrival.reason.startswith("Avis de non-remise qui ne vise pas le destinataire")
        assert set(Outgoing.objects.values_list("state", flat=True)) == {Outgoing.State.SENT}
        assert not ContactPoint.objects.filter(needs_check=True).exists()

    def test_N03_a_text_that_names_a_victim_changes_nothing(self, receive_message, ack):
        theirs = receive_message("Bonjour", sender="pirate@exemple.fr").touchpoint.ticket
        Outgoing.objects.update(state=Outgoing.State.SENT, sent_at=timezone.now())
        words = "I was not able to deliver your message.\r\n\r\n<samira@exemple.fr>:\r\n550 user unknown"
        to = seals.reply_address(theirs.reference)
        receive_message(words, sender="MAILER-DAEMON@exemple.fr", subject="failure notice", to=to)
        assert self.outcome(ack) == (Outgoing.State.SENT, False)

    def test_N03_a_bounce_that_names_nothing_of_ours_is_put_aside_and_changes_nothing(
        self, receive_message, ack
    ):
        arrival = self.notice(receive_message, returned="1@ailleurs.example")
        assert arrival.reason == "Avis de non-remise, sans lien avec un envoi connu."
        assert self.outcome(ack) == (Outgoing.State.SENT, False)

    def test_N03_a_report_without_a_recipient_counts_at_a_sealed_address_only(
        self, receive_message, first, ack
    ):
        self.notice(receive_message, "", returned=ack.message_id)
        assert self.outcome(ack) == (Outgoing.State.SENT, False)
        self.notice(receive_message, "", returned=ack.message_id, to=seals.reply_address(first[0].reference))
        assert self.outcome(ack) == (Outgoing.State.FAILED, True)

    def test_a_notice_of_delivery_says_that_it_arrived_and_the_address_is_good(self, receive_message, ack):
        arrived = groups("samira@exemple.fr", fields="Action: delivered\r\nStatus: 2.0.0")
        self.notice(receive_message, arrived, returned=ack.message_id)
        assert self.outcome(ack) == (Outgoing.State.DELIVERED, False)

    def test_of_several_recipients_each_has_its_own_outcome(self, receive_message, ack):
        others = groups("autre@exemple.fr")
        ours = groups("samira@exemple.fr", fields="Action: delivered\r\nStatus: 2.0.0")
        self.notice(receive_message, f"{ours}\r\n\r\n{others}", returned=ack.message_id)
        assert self.outcome(ack) == (Outgoing.State.DELIVERED, False)

    @pytest.mark.parametrize(
        ("fields", "shown"),
        [("Action: delivered\r\nStatus: 2.0.0", "Remis"), ("Action: failed\r\nStatus: 5.1.1", "Non remis")],
    )
    def test_what_a_notice_says_is_read_on_the_demand(
        self, receive_message, first, ack, client_of, central, fields, shown
    ):
        self.notice(receive_message, groups("samira@exemple.fr", fields=fields), returned=ack.message_id)
        page = client_of(central).get(f"/demandes/{first[0].reference}/").content.decode()
        assert f"{shown}<" in page

    @pytest.mark.parametrize(
        "fields", ["Action: delayed\r\nStatus: 4.4.1", "Action: relayed", "Status: 4.2.2"]
    )
    def test_a_notice_of_delay_marks_nothing(self, receive_message, ack, fields):
        self.notice(receive_message, groups("samira@exemple.fr", fields=fields), returned=ack.message_id)
        assert self.outcome(ack) == (Outgoing.State.SENT, False)

    def test_a_notice_of_delay_in_plain_words_marks_nothing(self, receive_message, ack):
        words = "A message that you sent has not yet been delivered to:\r\n\r\n  samira@exemple.fr\r\n"
        to, subject = (
            seals.return_address(ack.message_id),
            "Warning: message 1sLkQd-0003Gh-2P delayed 24 hours",
        )
        receive_message(words, sender="Mailer-Daemon@exemple.fr", subject=subject, to=to)
        assert self.outcome(ack) == (Outgoing.State.SENT, False)
