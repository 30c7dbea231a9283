"""Services are told what time it is: only the edges read a clock, so `manage sweep --at` is true (I8)."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOMS = ("requests_app", "channels_app", "gru/demo")
EDGES = ("/views/", "views.py", "/www/", "/management/", "tasks.py", "/tests/", "/migrations/", "testing.py")
CLOCKS = {
    "timezone.now",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "Now",
}
OF_NOW = {"timezone.localdate", "timezone.localtime"}  # without argument they read the clock
REASONS = {
    "gru/demo/post_office/shelf.py": "a server of its own, beside the product",
    "gru/demo/telephone/exchange.py": "a server of its own, beside the product",
    "gru/demo/telephone/pages.py": "a page of that server",
    "channels_app/frontdesk/desk.py": "what a request to the desk is about: read with the request",
    "channels_app/partner/publik/client.py": "a signature: the portal compares it with its own clock",
    "channels_app/mail/door/writer.py": "the mail door: the instant of arrival",
    "channels_app/mail/models/polled_boxes.py": "the database's default of a row",
    "requests_app/access/models/glass.py": "who may read is decided on the database's clock",
    "requests_app/access/models/sent_away.py": "who may read is decided on the database's clock",
    "requests_app/accounts/half_signed.py": "a session, between two pages",
    "requests_app/accounts/locking.py": "a session, between two pages",
    "requests_app/accounts/middleware.py": "a request comes in",
    "requests_app/accounts/second_factor_forms.py": "a form of a page: a code lasts thirty seconds",
    "requests_app/accounts/tries.py": "a request to sign in",
    "requests_app/pages/middleware.py": "a request comes in",
    "requests_app/api/authentication.py": "a call of a program comes in",
    "requests_app/api/tickets/bodies.py": "a call of a program comes in: it speaks of no future instant",
    "requests_app/webhooks/services/sending.py": "a signature: the receiver compares it with its own clock",
    "requests_app/visits/admin.py": "a page of the admin site",
    "requests_app/lib/french.py": "a year is named when it is not this one: true at any instant",
    "requests_app/lib/templatetags/formats.py": "a page is shown",
    "requests_app/lib/templatetags/ui.py": "a page is shown",
}


def _reads_a_clock(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    return name in CLOCKS or (name in OF_NOW and not call.args)


def clocks_of(source: str) -> list[int]:
    """The lines that read a clock."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if _reads_a_clock(call)]


def _inner_files() -> list[str]:
    files = (path for room in ROOMS for path in (settings.BASE_DIR / room).rglob("*.py"))
    names = (str(path.relative_to(settings.BASE_DIR)) for path in files)
    return sorted(name for name in names if not any(edge in f"/{name}" for edge in EDGES))


@pytest.mark.parametrize(
    ("line", "reads"),
    [
        ("at = timezone.now()", True),
        ("day = timezone.localdate()", True),
        ("day = timezone.localdate(at)", False),
        ("rows.filter(until__gt=Now())", True),
        ("end = time.monotonic() + 8", False),
    ],
)
def test_the_walk_tells_a_clock_from_an_instant(line, reads):
    assert bool(clocks_of(line)) is reads


def test_I8_only_the_edges_read_a_clock():
    found = {name for name in _inner_files() if clocks_of((settings.BASE_DIR / name).read_text())}
    assert found == set(REASONS), "take the instant as an argument, or say why this file is an edge"


def test_no_statement_of_ours_asks_the_database_what_time_it_is():
    asks = [name for name in _inner_files() if "now()" in _strings(settings.BASE_DIR / name)]
    assert asks == []


def _strings(path: Path) -> str:
    nodes = ast.walk(ast.parse(path.read_text()))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant))
    return "\n".join(text.lower() for text in texts if isinstance(text, str))
