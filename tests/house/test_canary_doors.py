"""P01, by every other door: what a person says or is called is in no log, address, task, session or count.

The doors of the counter, of mail and of the form stand in test_canary.
"""

import uuid
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from channels_app.intake import services as intake
from channels_app.portal.appointments import PURPOSE_OF_LINK
from channels_app.sms.tests.conftest import form
from requests_app.access.models import Reading
from requests_app.api_keys.services import create_key
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket, Touchpoint
from tests.house.test_canary import EMAIL, FAMILY, GIVEN, PHONE, leaks, outputs, read

__all__ = ["outputs"]
FORM = "application/x-www-form-urlencoded"
WORDS = f"Je suis {GIVEN} {FAMILY}, appelez le {PHONE}"
ABOUT = {
    "qui": f"{FAMILY} {GIVEN}",
    "personne": "nouvelle",
    "motif": f"{FAMILY} veut le RSA",
    "suite": "transmis",
    "telephone": PHONE,
    "email": EMAIL,
    "mot": WORDS,
}
PAGES = ("frontdesk:visit", "backoffice:triage", "backoffice:letters", "phone:promises", "agenda:agenda")


@pytest.fixture
def known(make_ticket, make_person):
    """Their ticket, already there."""
    person = make_person(given_name=GIVEN, family_name=FAMILY, phone="+33639987766", email=EMAIL)
    return make_ticket(person=person, sender=f"{GIVEN} {FAMILY}", subject=WORDS)


def look_around(client, said):
    """Open the pages that name them, and search for them; neither session nor audit log stores any of it."""
    ticket = Ticket.objects.latest("pk")
    for page in PAGES:
        read(client, reverse(page), said)
    assert FAMILY in read(client, reverse("backoffice:ticket", args=[ticket.reference]), said)
    for page in ("backoffice:search", "backoffice:persons"):
        for typed in (f"{GIVEN} {FAMILY}", PHONE, EMAIL):
            said.append(client.post(reverse(page), {"q": typed}).headers.get("Location", ""))
    said += [str(row.get_decoded()) for row in Session.objects.all()]
    said += Reading.objects.values_list("why", flat=True)


def link_to(purpose, subject):
    links.link_for("canary", purpose, subject.pk, timezone.now())
    return links.insert_links(links.PLACEHOLDER, Outgoing(key="canary")).rpartition("/")[2]


def test_P01_nothing_of_an_sms_leaks(outputs, client_of, central):
    raw = form(WORDS, sender="+33639987766", sid="SM77")
    kept = intake.store(channel="sms", address="+33937000000", raw=raw, source="test", at=timezone.now())
    assert intake.process(arrival_id=kept.arrival_id, at=timezone.now()) == "heard"
    look_around(client_of(central), outputs)


@pytest.mark.parametrize("signature", ["", "faux", f"{FAMILY}é"])
def test_P01_nothing_of_a_refused_call_leaks(outputs, client, settings, db, signature):
    settings.TWILIO_AUTH_TOKEN, settings.WEBHOOKS = "0" * 32, {"postmark": "nom:clef"}
    fields = {"From": PHONE, "Body": WORDS}
    assert client.post("/entree/sms/twilio/", fields, HTTP_X_TWILIO_SIGNATURE=signature).status_code == 403
    answer = client.post("/entree/mail/postmark/", fields, HTTP_AUTHORIZATION=f"Basic {FAMILY}")
    assert answer.status_code == 403


@pytest.mark.parametrize("kind", ["appel", "courrier"])
def test_P01_nothing_of_a_call_or_a_letter_leaks(outputs, client_of, bruno, kind):
    client = client_of(bruno)
    scan = SimpleUploadedFile(f"{FAMILY} {PHONE}.pdf", b"%PDF-1.4\n%%EOF\n")
    more = {"scans": [scan], "destinataire": FAMILY} if kind == "courrier" else {}
    answer = client.post(reverse("frontdesk:visit") + f"?pour={kind}", {"cle": uuid.uuid4(), **ABOUT, **more})
    outputs.append(answer.url)
    look_around(client, outputs)
    refused = client.post(
        reverse("frontdesk:visit") + f"?pour={kind}", {"cle": uuid.uuid4(), **ABOUT, "suite": "x"}
    )
    assert refused.status_code == 422


def test_P01_nothing_of_the_follow_up_page_leaks(outputs, client, known, client_of, chloe, settings):
    settings.LIMITS_ON = False
    page = f"/suivi/{link_to('ticket', known)}/"
    paper = SimpleUploadedFile(f"{FAMILY}.pdf", b"%PDF-1.4\n%%EOF\n")
    said = client.post(f"{page}message/", {"texte": WORDS, "papiers": [paper], "cle": uuid.uuid4()})
    outputs.append(said.url)
    outputs.append(client.post(f"{page}avis/", {"ressenti": "2", "phrase": WORDS}).url)
    outputs.append(client.post("/suivi/", {"numero": known.reference}).url)
    read(client, page, outputs)
    assert Touchpoint.objects.filter(channel="portal").exists()
    look_around(client_of(chloe), outputs)


def test_P01_nothing_of_another_date_leaks(outputs, client, known, client_of, chloe, make_appointment):
    given = make_appointment(ticket=known, agent=chloe)
    page = f"/rendez-vous/{link_to(PURPOSE_OF_LINK, given)}/"
    outputs.append(client.post(f"{page}autre-date/", {"quand": WORDS}).url)
    outputs.append(client.get(f"{page}fichier/").content.decode())
    look_around(client_of(chloe), outputs)


def test_P01_nothing_an_agent_writes_of_her_leaks(outputs, known, client_of, chloe):
    client, page = client_of(chloe), f"/demandes/{known.reference}/"
    outputs.append(client.post(f"{page}note/", {"version": known.version, "text": WORDS}).url)
    known.refresh_from_db()
    outputs.append(
        client.post(
            f"{page}terminer/", {"version": known.version, "outcome": "answered", "reason": WORDS}
        ).headers.get("Location", "")
    )
    client.post(f"{page}note/", {"version": 1, "text": WORDS, "is_staff": FAMILY})
    look_around(client, outputs)


def test_the_canary_of_these_doors_would_be_heard():
    assert leaks(f"session {{'last': '{WORDS}'}}") == ["zephyrine", "canarybird", "639987766"]


def test_P01_nothing_of_an_open311_report_leaks_nor_of_the_metrics(outputs, client, territory, settings):
    settings.LIMITS_ON = False
    _key, secret = create_key(name="Signaler", scopes=["open311:write"], by=None, at=timezone.now())
    report = {
        "api_key": secret,
        "service_code": "voirie",
        "description": WORDS,
        "address_string": f"chez {FAMILY}",
        "email": EMAIL,
        "phone": PHONE,
        "first_name": GIVEN,
        "last_name": FAMILY,
        "media_url": f"https://photos.exemple.fr/{FAMILY}.jpg",
    }
    for fields in (report, {**report, "lat": FAMILY}, {**report, "email": f"{GIVEN} {FAMILY}"}):
        answer = client.post("/open311/v2/requests.json", urlencode(fields), content_type=FORM)
        outputs.append(answer.content.decode())
    ticket = Ticket.objects.get()
    assert (ticket.person.family_name, FAMILY in ticket.touchpoints.first().text) == (FAMILY, True)
    for path in ("requests.json", "requests.xml", f"requests/{ticket.reference}"):
        outputs.append(client.get(f"/open311/v2/{path}").content.decode())
    client.get(f"/{GIVEN}-{FAMILY}/?qui={EMAIL}")
    outputs.append(client.get("/metrics").content.decode())
    assert secret not in "".join(outputs)
