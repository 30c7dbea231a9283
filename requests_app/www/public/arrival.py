"""« Je suis là »: the page of the poster at the entrance of a Maison, on a phone or on a tablet.

No name, no hour, no topic; what was typed is never shown again, for others use the same tablet.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from redis.exceptions import RedisError

from requests_app.attendance.services.arriving import Answer, Unreadable, Welcome, say_arrived
from requests_app.lib.no_referrer import no_referrer
from requests_app.lib.valkey import valkey
from requests_app.maisons.models import Maison
from requests_app.visits import place_links
from requests_app.visits.waits import wait_at

WINDOW_S = 600
TRIES = 60  # of one place: the busiest receives thirty people in ten minutes


@require_safe
@no_referrer
def arrival(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask whether the person has an appointment."""
    return _page(request, secret, "public/arrival.html")


@require_http_methods(["GET", "HEAD", "POST"])
@no_referrer
def say_there(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for the reference or the mobile number, and note the arrival."""
    maison = _maison_of(secret)
    if maison is None or request.method != "POST":
        return _page(request, secret, "public/arrival_expected.html", error="")
    try:
        told = _welcome(maison, request.POST.get("numero", ""))
    except Unreadable:
        error = _("Écrivez votre numéro de demande ou de téléphone.")
        return _page(request, secret, "public/arrival_expected.html", error=error)
    if told.number is None:
        return redirect("public:arrival_answer", secret, told.answer)
    return redirect("public:arrival_number", secret, _signer(maison).sign(str(told.number)))


@require_safe
@no_referrer
def answer(request: HttpRequest, secret: str, answer: str) -> HttpResponse:
    """Say where to wait; the same page for all who get the same answer."""
    if answer not in list(Answer):
        raise Http404
    said = {"is_called": answer == Answer.CALLED, "is_at_desk": answer == Answer.DESK}
    return _page(request, secret, "public/arrival_answer.html", **said)


@require_safe
@no_referrer
def number(request: HttpRequest, secret: str, sealed: str) -> HttpResponse:
    """Say the number that is called; it is on the screen for all to read, and in no one's name.

    Only one that was given here today: an invented address would have somebody wait for nothing. Nothing is
    read, so that no answer depends on who came.
    """
    maison = _maison_of(secret)
    try:
        given = int(_signer(maison).unsign(sealed)) if maison else 0
    except BadSignature:
        return redirect("public:arrival", secret)
    return _page(request, secret, "public/arrival_answer.html", is_called=True, number=f"A{given:02d}")


@require_safe
@no_referrer
def send_to_desk(request: HttpRequest, secret: str) -> HttpResponse:
    """Send those without an appointment to the desk, and say how long people wait."""
    maison = _maison_of(secret)
    wait = wait_at(maison, timezone.now()) if maison else None
    return _page(request, secret, "public/arrival_unexpected.html", wait=wait)


def _signer(maison: Maison) -> Signer:
    """Sign the numbers of a Maison, for today."""
    return Signer(salt=f"gru.arrival.{maison.pk}.{timezone.localdate()}")


def _welcome(maison: Maison, typed: str) -> Welcome:
    at = timezone.now()
    if settings.LIMITS_ON and _count(f"gru:arrival:{maison.pk}:{int(at.timestamp() // WINDOW_S)}") > TRIES:
        return Welcome(Answer.DESK)
    return say_arrived(typed=typed[:40], maison_id=maison.pk, at=at)


def _page(request: HttpRequest, secret: str, name: str, **context: object) -> HttpResponse:
    maison = _maison_of(secret)
    if maison is None:
        return render(request, "public/arrival_ended.html", status=404)
    return render(request, name, {"maison": maison, "secret": secret, **context})


def _maison_of(secret: str) -> Maison | None:
    return place_links.maison_of(purpose=place_links.ARRIVAL, secret=secret, at=timezone.now())


def _count(name: str) -> int:
    """Count a try of a place; while the broker's server is away, nobody is refused."""
    try:
        with valkey().pipeline() as steps:
            steps.incr(name)
            steps.expire(name, 2 * WINDOW_S)
            return int(steps.execute()[0])
    except RedisError:
        return 0
