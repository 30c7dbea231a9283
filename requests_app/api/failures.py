"""Problems that no resource tells: an address of none, a body refused on its way in, a failure of ours."""

from django.http import HttpRequest, HttpResponse

from requests_app.api.problems import Problem, as_response
from requests_app.lib.error_pages import malformed_words

RETRY_S = 60
SLUGS = {400: "invalid-request", 404: "not-found", 413: "too-large", 500: "server-error", 503: "unavailable"}


def render_failure(_request: HttpRequest, status: int) -> HttpResponse:
    """Tell a program of it as of any refusal, in the language asked for."""
    retry = {"Retry-After": str(RETRY_S)} if status == 503 else {}
    detail = malformed_words() if status == 400 else ""
    response = as_response(Problem(SLUGS[status], detail, headers=retry))
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Authorization, Accept-Language"
    return response
