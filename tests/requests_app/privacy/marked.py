"""One ticket with a row in every table that may hold something of it, a mark in every column and file."""

from datetime import timedelta

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models
from django.utils import timezone

from channels_app.chat.models import Line, Thread
from channels_app.delivery.models import Receipt
from channels_app.portal import models as portal
from channels_app.sms.models import Pictures
from requests_app.access.models import SentAway
from requests_app.answers import models as answers
from requests_app.appointments.models import Hold
from requests_app.attendance.models import Estimate
from requests_app.feedback.models import FeltExperience, SurveyCard
from requests_app.first_delay.services import Search, record_search
from requests_app.lib.holdings import HOLDINGS
from requests_app.outbox.models import Outgoing, OutgoingStep, SecretLink
from requests_app.people import models as people
from requests_app.privacy.models import ErasureAsked
from requests_app.reminders.models import Planned, Reminder
from requests_app.routing.models import RoutingDecision
from requests_app.tickets import models as tickets
from requests_app.visits.models import Visit
from requests_app.waiting_list.models import FreedSlot, Offer, Place
from tests import factories

MARK = "zqmarkzq"  # short enough for every column, and nobody's word
TEXTS = (models.CharField, models.TextField)


def marked_ticket(*, agent, at):
    """A closed ticket whose person has no other, with every table filled and marked."""
    names = {"given_name": MARK, "family_name": f"De {MARK}"}
    person = factories.person(**names, phone="+33639980001", email=f"{MARK}@exemple.fr", at=at)
    decision = RoutingDecision.objects.create(
        outcome="unplaced", confidence="low", steps=[MARK], decided_at=at
    )
    ticket = factories.ticket(
        person=person, decision=decision, state="closed", received_at=at, text=MARK, subject=MARK, sender=MARK
    )
    words = ticket.touchpoints.get()
    outgoing = message(f"answer:{ticket.reference}", at)
    tickets.Touchpoint.objects.filter(pk=words.pk).update(outgoing=outgoing)
    _beside_ticket(ticket, words, agent, at)
    _beside_person(person, agent, at)
    _beside_message(outgoing, at)
    _by_doors(ticket, words, at)
    mark_everything()
    _strangers(ticket, person, agent, at)
    return ticket


def message(key, at, **fields):
    """A message that left, with a file."""
    name = default_storage.save("ab/" + key.encode().hex()[:32].ljust(32, "0"), ContentFile(MARK.encode()))
    whole = {"kind": "answer", "channel": "sms", "recipient": "+33639980001", "message_id": f"<{key}@x>"}
    late = {"created_at": at, "try_after": at, "give_up_at": at, "state": "sent"}
    return Outgoing.objects.create(**{"key": key, **whole, **late, "files": [name], **fields})


def _beside_ticket(ticket, words, agent, at):
    merged = factories.ticket(
        state="closed", merged_into=ticket, received_at=at, text=MARK, person=ticket.person
    )
    tickets.TicketMerge.objects.create(survivor=ticket, merged=merged, by=agent, at=at)
    tickets.DocumentRequest.objects.create(ticket=ticket, documents=MARK, reason=MARK, asked_at=at, until=at)
    tickets.Event.objects.create(ticket=ticket, kind="routed", at=at)
    tickets.Note.objects.create(ticket=ticket, author=agent, text=MARK, created_at=at)
    tickets.Participant.objects.create(ticket=ticket, address="a@b.fr", role="other", added_at=at)
    tickets.ToDo.objects.create(ticket=ticket, kind="call", text=MARK, created_at=at)
    tickets.PersonProposal.objects.create(
        ticket=ticket, touchpoint=words, kind="need", need="call", said_at=at
    )
    _file(tickets.Attachment(touchpoint=words, name=MARK, size=1, sha256="0" * 64, content_type="text/plain"))
    draft = answers.Draft.objects.create(ticket=ticket, author=agent, kind="note", text=MARK, updated_at=at)
    _file(answers.DraftFile(draft=draft, name=MARK, size=1, sha256="0" * 64, content_type="text/plain"))
    answers.Presence.objects.create(ticket=ticket, agent=agent, seen_at=at)
    SentAway.objects.create(user=agent, ticket_id=ticket.pk, until=at)
    FeltExperience.objects.create(ticket=ticket, level=3, sentence=MARK, said_at=at)
    SurveyCard.objects.create(ticket=ticket, code="ABC234", way="letter", given_at=at, expires_at=at)
    Visit.objects.create(touchpoint=words, maison=ticket.maison, day=at, number=1, arrived_at=at)
    appointment = factories.appointment(ticket=ticket, agent=agent, starts_at=at, state="absent", reason=MARK)
    slot = {"starts_at": at, "ends_at": at + timedelta(minutes=30), "expires_at": at, "changed_at": at}
    Hold.objects.create(
        agent=agent, maison=appointment.maison, type=appointment.type, ticket=ticket, room=MARK, **slot
    )
    reminder = message(f"reminder:{appointment.pk}", at, kind="reminder")
    Reminder.objects.create(appointment=appointment, outgoing=reminder, purpose="before", round=1)
    Planned.objects.create(appointment=appointment, round=1)
    _waiting(appointment, at)
    Estimate.objects.create(appointment=appointment, round=1, risk=0.3, reasons=[MARK], help="call", at=at)
    search = Search(appointment.type, ticket=ticket, agent=agent)
    record_search(search, starts=[at], at=at)


def _waiting(appointment, at):
    kind, maison, ticket = appointment.type, appointment.maison, appointment.ticket
    place = Place.objects.create(ticket=ticket, type=kind, maison=maison, since=at)
    Place.objects.filter(pk=place.pk).update(ended_at=at, ended_why="left")
    slot = FreedSlot.objects.create(
        type=kind, maison=maison, agent=appointment.agent, starts_at=at, freed_at=at, state="over"
    )
    offer = message(f"offer:{place.pk}", at, kind="offer")
    Offer.objects.create(place=place, slot=slot, outgoing=offer, offered_at=at, ends_at=at)


def _beside_person(person, agent, at):
    merged = factories.person(given_name=MARK, family_name=MARK, at=at)
    people.Person.objects.filter(pk=merged.pk).update(merged_into=person)
    people.AccessNeed.objects.create(person=person, kind="call", detail=MARK, said_at=at)
    people.PersonChange.objects.create(
        person=person, kind="identity", by=agent, at=at, before={"x": MARK}, after={"x": MARK}
    )
    people.ContactChoice.objects.create(
        kind="phone", value="+33639980001", use="answer", is_allowed=False, word=MARK, at=at
    )
    people.ContactChoice.objects.create(
        kind="email", value=f"{MARK}@exemple.fr", use="answer", is_allowed=False, word=MARK, at=at
    )
    people.Mandate.objects.create(
        person=person, kind="parent", holder=MARK, receives="both", starts_on=at, noted_at=at, noted_by=agent
    )
    ErasureAsked.objects.create(person=person, asked_at=at, asked_by=agent)
    people.MergeLog.objects.create(survivor=person, merged=merged, by=agent, at=at, moved={"x": MARK})


def _strangers(ticket, person, agent, at):
    """Somebody else's ticket and record, which name these and stay."""
    other = factories.ticket(received_at=at, text=None)
    awa = factories.person(given_name="Awa", family_name="Diop", at=timezone.now())
    tickets.TicketLink.objects.create(from_ticket=other, to_ticket=ticket, kind="follows", created_at=at)
    people.NotDuplicate.objects.create(first=person, second=awa, by=agent, at=at)


def _beside_message(outgoing, at):
    OutgoingStep.objects.create(outgoing=outgoing, at=at, text=MARK)
    SecretLink.objects.create(
        purpose="ticket", subject_id=1, secret_hash="a" * 64, key=outgoing.key, created_at=at, expires_at=at
    )
    Receipt.objects.create(channel="sms", provider_id=MARK, mark=outgoing.pk, state="sent", at=at)


def _by_doors(ticket, words, at):
    raw = f"Subject: {MARK}\r\n\r\n{MARK}".encode()
    heard = factories.arrival(
        raw=raw, touchpoint=words, state="heard", reason="", received_at=at, meaning="m" * 64
    )
    factories.arrival(
        raw=raw + b" ", state="discarded", received_at=at, meaning="m" * 64, facts={"words": MARK}
    )
    thread = Thread.objects.create(ticket=ticket, key="d" * 64, created_at=at)
    Line.objects.create(thread=thread, arrival=heard, at=at)
    Pictures.objects.create(touchpoint=words, sid="MM1", count=1, try_after=at, give_up_at=at)
    portal.CodeAsk.objects.create(token_hash="b" * 64, reference=ticket.reference, asked_at=at, expires_at=at)
    portal.UnsentMessage.objects.create(ticket=ticket, opener="c" * 16, text=MARK, saved_at=at)
    draft = portal.Draft.objects.create(
        secret_hash="c" * 64,
        arrival=heard,
        answers={"texte": MARK},
        created_at=at,
        expires_at=at + timedelta(7),
    )
    _file(portal.DraftFile(draft=draft, name=MARK, size=1, content_type="text/plain", added_at=at))


def _file(row):
    row.file.save("", ContentFile(MARK.encode()), save=False)
    row.save()


def mark_everything():
    """Write the mark into each column of words of each table that may hold some, where nothing forbids it."""
    for label in HOLDINGS:
        model = apps.get_model(label)
        changes: dict[str, object] = {}
        for field in model._meta.concrete_fields:
            changes |= _marked(field)
        if changes and label != "people.PersonChange":  # a trigger refuses to rewrite it: made with the mark
            model._base_manager.update(**changes)


def _marked(field):
    is_ours = field.unique or field.choices or isinstance(field, models.FileField | models.GeneratedField)
    if is_ours or field.is_relation or field.name in KEYS:
        return {}
    if isinstance(field, models.JSONField):
        return {field.name: {"mark": MARK} if field.default is dict else [MARK]}
    if isinstance(field, ArrayField) and isinstance(field.base_field, TEXTS) and not field.base_field.choices:
        return {field.name: [MARK]} if field.name != "files" else {}
    if isinstance(field, models.BinaryField):
        return {}
    is_long = getattr(field, "max_length", None) is None or field.max_length >= len(MARK)
    return {field.name: MARK} if isinstance(field, TEXTS) and is_long else {}


KEYS = {
    "raw_sha256",
    "meaning",
    "reference",
    "value",
    "channel",
    "excerpt_channel",
    "sha256",
    "key",
    "outcome",
}


def tables_with(mark=MARK):
    """The tables in which some row says it, in words or in bytes."""
    found, coded = [], mark.encode().hex()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            asked = f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s OR t::text ILIKE %s'
            cursor.execute(asked, [f"%{mark}%", f"%{coded}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def files_with(mark=MARK):
    """The files of the storage that hold it."""

    def under(folder):
        folders, names = default_storage.listdir(folder)
        for name in names:
            path = f"{folder}/{name}" if folder else name
            with default_storage.open(path) as file:
                if mark.encode() in file.read():
                    yield path
        for each in folders:
            yield from under(f"{folder}/{each}" if folder else each)

    return sorted(under("")) if default_storage.exists("") else []
