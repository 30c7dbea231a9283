"""Every page of the table of routes in a real browser: what axe finds in both themes and at two widths."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from channels_app.portal.tests.test_following import secret_of
from requests_app.appointments.models import Appointment
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from tests.browser import violations
from tests.house.routes import ROUTES, Stage
from tests.rgaa import Measure
from tests.staging import address_of


class Browse(Protocol):
    """tests.browser.browse: opens a page, and keeps what the console complains of."""

    complaints: list[str]

    def __call__(self, user: Any, path: str, **options: Any) -> Page: ...


# The most who may open a page look at it: what they see is the whole of it.
LOOKERS = ("chloe", "central", "admin", "bruno", "david", "elsa", "archivist")


def public_addresses(stage: Stage) -> Iterator[str]:
    """The citizens' pages, made-up links first, then those that open a ticket and an appointment."""
    yield from (
        address_of(name, stage) for name, route in ROUTES.items() if route.is_public and "get" in route.verbs
    )
    secret = secret_of(stage.ticket)
    yield from (f"/suivi/{secret}/", f"/avis/{secret}/", f"/rendez-vous/{_appointment(stage.appointment)}/")


def _appointment(appointment: Appointment) -> str:
    key = f"reminder:{appointment.pk}:walk"
    links.link_for(key, "appointment", appointment.pk, appointment.starts_at)
    return links.insert_links(links.PLACEHOLDER, Outgoing(key=key)).rpartition("/")[2]


def staff_addresses(stage: Stage) -> Iterator[tuple[str, str]]:
    """Each page of staff, and who looks at it."""
    for name, route in ROUTES.items():
        if not route.is_public and "get" in route.verbs and route.opens_to:
            yield next(who for who in LOOKERS if who in route.opens_to), address_of(name, stage)


def pages_among(addresses: Iterable[str], client: Client) -> list[str]:
    """Those that answer a whole page: no file, no fragment, no mail in its frame, no way to another page."""
    found = []
    for address in dict.fromkeys(addresses):
        answer = client.get(address)
        is_html = answer.headers.get("Content-Type", "").startswith("text/html")
        is_framed = "sandbox" in answer.headers.get("Content-Security-Policy", "")  # a mail, without script
        if (
            is_html
            and not is_framed
            and answer.status_code in {200, 404}
            and re.search(rb"<html[ >]", answer.content)
        ):
            found.append(address)
    return found


def faults_of(
    page: Page, addresses: Iterable[str], language: str, measure: Measure | None = None
) -> dict[str, list[str]]:
    """What is wrong on these pages in this language; {} when nothing is."""
    parts = urlsplit(page.url)
    root = f"{parts.scheme}://{parts.netloc}"
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": root}])
    faults: dict[str, list[str]] = {}
    for address in addresses:
        page.goto(f"{root}{address}")
        spoken = page.evaluate("document.documentElement.lang")
        found = [f"speaks {spoken}"] if spoken != language else []
        if found := found + violations(page):
            faults[address] = found
        if measure:
            measure.look(page)
    return faults


def walk_public(
    browse: Browse, stage: Stage, language: str, measure: Measure | None = None
) -> tuple[int, dict[str, list[str]]]:
    """How many pages of citizens were seen, and what is wrong on them."""
    pages = pages_among(public_addresses(stage), Client())
    faults = faults_of(browse(None, "/accessibilite/"), pages, language, measure)
    # A made-up link is not found, and the console says so.
    browse.complaints[:] = [said for said in browse.complaints if "404 (Not Found)" not in said]
    return len(pages), faults


def walk_staff(browse: Browse, stage: Stage, language: str) -> tuple[int, dict[str, list[str]]]:
    """The same for the pages of staff, each seen by one who may."""
    by_looker: dict[str, list[str]] = {}
    for who, address in staff_addresses(stage):
        by_looker.setdefault(who, []).append(address)
    faults: dict[str, list[str]] = {}
    seen = 0
    for who, addresses in by_looker.items():
        client = Client()
        client.force_login(stage.users[who])
        pages = pages_among(addresses, client)
        page = browse(stage.users[who], "/accessibilite/")
        faults |= faults_of(page, pages, language)
        seen += len(pages)
    return seen, faults


def measures(browse: Browse, stage: Stage, script: str, widths: Sequence[int]) -> dict[str, Any]:
    """What a script finds on each page of the site, in windows of these widths; {} when nothing."""
    by_looker: dict[str, list[str]] = {"nobody": [*public_addresses(stage)]}
    for who, address in staff_addresses(stage):
        by_looker.setdefault(who, []).append(address)
    found: dict[str, Any] = {}
    for who, addresses in by_looker.items():
        client, user = Client(), stage.users.get(who)
        if user:
            client.force_login(user)
        page = browse(user, "/accessibilite/")
        root = page.url.removesuffix("/accessibilite/")
        for address in pages_among(addresses, client):
            page.goto(f"{root}{address}")
            for width in widths:
                page.set_viewport_size({"width": width, "height": 800})
                if fault := page.evaluate(script):
                    found[f"{address} at {width} px"] = fault
    browse.complaints[:] = [said for said in browse.complaints if "404 (Not Found)" not in said]
    return found
