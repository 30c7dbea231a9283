"""Errors that no address of the standard had the time to tell: a body too large, a failure of ours."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from requests_app.lib.error_pages import malformed_words
from requests_app.open311.errors import Refusal
from requests_app.open311.rendering import JSON, XML, render

RETRY_S = 60


def render_failure(request: HttpRequest, status: int) -> HttpResponse:
    """Tell a client of it as of any refusal, in the format that the end of the address asks for."""
    words = {
        400: malformed_words(),
        413: _("La requête est trop lourde."),
        500: _("Une erreur de notre côté."),
        503: _("Le service ne répond pas pour le moment."),
    }
    extension = JSON if request.path_info.endswith(f".{JSON}") else XML
    response = render(Refusal(status, words[status]).content, extension, status=status)
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_S)
    return response
