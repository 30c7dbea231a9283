"""The receipt of the visit just logged, on paper: the person leaves with it (CRPA, art. L112-3, R112-5)."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from channels_app.frontdesk import notices
from channels_app.frontdesk.desk import desk_of
from channels_app.frontdesk.key import KEY
from channels_app.frontdesk.views.desk import DONE
from requests_app.access.audit_log import Kind, log_access
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.signing import name_outside
from requests_app.feedback.services import card_line, give_card
from requests_app.lib.pdf_answers import pdf
from requests_app.tickets.letters.rendering import render_pdf
from requests_app.tickets.letters.words import acknowledgment
from requests_app.tickets.messages.recipient import language_known


@require_GET
@login_required
def receipt(request: AgentRequest) -> HttpResponse:
    """Print the receipt of the agent's last visit; the access is logged.

    It names neither a sensitive topic nor its documents: any agent who logged the visit may hand it over.
    """
    desk = desk_of(request)
    ticket = notices.just_noted(desk, request.session.get(DONE))
    if ticket is None:
        return redirect("frontdesk:visit")
    log_access(user=desk.user, kind=Kind.TICKET, subject_id=ticket.pk, at=desk.at)
    card = give_card(ticket=ticket, way=KEY, at=desk.at)
    paper = replace(
        acknowledgment(ticket, by=desk.user, at=desk.at), foot=card_line(card, language_known(ticket))
    )
    return pdf(render_pdf([paper], author=name_outside(desk.user)), f"accuse-{ticket.reference}.pdf")
