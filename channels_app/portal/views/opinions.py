"""How it felt: one of five faces, on a page that shows nothing of the ticket (threats: A03, W09)."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from channels_app.portal.codes import SURE
from channels_app.portal.forms.base import remove_nul
from channels_app.portal.preserve_input import preserve_input
from requests_app.feedback.faces import faces
from requests_app.feedback.models import FeltExperience
from requests_app.feedback.services import tell
from requests_app.lib.dangers import Danger, dangers_in
from requests_app.lib.no_referrer import no_referrer
from requests_app.outbox import links
from requests_app.tickets.errors import Refused
from requests_app.tickets.messages.acknowledgment import FOLLOW
from requests_app.tickets.models import Ticket

NOT_SAID = "non"  # « je préfère ne pas répondre »


@require_safe
@no_referrer
@preserve_input
def opinion(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask how it felt; the link of the ticket opens it, without a code."""
    found = links.resolve(secret, timezone.now())
    ticket = Ticket.objects.filter(pk=found[1]).first() if found and found[0] in {FOLLOW, SURE} else None
    if ticket is None:
        return render(request, "portal/link_ended.html", status=404)
    return _page(request, secret, is_said=request.GET.get("fait") == "avis")


def store_opinion(request: HttpRequest, ticket: Ticket) -> str:
    """Store the choice; raises Refused."""
    said = request.POST.get("ressenti", "")
    if said != NOT_SAID and said not in {str(level) for level in FeltExperience.Level.values}:
        raise Refused(_("Choisissez un visage, ou « Je préfère ne pas répondre »."))
    level = None if said == NOT_SAID else int(said)
    tell(ticket=ticket, level=level, sentence=remove_nul(request.POST.get("phrase", "")), at=timezone.now())
    return "avis"


def tell_without_code(request: HttpRequest, ticket: Ticket, secret: str) -> HttpResponse:
    """Handle a sensitive ticket: a refusal is shown on this page too, never on the ticket's."""
    try:
        done = store_opinion(request, ticket)
    except Refused as refusal:
        return _page(request, secret, error=str(refusal))
    return thank(request, secret, done)


def thank(request: HttpRequest, secret: str, done: str) -> HttpResponse:
    """Redirect to the page; words of danger get the numbers to call at once (threats: N12)."""
    if heard := dangers_in(request.POST.get("phrase", "")):
        return _page(request, secret, is_said=True, heard=heard)
    return redirect(f"{reverse('portal:opinion', args=[secret])}?fait={done}")


def _page(
    request: HttpRequest, secret: str, *, is_said: bool = False, error: str = "", heard: Sequence[Danger] = ()
) -> HttpResponse:
    context = {"secret": secret, "faces": faces(), "is_said": is_said, "error": error, "dangers": heard}
    return render(request, "portal/opinion.html", context)
