"""Who speaks, and where to answer: chosen by an agent, known at a contact point, or someone new."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from requests_app.lib.languages import language_of
from requests_app.people.models import ContactPoint, Person
from requests_app.people.name_mentions import self_named
from requests_app.people.selectors import survivor_of
from requests_app.people.services import (
    NewPerson,
    create_person,
    create_person_with_points,
    note_language,
    points_at,
)
from requests_app.people.written_names import are_two_people, is_organisation, split_name
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Ticket
from requests_app.tickets.models.participants import FOR_OTHERS, Role
from requests_app.tickets.services.writers import is_shared_mailbox, role_of_writer

MAX_PAST = 20  # tickets of a person that are read

# The lock, and as what an agent said before that this address writes for others: one statement.
LOCK = """
SELECT pg_advisory_xact_lock(hashtextextended(%s, 0)),
       (SELECT role FROM tickets_participant
         WHERE address = %s AND removed_at IS NULL AND added_by_id IS NOT NULL AND role = ANY(%s)
         ORDER BY id DESC LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class Speaker:
    """``point`` is where the words came from, when it is theirs; ``is_new``: nothing is known of them.

    ``role``: they write for another, whom an agent chooses, and take part as this.
    """

    person: Person | None = None
    point: ContactPoint | None = None
    is_new: bool = False
    role: str = ""


def add_language(said: InboundMessage) -> InboundMessage:
    """Return the same words, with the language they are written in; an agent's words are not the person's."""
    if said.author_id:
        return replace(said, language="")
    words = f"{said.subject}\n{said.reply_text or said.text}"
    return replace(said, language=language_of(words) or said.language)


def find_speaker(said: InboundMessage) -> Speaker | None:
    """Find who speaks; None when it is somebody new, whom ``create_speaker`` adds. Writes nothing.

    A shared contact point names candidates and no one: the agent chooses (never a silent merge).
    """
    if said.person_id:
        return Speaker(survivor_of(Person.objects.get(pk=said.person_id)))
    if said.new_person:
        return None
    if not said.sender_value:
        return Speaker()
    role = _lock_sender(said)
    if not said.is_sender_sure:
        return Speaker()
    if role := role or role_of_writer(said):
        return Speaker(role=role)
    if is_shared_mailbox(said):
        return Speaker()
    known = points_at(said.sender_kind, said.sender_value)
    return _choose_known(known, said) if known else None


def create_speaker(said: InboundMessage, *, at: datetime) -> Speaker:
    """Add somebody new: as the agent typed them, or by the name and the contact point of the message."""
    if said.new_person:
        typed = replace(said.new_person, language=said.language)
        return Speaker(create_person(new=typed, at=at), is_new=True)
    if said.newcomer:
        newcomer = replace(said.newcomer, language=said.language)
        return _create_with_points(newcomer, said, at)
    given, family = split_name(said.sender_name or self_named(said.reply_text or said.text))
    new = NewPerson(
        given_name=given,
        family_name=family,
        phone=said.sender_value if said.sender_kind == ContactPoint.Kind.PHONE else "",
        email=said.sender_value if said.sender_kind == ContactPoint.Kind.EMAIL else "",
        language=said.language,
    )
    return _create_with_points(new, said, at)


def _create_with_points(new: NewPerson, said: InboundMessage, at: datetime) -> Speaker:
    person, points = create_person_with_points(new=new, at=at)
    used = next((point for point in points if point.value == said.sender_value), None)
    return Speaker(person, used, is_new=True)


def remember_language(speaker: Speaker, said: InboundMessage) -> None:
    """Store the language that the person wrote in."""
    if speaker.person:
        note_language(speaker.person, said.language)


def find_past_tickets(speaker: Speaker) -> list[Ticket]:
    """Return the last tickets of somebody known, newest first: one statement, none for somebody new."""
    if speaker.person is None or speaker.is_new:
        return []
    return list(Ticket.objects.filter(person=speaker.person).order_by("-pk")[:MAX_PAST])


def _lock_sender(said: InboundMessage) -> str:
    """Lock the sender until the end: two first mails at once are one person, and one acknowledgment.

    What the other one wrote is seen by the statements that follow, hence a statement of its own. Returns
    the role under which this address is known to write for others, or "".
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [_name(said), said.sender_value, list(FOR_OTHERS)])
        return str(cursor.fetchone()[1] or "")


def _name(said: InboundMessage) -> str:
    return f"{said.sender_kind}:{said.sender_value}"


def _choose_known(points: list[ContactPoint], said: InboundMessage) -> Speaker:
    """Return the only one known there, unless the name says that somebody else of the family writes."""
    person = points[0].person
    if len(points) > 1 or are_two_people(
        (person.given_name, person.usage_name or person.family_name), split_name(said.sender_name)
    ):
        return Speaker()
    if is_organisation(person.full_name):
        return Speaker(role=Role.ORGANISATION)
    return Speaker(person, points[0])


def sender_of(said: InboundMessage, person: Person | None) -> str:
    """Tell who the lists show: the name on record, or what the message says."""
    return ((person.full_name if person else "") or said.sender_name or said.sender_value)[:200]
