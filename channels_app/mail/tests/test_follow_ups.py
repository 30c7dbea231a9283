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
    def test_an_answer_to_the_sealed_address_joins_its_demand(self, hear, first):
        ticket, _ = first
        arrival = hear("Voici le papier", to=seals.reply_address(ticket.reference))
        assert arrival.touchpoint.ticket == ticket
        assert Ticket.objects.get().excerpt == "Voici le papier"
        assert Outgoing.objects.count() == 1  # an answer is not acknowledged again

    def test_an_answer_to_our_message_id_joins_too_whatever_the_address(self, hear, first):
        ticket, ack = first
        arrival = hear(more=f"In-Reply-To: <{ack.message_id}>\r\n")
        assert arrival.touchpoint.ticket == ticket

    @pytest.mark.parametrize("case", ["stranger", "number only", "forged seal"])
    def test_M07_a_stranger_or_a_number_opens_another_demand_with_a_proposal(self, hear, first, case):
        ticket, _ = first
        forged = seals.reply_address(ticket.reference).replace(".", ".0", 1)
        asked = {
            "stranger": {"sender": "autre@exemple.fr", "to": seals.reply_address(ticket.reference)},
            "number only": {"subject": f"Re: [{ticket.reference}]"},
            "forged seal": {"sender": "autre@exemple.fr", "to": forged, "subject": ticket.reference},
        }[case]
        other = hear(**asked).touchpoint
        assert other.ticket != ticket
        link = TicketLink.objects.get(from_ticket=other.ticket)
        assert (link.to_ticket, link.kind, link.is_accepted) == (ticket, TicketLink.Kind.PROPOSED, None)
        assert other.remarks[-1] == f"Peut-être lié à la demande {ticket.reference} : à vérifier."

    def test_an_answer_opens_again_what_was_over_and_after_a_month_a_new_demand(self, hear, first, central):
        ticket, _ = first
        close(ticket=ticket, outcome="answered", by=central, at=timezone.now())
        hear(to=seals.reply_address(ticket.reference), at=timezone.now() + timedelta(days=3))
        ticket.refresh_from_db()
        assert (ticket.state, ticket.closed_at) == (State.OPEN, None)
        close(ticket=ticket, outcome="answered", by=central, at=timezone.now())
        late = hear(
            "encore", to=seals.reply_address(ticket.reference), at=timezone.now() + timedelta(days=40)
        )
        assert late.touchpoint.ticket != ticket
        link = TicketLink.objects.get()
        assert (link.to_ticket, link.kind) == (ticket, TicketLink.Kind.FOLLOWS)

    def test_its_topic_says_for_how_long_it_opens_again(self, hear, first, central):
        ticket, _ = first
        Topic.objects.filter(code="rsa-demande").update(reopen_days=2)
        Ticket.objects.filter(pk=ticket.pk).update(topic=Topic.objects.get(code="rsa-demande"))
        close(ticket=Ticket.objects.get(pk=ticket.pk), outcome="answered", by=central, at=timezone.now())
        late = hear(to=seals.reply_address(ticket.reference), at=timezone.now() + timedelta(days=3))
        assert late.touchpoint.ticket != ticket

    def test_an_address_an_agent_wrote_to_may_answer(self, hear, first, make_touchpoint):
        ticket, _ = first
        make_touchpoint(ticket, direction="out", sender="soeur@exemple.fr")
        arrival = hear(sender="soeur@exemple.fr", to=seals.reply_address(ticket.reference))
        assert arrival.touchpoint.ticket == ticket

    def test_a_participant_may_answer(self, hear, first, central):
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
        arrival = hear(sender="assistante@exemple.fr", to=seals.reply_address(ticket.reference))
        assert arrival.touchpoint.ticket == ticket

    def test_those_in_copy_are_proposed_and_receive_nothing(self, hear):
        arrival = hear(more="Cc: Paul Roux <paul@exemple.fr>, accueil@demande.invalid\r\n")
        copied = Participant.objects.get(ticket=arrival.touchpoint.ticket)
        assert (copied.address, copied.name, copied.may_receive) == ("paul@exemple.fr", "Paul Roux", False)
        assert set(Outgoing.objects.values_list("recipient", flat=True)) == {"samira@exemple.fr"}

    def test_M08_a_mail_never_acts_as_an_agent(self, hear, first, chloe):
        ticket, _ = first
        chloe.email = "chloe@metropole.example"
        chloe.save()
        arrival = hear("X-GRU-State: closed", sender=chloe.email, to=seals.reply_address(ticket.reference))
        ticket.refresh_from_db()
        assert arrival.touchpoint.ticket != ticket
        assert ticket.is_open


class TestBounces:
    NOTICE = "Content-Type: text/plain\r\nReturn-Path: <>\r\nAuto-Submitted: auto-replied\r\n"

    def notice(self, hear, ack, words="Action: failed\r\nStatus: 5.1.1"):
        body = (
            f"This is the mail system. Delivery failed.\r\n{words}\r\n\r\nMessage-ID: <{ack.message_id}>\r\n"
        )
        return hear(
            body,
            sender="MAILER-DAEMON@exemple.fr",
            subject="Undelivered Mail Returned to Sender",
            more=f"{self.NOTICE}References: <{ack.message_id}>\r\n",
        )

    def test_M11_a_bounce_of_ours_marks_the_message_and_opens_nothing(self, hear, first):
        _, ack = first
        Outgoing.objects.update(state=Outgoing.State.SENT)
        arrival = self.notice(hear, ack)
        ack.refresh_from_db()
        assert (arrival.state, ack.state) == ("discarded", Outgoing.State.FAILED)
        assert ContactPoint.objects.get().needs_check
        assert Ticket.objects.count() == 1

    def test_a_notice_of_delivery_says_that_it_arrived_and_the_address_is_good(self, hear, first):
        _, ack = first
        Outgoing.objects.update(state=Outgoing.State.SENT)
        self.notice(hear, ack, "Action: delivered\r\nStatus: 2.0.0")
        ack.refresh_from_db()
        assert ack.state == Outgoing.State.DELIVERED
        assert not ContactPoint.objects.get().needs_check

    @pytest.mark.parametrize(
        ("fields", "shown"),
        [("Action: delivered\r\nStatus: 2.0.0", "Remis"), ("Action: failed\r\nStatus: 5.1.1", "Non remis")],
    )
    def test_what_a_notice_says_is_read_on_the_demand(self, hear, first, client_of, central, fields, shown):
        ticket, ack = first
        Outgoing.objects.update(state=Outgoing.State.SENT)
        self.notice(hear, ack, fields)
        page = client_of(central).get(f"/demandes/{ticket.reference}/").content.decode()
        assert f"{shown}<" in page

    def test_a_notice_of_delay_marks_nothing(self, hear, first):
        _, ack = first
        Outgoing.objects.update(state=Outgoing.State.SENT)
        self.notice(hear, ack, "Action: delayed\r\nStatus: 4.4.1")
        ack.refresh_from_db()
        assert ack.state == Outgoing.State.SENT
