"""Where the agent is among the lists: view, channel and sort, kept in the address (threats: W04)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from requests_app.access.scope import Scope
from requests_app.accounts.models import User
from requests_app.tickets.models import Channel, Ticket
from requests_app.tickets.models.tickets import TicketQuerySet
from requests_app.tickets.selectors.ordering import DEFAULT_SORT, SORTS, Mark, Sort
from requests_app.tickets.selectors.views import DEFAULT_VIEW, VIEWS, View, listed, views_for

KEYS = frozenset({"vue", "canal", "tri"})


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as the agent chose it."""

    view: View
    channel: str
    sort: Sort

    @property
    def query(self) -> str:
        """« vue=a-trier&canal=mail », what addresses carry."""
        return self.with_(self.view, self.channel, self.sort)

    def with_(self, view: View, channel: str = "", sort: Sort | None = None) -> str:
        chosen = {"vue": view.code}
        if channel:
            chosen["canal"] = channel
        if sort and sort.code != DEFAULT_SORT:
            chosen["tri"] = sort.code
        return urlencode(chosen)

    @property
    def whole_url(self) -> str:
        """The same view by every channel."""
        return f"{reverse('backoffice:triage')}?{self.with_(self.view)}"

    @property
    def sort_url(self) -> str:
        return f"{reverse('backoffice:triage')}?{self.with_(VIEWS[DEFAULT_VIEW])}"

    @property
    def mine_url(self) -> str:
        return f"{reverse('backoffice:triage')}?{self.with_(VIEWS['mes-demandes'])}"

    def tickets(self, *, scope: Scope, maison_id: int | None, now: datetime) -> TicketQuerySet:
        return listed(self.view, scope=scope, maison_id=maison_id, channel=self.channel, now=now)

    def mark_of(self, ticket: Ticket) -> Mark:
        """The place of a ticket in this list."""
        return Mark(getattr(ticket, self.sort.column), ticket.pk)


def read_listing(request: HttpRequest, scope: Scope, *, also: Collection[str] = ()) -> Listing:
    """Read the address; anything that is not in our closed lists is a bad request."""
    params = request.GET
    if not set(params) <= KEYS | set(also):
        raise BadRequest("unknown parameter")
    view = VIEWS.get(params.get("vue", DEFAULT_VIEW))
    sort = SORTS.get(params.get("tri", DEFAULT_SORT))
    channel = params.get("canal", "")
    if view is None or sort is None or view not in views_for(scope):
        raise BadRequest("unknown list or sort")
    if channel and channel not in Channel.Kind.values:
        raise BadRequest("unknown channel")
    return Listing(view, channel, sort)


def read_mark(params: QueryDict, key: str) -> Mark | None:
    """Read a place of the address; None when there is none."""
    try:
        return Mark.read(str(params[key])) if key in params else None
    except ValueError as error:
        raise BadRequest("not a place of a list") from error


def read_number(params: QueryDict, key: str) -> int | None:
    """Read a whole number of the address; None when there is none."""
    written = params.get(key)
    if written is None:
        return None
    if not (written.isascii() and written.isdigit() and len(written) <= 18):
        raise BadRequest("not a number")
    return int(written)


def narrowed_to(user: User, scope: Scope) -> int | None:
    """The Maison chosen in the top bar, while it is still one of the agent's."""
    chosen = user.current_maison_id
    return chosen if chosen is not None and scope.can_see(chosen) else None
