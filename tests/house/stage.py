"""A browser alone with our pages: shell, pieces and static files are real, no server stands behind."""

import mimetypes
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace as Given
from typing import Any

from django.contrib.staticfiles import finders
from django.template import Context, engines
from django.test import RequestFactory, override_settings
from playwright.sync_api import Page, Route

from requests_app.feedback.models import FieldFeedback
from tests.house.pieces import PIECES

HOST = "http://gru.test"
POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'"
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


def shell(**changes: Any) -> Given:
    def item(label: str, icon: str, **more: Any) -> Given:
        given = {"label": label, "icon": icon, "url": "#", "badge": None, "badge_label": ""}
        return Given(**given | {"is_current": False, "is_low": False} | more)

    return Given(
        **{
            "nav": [
                item("Accueil", "person-walking", is_current=True),
                item("Tri", "inbox", badge=23, badge_label="à trier"),
                item("Quarantaine", "shield-exclamation", is_low=True),
            ],
            "place": Given(label_small="Maison de la Métropole", label="Lyon 8 – Latarjet"),
            "places": [Given(id=str(n), label=f"Lyon {n}", is_current=n == 8) for n in range(1, 10)],
            "alarms": [],
            "user_name": "Bruno Petit",
            "initials": "BP",
            "typist": "",
            "theme": "light",
            "density": "comfort",
            "shortcuts_on": True,
            "language": "fr",
            "is_staff_page": True,
            "incidents": [],
            "route": "frontdesk:visit",
            "reference": "",
            "unread_feedback": 2,
            "feedback_kinds": FieldFeedback.Kind,
        }
        | changes
    )


def staff_page(content: str, **context: Any) -> str:
    """The markup of a staff page around this content, which may include the pieces."""
    source = (
        "{% extends 'base_staff.html' %}{% block title %}Essai{% endblock %}"
        "{% block page %}" + content + "{% endblock %}{% block scripts %}{{ block.super }}"
        "<script type=module src=\"{% static 'js/combobox.js' %}\"></script>{% endblock %}"
    )
    given = {"shell": shell(), "request": RequestFactory().get("/"), "messages": [], "csrf_token": "token"}
    with override_settings(ROOT_URLCONF="tests.house.shell_urls"):
        template = engines["django"].from_string(source).template
        return template.render(Context(given | PIECES["undo"] | context))


QUESTION = "/personnes/"  # sent by POST, and changes nothing


class Stage:
    """Answers what the page asks, and keeps what it posts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.posts: list[str] = []
        self.answers: dict[str, Callable[[Route], None]] = {}
        self.document = ""
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self._serve)

    def open(self, document: str) -> Page:
        self.document = document
        self.page.goto(f"{HOST}/")
        return self.page

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST).partition("?")[0]
        if route.request.method == "POST" and path != QUESTION:
            self.posts.append(f"{path} {route.request.post_data or ''}".strip())
        if path in self.answers:
            self.answers[path](route)
        elif path.startswith("/static/"):
            file = Path(finders.find(path.removeprefix("/static/")))
            route.fulfill(
                body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "font/woff2"
            )
        elif path == "/":
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=self.document, headers=headers)
        else:
            route.fulfill(status=204)
