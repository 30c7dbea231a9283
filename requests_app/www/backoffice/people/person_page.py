"""The page of one person: what to do, how to reach them, their tickets, and their history (ux.md: K4)."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from requests_app.accounts.agent_request import AgentRequest
from requests_app.appointments.selectors import coming
from requests_app.casefile.similar_records import duplicates_of, merges_of, said_different
from requests_app.casefile.story import Labels, story_of
from requests_app.channels.registry import channels, keys
from requests_app.people.history import history_of
from requests_app.people.mandates import mandates_of
from requests_app.people.selectors import Point, needs_of, points_of
from requests_app.tickets.references import normalise
from requests_app.tickets.selectors.person_proposals import proposals_about
from requests_app.www.backoffice.people import mandates
from requests_app.www.backoffice.people.person_opening import OpenedPerson, open_person
from requests_app.www.backoffice.people.person_proposals import SAID, decided_just_now
from requests_app.www.backoffice.people.person_undo import REMOVED, removed_just_now
from requests_app.www.backoffice.ticket.choices import territory_of
from requests_app.www.backoffice.triage.listing import read_mark

KEYS = frozenset({"canal", "fil", "de", REMOVED, SAID, mandates.REMOVED})


@dataclass(frozen=True, slots=True)
class ChannelLink:
    """One way to narrow the history; ``query`` preserves the rest of the address."""

    label: str
    kind: str
    query: str
    is_current: bool


@require_GET
@login_required
def person_page(request: AgentRequest, pk: int) -> HttpResponse:
    """Show a person; « canal » narrows their history, « fil » pages back in it, « de » is the ticket left,
    « retire » the contact and « mandat » the mandate just removed, « dit » what was just decided.
    """
    known = open_person(request, pk)
    if known.person.pk != pk:
        return redirect("backoffice:person_page", pk=known.person.pk)
    if not set(request.GET) <= KEYS:
        raise BadRequest("unknown parameter")
    known.note()
    return render(request, "backoffice/person.html", context_of(request, known))


def context_of(request: HttpRequest, known: OpenedPerson) -> dict[str, Any]:
    """Return what the page shows; as many statements for one ticket as for a hundred."""
    channel, come_from = _channel(request), normalise(request.GET.get("de", "")) or ""
    before = read_mark(request.GET, "fil")
    story = story_of(
        known.person.pk, scope=known.scope, labels=_labels(request), channel=channel, before=before
    )
    here = f"de={come_from}" if come_from else ""
    narrowed = "&".join(filter(None, [here, f"canal={channel}" if channel else ""]))
    points = points_of(known.person.pk)
    return {
        **_merges(known, points),
        **_history(request, known, points),
        "person": known.person,
        "name": known.person.full_name,
        "demands": known.demands,
        "needs": needs_of(known.person.pk),
        "proposals": proposals_about(known.person.pk, scope=known.scope),
        "points": points,
        "mandates": mandates_of(known.person.pk),
        "today": timezone.localdate(known.now),
        "appointments": coming(person_id=known.person.pk, now=known.now, scope=known.scope),
        "story": story,
        "channel_links": _channel_links(channel, here),
        "is_latest": before is None,
        "query": narrowed,
        "earlier_query": "&".join(filter(None, [narrowed, f"fil={story.earlier}"])) if story.earlier else "",
        "come_from": come_from,
        "now": known.now,
        "can_answer_data_rights": known.scope.can_answer_data_rights,
    }


def _labels(request: HttpRequest) -> Labels:
    territory = territory_of(request)
    return Labels(
        topics={topic.pk: topic.label for topic in territory.topics.values()},
        places={site.pk: site.label for site in territory.sites.values()},
    )


def _merges(known: OpenedPerson, points: list[Point]) -> dict[str, Any]:
    """Return similar records, and what was decided about others: for those who may merge them."""
    if not known.demands.can_change:
        return {"likely": [], "merges": [], "different": []}
    return {
        "likely": duplicates_of(known.person, points, scope=known.scope),
        "merges": merges_of(known.person.pk, now=known.now),
        "different": said_different(known.person.pk, scope=known.scope),
    }


def _history(request: HttpRequest, known: OpenedPerson, points: list[Point]) -> dict[str, Any]:
    """Return what colleagues corrected; names and contacts for those who may correct them."""
    contacts = {(point.kind, point.value) for point in points}
    history = history_of(known.person.pk, contacts=contacts, with_identity=known.demands.can_change)
    undo = removed_just_now(request, known.person.pk, history, known.now) or decided_just_now(request, known)
    return {"history": history, "undo": undo or mandates.mandate_removed_just_now(request, known)}


def _channel(request: HttpRequest) -> str:
    asked = request.GET.get("canal", "")
    if asked and asked not in keys():
        raise BadRequest("not a channel")
    return asked


def _channel_links(current: str, here: str) -> list[ChannelLink]:
    kinds = [("", _("Tous les canaux")), *((each.key, str(each.label)) for each in channels())]
    return [
        ChannelLink(
            label, kind, "&".join(filter(None, [here, f"canal={kind}" if kind else ""])), kind == current
        )
        for kind, label in kinds
    ]
