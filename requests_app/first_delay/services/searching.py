"""Record what a search for a slot offered; nothing found makes a task of its ticket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.models import SlotOffer, SlotSearch
from requests_app.first_delay.selectors.regulars import is_first_time
from requests_app.maisons.models import Maison
from requests_app.tickets import todos
from requests_app.tickets.models import Ticket, ToDo


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked for; ``agent`` when an agent did, ``by_link`` when the person did from their link."""

    type: AppointmentType
    maison: Maison | None = None
    ticket: Ticket | None = None
    agent: User | None = None
    by_link: bool = False

    @property
    def asker(self) -> str:
        if self.agent:
            return SlotSearch.Asker.AGENT
        return SlotSearch.Asker.PERSON if self.by_link else SlotSearch.Asker.PUBLIC


@transaction.atomic
def record_search(search: Search, *, starts: Sequence[datetime], at: datetime) -> SlotSearch:
    """Record a search and the slots it showed; the task of one that found nothing goes once one does."""
    row = SlotSearch.objects.create(
        asker=search.asker,
        agent=search.agent,
        type=search.type,
        maison=search.maison,
        ticket=search.ticket,
        is_first_time=is_first_time(search.ticket.person_id if search.ticket else None, at=at),
        at=at,
    )
    if starts:
        SlotOffer.objects.create(search=row, first_start=min(starts), count=len(starts))
    if search.ticket:
        _settle_task(search.ticket, search.type, is_found=bool(starts), at=at)
    return row


def _settle_task(ticket: Ticket, kind: AppointmentType, *, is_found: bool, at: datetime) -> None:
    key = f"no_slot:{ticket.pk}:{kind.pk}"
    if is_found:
        todos.drop(key=key, at=at)
        return
    text = _("Aucun créneau libre : cherchez plus tard, ou ailleurs.")
    todos.ask(ticket=ticket, kind=ToDo.Kind.APPOINTMENT, text=text, key=key, at=at)
