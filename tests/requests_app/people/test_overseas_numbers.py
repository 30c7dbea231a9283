"""Numbers saved with the code of the mainland become those of their department, wherever they are kept."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone

from requests_app.answers.models import Draft
from requests_app.lib import phones
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactChoice, ContactPoint, Mandate
from requests_app.people.refusals import stopped_since
from requests_app.tickets.models import Participant, PersonProposal, Ticket

pytestmark = pytest.mark.django_db
NOW = timezone.now()
WRONG, RIGHT = "+33639012345", "+262639012345"
FILES = (
    "people.migrations.0019_overseas_numbers",
    "outbox.migrations.0011_overseas_recipients",
    "tickets.migrations.0043_overseas_numbers",
    "answers.migrations.0004_overseas_numbers",
)


def move():
    with connection.cursor() as cursor:
        for name in FILES:
            cursor.execute(import_module(f"requests_app.{name}").MOVE)
        cursor.execute("DROP TABLE overseas_twice")


def point(person, value, **fields):
    return ContactPoint.objects.create(person=person, kind="phone", value=value, created_at=NOW, **fields)


@pytest.mark.parametrize(
    "value",
    [
        *("+33639012345", "+33639971234", "+33639990000", "+33692123456", "+33262123456", "+33590123456"),
        *("+33694123456", "+33696123456", "+33697123456", "+33269123456"),
        *("+33639981234", "+33612345678", "+33599123456", "+262639012345", "+3363901234", "+336390123456"),
    ],
)
def test_each_becomes_what_is_read_from_it_today(make_person, value):
    found = point(make_person(), value)
    move()
    found.refresh_from_db()
    assert found.value == (phones.e164(value) or value)


def test_twice_on_one_record_is_once_and_the_stricter_word_holds(make_person):
    person = make_person()
    old = point(person, WRONG, is_shared=True, usable_for=["answer"], verified_at=NOW)
    kept = point(person, RIGHT, usable_for=["answer", "reminder"])
    other = point(make_person(), WRONG, usable_for=["reminder"])
    said = Outgoing.objects.create(**_waiting(contact_point=old, key="a"))
    move()
    for row in (kept, said, other):
        row.refresh_from_db()
    assert list(ContactPoint.objects.filter(person=person, kind="phone")) == [kept]
    assert (kept.is_shared, kept.usable_for, kept.verified_at) == (True, ["answer"], NOW)
    assert (said.contact_point, other.value) == (kept, RIGHT)


def test_uses_that_exclude_each_other_leave_none(make_person):
    person = make_person()
    point(person, WRONG, usable_for=["answer"])
    kept = point(person, RIGHT, usable_for=["reminder"])
    move()
    kept.refresh_from_db()
    assert kept.usable_for == ["nothing"]


def test_a_stop_said_there_still_holds():
    ContactChoice.objects.create(
        kind="phone", value=WRONG, use="reminder", is_allowed=False, word="STOP", at=NOW
    )
    move()
    assert stopped_since(RIGHT) == NOW


def _waiting(**fields):
    values = {"kind": "reminder", "channel": "sms", "recipient": WRONG, "message_id": "<a@b>"}
    instants = {"created_at": NOW, "try_after": NOW, "give_up_at": NOW + timedelta(days=1)}
    return {**values, **instants, "key": f"reminder:x:{WRONG}:sms", **fields}


def test_what_waits_leaves_for_it_and_what_left_is_history():
    waits = Outgoing.objects.create(**_waiting())
    left = Outgoing.objects.create(**_waiting(key="b", message_id="<c@d>", state="sent", sent_at=NOW))
    move()
    waits.refresh_from_db()
    left.refresh_from_db()
    assert (waits.recipient, waits.key) == (RIGHT, f"reminder:x:{RIGHT}:sms")
    assert left.recipient == WRONG


def test_tickets_and_drafts_name_it_too(make_ticket, make_person, chloe, amina):
    ticket = make_ticket(person=amina)
    Ticket.objects.filter(pk=ticket.pk).update(sender=WRONG)
    for address in (WRONG, "+33639022222", "+262639022222"):
        Participant.objects.create(ticket=ticket, address=address, role="relative", added_at=NOW)
    Draft.objects.create(ticket=ticket, author=chloe, kind="answer", recipient=f"sms:{WRONG}", updated_at=NOW)
    Mandate.objects.create(
        person=amina,
        kind="mandate",
        holder="Sa fille",
        address=WRONG,
        receives="both",
        starts_on=NOW.date(),
        noted_by=chloe,
        noted_at=NOW,
    )
    PersonProposal.objects.create(
        ticket=ticket,
        touchpoint=ticket.touchpoints.get(),
        kind="shared",
        contact_kind="phone",
        contact_value=WRONG,
        said_at=NOW,
    )
    move()
    ticket.refresh_from_db()
    assert (ticket.sender, Draft.objects.get().recipient) == (RIGHT, f"sms:{RIGHT}")
    assert (Mandate.objects.get().address, PersonProposal.objects.get().contact_value) == (RIGHT, RIGHT)
    addresses = set(Participant.objects.values_list("address", flat=True))
    assert addresses == {RIGHT, "+33639022222", "+262639022222"}  # one stays: the other is them already
