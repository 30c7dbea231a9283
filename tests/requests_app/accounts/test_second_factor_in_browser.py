"""The code at sign-in by a real browser: turned on, printed, asked again; axe, both themes, 320 px."""

from datetime import timedelta

import pyotp
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.accounts import otp
from requests_app.accounts.services import turn_on_second_factor
from tests.browser import violations
from tests.cast import PASSWORD

HALF_A_MINUTE = timedelta(seconds=30)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def give_password(page, live_server):
    page.goto(f"{live_server.url}/connexion/")
    page.get_by_label("Identifiant").fill("chloe")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def test_W14_from_the_menu_to_the_next_sign_in(browse, chloe, live_server):
    page = browse(chloe, "/tri/")
    page.get_by_text("mon compte").locator("xpath=ancestor::summary").click()
    page.get_by_role("link", name="Code à la connexion").click()
    assert violations(page) == []
    page.get_by_role("button", name="Commencer").click()
    expect(page.get_by_role("img", name="Carré à scanner")).to_be_visible()
    assert violations(page) == []
    key = page.locator("figcaption code").inner_text().replace(" ", "")
    page.get_by_label("Code à six chiffres").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="Activer").click()
    expect(page.get_by_role("heading", name="Vos codes de secours")).to_be_visible()
    assert violations(page) == []
    printed = page.locator("ol code").all_inner_texts()
    page.get_by_role("link", name="Je les ai, continuer").click()
    expect(page).to_have_url(f"{live_server.url}/tri/")

    page.context.clear_cookies()
    give_password(page, live_server)
    expect(page.get_by_label("Code à six chiffres")).to_be_focused()
    assert violations(page) == []
    page.goto(f"{live_server.url}/tri/")
    expect(page.get_by_label("Identifiant")).to_be_visible()  # half signed is not signed
    page.goto(f"{live_server.url}/connexion/code/")
    expect(page.get_by_label("Code à six chiffres")).to_be_focused()
    page.keyboard.type(printed[0].upper())
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/tri/")


def test_W14_a_wrong_code_is_said_and_the_next_one_opens(browse, chloe, live_server):
    key, at = otp.new_key(), timezone.now()
    early = pyotp.TOTP(key).at(at - HALF_A_MINUTE)
    turn_on_second_factor(user=chloe, key=key, code=early, at=at)
    page = browse(None, "/connexion/")
    give_password(page, live_server)
    page.get_by_label("Code à six chiffres").fill(early)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Ce code ne va pas")
    expect(page).to_have_title("Erreur : Votre code – GRU")
    assert violations(page) == []
    page.get_by_label("Code à six chiffres").fill(pyotp.TOTP(key).now())
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/tri/")
    page.goto(f"{live_server.url}/code-de-connexion/")
    expect(page.get_by_text("Il vous reste 10 codes de secours")).to_be_visible()
    assert violations(page) == []


def test_W14_works_without_javascript(browse, chloe, live_server):
    key, at = otp.new_key(), timezone.now()
    turn_on_second_factor(user=chloe, key=key, code=pyotp.TOTP(key).at(at - HALF_A_MINUTE), at=at)
    page = browse(None, "/connexion/", java_script_enabled=False)
    give_password(page, live_server)
    page.get_by_label("Code à six chiffres").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="Continuer").click()
    expect(page).to_have_url(f"{live_server.url}/tri/")
