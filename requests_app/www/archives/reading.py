"""What the archivist's pages load; nobody else opens them, and no ticket is read there."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from requests_app.access.gate import require
from requests_app.access.scope import scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.privacy.models import DisposalLine, DisposalSchedule


def require_archivist(request: AgentRequest) -> None:
    """Refuse those without the role for the whole territory."""
    require(scope_of(request.user).can_archive)


def schedule_of(request: AgentRequest, year: int, month: int) -> DisposalSchedule:
    """Return the list of a month."""
    require_archivist(request)
    try:
        day = date(year, month, 1)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(DisposalSchedule.objects.select_related("visa_by"), month=day)


def line_of(request: AgentRequest, pk: int) -> DisposalLine:
    """Return a line, with its list."""
    require_archivist(request)
    return get_object_or_404(DisposalLine.objects.select_related("schedule", "decided_by"), pk=pk)
