"""Rows for the tests, one plain function a table; what a field is not given is what a real one would have."""

import hashlib
import itertools
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from channels_app.intake.models import Arrival, ArrivalRaw
from requests_app.accounts.models import User
from requests_app.answers.models import AnswerModel
from requests_app.appointments.models import Appointment, AppointmentType
from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison
from requests_app.people.models import ContactPoint, Person
from requests_app.people.services import NewPerson, create_person
from requests_app.privacy.models import DisposalLine, DisposalSchedule
from requests_app.tickets.models import State, Ticket, Touchpoint
from requests_app.tickets.references import new_reference
from requests_app.visits.models import Visit
from requests_app.visits.services import arrive
from tests.cast import LYON_8

_rank = itertools.count(1)


def person(
    *,
    given_name: str = "",
    family_name: str = "",
    birth_year: int | None = None,
    birth_date: date | None = None,
    phone: str = "",
    email: str = "",
    at: datetime | None = None,
) -> Person:
    """A person, with contact points for the phone (E.164) and the e-mail given."""
    new = NewPerson(given_name, family_name, birth_year, birth_date, phone, email)
    return create_person(new=new, at=at or timezone.now())


def topic(code: str) -> Topic:
    return Topic.objects.get(code=code)


def ticket(
    *, text: str | None = "Bonjour, où en est mon dossier ?", html: str = "", **fields: object
) -> Ticket:
    """A ticket at Lyon 8e, to sort, come by mail an hour ago; without touchpoint when `text` is None.

    `topic` may be a code of the catalog; `maison=None` makes it unplaced; the keys of a closed ticket
    follow from `state`.
    """
    at = fields.pop("received_at", None) or timezone.now() - timedelta(hours=1)
    if isinstance(fields.get("topic"), str):
        fields["topic"] = topic(str(fields["topic"]))
    if found := fields.get("topic"):
        fields.setdefault("is_sensitive", found.is_sensitive)
    if "maison" not in fields and "maison_id" not in fields:
        fields["maison"] = Maison.objects.get(code=LYON_8)
    if fields.get("assignee"):
        fields.setdefault("state", State.OPEN)
    if fields.get("state") == State.CLOSED:
        fields = {"outcome": "answered", "closed_at": at, **fields}
    whole = {
        "reference": new_reference(),
        "channel": "mail",
        "subject": "Ma demande",
        "sender": str(fields.get("person") or "quelqu’un@exemple.fr"),
        "excerpt": (text or "")[:200],
        "received_at": at,
        "waiting_since": at,
        **fields,
    }
    made = Ticket.objects.create(**whole)
    if text is not None:
        touchpoint(made, text=text, html=html, at=at)
    return made


def touchpoint(
    ticket: Ticket, *, text: str = "Bonjour", at: datetime | None = None, **fields: object
) -> Touchpoint:
    """Words of the ticket's sender, by the ticket's channel."""
    at = at or timezone.now()
    whole = {
        "channel": ticket.channel,
        "sender": ticket.sender,
        "subject": ticket.subject,
        "text": text,
        "reply_text": text,
        "occurred_at": at,
        "recorded_at": at,
        **fields,
    }
    return Touchpoint.objects.create(ticket=ticket, **whole)


def arrival(*, raw: bytes = b"From: a@exemple.fr\r\n\r\nBonjour", **fields: object) -> Arrival:
    """A raw arrival with its bytes, in quarantine unless told otherwise."""
    at = fields.get("received_at") or timezone.now() - timedelta(minutes=5)
    whole = {
        "channel": "mail",
        "address": "contact@demande.invalid",
        "source": "test",
        "key": hashlib.sha256(b"%d" % next(_rank)).hexdigest(),
        "raw_sha256": hashlib.sha256(raw).hexdigest(),
        "size": len(raw),
        "received_at": at,
        "try_after": at,
        "state": Arrival.State.QUARANTINED,
        "reason": "Le message n’a pas pu être lu.",
        **fields,
    }
    if whole["state"] != Arrival.State.PENDING:
        whole.setdefault("ended_at", at)
    made = Arrival.objects.create(**whole)
    ArrivalRaw.objects.create(arrival=made, data=raw)
    return made


def model(
    *, name: str = "Il manque un papier", text: str = "Bonjour {personne},", **fields: object
) -> AnswerModel:
    """A model of answer, for everyone unless told otherwise."""
    return AnswerModel.objects.create(**{"name": name, "text": text, "updated_at": timezone.now(), **fields})


@pytest.fixture
def make_model(db):
    return model


def appointment(
    *, ticket: Ticket, agent: User, starts_at: datetime | None = None, minutes: int = 30, **fields: object
) -> Appointment:
    """A row without what follows it: in two days, at the ticket's Maison, unless told otherwise."""
    at = timezone.now()
    starts_at = starts_at or at + timedelta(days=2)
    kind = AppointmentType.objects.get_or_create(
        code="suivi", defaults={"label": "Suivi", "public_label": "Rendez-vous", "minutes": 30}
    )[0]
    whole = {
        "type": kind,
        "maison_id": ticket.maison_id,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=minutes),
        "booked_at": at,
        "booked_by": agent,
        "dated_at": at,
        "changed_at": at,
        **fields,
    }
    return Appointment.objects.create(ticket=ticket, agent=agent, **whole)


@pytest.fixture
def make_appointment(territory):
    return appointment


@pytest.fixture
def make_person(db):
    return person


@pytest.fixture
def make_ticket(territory):
    return ticket


@pytest.fixture
def make_touchpoint(territory):
    return touchpoint


@pytest.fixture
def make_arrival(db):
    return arrival


@pytest.fixture
def share_contact(db):
    """Let a second person answer at the phone of a first one."""

    def share(person: Person, value: str) -> None:
        ContactPoint.objects.filter(value=value).update(is_shared=True)
        ContactPoint.objects.create(
            person=person,
            kind=ContactPoint.Kind.PHONE,
            value=value,
            is_shared=True,
            created_at=timezone.now(),
        )

    return share


@pytest.fixture
def make_visit(territory):
    """Someone waiting at the counter of a ticket's Maison."""

    def make(**fields: object) -> Visit:
        at = timezone.now()
        words = touchpoint(ticket(channel="frontdesk", text=None, **fields), text="", at=at)
        return arrive(touchpoint=words, maison_id=words.ticket.maison_id, at=at)

    return make


def disposal_line(**fields: object) -> DisposalLine:
    """A ticket on the list of November 2026, which has no visa; the ticket itself is not made."""
    at = timezone.now()
    month = {"month": date(2026, 11, 1), "defaults": {"made_at": at, "listed_at": at}}
    whole = {
        "schedule": DisposalSchedule.objects.get_or_create(**month)[0],
        "ticket_ids": [0],
        "references": [new_reference()],
        "topic_label": "Premier accueil",
        "received_on": date(2024, 1, 2),
        "last_contact_on": date(2024, 2, 29),
        "ends_on": date(2026, 2, 28),
        "active_months": 24,
        **fields,
    }
    return DisposalLine.objects.create(**whole)


@pytest.fixture
def make_disposal_line(db):
    return disposal_line
