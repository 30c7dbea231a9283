"""Record what a search for a slot offered; nothing found makes a task of its ticket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.models import SlotOffer, SlotSearch
from requests_app.first_delay.selectors.regulars import is_first_time
from requests_app.maisons.models import Maison
from requests_app.tickets import todos
from requests_app.tickets.deadlines import local_day, midnight
from requests_app.tickets.models import Ticket, ToDo

NO_SLOT = "no_slot"  # begins the key of the task


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
    """Record a search and the slots it showed; the task of one that found nothing goes once one does.

    Nothing found again, of the same type at the same place, is the search of that day.
    """
    known = None if starts else _find_of_today(search, at)
    row = known or SlotSearch.objects.create(
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
        _settle_task(search.ticket, search, is_found=bool(starts), at=at)
    return row


def _find_of_today(search: Search, at: datetime) -> SlotSearch | None:
    if search.ticket is None:
        return None
    same = SlotSearch.objects.unanswered().filter(
        ticket=search.ticket, type=search.type, maison=search.maison, agent=search.agent
    )
    return same.filter(at__gte=midnight(local_day(at))).order_by("pk").first()


def _settle_task(ticket: Ticket, search: Search, *, is_found: bool, at: datetime) -> None:
    key = f"{NO_SLOT}:{ticket.pk}:{search.type.pk}"
    if is_found:
        todos.drop(key=key, at=at)
    elif not (search.by_link and _is_asked(ticket, key, at)):
        text = _("Aucun créneau libre : cherchez plus tard, ou ailleurs.")
        todos.ask(ticket=ticket, kind=ToDo.Kind.APPOINTMENT, text=text, key=key, at=at)


def _is_asked(ticket: Ticket, key: str, at: datetime) -> bool:
    """Tell whether agents have such a task of the ticket, or did this one today: a link asks for no more."""
    is_open = Q(done_at=None, key__startswith=f"{NO_SLOT}:{ticket.pk}:")
    is_done = Q(key=key, done_at__gte=midnight(local_day(at)), done_by__isnull=False)
    return ToDo.objects.filter(is_open | is_done, ticket=ticket).exists()
