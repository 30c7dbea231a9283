"""A message as it was laid out: a document of its own that runs, sends and loads nothing (threats: M13)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from requests_app.access.audit_log import Kind
from requests_app.accounts.agent_request import AgentRequest
from requests_app.lib.html import CLEANER_VERSION, clean_html
from requests_app.tickets.models import Touchpoint
from requests_app.tickets.selectors.family import thread_q
from requests_app.www.backoffice.ticket.opening import open_readable

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ margin: 1rem; font: 16px/1.5 sans-serif; color: #221a20; background: #fff; overflow-wrap: anywhere }}
img, table {{ max-width: 100% }}
</style></head><body>{body}</body></html>
"""


@require_GET
@login_required
@xframe_options_sameorigin
def touchpoint_html(request: AgentRequest, reference: str, pk: int) -> HttpResponse:
    """Serve the layout of one message, cleaned when parsed and again if the cleaner has changed since."""
    opened = open_readable(request, reference, by_glass=True)
    laid_out = Touchpoint.objects.filter(thread_q(opened.ticket)).exclude(html="")
    touchpoint = get_object_or_404(laid_out, pk=pk)
    opened.note(Kind.TICKET)
    body = touchpoint.html
    if touchpoint.html_version < CLEANER_VERSION:
        body = clean_html(body)
    answer = HttpResponse(PAGE.format(title=opened.ticket.reference, body=body))
    answer["Content-Security-Policy"] = POLICY
    answer["Referrer-Policy"] = "no-referrer"
    return answer
