"""Facts that the page on personal data states, and that no other test holds."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings as ours
from django.core.management import call_command
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from pypdf import PdfReader

from channels_app.intake.models import ArrivalRaw
from channels_app.phone.forms import CallForm
from requests_app.tickets.letters.rendering import render_pdf
from requests_app.tickets.letters.words import answer
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.www.public.promises import sections

STAFF = {"rights", "handover"}  # to colleagues, and to another body
FOLDER = Path(ours.BASE_DIR) / "templates" / "messages"
MESSAGES = [path for path in sorted(FOLDER.glob("[a-z]*.txt")) if path.stem not in STAFF]
CODES = 20  # characters: a channel, a state, a code of the catalog; no name nor words


def said():
    return [str(sentence) for section in sections() for sentence in section.sentences]


def test_figures_name_nobody():
    found = list(apps.get_app_config("indicators").get_models())
    assert len(found) > 4
    for model in found:
        for field in model._meta.get_fields():
            assert not field.is_relation, field
            assert not isinstance(field, models.TextField | models.JSONField), field
            assert not isinstance(field, models.CharField) or (field.max_length or 0) <= CODES, field


def test_no_schedule_ends_a_ticket(make_ticket):
    ticket = make_ticket(received_at=timezone.now() - timedelta(days=9))
    call_command("sweep", at=timezone.now() + timedelta(days=3 * 365))
    after = Ticket.objects.get(pk=ticket.pk)
    assert after.closed_at is None
    assert Touchpoint.objects.filter(ticket=ticket, direction="in").exists()


def test_a_mail_is_kept_whole(territory, tmp_path):
    head = "From: Amina <amina@exemple.fr>|To: demandes@demande.invalid|Message-ID: <a1@exemple.fr>"
    kind = "MIME-Version: 1.0|Content-Type: multipart/mixed; boundary=b"
    body = "--b|Content-Type: text/plain||Voici ma facture.|--b|Content-Type: application/pdf"
    end = "Content-Disposition: attachment; filename=f.pdf||%PDF-1.4|--b--|"
    raw = f"{head}|{kind}||{body}|{end}".replace("|", "\r\n").encode()
    file = tmp_path / "mail.eml"
    file.write_bytes(raw)
    call_command("ingest_mail", str(file), now=True)
    assert bytes(ArrivalRaw.objects.get().data) == raw
    touchpoint = Touchpoint.objects.get(direction="in")
    assert touchpoint.sender == "amina@exemple.fr"
    assert [file.name for file in touchpoint.attachments.all()] == ["f.pdf"]


def test_a_call_has_no_recording(territory):
    assert not [name for name, field in CallForm.base_fields.items() if isinstance(field, forms.FileField)]


class TestCarriers:
    def test_says_who_carries(self, settings):
        settings.EMAIL_URL, settings.TWILIO_ACCOUNT_SID, settings.TWILIO_API_BASE = "smtp://a:25", "AC0", ""
        assert "Nos prestataires d’e-mail et de SMS les transportent pour nous." in said()
        assert "Notre opérateur de SMS, Twilio, est une société des États-Unis." in said()

    @pytest.mark.parametrize(
        "base", ["http://127.0.0.1:8026", "https://sms.ville.fr", "https://nottwilio.com"]
    )
    def test_names_nobody_who_does_not_carry(self, settings, base):
        settings.TWILIO_ACCOUNT_SID, settings.TWILIO_API_BASE = "AC0", base
        assert not [sentence for sentence in said() if "Twilio" in sentence]

    def test_nobody_carries_what_cannot_leave(self, settings):
        settings.EMAIL_URL = settings.TWILIO_ACCOUNT_SID = ""
        assert not [sentence for sentence in said() if "prestataires" in sentence]

    def test_the_guarantee_is_the_authority_s_own_sentence(self, client, db, settings):
        settings.DATA_TRANSFERS = "Le SMS part aux États-Unis, sous les clauses <types>."
        page = client.get("/donnees-personnelles/").content.decode()
        assert "sous les clauses &lt;types&gt;." in page


class TestMessages:
    @pytest.mark.parametrize("template", MESSAGES, ids=lambda path: path.stem)
    def test_every_one_ends_by_where_the_rights_are_told(self, template):
        words = template.read_text().split()
        assert words[-5:] == ["{%", "include", '"messages/_data.txt"', "%}", "{%", "endautoescape", "%}"][-5:]

    def test_the_address_is_whole(self, settings):
        settings.PUBLIC_URL = "https://gru.exemple.fr"
        said = render_to_string("messages/_data.txt").replace("\xa0", " ")
        assert said.strip() == "Vos données et vos droits : https://gru.exemple.fr/donnees-personnelles/"

    def test_an_answer_on_paper_says_it_at_its_foot(self, make_ticket, amina, chloe, settings):
        settings.PUBLIC_URL = "https://gru.exemple.fr"
        paper = answer(make_ticket(person=amina), "Madame,", by=chloe, at=timezone.now())
        [page] = PdfReader(BytesIO(render_pdf([paper], author="x"))).pages
        assert "https://gru.exemple.fr/donnees-personnelles/" in page.extract_text().strip().splitlines()[-1]
