"""Who speaks, and where to answer: chosen by an agent, known at a contact point, or someone new."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from requests_app.people.models import ContactPoint, Person
from requests_app.people.selectors import survivor_of
from requests_app.people.services import (
    NewPerson,
    create_person,
    create_person_with_points,
    points_at,
)
from requests_app.people.written_names import split_name
from requests_app.tickets.said import Said


@dataclass(frozen=True, slots=True)
class Speaker:
    """``point`` is where the words came from, when it is hers; ``is_new``: nothing is known of her."""

    person: Person | None = None
    point: ContactPoint | None = None
    is_new: bool = False


def speaker_of(said: Said, *, at: datetime) -> Speaker:
    """A shared contact point names candidates and no one: the agent chooses (never a silent merge)."""
    if said.person_id:
        return Speaker(survivor_of(Person.objects.get(pk=said.person_id)))
    if said.new_person:
        return Speaker(create_person(new=said.new_person, at=at), is_new=True)
    if not said.sender_value:
        return Speaker()
    _one_at_a_time(said)
    return _at_the_point(said, at) if said.is_sender_sure else Speaker()


def _one_at_a_time(said: Said) -> None:
    """Until the end of the transaction: two first mails at once are one person, and one acknowledgment.

    What the other one wrote is seen by the statements that follow, hence a statement of its own.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_name(said)])


def _name(said: Said) -> str:
    return f"{said.sender_kind}:{said.sender_value}"


def _at_the_point(said: Said, at: datetime) -> Speaker:
    known = points_at(said.sender_kind, said.sender_value)
    if known:
        return Speaker(known[0].person, known[0]) if len(known) == 1 else Speaker()
    given, family = split_name(said.sender_name)
    new = NewPerson(
        given_name=given,
        family_name=family,
        phone=said.sender_value if said.sender_kind == ContactPoint.Kind.PHONE else "",
        email=said.sender_value if said.sender_kind == ContactPoint.Kind.EMAIL else "",
    )
    person, points = create_person_with_points(new=new, at=at)
    return Speaker(person, points[0] if points else None, is_new=True)
