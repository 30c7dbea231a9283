"""The person of a ticket: an agent chooses or changes them in one action, and undoes it in another."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.people.models import Person
from requests_app.people.selectors import survivor_of
from requests_app.people.services import NewPerson, create_person, points_at
from requests_app.people.stored_rows import row_of
from requests_app.people.written_names import split_name
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Event, Participant, Ticket
from requests_app.tickets.models.event_data import PersonChanged
from requests_app.tickets.services import whose_rows as rows
from requests_app.tickets.services.follow_up import close_to_former, reopen_closed_at
from requests_app.tickets.services.moves import move, require_handler

Who = Person | NewPerson | None
LINKED, BACK = Event.Kind.PERSON_LINKED, Event.Kind.PERSON_BACK


@transaction.atomic
def choose_person(
    *, ticket: Ticket, who: Who, writer_role: str = "", by: User, at: datetime
) -> Person | None:
    """Set the person of a ticket; None when nobody knows yet.

    The author takes part as ``writer_role``; without a role, they are the person. The caller
    checks that the agent may name this person, which opens none of their other tickets (threats: A05).
    """
    require_handler(ticket, by)
    person = create_person(new=who, at=at, by=by) if isinstance(who, NewPerson) else who
    _require_change(ticket, person)
    undo: dict[str, Any] = {"created": isinstance(who, NewPerson)}
    if writer_role:
        undo["writer"] = rows.save_writer(ticket, writer_role, by, at)
    elif person is not None:
        undo["address"] = rows.share_address(ticket, person, at)
    _give(ticket, person, undo, by, at)
    return person


@transaction.atomic
def choose_participant(*, participant: Participant, by: User, at: datetime) -> None:
    """Swap a participant and the person: the ticket was the participant's all along."""
    ticket = participant.ticket
    require_handler(ticket, by)
    person, is_new = _person_of(participant, by, at)
    _require_change(ticket, person)
    undo: dict[str, Any] = {"created": is_new, "left": row_of(participant)}
    Participant.objects.filter(pk=participant.pk).delete()
    if ticket.person is not None:
        undo["writer"] = rows.save_former(ticket, Participant.Role.OTHER, by, at)
    _give(ticket, person, undo, by, at)


@transaction.atomic
def restore_person(*, ticket: Ticket, by: User, at: datetime) -> None:
    """Undo the last choice: the person, the participants and their contacts are as before."""
    require_handler(ticket, by)
    events = Event.objects.filter(ticket=ticket, kind__in=[LINKED, BACK])
    last = events.order_by("-at", "-pk").first()
    undo = PersonChanged.read(last.data).undo if last and last.kind == LINKED else None
    if last is None or undo is None:
        raise Refused(_("Il n’y a pas de choix à annuler."))
    if ticket.person_id != _survivor_id(undo["now"]):
        raise Refused(_("La personne a changé depuis : choisissez-la de nouveau."))
    former = Person.objects.filter(pk=_survivor_id(undo["person"]) or 0).first()
    persons = (None, former.pk if former else None)
    data = PersonChanged(to=former.full_name if former else "", persons=persons)
    move(
        ticket,
        kind=BACK,
        by=by,
        at=at,
        data=data,
        person_id=former.pk if former else None,
        sender=undo["sender"],
    )
    _put_back(undo)
    close_to_former(ticket, at)
    reopen_closed_at(ticket, last.at)


def _put_back(undo: dict[str, Any]) -> None:
    rows.restore_writer(undo.get("writer", {}))
    rows.unshare_address(undo.get("address", {}))
    if left := undo.get("left"):
        rows.restore_participant_left(left)
    if undo["created"]:
        rows.delete_if_unused(undo["now"])


def _require_change(ticket: Ticket, person: Person | None) -> None:
    if person is not None and ticket.person_id == person.pk:
        raise Refused(_("La demande est déjà pour cette personne."))
    if person is None and ticket.person_id is None:
        raise Refused(_("Choisissez pour qui est la demande."))


def _give(ticket: Ticket, person: Person | None, undo: dict[str, Any], by: User, at: datetime) -> None:
    former = ticket.person
    undo |= {
        "person": former.pk if former else None,
        "sender": ticket.sender,
        "now": person.pk if person else None,
    }
    data = PersonChanged(
        from_=former.full_name if former else "",
        to=person.full_name if person else "",
        persons=(undo["person"], undo["now"]),  # whose names these are: a purge removes them
        undo=undo,
    )
    changes = {
        "person_id": person.pk if person else None,
        "sender": ((person.full_name if person else "") or ticket.sender)[:200],
    }
    move(ticket, kind=LINKED, by=by, at=at, data=data, **changes)
    close_to_former(ticket, at)


def _person_of(participant: Participant, by: User, at: datetime) -> tuple[Person, bool]:
    """Return their record, the only one known at their address, or a new one."""
    if participant.person is not None:
        return survivor_of(participant.person), False
    kind = rows.kind_of(participant.address)
    known = points_at(kind, participant.address) if kind else []
    if len(known) == 1:
        return known[0].person, False
    given, family = split_name(participant.name)
    is_mail = "@" in participant.address
    new = NewPerson(
        given,
        family,
        phone="" if is_mail else participant.address,
        email=participant.address if is_mail else "",
    )
    return create_person(new=new, at=at, by=by), True


def _survivor_id(person_id: int | None) -> int | None:
    person = Person.objects.filter(pk=person_id).first() if person_id else None
    return survivor_of(person).pk if person else person_id
