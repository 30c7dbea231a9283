"""The desk and the screen of the waiting room together, in a browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.visits import place_links
from requests_app.visits.models import Visit
from tests.browser import eventually, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTEN = """() => { window.heard = []
  SpeechSynthesis.prototype.speak = (spoken) => heard.push(`${spoken.lang} ${spoken.text}`) }"""
TELEVISION = {"width": 1920, "height": 1080}


@pytest.fixture
def screen(browse, lyon_8):
    at = timezone.now()
    secret = place_links.create(purpose="screen", maison_id=lyon_8.pk, at=at)
    page = browse(None, f"/ecran/{secret}/", viewport=TELEVISION)
    page.evaluate(LISTEN)
    return page


def test_who_passes_before_is_called_to_a_desk_and_the_screen_says_it_twice(
    browse, bruno, save, screen, lyon_8
):
    for _visit in range(3):
        save()
    expect(screen.get_by_text("Votre numéro s’affichera ici.")).to_be_visible()
    screen.get_by_role("button", name="Activer la voix").click()
    desk = browse(bruno, "/accueil/")
    desk.get_by_label("Votre bureau aujourd’hui").fill("bureau 3")
    desk.get_by_role("button", name="Noter le bureau").click()
    expect(desk.get_by_text("Vous appelez au bureau")).to_be_visible()

    desk.get_by_role("heading", name="Accueil", exact=True).click()
    desk.keyboard.press("p")  # of the last who came
    assert violations(desk) == []
    desk.set_viewport_size({"width": 1440, "height": 900})
    desk.get_by_role("button", name="Avec un enfant en bas âge").click()
    expect(desk.locator(".queue li").first).to_contain_text("A03")
    expect(desk.locator(".queue li").first).to_contain_text("passe avant : Avec un enfant en bas âge")
    desk.get_by_role("button", name="Annuler cette étape").click()
    expect(desk.locator(".queue li").first).to_contain_text("A01")
    desk.get_by_role("button", name="Passer avant A02").or_(
        desk.locator("summary", has_text="A02")
    ).first.click()
    desk.get_by_role("button", name="Situation urgente").click()
    expect(desk.locator(".queue li").first).to_contain_text("A02")
    desk.get_by_role("button", name="Appeler le suivant").click()

    expect(screen.locator(".call-now")).to_contain_text("A02")
    expect(screen.locator(".call-now")).to_contain_text("Bureau\xa03")
    said = "fr-FR Numéro A 2, Bureau 3."
    assert screen.evaluate("heard") == ["fr-FR La voix est activée.", said, said]
    desk.get_by_role("button", name="Rappeler A02").click()
    eventually(lambda: screen.evaluate("heard.length") == 5)
    assert Visit.objects.get(number=2).desk == "3"

    screen.context.set_offline(True)
    screen.evaluate("() => { const real = Date.now; Date.now = () => real() + 31000 }")
    expect(screen.get_by_text("Connexion perdue")).to_be_visible()
    desk.get_by_role("button", name="Appeler le suivant").click()
    screen.context.set_offline(False)
    expect(screen.locator(".call-now")).to_contain_text("A01")
    expect(screen.get_by_text("Connexion perdue")).to_have_count(0)
    assert screen.evaluate("heard.slice(5)") == ["fr-FR Numéro A 1, Bureau 3."] * 2
    assert violations(screen, shapes=((1920, 1080), (1024, 768), (320, 640))) == []
    browse.complaints[:] = [said for said in browse.complaints if "ERR_INTERNET_DISCONNECTED" not in said]

    place_links.revoke(purpose="screen", maison_id=lyon_8.pk, at=timezone.now())
    expect(screen.get_by_role("heading", name="Cet écran n’est plus en service")).to_be_visible()
    browse.complaints[:] = [said for said in browse.complaints if "404 (Not Found)" not in said]
