"""A list leaves as a file, by keyboard, wide and on a telephone."""

import io
import os
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser import violations

pytestmark = pytest.mark.django_db(transaction=True)


def look(page, folder):
    for width in (1280, 360):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 740})
            page.screenshot(path=f"{folder}/{page.title()[:6]}-{width}-{scheme}.png")


def take(page, name):
    """Open the menu and take one of its files as a keyboard does."""
    page.locator("summary", has_text="Exporter").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=name)).to_be_visible()
    if folder := os.environ.get("GRU_LOOK"):
        look(page, folder)
    assert violations(page) == []
    with page.expect_download() as waited:
        page.get_by_role("link", name=name).focus()
        page.keyboard.press("Enter")
    return load_workbook(io.BytesIO(waited.value.path().read_bytes())).active


def test_a_case_handler_takes_the_list_and_the_week(browse, chloe, make_ticket, make_appointment):
    ticket = make_ticket(sender="Samira Benali", text="La coupure est lundi.", topic="rsa-demande")
    starts_at = timezone.now() + timedelta(minutes=5)
    make_appointment(ticket=ticket, agent=chloe, starts_at=starts_at)
    page = browse(chloe, "/tri/")
    found = take(page, "Fichier Excel")
    assert [found["B2"].value, found["H2"].is_date] == ["Samira Benali", True]
    page.goto(page.url.partition("/tri/")[0] + f"/agenda/?jour={timezone.localdate(starts_at)}&vue=semaine")
    assert take(page, "Les miens, Excel")["C2"].value == "Samira Benali"
