"""Choose why an erasure or a correction is refused; the text waits in the composer (threats: P05)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.lib import refusals
from requests_app.privacy.refusing import GROUNDS, prepare_refusal
from requests_app.www.archives.person_data import person_of


@require_POST
@login_required
def refuse(request: AgentRequest, pk: int) -> HttpResponse:
    """Write the refusal on their request, to check and send."""
    person, ground = person_of(request, pk), request.POST.get("ground", "")
    back = redirect("archives:person_data", pk=person.pk)
    if ground not in GROUNDS:
        messages.error(request, _("Choisissez la raison du refus."))
        return back
    try:
        ticket = prepare_refusal(person=person, ground=ground, by=request.user, at=timezone.now())
    except refusals.Refused as refusal:
        messages.error(request, str(refusal))
        return back
    messages.success(request, _("Le refus est écrit. Relisez-le, puis envoyez-le."))
    return redirect(reverse("backoffice:ticket", args=[ticket.reference]))
