"""`manage export_touchpoints`: one object per arrival of a channel, whatever became of it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from channels_app.frontdesk.tests.conftest import save  # noqa: F401 - a fixture
from channels_app.intake import services
from channels_app.letter.tests.conftest import letter  # noqa: F401
from channels_app.phone.tests.conftest import call  # noqa: F401
from channels_app.portal.tests.conftest import fill, no_limits, send  # noqa: F401
from requests_app.tickets.models import Ticket

pytestmark = pytest.mark.django_db
FIELDS = {"arrival", "state", "reason", "from", "text", "ticket", "person", "keyword"}
NUMBER = "+33639981234"


def told(channel):
    out = StringIO()
    call_command("export_touchpoints", channel=channel, stdout=out)
    return json.loads(out.getvalue())


def came(channel, raw, key):
    stored = services.store_unqueued(
        channel=channel, address="+33757590000", raw=raw, source="test", at=timezone.now(), key=key
    )
    services.process(arrival_id=stored.arrival_id, at=timezone.now())


def sms(body, sid):
    came("sms", f"MessageSid={sid}&From=%2B33639981234&To=%2B33757590000&Body={body}".encode(), sid)


def test_an_sms_is_told_with_its_ticket_its_person_or_the_order_obeyed(territory):
    for sid, body in (("SM1", "Bonjour+et+merci"), ("SM2", "stop"), ("SM3", "")):
        sms(body, sid)
    words, order, empty = told("sms")
    assert set(words) == FIELDS
    ticket = Ticket.objects.get(reference=words["ticket"])
    assert (words["state"], words["from"], words["text"]) == ("heard", NUMBER, "Bonjour et merci")
    assert words["person"]["phones"] == [NUMBER]
    assert words["keyword"] is None
    assert ticket.channel == "sms"
    assert (order["state"], order["keyword"], order["text"]) == ("discarded", "STOP", "stop")
    assert (order["ticket"], order["person"], order["from"]) == (None, None, NUMBER)
    assert order["reason"]
    assert empty["from"] == NUMBER


def test_what_cannot_be_read_is_told_all_the_same(territory):
    came("sms", b"\xff\x00", "x")
    [row] = told("sms")
    assert (row["state"], row["from"], row["text"], row["keyword"]) == ("quarantined", None, "", None)
    assert row["reason"]


def test_a_form_is_told_with_who_sent_it(send):  # noqa: F811
    send()
    [row] = told("portal")
    assert (row["state"], row["from"]) == ("heard", NUMBER)
    assert "facture d’électricité" in row["text"]
    assert row["person"]["name"] == "Amina Benali"


def test_a_visit_is_told_also_once_undone(save, client):  # noqa: F811
    save(mot="Vient pour le RSA", qui="Paul Morel", personne="nouvelle")
    client.post(
        reverse("frontdesk:undo"),
        {"visite": client.get(reverse("frontdesk:visit")).context["done"].token},
    )
    [row] = told("frontdesk")
    assert (row["state"], row["reason"], row["ticket"]) == ("discarded", "Annulée à l’accueil", None)
    assert row["from"] == "Paul Morel"
    assert "Vient pour le RSA" in row["text"]


def test_a_call_is_told_with_its_number(call):  # noqa: F811
    call(telephone="06 39 98 12 34", mot="Rappelle demain")
    [row] = told("phone")
    assert (row["from"], row["person"]) == (NUMBER, None)
    assert "Rappelle demain" in row["text"]


def test_a_letter_is_told_with_who_wrote_it(letter):  # noqa: F811
    letter(qui="", personne="", organisme="CAF du Rhône")
    [row] = told("letter")
    assert (row["state"], row["from"]) == ("heard", "CAF du Rhône")


@pytest.mark.parametrize("channel", ["chat", "partner", "sms"])
def test_nothing_is_an_empty_array(db, channel):
    assert told(channel) == []


def test_exits_2_for_a_channel_that_does_not_exist():
    with pytest.raises(CommandError):
        call_command("export_touchpoints", "--channel", "fax")
