"""« À détruire »: the lists by month, and one of them, line by line."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from requests_app.accounts.agent_request import AgentRequest
from requests_app.lib.paging import pager_of
from requests_app.privacy.models import DisposalLine, DisposalSchedule
from requests_app.www.archives.reading import require_archivist, schedule_of

PER_PAGE = 50
Fate = DisposalLine.Fate


@require_GET
@login_required
def schedules(request: AgentRequest) -> HttpResponse:
    """List every schedule, the last first, with what became of its lines."""
    require_archivist(request)
    return render(request, "archives/schedules.html", {"rows": count_lines(DisposalSchedule.objects.all())})


@require_GET
@login_required
def schedule(request: AgentRequest, year: int, month: int) -> HttpResponse:
    """Show the lines of a list: what each is, what the rule says, what was decided."""
    found = schedule_of(request, year, month)
    if not set(request.GET) <= {"page", "vu"}:
        raise BadRequest("unknown parameter")
    lines = found.lines.select_related("decided_by").order_by("pk")
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page", ""))
    context = {"row": count_lines(DisposalSchedule.objects.filter(pk=found.pk)).get(), "found": page}
    context["pager"] = pager_of(page, request.GET)
    return render(request, "archives/schedule.html", context)


def count_lines(rows: QuerySet[DisposalSchedule]) -> QuerySet[DisposalSchedule]:
    """Annotate the number of lines in each state; one statement."""
    by_fate = {f"{fate}_count": Count("lines", filter=Q(lines__fate=fate)) for fate in Fate.values}
    last = Max("lines__pk", filter=Q(lines__fate=Fate.LISTED))
    every = rows.annotate(lines_count=Count("lines"), last_listed=last, **by_fate)
    return every.select_related("visa_by").order_by("-month")
