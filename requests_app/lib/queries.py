"""Remove NUL, which nobody means to type and which PostgreSQL refuses in any text (threats: W03)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "%00"


class WithoutNulMiddleware:
    """Removes NUL from the address, the query and the form before anybody reads them, whatever the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        while NUL in query or "\x00" in query:  # removing one may bring two halves together
            query = query.replace(NUL, "").replace("\x00", "")
        request.META["QUERY_STRING"] = query
        request.path, request.path_info = (
            each.replace("\x00", "") for each in (request.path, request.path_info)
        )
        # As Django does, only when a view first asks for the form: a body that nobody reads stays unread.
        load = request._load_post_and_files
        setattr(request, "_load_post_and_files", partial(_load_without_nul, request, load))  # noqa: B010
        return self.get_response(request)


def _load_without_nul(request: Any, load: Callable[[], None]) -> None:
    load()
    request._post = remove_nul(request._post)


def remove_nul(form: QueryDict) -> QueryDict:
    """Return the same form with NUL removed from its names and values."""
    if not any("\x00" in text for name, values in form.lists() for text in (name, *values)):
        return form
    clean = QueryDict(mutable=True, encoding=form.encoding)
    for name, values in form.lists():
        for value in values:
            clean.appendlist(name.replace("\x00", ""), value.replace("\x00", ""))
    clean._mutable = False
    return clean
