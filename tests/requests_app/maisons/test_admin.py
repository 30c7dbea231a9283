"""Administrators present Maisons and topics; neither is created nor deleted by hand."""

import pytest
from django.urls import reverse

from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison

pytestmark = pytest.mark.usefixtures("territory")


@pytest.fixture
def as_admin(client_of, admin):
    return client_of(admin)


@pytest.mark.parametrize("model", [Maison, Topic])
class TestAdmin:
    def test_shows_the_list_and_one_row(self, as_admin, model):
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert as_admin.get(reverse(f"{name}_changelist")).status_code == 200
        row = model.objects.first()
        assert as_admin.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200

    def test_neither_adds_nor_deletes(self, as_admin, model):
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model.objects.first()
        assert as_admin.get(reverse(f"{name}_add")).status_code == 403
        assert as_admin.post(reverse(f"{name}_delete", args=[row.pk])).status_code == 403
