"""How it felt: one of five faces, on a page that shows nothing of the ticket (threats: A03, W09)."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from channels_app.portal.codes import SURE
from channels_app.portal.forms.base import remove_nul
from channels_app.portal.preserve_input import preserve_input
from requests_app.feedback.faces import faces
from requests_app.feedback.models import FeltExperience
from requests_app.feedback.services import choose_surveys, is_stopped, tell, tell_effort, way_of
from requests_app.feedback.services.inviting import PURPOSE as SURVEY
from requests_app.lib.dangers import Danger, dangers_in
from requests_app.lib.no_referrer import no_referrer
from requests_app.outbox import links
from requests_app.tickets.errors import Refused
from requests_app.tickets.messages.acknowledgment import FOLLOW
from requests_app.tickets.models import Ticket
from requests_app.tickets.services.person_reopening import say_unsettled

NOT_SAID = "non"  # « je préfère ne pas répondre »
UNSETTLED = "pas-regle"
CHOICES = {"ne-plus-demander": False, "demander": True}
THANKS = {
    "avis": gettext_lazy("Merci, c’est noté."),
    "effort": gettext_lazy("Merci, c’est noté."),
    "reprise": gettext_lazy("C’est noté : un agent reprend votre demande."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@no_referrer
@preserve_input
def opinion(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask how it felt; the link of the ticket opens it, without a code. Only a button answers, no visit."""
    found = links.resolve(secret, timezone.now())
    is_known = found is not None and found[0] in {FOLLOW, SURE, SURVEY}
    ticket = Ticket.objects.filter(pk=found[1]).first() if found and is_known else None
    if ticket is None:
        return render(request, "portal/link_ended.html", status=404)
    if request.method != "POST":
        return _page(request, secret, thanks=str(THANKS.get(request.GET.get("fait", ""), "")))
    if said := request.POST.get("effort", ""):
        return _store_effort(request, ticket, secret, said)
    if (wanted := CHOICES.get(request.POST.get("suite", ""))) is not None:
        at = timezone.now()
        choose_surveys(key=links.key_of(secret, at), is_allowed=wanted, at=at)
        return redirect("portal:opinion", secret)
    return tell_without_code(request, ticket, secret)


def _store_effort(request: HttpRequest, ticket: Ticket, secret: str, said: str) -> HttpResponse:
    if said not in {str(effort) for effort in FeltExperience.Effort.values}:
        return _page(request, secret, error=_("Choisissez une des cinq réponses."))
    tell_effort(ticket=ticket, effort=int(said))
    return thank(request, secret, "effort")


def store_opinion(request: HttpRequest, ticket: Ticket, *, way: str = "") -> str:
    """Store the choice and return what was done, a key of THANKS; raises Refused."""
    said, at = request.POST.get("ressenti", ""), timezone.now()
    is_unsettled = request.POST.get("suite") == UNSETTLED
    sentence = remove_nul(request.POST.get("phrase", ""))
    is_face = said == NOT_SAID or said in {str(level) for level in FeltExperience.Level.values}
    if not (is_face or (is_unsettled and not said)):
        raise Refused(_("Choisissez un visage, ou « Je préfère ne pas répondre »."))
    if is_face or sentence.strip():
        level = int(said) if is_face and said != NOT_SAID else None
        tell(ticket=ticket, level=level, sentence=sentence, at=at, way=way)
    if is_unsettled:
        say_unsettled(ticket=ticket, at=at)
    return "reprise" if is_unsettled else "avis"


def tell_without_code(request: HttpRequest, ticket: Ticket, secret: str) -> HttpResponse:
    """Handle a sensitive ticket: a refusal is shown on this page too, never on the ticket's."""
    try:
        way = way_of(links.key_of(secret, timezone.now()))
        done = store_opinion(request, ticket, way=way)
    except Refused as refusal:
        return _page(request, secret, error=str(refusal))
    return thank(request, secret, done)


def thank(request: HttpRequest, secret: str, done: str) -> HttpResponse:
    """Redirect to the page; words of danger get the numbers to call at once (threats: N12)."""
    if heard := dangers_in(request.POST.get("phrase", "")):
        return _page(request, secret, thanks=str(THANKS[done]), heard=heard)
    return redirect(f"{reverse('portal:opinion', args=[secret])}?fait={done}")


def _page(
    request: HttpRequest, secret: str, *, thanks: str = "", error: str = "", heard: Sequence[Danger] = ()
) -> HttpResponse:
    found = links.resolve(secret, timezone.now())
    is_survey = found is not None and found[0] == SURVEY
    context = {
        "secret": secret,
        "faces": faces(),
        "felt_url": _url(secret, is_survey=is_survey),
        "can_follow": not is_survey,
        "stop": is_stopped(links.key_of(secret, timezone.now())) if is_survey else None,
        "thanks": thanks,
        "efforts": FeltExperience.Effort.choices if request.GET.get("fait") == "avis" else (),
        "error": error,
        "dangers": heard,
    }
    return render(request, "portal/opinion.html", context)


def _url(secret: str, *, is_survey: bool) -> str:
    """Return where the answer is posted: the link of a survey opens nothing of the ticket."""
    return (
        reverse("portal:opinion", args=[secret])
        if is_survey
        else reverse("portal:act", args=[secret, "avis"])
    )
