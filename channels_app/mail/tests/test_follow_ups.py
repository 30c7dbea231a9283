from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.intake import services
from channels_app.intake.models import Arrival
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.tickets.models import State, Ticket
from requests_app.tickets.services import close

pytestmark = pytest.mark.django_db
SAMIRA = "samira@exemple.fr"
HEAD = "From: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{rank}@exemple.fr>\r\n{more}\r\n"


@pytest.fixture
def hear(territory):
    """A mail through the door's storage and a worker: `hear(…)` gives its arrival."""
    ranks = iter(range(1000))

    def make(text="Bonjour", *, sender=SAMIRA, to="accueil@demande.invalid", subject="x", more="", at=None):
        head = HEAD.format(sender=sender, to=to, subject=subject, rank=next(ranks), more=more)
        at = at or timezone.now()
        kept = services.keep(channel="mail", address=to, raw=(head + text).encode(), source="test", at=at)
        services.hear(arrival_id=kept.arrival_id, at=at)
        return Arrival.objects.select_related("touchpoint__ticket").get(pk=kept.arrival_id)

    return make


@pytest.fixture
def first(hear):
    """A demand and the acknowledgment that left for it."""
    ticket = hear("Ma facture").touchpoint.ticket
    return ticket, Outgoing.objects.get(touchpoint__ticket=ticket)


def back_to(ticket):
    return seals.reply_address(ticket.reference)


class TestAnswers:
    def test_an_answer_to_the_sealed_address_joins_its_demand(self, hear, first):
        ticket, _ = first
        arrival = hear("Voici le papier", to=back_to(ticket))
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
        forged = back_to(ticket).replace(".", ".0", 1)
        asked = {
            "stranger": {"sender": "autre@exemple.fr", "to": back_to(ticket)},
            "number only": {"subject": f"Re: [{ticket.reference}]"},
            "forged seal": {"sender": "autre@exemple.fr", "to": forged, "subject": ticket.reference},
        }[case]
        other = hear(**asked).touchpoint
        assert other.ticket != ticket
        assert other.remarks[-1] == f"Peut-être lié à la demande {ticket.reference} : à vérifier."

    def test_an_answer_opens_again_what_was_over_and_after_a_month_a_new_demand(self, hear, first, central):
        ticket, _ = first
        close(ticket=ticket, outcome="answered", by=central, at=timezone.now())
        hear(to=back_to(ticket), at=timezone.now() + timedelta(days=3))
        ticket.refresh_from_db()
        assert (ticket.state, ticket.closed_at) == (State.OPEN, None)
        close(ticket=ticket, outcome="answered", by=central, at=timezone.now())
        late = hear("encore", to=back_to(ticket), at=timezone.now() + timedelta(days=40))
        assert late.touchpoint.ticket != ticket

    def test_M08_a_mail_never_acts_as_an_agent(self, hear, first, chloe):
        ticket, _ = first
        chloe.email = "chloe@metropole.example"
        chloe.save()
        arrival = hear("X-GRU-State: closed", sender=chloe.email, to=back_to(ticket))
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

    def test_a_notice_of_delay_marks_nothing(self, hear, first):
        _, ack = first
        Outgoing.objects.update(state=Outgoing.State.SENT)
        self.notice(hear, ack, "Action: delayed\r\nStatus: 4.4.1")
        ack.refresh_from_db()
        assert ack.state == Outgoing.State.SENT
