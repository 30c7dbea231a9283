"""The lists of the triage page: a closed set, each a condition within the agent's scope (threats: W04)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from requests_app.access.scope import Scope
from requests_app.tickets.models import State, Ticket
from requests_app.tickets.models.tickets import LATE_AFTER, WAITING, TicketQuerySet
from requests_app.tickets.selectors.ordering import annotate_danger_first

Period = tuple[datetime, datetime]  # from the first day, up to and excluding the last
OURS = (State.TO_SORT, State.OPEN)
NOT_CLOSED = ~Q(state=State.CLOSED)
WROTE = Q(person_wrote_at__isnull=False)  # since our last message; a closed ticket may be among them


@dataclass(frozen=True, slots=True)
class View:
    """One list: its code in the address, its label, its condition; some are for the central team only.

    ``is_behind``: the list behind a number of the dashboard, in no menu; ``column`` is the instant that its
    days then filter. ``puts_danger_first``: whatever has waited longer.
    """

    code: str
    label: str | Promise
    icon: str
    condition: Callable[[Scope, datetime], Q]
    is_central: bool = False
    is_reserved: bool = False
    is_behind: bool = False
    column: str = ""
    puts_danger_first: bool = False

    @property
    def has_period(self) -> bool:
        return bool(self.column)


VIEWS = {
    view.code: view
    for view in (
        View(
            "a-trier",
            _("À trier"),
            "inbox",
            lambda scope, now: Q(state=State.TO_SORT),
            puts_danger_first=True,
        ),
        View(
            "a-prendre",
            _("À prendre"),
            "hand-index",
            lambda scope, now: Q(state=State.OPEN, assignee=None),
        ),
        View(
            "mes-demandes",
            _("Mes demandes"),
            "person-check",
            lambda scope, now: NOT_CLOSED & Q(assignee=scope.user_id),
        ),
        View("a-repondu", _("A répondu"), "chat-left-text", lambda scope, now: WROTE & scope.readable_q()),
        View(
            "a-faire",
            _("À faire"),
            "list-check",
            lambda scope, now: (Q(tasks_count__gt=0) | WROTE) & scope.readable_q(),
            puts_danger_first=True,
        ),
        View("en-attente", _("En attente"), "hourglass-split", lambda scope, now: Q(state__in=WAITING)),
        View(
            "plus-de-5-jours",
            _("Plus de 5 jours"),
            "clock-history",
            lambda scope, now: Q(state__in=OURS, waiting_since__lt=now - LATE_AFTER),
        ),
        View(
            "motif-reserve",
            _("Motif réservé"),
            "shield-lock",
            lambda scope, now: NOT_CLOSED & Q(is_sensitive=True),
            is_reserved=True,
        ),
        View(
            "a-placer",
            _("À placer"),
            "geo-alt",
            lambda scope, now: NOT_CLOSED & Q(maison=None, transfer_body=""),
            is_central=True,
        ),
        View(
            "a-transmettre",
            _("À transmettre"),
            "send",
            lambda scope, now: NOT_CLOSED & Q(maison=None) & ~Q(transfer_body=""),
            is_central=True,
        ),
        View(
            "attente", _("En attente de nous"), "inbox", lambda scope, now: Q(state__in=OURS), is_behind=True
        ),
        View(
            "a-confier",
            _("À confier"),
            "person-plus",
            lambda scope, now: Q(state=State.TO_SORT) | Q(state=State.OPEN, assignee=None),
            is_behind=True,
        ),
        View("recues", _("Reçues"), "inbox", lambda scope, now: Q(), is_behind=True, column="received_at"),
        View(
            "repondues",
            _("Première réponse donnée"),
            "inbox",
            lambda scope, now: Q(),
            is_behind=True,
            column="first_answered_at",
        ),
    )
}
DEFAULT_VIEW = "a-trier"


def views_for(scope: Scope) -> list[View]:
    """Return the lists this agent has; those without a Maison belong to the central team."""
    return [v for v in VIEWS.values() if not v.is_behind and (scope.can_place or not v.is_central)]


def list_view(
    view: View,
    *,
    scope: Scope,
    maison_id: int | None,
    channel: str,
    now: datetime,
    period: Period | None = None,
    topic_id: int | None = None,
) -> TicketQuerySet:
    """Return the tickets of a list, narrowed to a Maison, a topic, and days when the list has them."""
    # One filter: a page builds ten of these, and each further call copies the query again.
    condition = (scope.listed_places.placed_q() if view.is_behind else scope.as_q()) & view.condition(
        scope, now
    )
    if maison_id is not None and not view.is_central:
        condition &= Q(maison=maison_id) if view.is_behind else _here(maison_id)
    if topic_id is not None:
        condition &= Q(topic=topic_id)
    if view.column and period:
        condition &= Q(**{f"{view.column}__gte": period[0], f"{view.column}__lt": period[1]})
    found = Ticket.objects.filter(condition & Q(channel=channel) if channel else condition)
    return annotate_danger_first(found, scope) if view.puts_danger_first else found


def _here(maison_id: int) -> Q:
    """Match tickets at this Maison, or shared with it until somebody chooses."""
    return Q(maison=maison_id) | Q(maison=None, shared_with__contains=[maison_id])
