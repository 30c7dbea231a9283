"""Rights of a person on their data: requests and their deadline, what goes, what stays (threats: P05)."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from requests_app.access.audit_log import Kind, log_access
from requests_app.access.gate import require
from requests_app.access.scope import scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.lib.months import add_months
from requests_app.people.models import Person
from requests_app.privacy.erasing import ask_erasure, preview, withdraw_erasure
from requests_app.privacy.errors import Refused
from requests_app.privacy.models import ErasureAsked
from requests_app.privacy.persons import merged_records
from requests_app.privacy.refusing import GROUNDS, request_of
from requests_app.privacy.telling import prepare_erasure_answer
from requests_app.tickets.models import Ticket

MAX_SHOWN = 200
MONTHS = 1  # GDPR, art. 12.3


@dataclass(frozen=True, slots=True)
class DataRequest:
    """A request about one's data, and the legal deadline."""

    ticket: Ticket
    until: date
    is_late: bool


@require_GET
@login_required
def requests(request: AgentRequest) -> HttpResponse:
    """List those that wait for an answer, the most urgent first."""
    _require(request)
    today = timezone.localdate()
    open_ones = Ticket.objects.open().within(scope_of(request.user))
    rows = open_ones.filter(topic__code=settings.DATA_RIGHTS_TOPIC).select_related("person", "maison")
    asked = [_asked_row(ticket, today) for ticket in rows.order_by("received_at", "pk")[:MAX_SHOWN]]
    return render(request, "archives/data_requests.html", {"rows": asked})


@require_GET
@login_required
def page(request: AgentRequest, pk: int) -> HttpResponse:
    """Show what can be erased, what stays and why."""
    person, now = person_of(request, pk), timezone.now()
    dossiers = preview(person, at=now)
    going = [dossier for dossier in dossiers if not dossier.why_not]
    context = {
        "person": person,
        "dossiers": dossiers,
        "going": going,
        "grounds": GROUNDS,
        "asked": request_of(person),
        "erasure": ErasureAsked.objects.filter(person__in=merged_records(person.pk)).first(),
    }
    return render(request, "archives/person_data.html", context)


@require_POST
@login_required
def erase(request: AgentRequest, pk: int) -> HttpResponse:
    """Put what can go on the archivist's list; the page and a draft answer say what stays and why."""
    person, by, now = person_of(request, pk), request.user, timezone.now()
    try:
        dossiers = ask_erasure(person=person, at=now, by=by)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        n = sum(1 for dossier in dossiers if not dossier.why_not)
        messages.success(request, _describe_listed(n) % {"n": n} if n else _("L’effacement est noté."))
        if prepare_erasure_answer(person=person, by=by, at=now):
            messages.success(request, _("La réponse à la personne est écrite. Relisez-la, puis envoyez-la."))
    return redirect("archives:person_data", pk=person.pk)


@require_POST
@login_required
def withdraw(request: AgentRequest, pk: int) -> HttpResponse:
    """Withdraw the erasure: the person no longer asks for it."""
    person = person_of(request, pk)
    try:
        withdraw_erasure(person=person, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("L’effacement n’est plus demandé."))
    return redirect("archives:person_data", pk=person.pk)


def _describe_listed(n: int) -> str:
    return ngettext(
        "%(n)s demande est sur la liste des archives.",
        "%(n)s demandes sont sur la liste des archives.",
        n,
    )


def _require(request: AgentRequest) -> None:
    require(scope_of(request.user).can_answer_data_rights)


def person_of(request: AgentRequest, pk: int, *, why: str = "") -> Person:
    """Return the record asked for; whoever gathers all of it is logged."""
    _require(request)
    person: Person = get_object_or_404(Person, pk=pk)
    kind = Kind.EXPORT if why else Kind.PERSON
    reason = f"person data {why}" if why else "person data"
    log_access(user=request.user, kind=kind, subject_id=person.pk, at=timezone.now(), why=reason)
    return person


def _asked_row(ticket: Ticket, today: date) -> DataRequest:
    until = add_months(timezone.localdate(ticket.received_at), MONTHS)
    return DataRequest(ticket, until, until < today)
