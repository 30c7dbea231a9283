"""A03: the words of a reserved ticket, looked for on every page, file and search of those who may not."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app.appointments.models import Appointment
from requests_app.catalog.models import Topic
from requests_app.tickets.files import attach
from requests_app.tickets.inbound import SaidFile
from requests_app.tickets.models import Event, Note, Ticket, TicketLink, ToDo, Touchpoint
from requests_app.tickets.services import link
from tests.house.routes import ROUTES
from tests.house.test_routes import signed_in
from tests.staging import address_of

MARK, NAME = "motsecret", "nomprotege"
LISTS = ("a-trier", "mes-demandes", "en-attente", "recues", "reservees", "courriers")
WHOLE_CATALOG = {
    "portal:ask",
    "chat:begin",  # the dangers that its script looks for while one types
    "backoffice:answer_models",
    "backoffice:answer_model",
    "backoffice:answer_model_new",
    "backoffice:key_new",  # the topics that a key may be bound to
    "regimes:regimes",
    "twin",  # its topic may be changed for any other
}
SEARCHES = {
    "backoffice:search": "q",
    "backoffice:persons": "q",
    "frontdesk:persons": "qui",
    "frontdesk:topics": "motif",
}


@pytest.fixture
def reserved(stage, make_ticket, make_visit, chloe):
    """All that stands on the stage is about somebody protected; another ticket of theirs is plain."""
    topic = Topic.objects.get(code="violences-conjugales")
    said = {"subject": f"{MARK} sujet", "sender": f"Inès {NAME}"}
    ticket, at = stage.ticket, timezone.now()
    ticket.person.family_name, ticket.person.given_name = NAME, "Inès"
    ticket.person.save()
    Ticket.objects.filter(pk=ticket.pk).update(
        topic=topic, is_sensitive=True, excerpt=f"{MARK} extrait", assignee=chloe, state="open", **said
    )
    Touchpoint.objects.filter(ticket=ticket).update(text=f"{MARK} texte", reply_text=f"{MARK} texte", **said)
    attach(stage.touchpoint, [SaidFile(f"{MARK}.txt", "text/plain", b"x")])
    Note.objects.create(ticket=ticket, author=chloe, text=f"{MARK} note", created_at=at)
    ToDo.objects.filter(ticket=ticket).update(text=f"{MARK} tache")
    Appointment.objects.filter(ticket=ticket).update(
        starts_at=at, ends_at=at + timedelta(minutes=30), reason=f"{MARK} rdv"
    )
    Event.objects.create(ticket=ticket, kind=Event.Kind.CLOSED, by=chloe, at=at, data={"reason": MARK})
    visit = make_visit(topic=topic, **said)
    link(from_ticket=stage.twin, to_ticket=ticket, kind=TicketLink.Kind.SAME_MESSAGE, at=at)
    return stage, visit


def everything(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in book.namelist())
    return body.decode("utf-8", "replace") + str(answer.headers)


def pages(stage):
    for name, route in sorted(ROUTES.items()):
        if "get" in route.verbs:
            yield name, address_of(name, stage)
    triage = reverse("backoffice:triage")
    yield from ((f"liste {code}", f"{triage}?vue={code}") for code in LISTS)
    today = timezone.localdate().isoformat()
    yield "recues", f"{triage}?vue=recues&du={today}&au={today}"
    yield "semaine", f"{reverse('agenda:agenda')}?vue=semaine"
    yield "twin", reverse("backoffice:ticket", args=[stage.twin.reference])
    yield "xlsx", reverse("dashboards:export", args=["xlsx"])
    yield "agenda xlsx", f"{reverse('agenda:export', args=['xlsx'])}?vue=semaine"
    yield "tri xlsx", f"{reverse('backoffice:triage_export', args=['xlsx'])}?vue=recues&du={today}&au={today}"


@pytest.mark.parametrize("who", ["bruno", "david", "elsa", "admin"])
def test_A03_no_page_file_or_export_says_a_word_of_it(reserved, who):
    stage, _visit = reserved
    client, found = signed_in(stage.users[who]), []
    for name, address in pages(stage):
        for headers in ({}, {"HX-Request": "true"}):
            text = everything(client.get(address, headers=headers))
            words = (MARK, NAME) if name in WHOLE_CATALOG else (MARK, NAME, "violences")
            found += [(name, word) for word in words if word in text.lower()]
    assert found == []


@pytest.mark.parametrize("who", ["bruno", "david", "elsa"])
def test_A03_no_search_finds_it_by_its_words(reserved, who):
    """Those expected at the counter today are found by name (A05): this one comes another day."""
    stage, _visit = reserved
    later = timezone.now() + timedelta(days=3)
    Appointment.objects.update(starts_at=later, ends_at=later + timedelta(minutes=30))
    client = signed_in(stage.users[who])
    for name, field in SEARCHES.items():
        for typed in (MARK, NAME, f"ines {NAME}", f"{MARK} texte"):
            text = everything(client.post(reverse(name), {field: typed}))
            assert text.lower().count(typed.lower()) <= 3, (name, typed)  # what was typed, in its field
            assert "Inès" not in text, (name, typed)
            assert stage.ticket.reference not in text, (name, typed)


def test_A03_the_walk_would_find_it(reserved):
    stage, _visit = reserved
    page = signed_in(stage.users["chloe"]).get(reverse("backoffice:ticket", args=[stage.ticket.reference]))
    for word in ("texte", "note", "tache"):
        assert f"{MARK} {word}" in page.content.decode()
