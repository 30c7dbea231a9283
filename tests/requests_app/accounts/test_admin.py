"""Django's admin: catalog and Maisons, no content of demands (threats: A09)."""

import pytest
from django.apps import apps
from django.contrib import admin

from requests_app.appointments.models import AppointmentType
from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison
from requests_app.reminders.models import ReminderRule


def test_A09_holds_what_is_no_demand_only():
    assert set(admin.site._registry) == {Topic, Maison, AppointmentType, ReminderRule}
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
