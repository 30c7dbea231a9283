"""What the archivist's pages load; nobody else opens them, and no ticket is read there."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from requests_app.access.scope import scope_of
from requests_app.privacy.models import DisposalLine, DisposalSchedule


def require_archivist(request: HttpRequest) -> None:
    """Refuse those without the role for the whole territory."""
    if not scope_of(request.user).can_archive:
        raise PermissionDenied


def schedule_of(request: HttpRequest, year: int, month: int) -> DisposalSchedule:
    """Return the list of a month."""
    require_archivist(request)
    try:
        day = date(year, month, 1)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(DisposalSchedule.objects.select_related("visa_by"), month=day)


def line_of(request: HttpRequest, pk: int) -> DisposalLine:
    """Return a line, with its list."""
    require_archivist(request)
    return get_object_or_404(DisposalLine.objects.select_related("schedule", "decided_by"), pk=pk)
