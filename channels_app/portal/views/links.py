"""The short address that messages carry."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from requests_app.lib.no_referrer import no_referrer
from requests_app.outbox import left_pages, links


@require_safe
@no_referrer
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Redirect to the page of the link; an expired, revoked or invented one gets the same answer."""
    found = links.resolve(secret, timezone.now())
    page = links.PAGES.get(found[0]) if found else None
    if page:
        response: HttpResponse = redirect(page.view, secret=secret)
        left_pages.return_by_message(request, response, secret)
    else:
        response = render(request, "portal/link_ended.html", status=404)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
