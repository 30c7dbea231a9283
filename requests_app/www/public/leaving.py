"""« Comment cela s’est-il passé ? »: the tablet at the door, one face and nothing else."""

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from requests_app.feedback.faces import faces
from requests_app.feedback.models import FeltExperience
from requests_app.feedback.services.leaving import UNDO_WITHIN, tell_leaving, withdraw_leaving
from requests_app.lib.no_referrer import no_referrer
from requests_app.maisons.models import Maison
from requests_app.visits import place_links


@require_http_methods(["GET", "HEAD", "POST"])
@no_referrer
def ask(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask with five faces; a touch is the answer."""
    maison = _maison_of(secret)
    if maison is None:
        return render(request, "public/arrival_ended.html", status=404)
    if request.method != "POST":
        return _page(request, maison, secret)
    said = request.POST.get("ressenti", "")
    if said not in {str(level) for level in FeltExperience.Level.values}:
        return _page(request, maison, secret, _("Touchez un visage."))
    told = tell_leaving(maison=maison, level=int(said), at=timezone.now())
    if told is None:
        return _page(request, maison, secret, _("Trop d’avis à la fois. Essayez dans dix minutes."))
    return redirect("public:leaving_thanks", secret, _signer(maison).sign(str(told.pk)))


@require_http_methods(["GET", "HEAD", "POST"])
@no_referrer
def thank(request: HttpRequest, secret: str, sealed: str) -> HttpResponse:
    """Thank, and let whoever touched the wrong face choose again."""
    maison = _maison_of(secret)
    if maison is None:
        return render(request, "public/arrival_ended.html", status=404)
    try:
        told = int(_signer(maison).unsign(sealed, max_age=UNDO_WITHIN))
    except (BadSignature, ValueError):
        return redirect("public:leaving", secret)
    if request.method == "POST":
        withdraw_leaving(maison=maison, pk=told, at=timezone.now())
        return redirect("public:leaving", secret)
    return render(request, "public/leaving_thanks.html", {"maison": maison, "secret": secret})


def _page(request: HttpRequest, maison: Maison, secret: str, error: str = "") -> HttpResponse:
    context = {"maison": maison, "secret": secret, "faces": faces(), "error": error}
    return render(request, "public/leaving.html", context)


def _maison_of(secret: str) -> Maison | None:
    return place_links.maison_of(purpose=place_links.EXIT, secret=secret, at=timezone.now())


def _signer(maison: Maison) -> TimestampSigner:
    return TimestampSigner(salt=f"gru.leaving.{maison.pk}")
