"""The waiting-room screen, on a web server that is killed and comes back (design/reception.md, 4)."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.visits import place_links, services
from tests.faults.test_chat import serve, static_root  # noqa: F401
from tests.faults.test_forms import kill

pytestmark = pytest.mark.django_db(transaction=True)
CUT = "Connexion perdue"
LISTEN = """() => { window.heard = []
  SpeechSynthesis.prototype.speak = (spoken) => heard.push(spoken.text) }"""
FORWARD = "() => { const real = Date.now; Date.now = () => real() + 31000 }"
SAID = "Numéro A %d, Accueil."


@pytest.fixture
def call(make_ticket, make_touchpoint, bruno, lyon_8):
    """Somebody arrives, and is called at once."""

    def next_one():
        now = timezone.now()
        touchpoint = make_touchpoint(make_ticket(text=None), at=now)
        visit = services.arrive(touchpoint=touchpoint, maison_id=lyon_8.pk, at=now)
        services.call(visit=visit, by=bruno, at=now)

    return next_one


def test_F01_the_screen_goes_on_after_a_restart_without_a_reload(
    serve,  # noqa: F811
    static_root,  # noqa: F811
    chromium,
    call,
    lyon_8,
):
    secret = place_links.create(purpose="screen", maison_id=lyon_8.pk, at=timezone.now())
    server = serve(**static_root)
    page = chromium.new_page(locale="fr-FR", viewport={"width": 1920, "height": 1080})
    page.goto(f"{server.base}/ecran/{secret}/")
    page.evaluate(LISTEN)
    page.get_by_role("button", name="Activer la voix").click()
    call()
    expect(page.locator(".call-now")).to_contain_text("A01", timeout=15_000)

    kill(server)
    call()
    page.evaluate(FORWARD)
    expect(page.get_by_text(CUT)).to_be_visible(timeout=15_000)
    expect(page.locator(".call-now")).to_contain_text("A01")  # what was called stays to be read
    serve(server.port, **static_root)
    expect(page.locator(".call-now")).to_contain_text("A02", timeout=20_000)
    expect(page.get_by_text(CUT)).to_have_count(0)

    call()
    expect(page.locator(".call-now")).to_contain_text("A03", timeout=15_000)
    # the same page all along: a reload would have forgotten what it was made to hear
    assert page.evaluate("heard")[1:] == [SAID % number for number in (1, 1, 2, 2, 3, 3)]
    page.close()
