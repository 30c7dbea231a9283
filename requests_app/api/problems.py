"""Refusals as RFC 9457 says: what is wrong, where, and what to do, in the language asked for."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation
from rest_framework import exceptions

from requests_app.api.problem_types import PROBLEM_TYPES
from requests_app.lib.refusals import Refused
from requests_app.tickets.errors import NotAllowed

MEDIA_TYPE = "application/problem+json"
QUERY = "query"  # of the errors of parameters, beside those of the body

Errors = list[dict[str, str]]


class Problem(exceptions.APIException):
    """A refusal of a named type; ``errors`` say where, ``more`` is added to the answer."""

    def __init__(
        self,
        slug: str,
        detail: str = "",
        *,
        errors: Errors | None = None,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        self.type = PROBLEM_TYPES[slug]
        self.status_code = self.type.status
        self.errors, self.headers, self.more = errors or [], dict(headers or {}), more
        self.reason = detail
        super().__init__(detail or str(self.type.title))


def invalid(pointer: str, detail: str) -> Problem:
    """Build the refusal of one member of the body; ``pointer`` is as ``#/person/phones/0``."""
    return Problem("invalid-request", errors=[{"pointer": pointer, "detail": detail}])


def invalid_parameter(name: str, detail: str) -> Problem:
    """Build the refusal of one parameter of the query."""
    return Problem("invalid-request", errors=[{"parameter": name, "detail": detail}])


def body_errors(detail: Any) -> Errors:
    """List the errors of a serializer, each with its pointer into the body."""
    return [{"pointer": pointer, "detail": words} for pointer, words in _walk(detail, "#")]


def query_errors(detail: Mapping[str, Any]) -> Errors:
    """List the errors of the query's serializer, each with the name of its parameter."""
    return [
        {"parameter": name, "detail": words}
        for name, value in detail.items()
        for _pointer, words in _walk(value, "")
    ]


def _walk(detail: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(detail, Mapping):
        for name, value in detail.items():
            here = pointer if name == "non_field_errors" else f"{pointer}/{_token(str(name))}"
            yield from _walk(value, here)
    elif isinstance(detail, list):
        for rank, value in enumerate(detail):
            yield from _walk(
                value, f"{pointer}/{rank}" if isinstance(value, dict | list) and value else pointer
            )
    else:
        yield pointer, str(detail)


def _token(name: str) -> str:
    """Write a name in a JSON pointer that stands in a URI fragment (RFC 6901, 3 and 6)."""
    return quote(name.replace("~", "~0").replace("/", "~1"), safe="~!$&'()*+,;=:@")


def to_problem(error: Exception) -> Problem | None:
    """Return the problem that an exception is; None for an error of ours."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Http404 | exceptions.NotFound):
        return Problem("not-found")
    if isinstance(error, NotAllowed | PermissionDenied | exceptions.PermissionDenied):
        return Problem("not-allowed", error.translated if isinstance(error, NotAllowed) else "")
    if isinstance(error, Refused):
        return Problem("conflict", error.translated)
    if isinstance(error, RequestDataTooBig):
        return Problem("too-large")
    return _problem_of_framework(error)


def _translate(words: str) -> str:
    """Translate a sentence that was made in French while acting: it is its own message id."""
    return translation.gettext(words) if words else ""


def _problem_of_framework(error: Exception) -> Problem | None:
    if isinstance(error, exceptions.ValidationError):
        return Problem("invalid-request", errors=body_errors(error.detail))
    if isinstance(error, exceptions.ParseError):
        return Problem("invalid-request", errors=[{"pointer": "#", "detail": str(error.detail)}])
    if isinstance(error, exceptions.MethodNotAllowed):
        return Problem("method-not-allowed")
    if isinstance(error, exceptions.NotAcceptable):
        return Problem("not-acceptable")
    if isinstance(error, exceptions.UnsupportedMediaType):
        return Problem("unsupported-format")
    return None


def as_response(problem: Problem) -> HttpResponse:
    """Render a problem; ``type`` leads to the page that explains it, and ``detail`` says what to do."""
    page = f"{settings.PUBLIC_URL}{reverse('api:errors')}"
    content: dict[str, Any] = {
        "type": f"{page}#{problem.type.slug}",
        "title": str(problem.type.title),
        "status": problem.type.status,
        "detail": _translate(problem.reason) or str(problem.type.advice),
        **problem.more,
    }
    if problem.errors:
        content["errors"] = [{**each, "detail": _translate(each["detail"])} for each in problem.errors]
    text = json.dumps(content, ensure_ascii=False)
    raw = text.encode("utf-8", "backslashreplace")  # half a character, named as JSON escapes it
    return HttpResponse(raw, status=problem.type.status, content_type=MEDIA_TYPE, headers=problem.headers)
