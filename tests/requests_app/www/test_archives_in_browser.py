"""Archivists decide on a list, the central team on one’s data: by keyboard, wide and on a telephone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.lib.months import first_of_month
from requests_app.privacy.models import DisposalLine, DisposalSchedule
from requests_app.privacy.services import sweep
from requests_app.tickets.models import Ticket
from tests.browser import violations

pytestmark = pytest.mark.django_db(transaction=True)


def press_on(page, role, name):
    """Reach a control as a keyboard does, and press it."""
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")


def test_P03_an_archivist_keeps_one_line_and_gives_the_visa(browse, archivist, make_ticket):
    now = timezone.now()
    old = {"state": "closed", "received_at": now - timedelta(days=1500)}
    kept, gone = make_ticket(text="Un premier.", **old), make_ticket(text="Un autre mot.", **old)
    hidden = make_ticket(text="Un troisième.", topic="enfance-danger", is_sensitive=True, **old)
    Ticket.objects.update(closed_at=now - timedelta(days=1400))
    sweep(at=now)
    month = first_of_month(timezone.localdate(now))
    page = browse(archivist, "/archives/")
    assert violations(page) == []
    page.goto(page.url + f"{month:%Y}-{month.month}/")
    assert violations(page) == []
    row = page.get_by_role("row").filter(has_text=hidden.reference)
    expect(row).to_contain_text("Motif réservé")
    press_on(page, "link", f"Garder {kept.reference}")
    page.get_by_role("heading", name=f"Garder {kept.reference}").wait_for()
    press_on(page, "button", "Garder cette demande")
    page.get_by_text("Écrivez pourquoi garder cette demande.").first.wait_for()
    assert violations(page) == []
    browse.complaints.clear()  # a refused form says 422
    page.get_by_label("Pourquoi la garder").fill("Recours au tribunal")
    page.keyboard.press("Enter")
    page.get_by_text(f"{kept.reference} est gardée.").wait_for()
    press_on(page, "button", "Donner le visa")
    page.get_by_text("Visa donné. 2 demandes vont être détruites.").wait_for()
    sweep(at=now)
    page.reload()
    page.get_by_text("2 demandes détruites, 0 à détruire. 1 gardée.").wait_for()
    assert violations(page) == []
    assert set(Ticket.objects.values_list("reference", flat=True)) == {kept.reference}
    assert DisposalLine.objects.get(references=[gone.reference]).fate == "purged"
    assert DisposalSchedule.objects.get().visa_by == archivist


def test_P05_an_erasure_asked_is_tried_then_listed(
    browse, central, make_ticket, make_person, make_appointment
):
    now = timezone.now()
    awa = make_person(given_name="Awa", family_name="N’Diaye", email="awa@exemple.fr")
    make_ticket(person=awa, topic="droits-donnees", state="open", text="Effacez mes données.")
    goes = make_ticket(person=awa, state="closed", text="Merci pour hier.")
    stays = make_ticket(person=awa, state="closed", text="Je viendrai.")
    make_appointment(ticket=stays, agent=central, starts_at=now + timedelta(days=6))
    page = browse(central, "/archives/droits/")
    assert violations(page) == []
    press_on(page, "link", "Awa N’Diaye")
    page.get_by_role("heading", name="Ses données").wait_for()
    assert violations(page) == []
    expect(page.get_by_role("row").filter(has_text=stays.reference)).to_contain_text("rendez-vous est prévu")
    expect(page.get_by_role("row").filter(has_text=goes.reference)).to_contain_text("après le visa")
    press_on(page, "button", "Demander l’effacement")
    page.get_by_text("1 demande est sur la liste des archives.").wait_for()
    assert DisposalLine.objects.get().references == [goes.reference]
    assert violations(page) == []
