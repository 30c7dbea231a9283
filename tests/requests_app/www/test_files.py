"""Files: a link of five minutes for one agent, checked again each time, and bytes that do nothing."""

import re
from io import BytesIO
from typing import NamedTuple

import pillow_heif
import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone
from PIL import Image

from requests_app.access.models import Reading
from requests_app.accounts.models import Membership
from requests_app.tickets.files import attach
from requests_app.tickets.inbound import SaidFile
from requests_app.www.backoffice.ticket.files import SALT

pytestmark = pytest.mark.django_db


def picture(size=(40, 30), form="JPEG", **options):
    data = BytesIO()
    pillow_heif.register_heif_opener()
    Image.new("RGB", size, "red").save(data, form, **options)
    return data.getvalue()


@pytest.fixture
def join(make_ticket):
    """A ticket with one file, and the file."""

    def make(name="facture.pdf", data=b"%PDF-1.4 facture", **fields):
        ticket = make_ticket(files_count=1, **fields)
        return ticket, attach(ticket.touchpoints.get(), [SaidFile(name, "application/pdf", data)])[0]

    return make


class Links(NamedTuple):
    url: str
    view_url: str


def links_of(client, ticket):
    """The links of the file on the page: to save it, and to see it when it is a picture."""
    page = client.get(f"/demandes/{ticket.reference}/").content.decode()
    links = re.findall(r'href="([^"]*/fichiers/[^"]+)"', page)
    return Links(*links, *([""] if len(links) == 1 else []))


class TestLink:
    def test_gives_the_file_to_who_may_read(self, client_of, chloe, join):
        ticket, _file = join()
        client = client_of(chloe)
        answer = client.get(links_of(client, ticket).url)
        assert b"".join(answer.streaming_content) == b"%PDF-1.4 facture"
        assert answer["Content-Disposition"] == 'attachment; filename="facture.pdf"'

    def test_A07_is_nothing_to_another_agent(self, client_of, chloe, david, join):
        ticket, file = join()
        url = links_of(client_of(chloe), ticket).url
        assert client_of(david).get(url).status_code == 404
        assert Reading.objects.filter(user=david, kind="file", subject_id=file.pk, was_refused=True).exists()

    def test_A07_is_nothing_to_nobody(self, client_of, chloe, join):
        ticket, _file = join()
        assert Client().get(links_of(client_of(chloe), ticket).url).status_code == 404

    def test_A07_is_checked_again_at_each_download(self, client_of, chloe, join):
        ticket, _file = join()
        client = client_of(chloe)
        url = links_of(client, ticket).url
        Membership.objects.filter(user=chloe).delete()
        assert client.get(url).status_code == 404
        assert Reading.objects.filter(kind="file", was_refused=True).exists()

    def test_A07_a_ticket_become_sensitive_closes_its_files(self, client_of, bruno, join):
        ticket, _file = join()
        client = client_of(bruno)
        url = links_of(client, ticket).url
        ticket.is_sensitive = True
        ticket.save()
        assert client.get(url).status_code == 404

    def test_A07_lives_five_minutes_then_leads_to_a_fresh_one(self, client_of, chloe, join):
        ticket, _file = join()
        client, now = client_of(chloe), timezone.now()
        url = links_of(client, ticket).url
        with time_machine.travel(now.timestamp() + 301):
            answer = client.get(url, follow=True)
            assert answer.redirect_chain == [(f"/demandes/{ticket.reference}/?lien=ancien", 302)]
            assert "avait plus de 5 minutes" in answer.content.decode().replace("\xa0", " ")

    def test_A07_cannot_be_made_up(self, client_of, chloe, join):
        _ticket, file = join()
        client = client_of(chloe)
        forged = signing.dumps([chloe.pk, file.pk, "save"], salt="another")
        assert client.get(f"/fichiers/{forged}/").status_code == 404
        assert client.get(f"/fichiers/{signing.dumps('x', salt=SALT)}/").status_code == 404

    def test_I7_each_download_is_noted(self, client_of, chloe, join):
        ticket, file = join()
        client = client_of(chloe)
        list(client.get(links_of(client, ticket).url).streaming_content)
        assert (
            Reading.objects.filter(user=chloe, kind="file", subject_id=file.pk, was_refused=False).count()
            == 1
        )

    def test_M15_leaves_on_the_host_of_the_files(self, client_of, chloe, join, settings):
        settings.FILES_URL = "https://fichiers.exemple.fr"
        ticket, _file = join()
        url = links_of(client_of(chloe), ticket).url
        assert url.startswith("https://fichiers.exemple.fr/fichiers/")
        answer = Client().get(url.removeprefix(settings.FILES_URL))  # no session comes there
        assert answer.status_code == 200


class TestBytes:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("invoice.html", b"<html><script>alert(1)</script>"),
            ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            ("page.pht", b"<?php echo 1;"),
            ("photo.jpg.exe", b"MZ\x90\x00"),
            ("../../etc/passwd", b"root:x:0:0"),
            ("fac\u202egpj.exe", b"MZ\x90\x00"),
        ],
    )
    def test_M15_run_nowhere(self, client_of, chloe, join, name, data):
        ticket, file = join(name, data)
        client = client_of(chloe)
        link = links_of(client, ticket)
        answer = client.get(link.url)
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
        assert "\u202e" not in answer["Content-Disposition"]
        assert "/" not in answer["Content-Disposition"].partition("=")[2].replace("utf-8''", "")
        assert link.view_url == ""
        assert name.rpartition(".")[2] not in file.file.name

    def test_M15_a_name_with_accents_and_quotes_stays_readable(self, client_of, chloe, join):
        ticket, _file = join('reçu "été".pdf')
        client = client_of(chloe)
        given = client.get(links_of(client, ticket).url)["Content-Disposition"]
        assert given == "attachment; filename*=utf-8''re%C3%A7u%20%22%C3%A9t%C3%A9%22.pdf"

    def test_M15_a_picture_is_drawn_again(self, client_of, chloe, join):
        exif = Image.Exif()
        exif[0x9286] = "13 rue du Secret"
        sent = picture(exif=exif) + b"<script>alert(1)</script>"
        ticket, _file = join("photo.jpg", sent)
        client = client_of(chloe)
        shown = client.get(links_of(client, ticket).view_url)
        assert shown["Content-Type"] == "image/jpeg"
        assert b"Secret" in sent
        assert b"Secret" not in shown.content
        assert b"<script>" not in shown.content
        assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"

    def test_M16_a_photo_of_an_iphone_is_offered_as_jpeg(self, client_of, chloe, join):
        sent = picture(form="HEIF")
        ticket, file = join("IMG_0001.HEIC", sent)
        client = client_of(chloe)
        link = links_of(client, ticket)
        shown = client.get(link.view_url)
        assert file.content_type in {"image/heic", "image/heif"}
        assert (shown["Content-Type"], shown.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
        assert shown["Content-Disposition"] == 'inline; filename="IMG_0001.jpg"'
        assert b"".join(client.get(link.url).streaming_content) == sent

    def test_M16_a_broken_photo_of_an_iphone_is_only_saved(self, client_of, chloe, join):
        ticket, _file = join("IMG_0001.HEIC", picture(form="HEIF")[:400])
        client = client_of(chloe)
        answer = client.get(links_of(client, ticket).view_url)
        assert answer["Content-Disposition"].startswith("attachment;")

    def test_M15_nothing_that_the_sender_wrote_beside_the_pixels_is_left(self, client_of, chloe, join):
        exif = Image.Exif()
        exif[0x010E] = "écrit dans EXIF"
        data = picture(comment="écrit à côté".encode(), exif=exif)
        client, (ticket, _file) = client_of(chloe), join("photo.jpg", data)
        drawn = client.get(links_of(client, ticket).view_url).content
        assert "écrit".encode() in data
        assert "écrit".encode() not in drawn

    def test_M15_a_picture_too_large_is_only_saved(self, client_of, chloe, join, monkeypatch):
        monkeypatch.setattr("requests_app.tickets.pictures.MAX_PIXELS", 100)
        ticket, _file = join("photo.jpg", picture())
        client = client_of(chloe)
        answer = client.get(links_of(client, ticket).view_url)
        assert answer["Content-Disposition"].startswith("attachment;")

    def test_M15_a_broken_picture_is_only_saved(self, client_of, chloe, join):
        ticket, _file = join("photo.jpg", picture()[:60])
        client = client_of(chloe)
        assert client.get(links_of(client, ticket).view_url)["Content-Disposition"].startswith("attachment;")
