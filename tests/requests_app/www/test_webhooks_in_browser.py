"""The pages of subscriptions: by keyboard, on a telephone, in both themes."""

import os

import pytest
from django.urls import reverse

from requests_app.webhooks.models import Subscription
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_pages_stand_on_a_telephone(browse, admin, stage, theme):
    admin.theme = theme
    admin.save()
    for path in (reverse("backoffice:webhooks"), reverse("backoffice:webhook", args=[stage.webhook.pk])):
        page = browse(admin, path, viewport={"width": 360, "height": 800})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        if os.environ.get("SHOTS"):
            page.screenshot(path=f"/tmp/ev_{theme}_{path.count('/')}.png", full_page=True)


def test_the_administrator_resumes_a_paused_one(browse, admin, stage):
    page = browse(admin, reverse("backoffice:agents"), viewport={"width": 1200, "height": 900})
    page.get_by_role("link", name="Abonnements").click()
    page.get_by_role("link", name="Portail des habitants").click()
    page.get_by_text("Leur réponse").click()
    page.get_by_text("Revenez plus tard").wait_for()
    if os.environ.get("SHOTS"):
        page.screenshot(path="/tmp/ev_wide.png", full_page=True)
    page.get_by_role("button", name="Reprendre").press("Enter")
    page.get_by_text("reprend où il s’était arrêté").wait_for()
    assert not Subscription.objects.get(pk=stage.webhook.pk).is_paused
    assert violations(page) == []
