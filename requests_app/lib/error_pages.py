"""Errors that no view answers, under the addresses of programs: each room writes them in its own format.

A body that the web server refuses, a thousand parameters and a failure of ours never reach a view; people
get a page of HTML.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.defaults import bad_request as bad_request_page

from requests_app.lib.registry import Registry

Render = Callable[[HttpRequest, int], HttpResponse]
error_formats = Registry[str, Render]("format of errors")  # by the beginning of an address


def render_error(request: HttpRequest, status: int) -> HttpResponse | None:
    """Answer in the format of this address; None where people read."""
    for beginning, render in error_formats.items():
        if request.path_info.startswith(beginning):
            return render(request, status)
    return None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Refuse a call that no view could read, such as one of a thousand parameters."""
    return render_error(request, 400) or bad_request_page(request, exception)


def malformed_words() -> str:
    """Say to a program what to send instead."""
    return _("Envoyez moins de paramètres, ou une requête bien formée.")
