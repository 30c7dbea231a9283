"""A letter enters by the same hands as a visit, with its three dates and its scan."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from channels_app.letter import scans
from channels_app.letter.tests.conftest import PDF
from requests_app.tickets.models import Attachment, Ticket, ToDo, Touchpoint

PAGE = "/accueil/?pour=courrier"


def days_ago(count):
    return (timezone.localtime() - timedelta(days=count)).date()


def picture(kind):
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, kind)
    return out.getvalue()


class TestDates:
    def test_the_clock_counts_from_the_arrival(self, letter):
        letter(arrive_le=days_ago(3).isoformat(), ecrit_le=days_ago(6).isoformat())

        ticket, touchpoint = Ticket.objects.get(), Touchpoint.objects.get()
        assert timezone.localtime(ticket.received_at).date() == days_ago(3)
        assert timezone.localtime(touchpoint.occurred_at).date() == days_ago(3)
        assert timezone.localtime(touchpoint.recorded_at).date() == days_ago(0)
        assert touchpoint.facts["written_on"] == days_ago(6).isoformat()
        assert "Daté du" in touchpoint.text

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"arrive_le": days_ago(-1).isoformat()}, "pas encore arrivé"),
            ({"arrive_le": days_ago(400).isoformat()}, "plus d’un an"),
            ({"arrive_le": "hier"}, "Écrivez un jour"),
            ({"ecrit_le": days_ago(-2).isoformat()}, "après son arrivée"),
        ],
    )
    def test_an_impossible_day_is_asked_again(self, letter, fields, said):
        answer = letter(**fields)

        page = answer.content.decode()
        assert answer.status_code == 422
        assert said in page
        assert "Choisissez de nouveau le scan" in page
        assert not Ticket.objects.exists()


class TestEnvelope:
    def test_says_its_number_and_whom_it_is_addressed_to(self, letter):
        letter(recommande="1A 203 456 7890 1", destinataire="Mme Roux")

        text = Touchpoint.objects.get().text
        assert "Recommandé n° 1A 203 456 7890 1." in text
        assert "Adressé à Mme Roux." in text

    def test_an_organisation_needs_no_person(self, letter):
        letter(qui="", personne="", organisme="Mairie de Bron")

        ticket = Ticket.objects.get()
        assert (ticket.person, ticket.sender, ticket.channel) == (None, "Mairie de Bron", "letter")

    def test_a_known_person_joins_her_open_demand(self, letter, samira, chosen):
        letter(personne=chosen("Samira Benali"), sujet="fsl-acces-maintien")

        assert Ticket.objects.get().touchpoints.filter(channel="letter").count() == 1
        assert not ToDo.objects.exists()


class TestScan:
    def test_several_pages_are_kept_with_the_letter(self, letter):
        letter(files=[("1.jpg", picture("JPEG")), ("2.png", picture("PNG"))])

        kept = Attachment.objects.order_by("pk")
        assert [file.content_type for file in kept] == ["image/jpeg", "image/png"]
        assert Ticket.objects.get().files_count == 2

    def test_without_scan_it_is_registered_all_the_same(self, letter):
        assert letter(files=()).status_code == 302

    def test_M15_a_file_is_known_by_its_bytes(self, letter):
        answer = letter(files=[("lettre.pdf", b"MZ\x90\x00program")])

        assert answer.status_code == 422
        assert "ni un PDF ni une photo" in answer.content.decode()

    def test_one_too_heavy_is_said_with_its_size(self, letter, monkeypatch):
        monkeypatch.setattr(scans, "MAX_BYTES", 10)

        assert "numérisez en gris" in letter().content.decode()

    def test_the_same_scan_is_said_at_once_and_on_the_demand(self, letter, client):
        letter()
        first = Ticket.objects.get()
        letter(qui="Zoé Blanc")

        again = Touchpoint.objects.latest("pk")
        words = f"Le même scan est déjà dans la demande {first.reference}."
        assert again.remarks == [words]
        assert words in client.get(PAGE).content.decode()

    def test_N16_the_same_scan_in_another_place_is_not_said(self, letter, client, elsa):
        letter(user=elsa)
        letter()

        again = Touchpoint.objects.latest("pk")
        assert again.remarks == []
        assert Ticket.objects.earliest("pk").reference not in client.get(PAGE).content.decode()

    def test_N16_nor_in_a_reserved_ticket(self, letter):
        letter()
        Ticket.objects.update(is_sensitive=True)
        letter(qui="Zoé Blanc")

        assert Touchpoint.objects.latest("pk").remarks == []

    def test_N16_those_it_is_passed_on_to_are_not_told_either(self, letter, client_of, elsa, villeurbanne):
        letter()
        first = Ticket.objects.get()
        letter(qui="Zoé Blanc")
        moved = Ticket.objects.exclude(pk=first.pk).get()
        Ticket.objects.filter(pk=moved.pk).update(maison=villeurbanne)

        page = client_of(elsa).get(f"/demandes/{moved.reference}/").content.decode()

        assert "lettre.pdf" in page
        assert first.reference not in page

    def test_the_undo_takes_the_files_too(self, letter, client, django_capture_on_commit_callbacks):
        letter()
        file = Attachment.objects.get().file
        page = client.get(PAGE)
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/accueil/annuler/", {"visite": page.context["done"].token})

        assert not Ticket.objects.exists()
        assert not file.storage.exists(file.name)


class TestAcknowledgment:
    def test_is_to_print_within_two_working_days(self, letter):
        letter()

        task = ToDo.objects.get()
        assert task.kind == "letter"
        assert task.due_at
        assert task.due_at > timezone.now()
        assert Ticket.objects.get().tasks_count == 1

    @pytest.mark.parametrize("fields", [{"suite": "repondu"}, {"qui": "*", "personne": "anonyme"}])
    def test_not_when_answered_or_when_nobody_can_get_it(self, letter, fields):
        letter(**fields)

        assert not ToDo.objects.exists()


class TestOtherWords:
    def test_N05_another_scan_of_the_same_name_is_a_second_letter(self, letter):
        key = str(uuid.uuid4())
        for data in (PDF, PDF + b"%% page 2", PDF):
            saved = letter(cle=key, qui="*", personne="anonyme", files=[("lettre.pdf", data)])
            assert saved.status_code == 302

        sizes = Attachment.objects.order_by("pk").values_list("size", flat=True)
        assert list(sizes) == [len(PDF), len(PDF) + 9]

    def test_W01_the_same_scan_under_another_name_is_the_same_letter(self, letter):
        key = str(uuid.uuid4())
        for name in ("lettre.pdf", "scan 2.pdf"):
            letter(cle=key, qui="*", personne="anonyme", files=[(name, PDF)])

        assert Attachment.objects.count() == 1

    def test_N05_another_number_of_the_post_is_a_second_letter(self, letter):
        key = str(uuid.uuid4())
        for number in ("", "1A 234"):
            letter(cle=key, qui="*", personne="anonyme", recommande=number)

        assert Attachment.objects.count() == 2
