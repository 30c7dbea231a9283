from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.people.models import Person
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.contact_info import candidates_at
from requests_app.tickets.services.moves import require_handler
from requests_app.tickets.services.whose import choose_person


@transaction.atomic
def link_person(*, ticket: Ticket, person: Person, by: User, at: datetime) -> None:
    """Choose the person of a ticket among those who share the contact point it came from (threats: A05)."""
    require_handler(ticket, by)
    if person.pk is None or not candidates_at(ticket).filter(person=person).exists():
        raise Refused(_("Cette personne n’est pas connue à ce contact."))
    choose_person(ticket=ticket, who=person, by=by, at=at)
