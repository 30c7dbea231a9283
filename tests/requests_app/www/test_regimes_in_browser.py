"""A jurist walks from the list to a confirmed regime, by keyboard, on a telephone and in the dark."""

import pytest

from requests_app.catalog.models import Topic
from tests.browser import violations

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_jurist_confirms_what_they_have_read(browse, jurist):
    page = browse(jurist, "/regimes/", viewport={"width": 1200, "height": 900})
    page.get_by_role("link", name="APA à domicile").click()
    assert violations(page) == []
    page.get_by_label("Le sens et le délai du silence").check()
    page.get_by_role("button", name="Voir les textes sans enregistrer").click()
    page.get_by_text("pas encore enregistré").wait_for()
    assert "votre demande est acceptée" in page.locator("[lang=fr].prewrap").first.inner_text()
    page.keyboard.press("Control+Enter")
    page.get_by_text("Le sujet est enregistré.").wait_for()
    assert Topic.objects.get(code="apa-domicile").settled_regime == "silence_acceptance"


@pytest.mark.parametrize("path", ["/regimes/", "/regimes/apa-domicile/"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_pages_stand_on_a_telephone(browse, jurist, path, theme):
    jurist.theme = theme
    jurist.save()
    page = browse(jurist, path, viewport={"width": 360, "height": 800})
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
