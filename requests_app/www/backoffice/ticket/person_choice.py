"""« Pour qui ? »: whom a ticket may be for by its text and its addresses, and the search of anybody else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from requests_app.access.gate import require
from requests_app.accounts.agent_request import AgentRequest
from requests_app.casefile.logged_search import search_logged
from requests_app.casefile.person_search import PersonFound
from requests_app.lib import phones
from requests_app.lib.direction import isolate
from requests_app.lib.questions import only_asks
from requests_app.people.name_mentions import NameMention, named_in, self_named, signed_by
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.contact_info import ContactInfo
from requests_app.tickets.selectors.taking_part import TakingPart
from requests_app.tickets.selectors.thread import Item
from requests_app.tickets.who import understand_query
from requests_app.www.backoffice.ticket.forms_person import CREATE, MAX_TYPED, NEW, WRITER, WRITERS, Role
from requests_app.www.backoffice.ticket.opening import OpenedTicket, open_readable
from requests_app.www.backoffice.ticket.person_tokens import person_token

if TYPE_CHECKING:
    from requests_app.www.backoffice.ticket.ticket_page import Refusal


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody whom the ticket seems to be for: what the button posts, and what it says."""

    label: str
    person: str
    who: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody found, named by a token to this agent alone."""

    token: str
    person: PersonFound


@dataclass(frozen=True, slots=True)
class Whose:
    """What the panel shows; ``role`` is the one proposed for the author."""

    search_url: str
    proposals: list[Proposal]
    roles: list[tuple[str, str]]
    role: str
    typed: str = ""
    found: list[Suggestion] = field(default_factory=list)
    is_asked: bool = False
    is_duplicate: bool = False
    create: str = NEW

    @property
    def is_open(self) -> bool:
        return self.is_asked


def whose_of(
    opened: OpenedTicket,
    reach: ContactInfo,
    participants: Iterable[TakingPart],
    items: Iterable[Item],
    refusal: "Refusal | None",
) -> Whose | None:
    """Build the panel of a ticket, for those who may handle it; no statement."""
    if not opened.can_handle:
        return None
    ticket, received = opened.ticket, [item for item in items if item.way == "in"]
    role = _role_of_writer(received, participants)
    form = refusal.form if refusal and refusal.form.name == "whose" else None
    offer = refusal.offer if refusal and form else None
    return Whose(
        search_url=reverse("backoffice:whose_search", args=[ticket.reference]),
        proposals=_proposals(ticket, reach, received, role),
        roles=[(code, str(label)) for code, label in WRITERS],
        role=str(form.data.get("role", "")) if form else role,
        typed=str(form.data.get("who", ""))[:MAX_TYPED] if form else "",
        found=_found_rows(offer.persons, opened) if offer else [],
        is_asked=form is not None,
        is_duplicate=bool(offer and offer.is_duplicate),
        create=CREATE if offer and offer.is_duplicate else NEW,
    )


def _role_of_writer(received: list[Item], participants: Iterable[TakingPart]) -> str:
    """Return the role of the first author, when they take part."""
    first = {each.value for item in received[:1] for each in item.answer_addresses}
    roles = (
        each.role_code for each in participants if each.address in first and each.role_code != Role.COPIED
    )
    return next(roles, "")


def _proposals(ticket: Ticket, reach: ContactInfo, received: list[Item], role: str) -> list[Proposal]:
    """Propose those the first message speaks of, then its author when nobody is known there."""
    words = next((item.whole_text or item.text for item in received if item.text), "")
    known = {ticket.person.full_name.casefold()} if ticket.person else set()
    named = [each for each in named_in(words, but=ticket.sender) if each.name.casefold() not in known]
    found = [
        Proposal(_label(each), NEW, f"{each.name} {each.birth} {each.phone}".strip(), _other(each, role))
        for each in named
    ]
    own = self_named(words) or (signed_by(words) if ticket.person is None else "")
    if own and own.casefold() not in known and not _is_said(own, ticket.sender):
        found.append(Proposal(own, NEW, own))
    is_somebody = _is_name(ticket.sender) and role != Role.ORGANISATION
    if ticket.person is None and not reach.candidates and is_somebody:
        found.append(Proposal(_("%(name)s, qui a écrit") % {"name": isolate(ticket.sender)}, WRITER))
    return found


def _label(named: NameMention) -> str:
    phone = phones.format_national(named.phone) if named.phone else ""
    return ", ".join(filter(None, (named.name, named.birth, phone)))


def _other(named: NameMention, role: str) -> str:
    """Return the author's role once the ticket is for the person they name."""
    return role or (Role.RELATIVE.value if named.is_relative else Role.OTHER.value)


def _is_said(name: str, sender: str) -> bool:
    return name.casefold() in sender.casefold()


def _is_name(sender: str) -> bool:
    return bool(sender) and "@" not in sender and not phones.is_number(sender)


def _found_rows(persons: Iterable[PersonFound], opened: OpenedTicket) -> list[Suggestion]:
    return [Suggestion(person_token(person.id, opened.user), person) for person in persons]


@only_asks
@login_required
@require_POST
def whose_search(request: AgentRequest, reference: str) -> HttpResponse:
    """Suggest persons while the agent types; a new one always comes last."""
    opened = open_readable(request, reference)
    require(opened.can_handle)
    typed = request.POST.get("who", "").strip()[:MAX_TYPED]
    looked = search_logged(by=opened.user, typed=typed, at=opened.now)
    asked = understand_query(typed, today=timezone.localdate(opened.now))
    context = {
        "found": _found_rows(looked.persons, opened),
        "typed": typed,
        "new_name": asked.name or typed,
        "refusal": looked.refusal,
    }
    answer = render(request, "backoffice/_whose_found.html", context)
    count = len(looked.persons)
    said = ngettext("%(n)s personne trouvée", "%(n)s personnes trouvées", count) % {"n": count}
    return trigger_client_event(answer, "annonce", {"value": looked.refusal or said})
