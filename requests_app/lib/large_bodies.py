"""Refuse a body over its view's limit before anybody reads it: no form, no CSRF check, no disk (N08)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from requests_app.lib.bodies import TOO_LARGE, refusal_of
from requests_app.lib.error_pages import render_error

RETRY_S = 60


class LargeBodyMiddleware:
    """Explains in plain words that a body is too large, or that there is no room for it now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if why := refusal_of(request):
            status = 413 if why == TOO_LARGE else 503
            return render_error(request, status) or (_too_large() if status == 413 else _no_room())
        return self.get_response(request)


def _too_large() -> HttpResponse:
    words = _("Rien n’est envoyé. Revenez en arrière : votre texte y est encore. Joignez moins de fichiers.")
    return _page(_("Votre envoi est trop lourd"), words, status=413)


def _no_room() -> HttpResponse:
    words = _("Rien n’est envoyé. Revenez en arrière : votre texte y est encore. Continuez sans photo.")
    response = _page(_("Nous ne pouvons pas recevoir de photo maintenant"), words, status=503)
    response.headers["Retry-After"] = str(RETRY_S)
    return response


def _page(title: str, words: str, *, status: int) -> HttpResponse:
    """Render the page without the request, which would be read to show who is signed in."""
    page = render_to_string("413.html", {"title": title, "words": words})
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
