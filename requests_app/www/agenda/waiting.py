"""Put a ticket's person on a waiting list, remove them, and undo either."""

from datetime import date

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.family import family_of
from requests_app.waiting_list import services
from requests_app.waiting_list.models import Place
from requests_app.www.agenda.offers import posted_place, posted_type, read_posted_number
from requests_app.www.agenda.rights import AgendaContext, appointment_of, ticket_of
from requests_app.www.backoffice.ticket.waiting import DONE

JOIN, LEAVE, BACK, UNDO = "ajouter", "quitter", "reprendre", "retirer"
NAMES = (JOIN, LEAVE, BACK, UNDO)
FIELDS = {"csrfmiddlewaretoken", "sorte", "lieu", "rdv", "attente", "du", "au"}


@login_required
@require_POST
def wait(request: AgentRequest, reference: str, name: str) -> HttpResponse:
    """Do one step; a refusal is shown on the page."""
    if name not in NAMES:
        raise Http404
    agent, ticket = ticket_of(request, reference)
    if not set(request.POST) <= FIELDS:
        raise BadRequest("unexpected fields")
    try:
        place = (
            _join(request.POST, agent, ticket) if name == JOIN else _step(name, request.POST, agent, ticket)
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_back_to(ticket))
    if name in (BACK, UNDO):
        messages.success(request, _("C’est comme avant."))
        return redirect(_back_to(ticket))
    return redirect(_back_to(ticket, place))


def _do(name: str, posted: QueryDict, agent: AgendaContext, ticket: Ticket) -> Place:
    return _join(posted, agent, ticket) if name == JOIN else _step(name, posted, agent, ticket)


def _join(posted: QueryDict, agent: AgendaContext, ticket: Ticket) -> Place:
    """Join the list of an appointment's type and place, or of those chosen; raises Refused."""
    given = appointment_of(ticket, read_posted_number(posted, "rdv")) if posted.get("rdv") else None
    return services.join(
        ticket=ticket,
        type=given.type if given else posted_type(posted),
        maison=given.maison if given else posted_place(posted, agent),
        earliest=_day(posted, "du"),
        latest=_day(posted, "au"),
        by=agent.user,
        at=agent.now,
    )


def _step(name: str, posted: QueryDict, agent: AgendaContext, ticket: Ticket) -> Place:
    pk = read_posted_number(posted, "attente")
    place = Place.objects.filter(pk=pk, ticket__in=family_of(ticket)).select_related("ticket__merged_into")
    if (found := place.first()) is None:
        raise Http404
    if name == BACK:
        services.restore(place=found, by=agent.user)
    else:
        verb = services.leave if name == LEAVE else services.take_back
        verb(place=found, by=agent.user, at=agent.now)
    return found


def _day(posted: QueryDict, name: str) -> date | None:
    """Read a day, or none; raises Refused for one that no calendar has."""
    try:
        found: date | None = forms.DateField(required=False).clean(posted.get(name, "")[:20])
    except forms.ValidationError as error:
        raise Refused(_("Écrivez le jour ainsi : 04/12/2026.")) from error
    return found


def _back_to(ticket: Ticket, done: Place | None = None) -> str:
    """Return the ticket's page, at its appointments; it offers to undo what was just done."""
    query = f"?fait={DONE}&de={ticket.reference}&v={done.pk}" if done else ""
    return reverse("backoffice:ticket", args=[ticket.reference]) + query + "#rendez-vous"
