"""What the fields of the visit request while one types; nothing here changes anything but the audit log."""

from typing import NoReturn

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from channels_app.frontdesk.appointments import appointments_today, awaited_today
from channels_app.frontdesk.desk import Desk, desk_of
from channels_app.frontdesk.forms import ANONYMOUS, NEW, STAR
from channels_app.frontdesk.tokens import person_of, person_token
from requests_app.access.audit_log import Kind, log_access
from requests_app.access.gate import refuse
from requests_app.accounts.agent_request import AgentRequest
from requests_app.casefile.logged_search import SearchResult
from requests_app.casefile.open_tickets import open_ticket_like, open_ticket_on, open_tickets
from requests_app.catalog.models import Topic
from requests_app.lib.bodies import accepts_body
from requests_app.lib.questions import only_asks
from requests_app.tickets.selectors.frequent_topics import received_topics
from requests_app.tickets.who import understand_query


@accepts_body()  # htmx sends the whole form, scans too
@only_asks
@login_required
@require_POST
def persons(request: AgentRequest) -> HttpResponse:
    """Suggest persons for « Qui ? »; a new person always comes last."""
    desk = desk_of(request)
    typed = request.POST.get("qui", "").strip()
    looked = SearchResult([]) if typed == STAR else desk.look_for(typed)
    found = looked.persons
    awaited = awaited_today(desk, [line.id for line in found])
    found = sorted(found, key=lambda line: line.id not in awaited)  # expected persons come first
    context = {
        "lines": [(person_token(line.id, desk.user), line, awaited.get(line.id)) for line in found],
        "typed": "" if typed == STAR else typed,
        "new_name": understand_query(typed, today=desk.today).name or typed,
        "is_anonymous": typed == STAR,
        "refusal": looked.refusal,
    }
    answer = render(request, "frontdesk/_persons.html", context)
    said = ngettext("%(n)s personne trouvée", "%(n)s personnes trouvées", len(found))
    return _announce(answer, looked.refusal or said, len(found))


@login_required
@require_GET
def person(request: AgentRequest) -> HttpResponse:
    """Show the open tickets of the person chosen, within the scope; the access is logged."""
    desk = desk_of(request)
    token = request.GET.get("personne", "")
    if token in ("", NEW, ANONYMOUS):
        return HttpResponse()
    person_id = person_of(token, desk.user)
    if person_id is None:
        _refuse_unseen(desk, token)
    log_access(user=desk.user, kind=Kind.PERSON, subject_id=person_id, at=desk.at)
    tickets = open_tickets(desk.scope, person_id)
    expected = appointments_today(desk, person_id)
    answer = render(request, "frontdesk/_person.html", {"tickets": tickets, "appointments": expected})
    return _announce(
        answer, ngettext("%(n)s demande en cours", "%(n)s demandes en cours", len(tickets)), len(tickets)
    )


@accepts_body()  # htmx sends the whole form, scans too
@only_asks
@login_required
@require_POST
def topics(request: AgentRequest) -> HttpResponse:
    """Suggest topics for « Pourquoi ? », this Maison's usual ones first; a danger is answered at once.

    Two equally good matches are both shown, and Enter takes neither.
    """
    desk = desk_of(request)
    usual = received_topics(desk.maison_id, at=desk.at)
    found = Topic.objects.active().matching(request.POST.get("motif", ""), received=usual)
    likest = min(found, key=lambda topic: topic.rank[1], default=None)
    is_undecided = len(found) > 1 and found[0].rank == found[1].rank
    urgent = likest if likest and likest.action == Topic.Action.URGENT else None
    context = {"topics": found, "urgent": urgent, "is_undecided": is_undecided}
    answer = render(request, "frontdesk/_topics.html", context)
    said = ngettext("%(n)s sujet proposé", "%(n)s sujets proposés", len(found))
    return _announce(answer, said, len(found))


@login_required
@require_GET
def show_topic(request: AgentRequest) -> HttpResponse:
    """Say what the topic chosen means for this person: whom to call, which ticket the visit joins."""
    desk = desk_of(request)
    code = request.GET.get("sujet", "").replace("\x00", "")  # PostgreSQL compares no NUL
    topic = Topic.objects.active().filter(code=code).first()
    person_id = person_of(request.GET.get("personne", ""), desk.user)
    joined = open_ticket_on(desk.scope, person_id, topic.code) if topic and person_id else None
    maybe = None
    if topic and person_id and joined is None:
        maybe = open_ticket_like(desk.scope, person_id, topic.code)
    is_urgent = bool(topic and topic.action == Topic.Action.URGENT)
    context = {"joined": joined, "maybe": maybe, "urgent": topic if is_urgent else None}
    return render(request, "frontdesk/_about.html", context)


def _refuse_unseen(desk: Desk, token: str) -> NoReturn:
    """Refuse a person who was never shown to this agent; the attempt is logged (threats: A01)."""
    asked = token.partition(":")[0]
    if asked.isdecimal() and len(asked) < 19:
        refuse(kind=Kind.PERSON, subject_id=int(asked), by=desk.user, at=desk.at)
    raise Http404


def _announce(answer: HttpResponse, sentence: str, count: int) -> HttpResponse:
    return trigger_client_event(answer, "annonce", {"value": sentence % {"n": count}})
