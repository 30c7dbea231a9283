"""Our error page: after a temporary error it gives back what was typed (threats: F04, F11)."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.views.defaults import server_error

from requests_app.lib.error_pages import render_error

RETRY_S = 60
PASSES = (OperationalError, InterfaceError)
KEPT_TO_ONESELF = ("password", "code", "csrfmiddlewaretoken")


def error(request: HttpRequest) -> HttpResponse:
    """Answer 503 with the text typed when the database was away or locked; Django's 500 otherwise.

    Programs get the same in their own format.
    """
    is_temporary = isinstance(sys.exc_info()[1], PASSES)
    if for_program := render_error(request, 503 if is_temporary else 500):
        return for_program
    if not is_temporary:
        return server_error(request)
    is_sent = request.method == "POST"
    context = {
        "fields": _typed_fields(request) if is_sent else _pairs(request.GET),
        "path": request.get_full_path() if is_sent else request.path,
        "method": "post" if is_sent else "get",
        "csrf_token": get_token(request),
    }
    page = render_to_string("503.html", context)  # without the request: nothing on it asks the database
    headers = {"Cache-Control": "no-store", "Retry-After": str(RETRY_S)}
    return HttpResponse(page, status=503, headers=headers)


def _typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what the form held; nothing when it can no longer be read."""
    try:
        return _pairs(request.POST)
    except OSError:  # UnreadablePostError: the sender hung up
        return []


def _pairs(given: QueryDict) -> list[tuple[str, str]]:
    """Return names and values, passwords and codes left out."""
    names = [name for name in given if not any(word in name for word in KEPT_TO_ONESELF)]
    return [(name, str(value)) for name in names for value in given.getlist(name)]
