"""P01: a name and a phone come in by the desk, by mail and by the form, and are in no log, URL or task."""

import logging
import re
import unicodedata
import uuid
from urllib.parse import unquote_plus

import pytest
from django.urls import reverse
from django.utils import timezone

from channels_app.intake import services
from channels_app.intake.models import Arrival
from requests_app.lib import enqueue
from requests_app.tickets.models import Ticket

GIVEN, FAMILY = "Zéphyrine", "Canarybird"
PHONE = "06 39 98 77 66"
EMAIL = "zephyrine.canarybird@exemple.fr"
MARKS = ("zephyrine", "canarybird", "639987766")
LINKS = re.compile(r"(?:href|src|action|formaction|hx-(?:get|post|push-url))=\"([^\"]*)\"")
RAW = f"""From: {GIVEN} {FAMILY} <{EMAIL}>
To: accueil@demande.invalid
Subject: {FAMILY} demande une aide
Message-ID: <canary@exemple.fr>
Content-Type: text/plain; charset=%s

Bonjour, je suis {GIVEN} {FAMILY}, mon numéro est le {PHONE}.
"""


def leaks(text: str) -> list[str]:
    """The marks found, however they were written: accents, case, spaces, percent signs."""
    plain = unicodedata.normalize("NFKD", unquote_plus(text).lower())
    squeezed = re.sub(r"[\s.\-]", "", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    return [mark for mark in MARKS if mark in squeezed]


@pytest.fixture
def outputs(caplog, capfd, monkeypatch, django_capture_on_commit_callbacks):
    """Everything that is written beside the database: logs, standard outputs, task arguments, URLs."""
    caplog.set_level(logging.INFO)
    logging.getLogger("django.request").setLevel(logging.INFO)
    said: list[str] = []

    def send_task(name, **options):
        said.append(f"{name} {options}")

    monkeypatch.setattr(enqueue.current_app, "send_task", send_task)
    with django_capture_on_commit_callbacks(execute=True):
        yield said
    said += [record.getMessage() for record in caplog.records] + [caplog.text]
    said += capfd.readouterr()
    assert leaks("\n".join(said)) == []


def visit(client):
    form = {
        "cle": uuid.uuid4(),
        "qui": f"{FAMILY} {GIVEN}",
        "personne": "nouvelle",
        "motif": "RSA",
        "suite": "file",
        "telephone": PHONE,
        "email": EMAIL,
        "mot": f"Rappeler {GIVEN} {FAMILY} au {PHONE}",
    }
    return client.post(reverse("frontdesk:visit"), form)


def read(client, address, said):
    """Open a page and keep every address it holds or leads to."""
    answer = client.get(address)
    said += LINKS.findall(answer.content.decode())
    said.append(answer.headers.get("Location", ""))
    return answer.content.decode()


def test_P01_nothing_of_a_visit_leaks(outputs, client_of, bruno):
    client = client_of(bruno)
    outputs.append(visit(client).url)
    ticket = Ticket.objects.get()
    assert FAMILY in read(client, reverse("frontdesk:visit"), outputs)
    assert FAMILY in read(client, reverse("backoffice:triage"), outputs)
    assert FAMILY in read(client, reverse("backoffice:ticket", args=[ticket.reference]), outputs)


def test_P01_nothing_of_a_mail_leaks(outputs, client_of, chloe):
    stored = services.store(
        channel="mail",
        address="accueil@demande.invalid",
        raw=(RAW % "utf-8").encode(),
        source="test",
        at=timezone.now(),
    )
    assert services.process(arrival_id=stored.arrival_id, at=timezone.now()) == Arrival.State.HEARD
    ticket = Ticket.objects.get()
    Ticket.objects.update(maison=chloe.current_maison)
    client = client_of(chloe)
    assert FAMILY in read(client, reverse("backoffice:triage"), outputs)
    assert FAMILY in read(client, reverse("backoffice:ticket", args=[ticket.reference]), outputs)


def test_P01_nothing_of_a_citizens_form_leaks(outputs, client, territory, settings):
    settings.LIMITS_ON = False
    for path, answers in {
        "/demande/": {"sujet": "je-ne-sais-pas"},
        "/demande/message/": {"texte": f"Je suis {GIVEN} {FAMILY}, {PHONE}, {EMAIL}"},
        "/demande/lieu/": {"commune": "Bron", "adresse": f"chez {FAMILY}"},
        "/demande/contact/": {"moyen": "tel", "telephone": PHONE, "message": "non", "eviter": GIVEN},
        "/demande/vous/": {"prenom": GIVEN, "nom": FAMILY},
    }.items():
        outputs.append(client.post(path, answers).url)
    for path in ("/demande/message/", "/demande/vous/", "/demande/verifier/"):
        assert FAMILY in read(client, path, outputs)
    outputs.append(client.post("/demande/verifier/").url)
    read(
        client, "/demande/enregistree/", []
    )  # its telephone number is a link to what the authority answers at
    assert Ticket.objects.get().person.family_name == FAMILY


@pytest.mark.parametrize(
    "raw",
    [
        RAW.replace("Content-Type", "Content-Typ\x00") % "utf-8",
        RAW.replace("<canary@exemple.fr>", "<[canary") % "x-nowhere",
        RAW.replace("From:", "From: a@b, ((((") % "utf-8",
    ],
)
def test_P01_nothing_of_a_mail_that_fails_leaks(outputs, client_of, central, raw):
    stored = services.store(
        channel="mail", address="accueil@demande.invalid", raw=raw.encode(), source="test", at=timezone.now()
    )
    services.process(arrival_id=stored.arrival_id, at=timezone.now())
    read(client_of(central), reverse("intake:quarantine"), outputs)


def test_P01_an_error_nobody_foresaw_tells_no_word_of_the_mail(outputs, make_arrival, monkeypatch):
    """The one `except Exception` logs what happened, not what the message said."""
    arrival = make_arrival(raw=(RAW % "utf-8").encode(), state="pending", reason="")

    def fails(said, *, at):
        raise ValueError(f"value too long: {said.text}")

    monkeypatch.setattr("channels_app.intake.services.processing.receive", fails)
    for _ in range(3):
        services.process(arrival_id=arrival.pk, at=timezone.now())
    arrival.refresh_from_db()
    assert arrival.state == Arrival.State.QUARANTINED
    assert leaks(arrival.reason) == []


def test_the_canary_would_be_heard():
    assert leaks("GET /?q=Z%C3%A9phyrine") == ["zephyrine"]
    assert leaks("appelez le 06.39.98.77.66") == ["639987766"]
    assert leaks("tout va bien") == []
