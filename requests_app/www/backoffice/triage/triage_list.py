"""The triage page: lists on the left, rows in the middle, the last message of one ticket on the right."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from requests_app.access.audit_log import Kind
from requests_app.access.gate import require
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.channels.registry import channels
from requests_app.feedback.selectors import done_lately, places_of
from requests_app.indicators.reading import count_of_days
from requests_app.indicators.where import where_of
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.models import State, Ticket
from requests_app.tickets.models.tickets import TicketQuerySet
from requests_app.tickets.selectors.counts import CAP, Count, Counts, count_lists
from requests_app.tickets.selectors.ordering import SORTS, is_beyond, just_before
from requests_app.tickets.selectors.proposed_links import proposed_links
from requests_app.tickets.selectors.rows import Page, page_of
from requests_app.tickets.selectors.thread import Item, last_received
from requests_app.tickets.selectors.urgency import why_urgent
from requests_app.tickets.selectors.views import View, list_view, views_for
from requests_app.www.backoffice.fields import blank_fields
from requests_app.www.backoffice.list_files import bound_words
from requests_app.www.backoffice.ticket import undo
from requests_app.www.backoffice.ticket.choices import Choices, territory_of
from requests_app.www.backoffice.ticket.files import link_files
from requests_app.www.backoffice.ticket.forms import ActionForm
from requests_app.www.backoffice.ticket.opening import OpenedTicket, open_ticket
from requests_app.www.backoffice.ticket.panels import panels_of
from requests_app.www.backoffice.ticket.proposals import confided_for, list_with_chosen, proposal_of
from requests_app.www.backoffice.ticket.thread_markup import files_markup
from requests_app.www.backoffice.ticket.ticket_page import Refusal
from requests_app.www.backoffice.triage.bulk_forms import BulkForm
from requests_app.www.backoffice.triage.listing import (
    Listing,
    read_listing,
    read_mark,
    read_number,
)
from requests_app.www.backoffice.triage.rows_markup import rows_markup
from requests_app.www.backoffice.words import paragraphs

PLACES = {"after": "apres", "before": "avant"}


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the left column or of the sort menu."""

    label: str
    icon: str
    query: str
    count: Count | None
    is_current: bool


@require_GET
@login_required
def triage(request: AgentRequest) -> HttpResponse:
    """List what waits at the agent's Maisons; with ``depuis``, only say how many came since."""
    scope = _triager(request)
    listing = read_listing(request, scope, also={*PLACES.values(), *undo.KEYS, "depuis", "deja"})
    if "depuis" in request.GET:
        return _news(request, listing, scope)
    done = done_lately(places=places_of(request.user), now=timezone.now())
    context = {**_lists(request, listing, scope), "preview": None, "done": done}
    return render(request, "backoffice/triage.html", context)


@require_GET
@login_required
def preview(request: AgentRequest, reference: str) -> HttpResponse:
    """Show one ticket beside the list; without JavaScript, the whole page."""
    scope = _triager(request)
    listing = read_listing(request, scope, also={*PLACES.values(), *undo.KEYS})
    opened = open_ticket(request, reference)
    opened.note(Kind.PREVIEW)
    context = {"listing": listing, "is_fragment": bool(request.htmx), **_preview(request, opened, listing)}
    if request.htmx:
        return render(request, "backoffice/_preview.html", context)
    return render(
        request, "backoffice/triage.html", {**_lists(request, listing, scope, opened.ticket), **context}
    )


def refused_preview(
    request: AgentRequest, opened: OpenedTicket, listing: Listing, refusal: Refusal
) -> HttpResponse:
    """Show the list and the ticket again, with why it was not sorted and what was typed."""
    scope = _triager(request)
    context = {
        "listing": listing,
        "is_fragment": False,
        **_lists(request, listing, scope, opened.ticket),
        **_preview(request, opened, listing, refusal.form),
        "refusal": refusal,
    }
    return render(request, "backoffice/triage.html", context, status=refusal.status)


def _triager(request: AgentRequest) -> Scope:
    scope = scope_of(request.user)
    require(scope.can_triage)
    return scope


def _lists(
    request: AgentRequest, listing: Listing, scope: Scope, chosen: Ticket | None = None
) -> dict[str, Any]:
    user, now = request.user, timezone.now()
    maison_id = listing.maison_id(user, scope)
    views = views_for(scope)
    page = _page_read(request, listing, scope, chosen, maison_id=maison_id, now=now)
    asked: dict[str, Any] = {"scope": scope, "maison_id": maison_id, "channel": "", "now": now}
    asked["topic_id"] = listing.topic_id
    whole = list_view(listing.view, **asked, period=listing.period)
    lists = {view.code: list_view(view, **asked) for view in views}
    if listing.view.is_behind:
        lists[listing.view.code] = whole
    counts = count_lists(lists, whole)
    return {
        "listing": listing,
        "rows": rows_markup(page.rows, listing=listing, chosen_id=chosen.pk if chosen else None),
        "newest_id": counts.newest_id,
        "total": _exact(listing, scope, maison_id, whole) or _total(listing, counts, scope),
        "view_links": [_view_link(view, listing, counts, scope) for view in views],
        "channel_links": _channel_links(listing, counts, scope),
        "sort_links": [
            Link(
                str(sort.label),
                "",
                listing.address_with(listing.view, listing.channel, sort),
                None,
                sort.code == listing.sort.code,
            )
            for sort in SORTS.values()
        ],
        "undo": undo.undo_of(request, query=f"{listing.query}&ici=tri", now=now),
        "can_handle_some": bool(scope.exported_places),
        "export_bound": bound_words(),
        "bulk": blank_fields(
            "lot", BulkForm, Choices(territory_of(request), None, user), today=local_day(now)
        ),
        **_page_links(listing, page),
    }


def _page_read(
    request: HttpRequest,
    listing: Listing,
    scope: Scope,
    chosen: Ticket | None,
    *,
    maison_id: int | None,
    now: datetime,
) -> Page:
    """Read the page of the address, or from the ticket chosen when the first page does not reach it."""
    tickets = listing.tickets(scope=scope, maison_id=maison_id, now=now)
    asked = {key: read_mark(request.GET, name) for key, name in PLACES.items()}
    page = page_of(tickets, listing.sort, scope=scope, now=now, **asked)
    if chosen is None or page.next is None or any(asked.values()):
        return page
    place = listing.mark_of(chosen, scope)
    if not is_beyond(listing.sort, place, page.next):
        return page
    return page_of(tickets, listing.sort, scope=scope, now=now, after=just_before(listing.sort, place))


def _count(view: View, figure: int, scope: Scope) -> Count:
    return Count(figure, is_hidden=view.is_reserved and not scope.sensitive_places)


def _exact(listing: Listing, scope: Scope, maison_id: int | None, whole: TicketQuerySet) -> Count | None:
    """Count as the number that led here: without a cap, and from the same statistics when it has days."""
    if listing.channel or not (listing.is_exact or listing.view.has_period) or listing.view.is_reserved:
        return None
    if listing.first and listing.last and listing.view.has_period:
        where = where_of(scope, maison_id, listing.topic_id)
        figure = count_of_days(where, listing.first, listing.last, column=listing.view.column)
    else:
        figure = whole.count()
    return Count(figure, cap=figure)


def _total(listing: Listing, counts: Counts, scope: Scope) -> Count | None:
    if not listing.channel:
        return _count(listing.view, counts.views[listing.view.code], scope)
    if counts.views[listing.view.code] > CAP:
        return None
    return _count(listing.view, counts.channels.get(listing.channel, 0), scope)


def _view_link(view: View, listing: Listing, counts: Counts, scope: Scope) -> Link:
    is_current = view == listing.view and not listing.channel
    count = _count(view, counts.views[view.code], scope)
    return Link(str(view.label), view.icon, listing.address_with(view), count, is_current)


def _channel_links(listing: Listing, counts: Counts, scope: Scope) -> list[Link]:
    """List the open channels, and others the list came by; without counts when the list passes the cap."""
    is_capped = counts.views[listing.view.code] > CAP
    return [
        Link(
            label=str(each.label),
            icon=each.key,
            query=listing.address_with(listing.view, each.key, listing.sort),
            count=None if is_capped else _count(listing.view, counts.channels.get(each.key, 0), scope),
            is_current=each.key == listing.channel,
        )
        for each in channels()
        if each.is_open or each.key == listing.channel or each.key in counts.channels
    ]


def _page_links(listing: Listing, page: Page) -> dict[str, str]:
    base = reverse("backoffice:triage") + f"?{listing.query}"
    return {
        "previous_url": f"{base}&avant={page.previous}" if page.previous else "",
        "next_url": f"{base}&apres={page.next}" if page.next else "",
    }


def _preview(
    request: AgentRequest, opened: OpenedTicket, listing: Listing, refused: ActionForm | None = None
) -> dict[str, Any]:
    """Return what may be read of the ticket: all of its last message, or the little that is not reserved."""
    if not opened.can_read:
        return {"preview": opened.ticket, "item": None, "panels": {}, "proposal": [], "refusal": None}
    item = last_received(opened.ticket)
    territory = territory_of(request)
    confided = confided_for(opened, item.text if item else "", territory)
    panels = panels_of(opened, territory=territory, listing=listing, stays_in_list=True, refused=refused)
    topics = {topic.pk: topic.label for topic in territory.topics.values()}
    has_same = opened.can_handle and opened.has_proposed
    same = proposed_links(opened.ticket, scope=opened.scope, topics=topics) if has_same else []
    is_to_sort = opened.ticket.state == State.TO_SORT
    return {
        "preview": opened.ticket,
        "item": item,
        "words": paragraphs(item.text) if item else "",
        "files": files_markup(link_files(request, item.files)) if item else "",
        "panels": panels,
        "same_story": same,
        "refusal": None,
        "missed": [],
        "proposal": proposal_of(opened.ticket, confided) if is_to_sort else [],
        "why_urgent": why_urgent(opened.ticket, _words_of(item)) if is_to_sort else "",
        "chosen_topic": list_with_chosen(panels, None if refused else confided),
    }


def _words_of(item: Item | None) -> str:
    return f"{item.subject}.\n{item.text}" if item else ""


def _news(request: AgentRequest, listing: Listing, scope: Scope) -> HttpResponse:
    """Answer « 3 nouvelles demandes – Afficher », or 204 when nothing has changed."""
    since, known = read_number(request.GET, "depuis") or 0, read_number(request.GET, "deja") or 0
    maison_id = listing.maison_id(request.user, scope)
    tickets = listing.tickets(scope=scope, maison_id=maison_id, now=timezone.now()).filter(pk__gt=since)
    count = len(tickets.order_by().values_list("pk")[: CAP + 1])
    if count == known:
        return HttpResponse(status=204)
    words = ngettext("%(n)s nouvelle demande", "%(n)s nouvelles demandes", count) % {"n": Count(count)}
    return render(
        request,
        "backoffice/_news.html",
        {"listing": listing, "newest_id": since, "count": count, "words": words},
    )
