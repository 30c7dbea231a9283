"""Django's admin: catalog and Maisons, no content of tickets (threats: A09)."""

import pytest
from django.apps import apps
from django.contrib.admin import site

from requests_app.appointments.models import AppointmentType, Interpreter
from requests_app.catalog.models import CompetentBody, Topic
from requests_app.maisons.models import Maison
from requests_app.reminders.models import ReminderRule


def test_A09_holds_what_is_no_demand_only():
    assert set(site._registry) == {
        Topic,
        CompetentBody,
        Maison,
        AppointmentType,
        Interpreter,
        ReminderRule,
    }
    assert apps.is_installed("django.contrib.admin")


@pytest.mark.parametrize("page", ["/admin/", "/admin/maisons/maison/", "/admin/catalog/topic/"])
def test_opens_for_administrators(client_of, admin, page):
    assert client_of(admin).get(page).status_code == 200


def test_shows_one_maison_and_one_topic(client_of, admin, lyon_8):
    client, topic = client_of(admin), Topic.objects.first()
    assert client.get(f"/admin/maisons/maison/{lyon_8.pk}/change/").status_code == 200
    assert client.get(f"/admin/catalog/topic/{topic.pk}/change/").status_code == 200


def test_signs_in_by_our_own_page(client, db):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == "/connexion/?next=%2Fadmin%2F"


def test_stays_closed_to_others(client_of, central):
    assert client_of(central).get("/admin/", follow=True).status_code == 403


def test_speaks_french_of_its_own(client_of, admin):
    page = client_of(admin).get("/admin/").content.decode()
    for words in ("GRU – réglages", "Sortes de rendez-vous", "Règles de rappel", "Motifs", "Maisons"):
        assert words in page
    for foreign in ("Administration de Django", "Appointment", "Reminder"):
        assert foreign not in page


@pytest.mark.parametrize("model", [Topic, Maison, AppointmentType, ReminderRule])
def test_every_field_shown_is_named_in_words(model):
    shown = site.get_model_admin(model)
    own = [field.name for field in model._meta.fields if field.editable and not field.primary_key]
    fields = [model._meta.get_field(name) for name in shown.fields or own]
    assert [field.name for field in fields if field._verbose_name is None] == []


@pytest.mark.parametrize("model", [Topic, Maison, AppointmentType, ReminderRule])
def test_A09_deletes_nothing(client_of, admin, model):
    row = model.objects.first()
    if row is None:
        pytest.skip("none in this territory")
    place = f"/admin/{model._meta.app_label}/{model._meta.model_name}"
    client = client_of(admin)
    assert client.post(f"{place}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(f"{place}/", {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert model.objects.filter(pk=row.pk).exists()


def test_A09_shows_no_journal_nor_demand(client_of, admin):
    client = client_of(admin)
    for page in ("tickets/ticket", "tickets/touchpoint", "access/reading", "people/person", "accounts/user"):
        assert client.get(f"/admin/{page}/").status_code == 404
