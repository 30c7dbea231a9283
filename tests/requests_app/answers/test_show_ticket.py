"""What an agent with every right would know of a ticket, for other programs."""

import json
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from requests_app.maisons.opening import PARIS
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.people.services import NewPerson, create_person
from requests_app.tickets.models import Mark, Note, Participant, TicketLink
from requests_app.tickets.services import link

pytestmark = pytest.mark.django_db
FIELDS = [
    *("reference", "channel", "state", "priority", "marks", "maison", "shared_with", "topic"),
    *("proposed_topic", "proposed_transfer", "language", "person", "participants", "reply_to"),
    *("merged_into", "links", "messages"),
]


def shown(reference, *options):
    out = StringIO()
    call_command("show_ticket", reference, *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def amina_of_two(db):
    new = NewPerson("Amina", "Benali", phone="+33639981234", email="amina@exemple.fr")
    return create_person(new=new, at=timezone.now())


def test_tells_every_field_in_their_order(make_ticket, amina_of_two, lyon_8):
    ticket = make_ticket(
        person=amina_of_two, topic="rsa-demande", sender="amina@exemple.fr", marks=[Mark.DANGER]
    )
    told = shown(ticket.reference, "--json")
    assert list(told) == FIELDS
    assert (told["reference"], told["channel"], told["state"]) == (ticket.reference, "mail", "to_sort")
    assert (told["priority"], told["marks"]) == ("normal", ["danger"])
    assert (told["maison"], told["topic"], told["proposed_topic"]) == (lyon_8.code, "rsa-demande", None)
    assert told["person"] == {
        "name": "Amina Benali",
        "given_name": "Amina",
        "family_name": "Benali",
        "phones": ["+33639981234"],
        "mails": ["amina@exemple.fr"],
        "language": None,
    }
    assert (told["shared_with"], told["merged_into"], told["language"]) == ([], None, None)


def test_tells_whom_to_answer_as_the_composer_proposes(make_ticket, amina_of_two):
    ContactPoint.objects.filter(kind="phone").update(usable_for=[ContactPoint.Use.REMINDER])
    ticket = make_ticket(person=amina_of_two, sender="amina@exemple.fr")
    assert shown(ticket.reference)["reply_to"] == ["amina@exemple.fr"]


def test_nobody_known_is_null(make_ticket):
    ticket = make_ticket(maison=None, transfer_body="Métropole Aix", sender="x@exemple.fr")
    told = shown(ticket.reference)
    assert (told["person"], told["maison"], told["proposed_transfer"]) == (None, None, "Métropole Aix")
    assert told["reply_to"] == ["x@exemple.fr"]


def test_tells_messages_in_order_and_neither_notes_nor_what_never_left(make_ticket, make_touchpoint, chloe):
    noon, later = (datetime(2026, 7, 1, hour, tzinfo=PARIS) for hour in (12, 14))
    ticket = make_ticket(text=None)
    make_touchpoint(ticket, text="Voici.\n> avant", reply_text="Voici.", at=later)
    make_touchpoint(ticket, text="Bonjour", at=noon)
    whole = {"recipient": "a@exemple.fr", "created_at": noon, "try_after": noon, "give_up_at": noon}
    whole |= {"key": "k", "message_id": "k", "kind": "answer", "channel": "mail", "reason": "Trop tard"}
    refused = Outgoing.objects.create(state="refused", ended_at=noon, **whole)
    make_touchpoint(ticket, text="Jamais parti", direction="out", outgoing=refused, at=later)
    Note.objects.create(ticket=ticket, author=chloe, text="Entre nous", created_at=later)
    assert [(m["text"], m["reply_text"], m["at"]) for m in shown(ticket.reference)["messages"]] == [
        ("Bonjour", "Bonjour", "2026-07-01T10:00:00+00:00"),
        ("Voici.\n> avant", "Voici.", "2026-07-01T12:00:00+00:00"),
    ]


def test_tells_participants_and_links_still_standing(make_ticket):
    ticket, other, refused = (make_ticket() for _ in range(3))
    now = timezone.now()
    for name, gone in (("Proche", None), ("Partie", now)):
        whole = {"address": f"{name}@exemple.fr", "name": name, "role": "helper", "added_at": now}
        Participant.objects.create(ticket=ticket, removed_at=gone, **whole)
    link(from_ticket=other, to_ticket=ticket, kind=TicketLink.Kind.PROPOSED, at=now)
    TicketLink.objects.create(
        from_ticket=ticket, to_ticket=refused, kind="proposed", is_accepted=False, created_at=now
    )
    told = shown(ticket.reference)
    assert told["participants"] == [{"name": "Proche", "role": "helper", "address": "Proche@exemple.fr"}]
    assert told["links"] == [other.reference]


def test_the_number_may_be_written_in_any_way(make_ticket):
    ticket = make_ticket()
    assert shown(ticket.reference.lower().replace("-", " "))["reference"] == ticket.reference


@pytest.mark.parametrize("reference", ["LYN-222222", "x", ""])
def test_exits_2_for_a_number_nobody_has(db, reference):
    with pytest.raises(CommandError, match="Aucune demande") as refused:
        shown(reference)
    assert refused.value.returncode == 2
