"""« À joindre après 18 h » becomes a fact of the person by one key."""

from django.utils import timezone

from requests_app.people.models import AccessNeed
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import PersonProposal
from requests_app.tickets.services import accept_proposal, receive


def say(text, **fields):
    now = timezone.now()
    values = {"channel": "mail", "sender_kind": "email", "sender_value": "amina@exemple.fr", **fields}
    return receive(InboundMessage(occurred_at=now, text=text, **values), at=now)


def test_it_is_proposed_then_a_fact(territory, amina, chloe):
    received = say("Bonjour, à joindre après 18 h.", person_id=amina.pk)
    (proposal,) = PersonProposal.objects.all()
    assert (proposal.need, proposal.detail.replace("\u00a0", " ")) == ("call_hours", "après 18 h")
    received.ticket.maison_id = chloe.memberships.get().maison_id
    received.ticket.save(update_fields=["maison"])
    proposal.refresh_from_db()
    accept_proposal(proposal=proposal, by=chloe, at=timezone.now())
    need = AccessNeed.objects.get(person=amina)
    assert need.kind == AccessNeed.Kind.CALL_HOURS


def test_what_is_known_already_is_not_asked_again(territory, amina):
    now = timezone.now()
    AccessNeed.objects.create(person=amina, kind="call_hours", detail="après 18\u00a0h", said_at=now)
    say("Je suis joignable après 18h", person_id=amina.pk)
    assert not PersonProposal.objects.exists()


def test_who_noted_it_signs_it(territory, amina, bruno):
    say("À rappeler le matin", channel="phone", person_id=amina.pk, author_id=bruno.pk)
    assert PersonProposal.objects.get().author == bruno


def test_a_machine_says_nothing(territory, amina):
    say("Vous pouvez me joindre après 18 h", marks=("machine",))
    assert not PersonProposal.objects.exists()
