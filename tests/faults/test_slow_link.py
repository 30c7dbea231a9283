"""A whole product over a poor mobile network: the form of B1, weighed as it travels."""

import re
from collections import defaultdict

import pytest
from playwright.sync_api import Page

from channels_app.portal.tests.test_in_browser import MAX_PAGES, PHONE, ask
from tests.faults.running import Running
from tests.weight import HEAVIEST

pytestmark = pytest.mark.browser
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 25_000}  # bytes/s
FIRST_S, NEXT_S = 10.0, 5.0  # how long a person waits before they think it is broken


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    # A hand that answers five questions in less than five seconds is asked to press again, as robots are.
    data = tmp_path_factory.mktemp("slow") / "var"
    running = Running(data, GRU_LIMITS="off").start("--empty", seconds=240)
    yield running
    running.stop()


class Wire:
    """What comes by the network for each page, in bytes and in seconds until it is there."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.bytes: dict[str, int] = defaultdict(int)
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": False})
        line.send("Network.emulateNetworkConditions", SLOW)
        line.on("Network.loadingFinished", lambda done: self._count(int(done["encodedDataLength"])))

    def _count(self, length: int) -> None:
        self.bytes[re.sub(r"[#?].*", "", self.page.url)] += length


def test_B1_every_page_is_under_100_kb_over_a_slow_link(product, chromium):
    page = chromium.new_context(locale="fr-FR", **PHONE).new_page()
    wire = Wire(page)
    page.goto(f"http://127.0.0.1:{product.port}/")
    taps, _pages = ask(page)
    forms = [url for url in wire.bytes if "/demande/" in url and "enregistree" not in url]
    print({url.rpartition(str(product.port))[2]: weight for url, weight in wire.bytes.items()})
    assert len(forms) <= MAX_PAGES
    assert all(weight < HEAVIEST for weight in wire.bytes.values()), wire.bytes
    spent = page.evaluate("performance.getEntriesByType('navigation')[0].duration") / 1000
    assert spent < NEXT_S
    assert taps.count <= 12
    page.context.close()


def test_the_first_page_comes_in_time_over_a_slow_link(product, chromium):
    page = chromium.new_context(locale="fr-FR", **PHONE).new_page()
    Wire(page)
    page.goto(f"http://127.0.0.1:{product.port}/")
    spent = page.evaluate("performance.getEntriesByType('navigation')[0].duration") / 1000
    print(f"first page in {spent:.1f} s")
    assert spent < FIRST_S
    page.context.close()
