"""Written in English, acknowledged in English, at each door; the language stays with the person."""

import pytest
from django.utils import timezone

from channels_app.sms.texts import fit, is_one
from requests_app.lib.segments import fold, measure
from requests_app.outbox.models import Outgoing
from requests_app.people.models import Person
from requests_app.people.plain import person_as_plain
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.letters.words import acknowledgment
from requests_app.tickets.messages import brief
from requests_app.tickets.models import Ticket
from requests_app.tickets.services import receive

pytestmark = pytest.mark.usefixtures("territory")
HELP = "Hello, I need help with my electricity bill. Can you call me?"
AIDE = "Bonjour, je n’arrive plus à payer ma facture, pouvez-vous m’aider ?"
DOORS = {
    "mail": ("email", "john@exemple.fr"),
    "sms": ("phone", "+33639981234"),
    "portal": ("email", "john@exemple.fr"),
}


def said(door, text=HELP, **more):
    kind, value = DOORS[door]
    given = {"sender_kind": kind, "sender_value": value, "sender_name": "John Smith", **more}
    return InboundMessage(channel=door, occurred_at=timezone.now(), text=text, **given)


def answered(*saids):
    for each in saids:
        received = receive(each, at=timezone.now())
    return Outgoing.objects.filter(kind="acknowledgment").latest("pk").payload["text"], received.ticket


@pytest.mark.parametrize("door", DOORS)
def test_english_is_acknowledged_in_english(door, settings):
    text, ticket = answered(said(door))
    assert "request" in text
    assert "demande" not in text.replace(settings.MAIL_FROM, "")
    assert (ticket.language, ticket.person.language) == ("en", "en")
    assert (person_as_plain(ticket.person) or {})["language"] == "en"


@pytest.mark.parametrize("door", DOORS)
def test_french_in_french(door):
    text, ticket = answered(said(door, AIDE))
    assert "demande" in text
    assert ticket.language == "fr"


def test_words_too_short_follow_what_is_known_of_the_person():
    _text, ticket = answered(said("mail"), said("mail", "FSL?"))
    assert ticket.language == "en"


def test_words_too_short_follow_the_page():
    text, ticket = answered(said("portal", "FSL, rent", language="en"))
    assert (ticket.language, "Your message" in text or "request" in text) == ("en", True)


def test_the_words_win_over_the_page():
    assert answered(said("portal", AIDE, language="en"))[1].language == "fr"


def test_what_an_agent_notes_says_nothing_of_the_person(bruno, amina):
    noted = InboundMessage(
        channel="phone", occurred_at=timezone.now(), text=HELP, person_id=amina.pk, author_id=bruno.pk
    )
    assert receive(noted, at=timezone.now()).ticket.language == ""
    Person.objects.filter(pk=amina.pk).update(language="en")
    assert receive(noted, at=timezone.now()).ticket.language == "en"


def test_the_last_sure_language_is_kept():
    answered(said("mail"), said("mail", AIDE))
    assert Person.objects.get().language == "fr"


def test_the_paper_speaks_it_too(make_ticket, bruno, amina):
    ticket = make_ticket(person=amina, channel="letter", language="en")
    paper = acknowledgment(ticket, by=bruno, at=timezone.now())
    assert paper.language == "en"
    assert paper.subject == f"Acknowledgment of your request {ticket.reference}"
    assert "Service in charge of your request:" in "\n".join(paper.paragraphs)


def test_an_english_sms_is_one_segment_too():
    text = fit(
        brief.acknowledgments(
            "LYN-7K4P2Q", timezone.now(), "04 72 00 00 00", "{lien}", received=timezone.now(), language="en"
        )
    )
    assert is_one(text)
    assert "request LYN-7K4P2Q" in text
    assert all(measure(fold(each)).segments == 1 for each in brief.samples())


def test_it_is_shown_beside_the_name(make_ticket, client_of, chloe, amina):
    ticket = make_ticket(person=amina, language="en")
    Person.objects.filter(pk=amina.pk).update(language="en")
    client = client_of(chloe)
    for path in (f"/demandes/{ticket.reference}/", f"/personnes/{amina.pk}/"):
        assert "Écrit en anglais" in client.get(path).content.decode()
    Ticket.objects.update(language="fr")
    assert "Écrit en" not in client.get(f"/demandes/{ticket.reference}/").content.decode()
