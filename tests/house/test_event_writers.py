"""Events are written in one place and store no sentence of ours (docs/contributing.md)."""

import ast
from collections.abc import Iterator

import pytest
from django.conf import settings

from requests_app.tickets.models import event_data
from requests_app.tickets.models.event_data import EventData

ROOMS = ("requests_app", "channels_app", "gru")
ONE_PLACE = {"requests_app/tickets/models/events.py"}
SHAPES = {
    name for name, each in vars(event_data).items() if isinstance(each, type) and issubclass(each, EventData)
}
RENDERED = ("_(", "gettext(", "french.", "translation.", "Outcome(", "Kind(")


def calls() -> Iterator[tuple[str, ast.Call]]:
    for room in ROOMS:
        for path in sorted((settings.BASE_DIR / room).rglob("*.py")):
            name = str(path.relative_to(settings.BASE_DIR))
            if "/tests/" not in name and "/migrations/" not in name:
                found = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
                yield from ((name, call) for call in found)


def renders(call: ast.Call) -> bool:
    written = [ast.unparse(word.value) for word in call.keywords]
    return any(part in text for text in written for part in RENDERED)


def test_every_event_goes_through_the_one_that_writes_them():
    direct = ("Event", "Event.objects.create", "Event.objects.bulk_create")
    assert {name for name, call in calls() if ast.unparse(call.func) in direct} <= {
        *ONE_PLACE,
        "channels_app/mail/door/server.py",  # asyncio's, in another sense: `asyncio.Event()`
    }


def test_no_event_stores_a_sentence_of_ours():
    shaped = [(name, call) for name, call in calls() if ast.unparse(call.func).split(".")[-1] in SHAPES]
    assert len(shaped) > 20
    assert [(name, call.lineno) for name, call in shaped if renders(call)] == []


@pytest.mark.parametrize(
    ("call", "is_sentence"),
    [
        ("EventData(reason=_('Envoi annulé'))", True),
        ("AppointmentChanged(to=french.moment(at))", True),
        ("EventData(to=Outcome(outcome).label)", True),
        ("EventData(reason=reason.strip())", False),
    ],
)
def test_a_sentence_is_found(call, is_sentence):
    assert renders(ast.parse(call).body[0].value) is is_sentence
