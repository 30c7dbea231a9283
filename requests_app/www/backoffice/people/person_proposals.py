"""Accept or refuse, on a person's page, what was said about them; the page that follows can undo it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.tickets import services
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import PersonProposal
from requests_app.tickets.models.person_proposals import PersonProposalQuerySet
from requests_app.www.backoffice.people.person_opening import OpenedPerson, open_handled
from requests_app.www.backoffice.ticket.undo import SHOWN_FOR, Undo
from requests_app.www.backoffice.triage.listing import read_number

SAID = "dit"
BACK = "revenir"
VERBS: dict[str, tuple[Callable[..., None], str | Promise]] = {
    "noter": (services.accept_proposal, gettext_lazy("C’est noté sur sa fiche.")),
    "ecarter": (services.refuse_proposal, gettext_lazy("Ce n’est pas noté.")),
    BACK: (services.undecide_proposal, gettext_lazy("C’est de nouveau à confirmer.")),
}


@require_POST
@login_required
def person_said(request: AgentRequest, pk: int, proposal: int, verb: str) -> HttpResponse:
    """Decide, then show the person again, with an undo."""
    if verb not in VERBS:
        raise Http404
    known = open_handled(request, pk)
    found = get_object_or_404(_proposals_of(known), pk=proposal)
    do, done = VERBS[verb]
    query = ""
    try:
        do(proposal=found, by=known.user, at=known.now)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if verb == BACK:
            messages.success(request, str(done))
        else:
            query = f"?{SAID}={found.pk}"
    return HttpResponseRedirect(reverse("backoffice:person_page", args=[known.person.pk]) + query)


def decided_just_now(request: HttpRequest, known: OpenedPerson) -> Undo | None:
    """Return the proposal named by the address, when this agent decided on it a moment ago."""
    number = read_number(request.GET, SAID)
    if number is None:
        return None
    mine = _proposals_of(known).filter(
        pk=number, decided_by=known.user, decided_at__gte=known.now - SHOWN_FOR
    )
    found = mine.first()
    if found is None:
        return None
    verb = "noter" if found.is_accepted else "ecarter"
    return Undo(
        strong=str(VERBS[verb][1]),
        text="",
        action=reverse("backoffice:person_said", args=[known.person.pk, found.pk, BACK]),
        label=_("Annuler : remettre à confirmer"),
        value=0,
        over=_("C’est gardé. Vous pouvez encore corriger sa fiche."),
        name="",
    )


def _proposals_of(known: OpenedPerson) -> PersonProposalQuerySet:
    """Return what was said about this person for tickets the agent may read."""
    rows = PersonProposal.objects.filter(known.scope.readable_q("ticket__"), ticket__person=known.person)
    return rows.select_related("ticket__person")
