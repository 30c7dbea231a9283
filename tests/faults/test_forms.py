"""The citizen's form, sent to a real web server that dies (threats: F01): one ticket, whenever it dies.

The browser presses again, as people do when a page does not come; what the dead process left is finished by
the sweep.
"""

import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from django.conf import settings
from django.utils import timezone

from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from channels_app.mail.tests.web import Web
from channels_app.portal.models import Draft
from channels_app.portal.tests.conftest import ANSWERS, address
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket
from tests.faults.running import descendants_of

pytestmark = pytest.mark.django_db(transaction=True)
POINTS = ("form.before_store", "form.after_store", "form.before_answer")
LOST = (URLError, HTTPException, ConnectionError)


class Browser:
    """Keeps its cookies from one server to the next, as behind one address."""

    def __init__(self):
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.token = ""

    def get(self, web, path):
        page = self.opener.open(f"{web.base}{path}", timeout=60).read().decode()
        self.token = (re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page) or [self.token])[0]
        return page

    def post(self, web, path, **fields):
        sent = urlencode({**fields, "csrfmiddlewaretoken": self.token}).encode()
        return self.opener.open(f"{web.base}{path}", sent, timeout=60)

    def fill(self, web):
        for step, fields in ANSWERS.items():
            self.get(web, address(step))
            self.post(web, address(step), **fields)
        self.get(web, "/demande/verifier/")


def web(port=0, **environment):
    server = Web(port, GRU_LIMITS="off", **environment)
    server.base = f"http://127.0.0.1:{server.port}"
    return server


def kill(server):
    """`kill -9` of everything the web server is, at once."""
    for pid in [server.process.pid, *(pid for pid, _line in descendants_of(server.process.pid))]:
        os.kill(pid, signal.SIGKILL)
    server.process.wait()


def reference_on(page):
    return re.findall(rf'id="numero">({settings.REFERENCE_PREFIX}-\w+)<', page)


def one_demand(browser, living):
    """Pressed again, it is the same ticket, and its number is on the page."""
    answer = browser.post(living, "/demande/verifier/")
    assert answer.url.endswith("/demande/enregistree/")
    intake.sweep(at=timezone.now() + timedelta(minutes=1))
    shown = reference_on(browser.get(living, "/demande/enregistree/"))
    assert shown == [Ticket.objects.get().reference]
    assert [arrival.state for arrival in Arrival.objects.all()] == [Arrival.State.HEARD]
    assert Outgoing.objects.count() == 1
    assert intake.reconcile(at=timezone.now()).is_right


@pytest.mark.parametrize("point", POINTS)
def test_F01_killed_at_a_point_then_pressed_again_is_one_demand(territory, point):
    browser, dying = Browser(), web(FAILPOINT=f"{point}:kill")
    browser.fill(dying)
    with pytest.raises(LOST):
        browser.post(dying, "/demande/verifier/")
    assert Arrival.objects.count() == (0 if point == "form.before_store" else 1)
    dying.close()
    living = web()
    one_demand(browser, living)
    living.close()


def test_F01_killed_after_its_answer_then_pressed_again_is_one_demand(territory):
    browser, dying = Browser(), web()
    browser.fill(dying)
    assert reference_on(browser.post(dying, "/demande/verifier/").read().decode())
    kill(dying)
    living = web()
    one_demand(browser, living)
    living.close()


def test_F01_killed_while_an_answer_is_kept_gives_the_words_back_when_sent_again(territory):
    browser, dying = Browser(), web()
    browser.fill(dying)
    kill(dying)
    with pytest.raises(LOST):
        browser.post(dying, "/demande/message/", texte="Autre chose")
    living = web()
    browser.post(living, "/demande/message/", texte="Autre chose")
    assert Draft.objects.get().answers["message"] == {"texte": "Autre chose"}
    assert "Autre chose" in browser.get(living, "/demande/verifier/")
    living.close()


def test_W01_twenty_presses_at_once_are_one_demand(territory):
    living, browser = web(), Browser()
    browser.fill(living)

    def press(_rank):
        try:
            return browser.post(living, "/demande/verifier/").status
        except HTTPError as error:
            return error.code

    with ThreadPoolExecutor(8) as presses:
        assert set(presses.map(press, range(20))) <= {200}
    one_demand(browser, living)
    living.close()
