from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.models import Note, Ticket


@transaction.atomic
def add_note(*, ticket: Ticket, text: str, by: User, at: datetime) -> Note:
    """Write an internal note; anyone who may read the ticket may write one."""
    if not scope_of(by).can_note(ticket.maison_id, ticket.is_sensitive, ticket.shared_with):
        raise NotAllowed
    if not text.strip():
        raise Refused(_("Écrivez la note avant de l’enregistrer."))
    # News for those who have the page open: an answer stops once to read it (threats: W12).
    Ticket.objects.filter(pk=ticket.pk).update(version=F("version") + 1)
    ticket.version += 1
    return Note.objects.create(ticket=ticket, author=by, text=text.strip(), created_at=at)
