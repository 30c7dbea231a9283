from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from channels_app.intake.board import MAX_FOUND, board, discarded_because, just_discarded, just_made
from channels_app.intake.listing import ALL_OF_THE_PAGE, parse_query
from channels_app.intake.views.guard import central_team_required
from requests_app.accounts.agent_request import AgentRequest
from requests_app.lib.questions import only_asks

MAX_QUESTION_LENGTH = 100


@central_team_required
@require_GET
def quarantine(request: AgentRequest) -> HttpResponse:
    """Show the count of the last 30 days, and a list: what waits, unless another state is requested."""
    now, chosen = timezone.now(), parse_query(request)
    shown = board(chosen, now=now)
    undoable = just_discarded(request.user, chosen.just_discarded) if chosen.just_discarded else []
    context = {
        "board": shown,
        "chosen": chosen,
        "now": now,
        "previous_url": chosen.url(avant=str(shown.shown.previous)) if shown.shown.previous else "",
        "next_url": chosen.url(apres=str(shown.shown.next)) if shown.shown.next else "",
        "tick_all_url": chosen.url(**chosen.place, coches=ALL_OF_THE_PAGE),
        "undoable": undoable,
        "undo_picks": ",".join(map(str, undoable)),
        "made": just_made(request.user, chosen.just_made) if chosen.just_made else None,
    }
    return render(request, "intake/quarantine.html", context)


@only_asks
@require_POST
@central_team_required
def search(request: HttpRequest) -> HttpResponse:
    """Find discarded arrivals by their reason; a reason may hold a name, hence a POST."""
    if request.GET:
        raise BadRequest("unknown parameter")
    asked = request.POST.get("q", "").strip()[:MAX_QUESTION_LENGTH]
    found = discarded_because(asked) if asked else []
    context = {"asked": asked, "found": found, "is_cut": len(found) == MAX_FOUND, "most": MAX_FOUND}
    return render(request, "intake/search.html", context)
