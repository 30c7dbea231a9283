"""The page of one ticket: its thread, whose it is, what can be done."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from requests_app.access.audit_log import Kind
from requests_app.accounts.agent_request import AgentRequest
from requests_app.answers.recipients import recipients_of
from requests_app.casefile.sidebar import Sidebar, read_sidebar
from requests_app.catalog.held_documents import add_holders
from requests_app.people.mandates import why_closed
from requests_app.tickets.competence import is_with_our_service
from requests_app.tickets.messages.handover import has_left
from requests_app.tickets.messages.law_block import law_of
from requests_app.tickets.models import Outcome, Ticket
from requests_app.tickets.selectors import masking
from requests_app.tickets.selectors.answer_addresses import addresses_of_others
from requests_app.tickets.selectors.contact_info import ContactInfo, contact_info_of
from requests_app.tickets.selectors.counts import Neighbours, read_neighbours
from requests_app.tickets.selectors.dangers import numbers_for
from requests_app.tickets.selectors.merges import merges_of
from requests_app.tickets.selectors.thread import Item, Thread, stuck_answer, thread_of
from requests_app.www.backoffice.composer.composer_panel import Composer, composer_of
from requests_app.www.backoffice.ticket import undo
from requests_app.www.backoffice.ticket.appointments import appointments_of
from requests_app.www.backoffice.ticket.choices import territory_of
from requests_app.www.backoffice.ticket.clock_drawing import drawing_of
from requests_app.www.backoffice.ticket.files import link_files
from requests_app.www.backoffice.ticket.forms import ActionForm
from requests_app.www.backoffice.ticket.opening import OpenedTicket, open_ticket
from requests_app.www.backoffice.ticket.panels import Panel, panels_of
from requests_app.www.backoffice.ticket.person_choice import whose_of
from requests_app.www.backoffice.ticket.thread_markup import thread_markup
from requests_app.www.backoffice.ticket.transitions_person import Offer
from requests_app.www.backoffice.ticket.waiting import waiting_of
from requests_app.www.backoffice.triage.listing import KEYS, Listing, read_listing, read_mark

ALSO = frozenset({"fil", "lien", *undo.KEYS})
MAX_MISSED = 10


@dataclass(frozen=True, slots=True)
class Clock:
    """The delay announced: how much of it is spent."""

    received_at: datetime
    due_at: datetime
    percent: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the last action was not done, the form as it was typed, and what changed meanwhile.

    ``offer`` are the persons to choose from, when that is what was asked.
    """

    message: str
    form: ActionForm
    status: int
    missed: int = 0
    offer: Offer | None = None


@require_GET
@login_required
def ticket(request: AgentRequest, reference: str) -> HttpResponse:
    """Show a ticket: all of it, or the little that may be known of a sensitive one."""
    opened = open_ticket(request, reference, by_glass=True)
    listing = listing_of(request, opened, also=ALSO)
    if goes_on := _goes_on(opened):
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponseRedirect(reverse("backoffice:ticket", args=[goes_on]) + query)
    opened.note(Kind.TICKET)
    return ticket_page(request, opened, listing)


def _goes_on(opened: OpenedTicket) -> str:
    """Return the number under which a merged ticket is read, when this agent may read it there; else ""."""
    merged_into = opened.ticket.merged_into_id
    if merged_into is None:
        return ""
    survivors = Ticket.objects.readable(opened.scope).filter(pk=merged_into)
    return survivors.values_list("reference", flat=True).first() or ""


def listing_of(request: HttpRequest, opened: OpenedTicket, *, also: frozenset[str]) -> Listing | None:
    """Return the list the agent came from; None when the page was reached another way."""
    if not set(request.GET) <= {*KEYS, *also}:
        raise BadRequest("unknown parameter")
    return read_listing(request, opened.scope, also=also) if "vue" in request.GET else None


def ticket_page(
    request: AgentRequest, opened: OpenedTicket, listing: Listing | None, refusal: Refusal | None = None
) -> HttpResponse:
    """Render the page of a ticket, with the refused form when there is one."""
    context = {
        "ticket": opened.ticket,
        "listing": listing,
        "around": _neighbours(opened, listing),
        "list_query": f"?{listing.query}" if listing else "",
        "clock": _clock(opened.ticket, opened.now),
        "now": opened.now,
        "glass": opened.glass,
        "refusal": refusal,
    }
    if not opened.can_read:
        return render(request, "backoffice/ticket_masked.html", context)
    status = refusal.status if refusal else 200
    return render(
        request,
        "backoffice/ticket.html",
        {**context, **_whole(request, opened, listing, refusal)},
        status=status,
    )


def _whole(
    request: AgentRequest, opened: OpenedTicket, listing: Listing | None, refusal: Refusal | None
) -> dict[str, Any]:
    ticket = opened.ticket
    thread = thread_of(ticket, before=read_mark(request.GET, "fil"), scope=opened.scope)
    lines = [(item, link_files(request, item.files)) for item in thread.items]
    reach = contact_info_of(ticket)
    topics = {topic.pk: topic.label for topic in territory_of(request).topics.values()}
    today = timezone.localdate(opened.now)
    around_it = read_sidebar(ticket, scope=opened.scope, topics=topics, on=today)
    panels = panels_of(
        opened,
        territory=territory_of(request),
        listing=listing,
        refused=refusal.form if refusal else None,
    )
    return {
        "title": masking.topic_words(
            ticket.topic.label if ticket.topic else None, None, ticket.subject, is_sensitive=False
        ),
        "lines": thread_markup(
            lines, reference=ticket.reference, now=opened.now, can_split=_can_split(panels, thread)
        ),
        "thread": thread,
        "earlier_url": _earlier_url(ticket, thread, listing),
        "missed": _missed_news(thread, refusal),
        "reach": reach,
        "beside": around_it,
        "read_out": _words_to_read(ticket, around_it, today),
        "law": drawing_of(ticket, today=today),
        "asked_papers": add_holders(ticket.papers_missing),
        "merges": merges_of(ticket, now=opened.now),
        "whose": whose_of(opened, reach, around_it.participants, thread.items, refusal),
        "needs": around_it.needs,
        "dangers": numbers_for(ticket),
        "appointments": appointments_of(request, opened),
        "waiting": waiting_of(request, opened),
        "panels": panels,
        "is_with_our_service": is_with_our_service(ticket),
        "has_body_got_it": ticket.outcome == Outcome.TRANSFERRED and has_left(ticket),
        "composer": _composer(opened, reach, thread, around_it, listing, refusal),
        "note_errors": _note_errors(refusal),
        "steps": ticket.decision.steps if ticket.decision else [],
        "undo": undo.undo_of(
            request, query=listing.query if listing else "", items=thread.items, now=opened.now
        ),
        "stuck": stuck_answer(thread),
        "is_acknowledged": any(item.is_receipt for item in thread.items),
        "is_old_link": request.GET.get("lien") == "ancien",
    }


def _can_split(panels: dict[str, Panel], thread: Thread) -> bool:
    """Tell whether a message may leave: another one received must stay."""
    received = [item for item in thread.items if item.way == "in"]
    return "split" in panels and (len(received) > 1 or thread.earlier is not None)


def _words_to_read(ticket: Ticket, around_it: Sidebar, today: date) -> str:
    """Return what the call that reads the receipt says; "" when no such call is to do."""
    is_asked = any(task.reads_receipt for task in around_it.tasks) and not ticket.is_in_danger
    return law_of(ticket, today=today) if is_asked else ""


def _composer(
    opened: OpenedTicket,
    reach: ContactInfo,
    thread: Thread,
    around_it: Sidebar,
    listing: Listing | None,
    refusal: Refusal | None,
) -> Composer:
    asked = [address for item in reversed(thread.items) for address in item.answer_addresses]
    theirs, mandates = {contact.value for contact in reach.contacts}, around_it.mandates
    parts, others = around_it.participants, addresses_of_others(opened.ticket)
    return composer_of(
        opened,
        recipients_of(reach, asked, mandates, others, parts) if opened.can_handle else [],
        [each for each in parts if not why_closed(each.address, theirs, mandates)],
        query=listing.query if listing else "",
        refused=refusal.form if refusal else None,
    )


def _note_errors(refusal: Refusal | None) -> list[str]:
    """Return what is wrong with the note, when the note was refused."""
    is_note = refusal is not None and refusal.form.name == "note"
    return [str(error) for error in refusal.form["text"].errors] if refusal and is_note else []


def _neighbours(opened: OpenedTicket, listing: Listing | None) -> Neighbours | None:
    if listing is None:
        return None
    maison_id = listing.maison_id(opened.user, opened.scope)
    tickets = listing.tickets(scope=opened.scope, maison_id=maison_id, now=opened.now)
    return read_neighbours(tickets, listing.sort, listing.mark_of(opened.ticket, opened.scope))


def _clock(ticket: Ticket, now: datetime) -> Clock | None:
    if ticket.due_at is None:
        return None
    whole = max(ticket.due_at - ticket.received_at, timedelta(minutes=1))
    spent = (ticket.closed_at or now) - ticket.received_at
    percent = max(0, min(100, round(100 * spent / whole)))
    return Clock(ticket.received_at, ticket.due_at, percent, ticket.is_open and ticket.due_at < now)


def _earlier_url(ticket: Ticket, thread: Thread, listing: Listing | None) -> str:
    if thread.earlier is None:
        return ""
    query = f"{listing.query}&" if listing else ""
    return reverse("backoffice:ticket", args=[ticket.reference]) + f"?{query}fil={thread.earlier}"


def _missed_news(thread: Thread, refusal: Refusal | None) -> list[str]:
    """List what colleagues did since the agent opened the page (W12): one line per version missed."""
    if not refusal or refusal.missed <= 0:
        return []
    return [_news(item) for item in thread.items[-min(refusal.missed, MAX_MISSED) :]]


def _news(item: Item) -> str:
    if item.way == "event":
        return item.text
    what = _("note de %(who)s") % {"who": item.what} if item.way == "note" else item.what
    return _("Nouveau : %(what)s") % {"what": what}
