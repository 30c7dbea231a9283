"""« /avis/ »: the six characters of a card, typed by anybody, open the question and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from channels_app.portal import limits
from channels_app.portal.limits import CARD_BY_ADDRESS, Attempt
from channels_app.portal.preserve_input import preserve_input
from requests_app.feedback.services import open_card
from requests_app.lib.callers import address_of
from requests_app.lib.no_referrer import no_referrer
from requests_app.tickets.references import normalise


@require_http_methods(["GET", "HEAD", "POST"])
@no_referrer
@preserve_input
def card(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a card; a right one leads to the faces."""
    if request.method != "POST":
        return _page(request)
    typed, at = request.POST.get("code", ""), timezone.now()
    asked = Attempt(CARD_BY_ADDRESS, address_of(request))
    if limits.is_over(asked, at=at):
        return _page(request, typed, _("Trop d’essais d’ici. Essayez encore dans une heure."), status=429)
    limits.note(asked, at=at)
    secret = open_card(typed, at=at)
    return redirect("portal:opinion", secret) if secret else _page(request, typed, _why_not(typed))


def _why_not(typed: str) -> str:
    if "-" in typed and normalise(typed):
        return _("C’est un numéro de demande. Le code est sur la même feuille : six caractères.")
    return _("Ce code n’ouvre rien : relisez-le. Un code sert soixante jours.")


def _page(request: HttpRequest, typed: str = "", error: str = "", *, status: int = 200) -> HttpResponse:
    context = {"typed": typed, "error": error}
    return render(request, "portal/card.html", context, status=status)
