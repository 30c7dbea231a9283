"""Errors that no view answers, under the addresses of programs: each room writes them in its own format.

A body that the web server refuses and a failure of ours never reach a view; people get a page of HTML.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from requests_app.lib.registry import Registry

Render = Callable[[HttpRequest, int], HttpResponse]
error_formats = Registry[str, Render]("format of errors")  # by the beginning of an address


def render_error(request: HttpRequest, status: int) -> HttpResponse | None:
    """Answer in the format of this address; None where people read."""
    for beginning, render in error_formats.items():
        if request.path_info.startswith(beginning):
            return render(request, status)
    return None
