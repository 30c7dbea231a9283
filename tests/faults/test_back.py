"""Back always works: a form's answer has an address of its own, which a real browser shows again."""

import json

import pytest
from django.test import Client
from playwright.sync_api import Error

from tests.house.routes import ROUTES
from tests.staging import address_of
from tests.walk import LOOKERS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# An empty form, as a browser sends it: most are refused, and answer with a page.
SEND = """(address) => { const form = document.createElement("form"); form.method = "post";
  form.action = address; form.enctype = "multipart/form-data";
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  form.append(token.cloneNode()); document.body.append(form); form.submit() }"""
ANYWHERE, ELSEWHERE = "/accessibilite/", "/donnees-personnelles/"
ENDS = {"accounts:sign_out", "accounts:lock", "accounts:unlock"}  # the session of whoever walks
MACHINES = {"sms:inbound", "sms:status", "mail:webhook"}


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.LIMITS_ON = False


def forms(looker):
    """The forms that this one is the first to be allowed; "" is a citizen."""
    for name, route in ROUTES.items():
        if "post" not in route.verbs or name in ENDS | MACHINES:
            continue
        first = "" if route.is_public else next((who for who in LOOKERS if who in route.opens_to), None)
        if first == looker:
            yield name


def shows_a_page(client, address):
    """Whether the answer to an empty form is a page to read; every one must be read by GET."""
    answer = client.post(address)
    if not 300 <= answer.status_code < 400:
        is_page = answer.headers.get("Content-Type", "").startswith("text/html") and answer.content
        assert not is_page, f"{address} answers a form with a page: Back would lose it"
        return False
    where = answer.headers["Location"]
    return "vu=" in where and b"<html" in client.get(where).content


@pytest.mark.parametrize("looker", ["", *LOOKERS])
def test_back_after_every_form(browse, stage, looker):
    client = Client(headers={"Sec-Fetch-Dest": "document"})
    client.cookies["csrftoken"] = "a" * 32
    if looker:
        client.force_login(stage.users[looker])
    addresses = {name: address_of(name, stage) for name in forms(looker)}
    pages = {name: address for name, address in addresses.items() if shows_a_page(client, address)}
    assert pages or looker not in {"", "chloe"}
    page = browse(stage.users.get(looker), ANYWHERE)
    root = page.url.removesuffix(ANYWHERE)
    lost: dict[str, str] = {}
    for name, address in pages.items():
        try:
            lost |= {name: where} if (where := lost_by_back(page, root, address)) else {}
        except Error as error:
            lost[name] = str(error).splitlines()[0]
    browse.complaints[:] = [said for said in browse.complaints if "Failed to load resource" not in said]
    assert lost == {}, json.dumps(lost, indent=1)


def lost_by_back(page, root, address):
    """Where the browser ends when it goes on from the answer, then back; "" when it is the answer again."""
    page.goto(f"{root}{ANYWHERE}")
    page.evaluate(SEND, f"{root}{address}")
    page.wait_for_url(lambda url: not url.endswith(ANYWHERE), wait_until="load")
    answered = page.url
    page.goto(f"{root}{ELSEWHERE}")
    page.go_back(wait_until="load")
    return "" if page.url == answered else page.url
