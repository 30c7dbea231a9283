"""The public screen of a Maison, behind its secret address: no sign-in, no name, no topic."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from requests_app.lib.no_referrer import no_referrer
from requests_app.maisons.models import Maison
from requests_app.visits import place_links
from requests_app.visits.board import board_of
from requests_app.www.public.closing import closures_of, describe_shut

ENDED = "X-Screen"  # tells the page's script apart from a proxy that finds nothing


@require_safe
@no_referrer
def screen(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the whole screen; without a script it loads itself again every fifteen seconds."""
    now = timezone.now()
    maison = place_links.maison_of(purpose=place_links.SCREEN, secret=secret, at=now)
    if maison is None:
        return render(request, "public/screen_ended.html", status=404)
    shown = _render(maison, now)
    context = {"maison": maison, "board": shown, "etag": _etag(shown), "secret": secret, "now": now}
    with translation.override(settings.LANGUAGE_CODE):
        return render(request, "public/screen.html", context)


@require_safe
@no_referrer
def board(request: HttpRequest, secret: str) -> HttpResponse:
    """Return what changes of the screen, polled; 304 when nothing did."""
    now = timezone.now()
    maison = place_links.maison_of(purpose=place_links.SCREEN, secret=secret, at=now)
    if maison is None:
        return HttpResponse(status=404, headers={ENDED: "ended"})
    shown = _render(maison, now)
    etag = _etag(shown)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={"ETag": etag})
    return HttpResponse(shown, headers={"ETag": etag})


def _render(maison: Maison, at: datetime) -> str:
    """Render what changes, in the language of the place: a television has the one of its maker."""
    with translation.override(settings.LANGUAGE_CODE):
        shut = describe_shut(maison, closures_of([maison], at)[maison.pk], at)
        return render_to_string("public/_board.html", {"board": board_of(maison, at, closure=shut)})


def _etag(shown: str) -> str:
    return f'"{sha256(shown.encode()).hexdigest()[:20]}"'
