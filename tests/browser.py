"""A real Chromium on the live server: `browse(bruno, "/accueil/")`; `violations(page)` must stay empty."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHAPES = ((1440, 900), (320, 640))
NO_LAST_WORDS = "() => { navigator.sendBeacon = () => true }"  # a draft saved on leaving would come too late
# Chromium itself stays at the real instant, its pages move: what they read is the Date.
MOVE_CLOCK = """(ms) => { Date = new Proxy(Date, {
  construct: (real, given, as) => Reflect.construct(real, given.length ? given : [real.now() + ms], as),
  get: (real, name) => name === "now" ? () => real.now() + ms : Reflect.get(real, name) }) }"""
COUNT_SUBMITS = "() => { window.submits = 0; addEventListener('submit', () => { submits += 1 }) }"
# A ticket tells its readers of each other a second after it opens; locked by then, it leaves by itself.
SAID_HERE = "() => performance.getEntriesByType('resource').some(one => one.name.includes('/presence/'))"
LAST_WORDS_S, QUIET_LOOKS = 10, 3
expect.set_options(timeout=30_000)  # as long as all other waits: a busy machine is slow, not wrong
AT_WORK = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a module; its absence skips, and fails with CI=true."""
    path = shutil.which("chromium")
    if path is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("chromium manque : apt-get install chromium")
    with sync_playwright() as driver, pytest.MonkeyPatch.context() as patch:
        # The driver keeps an event loop in this thread, where Django would then refuse its ORM.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


# What htmx writes of a list still being asked for when its page is left: two lines, then a refused promise,
# whose own line may come when there is no page any more to read it from.
ABORTED = ("htmx:sendAbort, [object HTMLUListElement]", "htmx:afterRequest, [object HTMLUListElement]")
REFUSED = "undefined"


def less_aborts(complaints: list[str]) -> list[str]:
    """Take the lines of each abort away; any of them alone is a complaint."""
    kept = list(complaints)
    while set(ABORTED) <= set(kept):
        for line in (*ABORTED, REFUSED):
            if line in kept:
                kept.remove(line)
    return kept


@pytest.fixture
def browse(chromium: Browser, live_server: Any, territory: None) -> Iterator[Callable[..., Page]]:
    """Open a page at an address, signed in unless nobody is; what the console complains of fails the test."""
    contexts, complaints = [], []

    def open_page(user: Any, path: str, **options: Any) -> Page:
        context = chromium.new_context(**{"locale": "fr-FR", "timezone_id": "Europe/Paris", **options})
        if offset := os.environ.get("GRU_TEST_CLOCK"):
            context.add_init_script(f"({MOVE_CLOCK})({offset} * 1000)")
        if user:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        return page

    open_page.complaints = complaints
    yield open_page
    for context in contexts:
        for page in context.pages:
            page.evaluate(NO_LAST_WORDS)
        context.close()
    _let_the_server_finish()
    assert less_aborts(complaints) == []


def _let_the_server_finish() -> None:
    """Wait for what pages have sent: emptying the tables under a request is a deadlock."""
    end, quiet = time.monotonic() + LAST_WORDS_S, 0
    with connection.cursor() as cursor:
        while time.monotonic() < end and quiet < QUIET_LOOKS:
            cursor.execute(AT_WORK)
            quiet = 0 if cursor.fetchone()[0] else quiet + 1
            time.sleep(0.03)


def eventually(is_so: Callable[[], object]) -> None:
    """Wait until it is so: for what a page sends without waiting for its answer."""
    end = time.monotonic() + LAST_WORDS_S
    while not is_so():
        assert time.monotonic() < end, "it never was"
        time.sleep(0.02)


def submits(page: Page) -> Callable[[], int]:
    """Count the forms that the page lets go from now on; a key that sends one does it at once."""
    page.evaluate(COUNT_SUBMITS)
    return lambda: page.evaluate("submits")


def violations(page: Page, shapes: tuple[tuple[int, int], ...] = SHAPES) -> list[str]:
    """What axe finds on the page as it stands, in both themes and two widths, and any sideways scroll."""
    found = []
    page.wait_for_load_state()  # a link that was pressed leaves a page that has nothing yet
    page.emulate_media(reduced_motion="reduce")  # a colour half way to another is nobody's
    for width, height in shapes:
        page.set_viewport_size({"width": width, "height": height})
        if over := page.evaluate(TOO_WIDE):
            found.append(f"{width} px: {over} px too wide")
        for theme in ("light", "dark"):
            page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
            result = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}})
            found += [
                f"{width} px {theme}: {v['id']}: {v['nodes'][0]['html'][:160]}"
                for v in result.response["violations"]
            ]
    return found
