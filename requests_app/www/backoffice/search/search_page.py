"""One field for a ticket's number, a person, or the text of messages (threats: A02, A04, A05)."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from requests_app.access.audit_log import Kind, log_access
from requests_app.access.gate import require
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import User
from requests_app.casefile.elsewhere import found_exactly
from requests_app.casefile.logged_search import SearchResult, search_logged
from requests_app.casefile.person_search import PersonFound
from requests_app.casefile.profile import openable_ids
from requests_app.lib.questions import only_asks
from requests_app.tickets.models import Ticket
from requests_app.tickets.references import normalise
from requests_app.tickets.selectors.contact_info import Other, tickets_of
from requests_app.tickets.selectors.word_search import Hits, search_words
from requests_app.tickets.who import understand_query
from requests_app.www.backoffice.breakglass.glass_forms import GlassForm
from requests_app.www.backoffice.breakglass.glass_views import offer_of, offers_to
from requests_app.www.backoffice.list_files import bound_words

MAX_LENGTH = 200
MAX_KEY_LENGTH = 18
NOTHING = Hits([], 0, None)


@dataclass(frozen=True, slots=True)
class PersonResult:
    """A person, and what the agent may know of their tickets."""

    person: PersonFound
    tickets: list[Other]
    is_openable: bool
    glass_form: GlassForm | None = None


HELD = ("reference", "maison_id", "shared_with", "archived_at")


@only_asks
@require_http_methods(["GET", "POST"])
@login_required
def search(request: AgentRequest) -> HttpResponse:
    """Open the ticket of a number, or list persons and tickets found; the next ones by « apres »."""
    user = request.user
    scope, now = scope_of(user), timezone.now()
    require(scope.can_triage)
    if request.GET:
        raise BadRequest("unknown parameter")
    asked = request.POST.get("q", "").strip()[:MAX_LENGTH]
    ticket = _ticket_numbered(asked)
    if ticket and _opens(scope, ticket):
        return HttpResponseRedirect(reverse("backoffice:ticket", args=[ticket.reference]))
    below = _read_below(request.POST.get("apres", ""))
    looked = (
        search_logged(by=user, typed=asked, at=now) if asked else SearchResult([])
    )  # following pages count too
    is_said = asked and not looked.refusal
    elsewhere = ticket if is_said and below is None else None
    context = {
        "asked": asked,
        "refusal": looked.refusal,
        "found": _people(user, looked.persons, asked, now) if below is None else [],
        "hits": search_words(scope, as_stored(asked, now), now=now, below=below) if is_said else NOTHING,
        "is_following": below is not None,
        "export_bound": bound_words() if scope.exported_places else "",
        "elsewhere": elsewhere,
        "glass_form": _offer_exception(user, elsewhere, now) if elsewhere else None,
    }
    return render(request, "backoffice/search.html", context)


def _opens(scope: Scope, ticket: Ticket) -> bool:
    where = (ticket.pk, ticket.maison_id, ticket.shared_with)
    return scope.can_open(*where, is_archived=ticket.is_archived)


def _people(user: User, people: list[PersonFound], asked: str, now: datetime) -> list[PersonResult]:
    scope = scope_of(user)
    ids = [person.id for person in people]
    tickets, opened = tickets_of(ids, scope=scope) if ids else {}, openable_ids(scope, ids)
    offers = offers_to(user, found_exactly(scope, asked, ids, at=now))
    return [
        PersonResult(person, tickets[person.id], person.id in opened, offers.get(person.id))
        for person in people
    ]


def as_stored(asked: str, now: datetime) -> str:
    """Normalize a phone number to its stored form, however it was typed."""
    return understand_query(asked, today=timezone.localdate(now)).phone or asked


def _read_below(written: str) -> int | None:
    if not written:
        return None
    if not (written.isascii() and written.isdigit()) or len(written) > MAX_KEY_LENGTH:
        raise BadRequest("not a place of ours")
    return int(written)


def _ticket_numbered(asked: str) -> Ticket | None:
    reference = normalise(asked)
    if not reference:
        return None
    return Ticket.objects.only(*HELD).filter(reference=reference).first()


def _offer_exception(user: User, ticket: Ticket, now: datetime) -> GlassForm:
    """Log a search for another place's ticket, and offer to open it for a reason; nothing else is said."""
    log_access(user=user, kind=Kind.TICKET, subject_id=ticket.pk, at=now, was_refused=True)
    return offer_of(user, ticket)
