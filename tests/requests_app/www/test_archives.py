"""The archivist's pages: a list by month, one line kept for a reason, the visa, the files."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app.privacy.models import DisposalLine, DisposalSchedule
from requests_app.privacy.services import list_month

MONTH = {"year": 2026, "month": 11}


@pytest.fixture
def page(client_of, archivist):
    return client_of(archivist)


def test_an_archivist_signs_in_to_the_lists(page):
    assert page.get(reverse("home")).url == reverse("archives:schedules")
    assert "Aucune liste" in page.get(reverse("archives:schedules")).content.decode()


def test_the_list_says_what_ends_and_by_which_rule(page, make_disposal_line):
    line = make_disposal_line(archive_months=12)
    text = page.get(reverse("archives:schedule", kwargs=MONTH)).content.decode()
    assert line.reference in text
    assert "Premier accueil" in text
    assert "12 mois d’archive" in text
    assert "Donner le visa" in text


def test_a_line_is_kept_for_a_reason_until_a_day_and_put_back(page, make_disposal_line, archivist):
    line, until = make_disposal_line(), timezone.localdate() + timedelta(days=90)
    address = reverse("archives:keep", args=[line.pk])
    assert page.post(address, {"reason": "", "until": until}).status_code in {302, 422}
    assert DisposalLine.objects.get().fate == "listed"
    page.post(address, {"reason": "Recours au tribunal", "until": until})
    kept = DisposalLine.objects.get()
    assert (kept.fate, kept.reason, kept.keep_until) == ("refused", "Recours au tribunal", until)
    assert kept.decided_by == archivist
    page.post(reverse("archives:undo", args=[line.pk]))
    assert DisposalLine.objects.get().fate == "listed"


def test_a_day_gone_by_keeps_nothing(page, make_disposal_line):
    line = make_disposal_line()
    page.post(reverse("archives:keep", args=[line.pk]), {"reason": "Recours", "until": timezone.localdate()})
    assert DisposalLine.objects.get().fate == "listed"


def test_the_visa_is_given_once_and_freezes_the_list(page, make_disposal_line, archivist):
    line = make_disposal_line()
    answer = page.post(reverse("archives:visa", kwargs=MONTH), follow=True)
    assert "Visa donné. 1 demande va être détruite." in answer.content.decode()
    schedule = DisposalSchedule.objects.get()
    assert schedule.visa_by == archivist
    page.post(reverse("archives:keep", args=[line.pk]), {"reason": "Trop tard", "until": "2099-01-01"})
    assert DisposalLine.objects.get().fate == "listed"
    answer = page.post(reverse("archives:visa", kwargs=MONTH), follow=True)
    assert "n’attend pas de visa" in answer.content.decode()
    assert DisposalSchedule.objects.get().visa_at == schedule.visa_at


def test_no_visa_on_a_list_that_is_not_whole(page, make_disposal_line):
    make_disposal_line()
    DisposalSchedule.objects.update(listed_at=None)
    assert "Donner le visa" not in page.get(reverse("archives:schedule", kwargs=MONTH)).content.decode()
    page.post(reverse("archives:visa", kwargs=MONTH))
    assert DisposalSchedule.objects.get().visa_at is None


def test_the_file_has_every_line_and_runs_nothing(page, make_disposal_line):
    make_disposal_line(topic_label="=1+1", references=["LYN-AAAAAA", "LYN-BBBBBB"])
    answer = page.get(reverse("archives:csv", kwargs=MONTH))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][:3] == ["LYN-AAAAAA", "LYN-BBBBBB", "'=1+1"]
    assert rows[1][4:9] == ["2024-01-02", "2024-02-29", "24", "0", "2026-02-28"]


def test_the_sheet_to_sign_is_readable(page, make_disposal_line):
    line = make_disposal_line()
    answer = page.get(reverse("archives:pdf", kwargs=MONTH))
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert line.reference in text
    assert "Liste de destruction, novembre 2026" in text.replace("\xa0", " ")  # with its year: it is kept
    assert "Rien n’est détruit avant le visa." in text
    assert "Signature" in text


def test_a_list_costs_the_same_for_one_line_as_for_ten(page, make_disposal_line, django_assert_num_queries):
    make_disposal_line()
    address = reverse("archives:schedule", kwargs=MONTH)
    page.get(address)
    with django_assert_num_queries(7):
        page.get(address)
    for _ in range(9):
        make_disposal_line()
    with django_assert_num_queries(7):
        page.get(address)


@pytest.mark.parametrize("address", ["/archives/2026-13/", "/archives/2026-12/", "/archives/0-0/"])
def test_a_month_without_list_is_not_found(page, address, make_disposal_line):
    make_disposal_line()
    assert page.get(address).status_code == 404


def test_P03_a_visa_covers_only_what_was_read(page, make_disposal_line):
    make_disposal_line()
    address = reverse("archives:schedule", kwargs=MONTH)
    shown = re.findall(r'name="shown" value="([^"]+)"', page.get(address).content.decode())[0]
    make_disposal_line()
    answer = page.post(reverse("archives:visa", kwargs=MONTH), {"shown": shown}, follow=True)
    assert "Relisez la liste" in answer.content.decode()
    assert DisposalSchedule.objects.get().visa_at is None
    shown = re.findall(r'name="shown" value="([^"]+)"', answer.content.decode())[0]
    page.post(reverse("archives:visa", kwargs=MONTH), {"shown": shown})
    assert DisposalSchedule.objects.get().visa_at


def test_the_file_says_the_day_of_here(page, make_disposal_line):
    make_disposal_line(fate="purged", purged_at=datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    content = page.get(reverse("archives:csv", kwargs=MONTH)).content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content), delimiter=";"))[1][12] == "2026-12-01"


def test_A03_no_list_names_a_reserved_topic(page, make_ticket):
    at = timezone.now()
    make_ticket(
        topic="enfance-danger", is_sensitive=True, state="closed", received_at=at - timedelta(days=3000)
    )
    list_month(at=at)
    line = DisposalLine.objects.get(model="tickets.Ticket")
    assert (line.topic_code, line.topic_label) == ("", "Motif réservé")
    month = {"year": line.schedule.month.year, "month": line.schedule.month.month}
    for name in ("schedule", "csv"):
        assert "Motif réservé" in page.get(reverse(f"archives:{name}", kwargs=month)).content.decode()
