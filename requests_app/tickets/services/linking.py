from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.people.models import Person
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Event, Ticket
from requests_app.tickets.selectors.around_person import candidates_at
from requests_app.tickets.services.follow_up import close_to_former
from requests_app.tickets.services.moves import move, require_handler


@transaction.atomic
def link_person(*, ticket: Ticket, person: Person, by: User, at: datetime) -> None:
    """Say whose demand it is, among those who share the contact point it came from.

    Nobody else can be named here, and it opens none of that person's other tickets (threats: A05).
    """
    require_handler(ticket, by)
    if person.pk is None or not candidates_at(ticket).filter(person=person).exists():
        raise Refused(_("Cette personne n’est pas connue à ce contact."))
    data = {"to": person.full_name}
    changes = {"person_id": person.pk, "sender": (person.full_name or ticket.sender)[:200]}
    move(ticket, kind=Event.Kind.PERSON_LINKED, by=by, at=at, data=data, **changes)
    close_to_former(ticket, at)
