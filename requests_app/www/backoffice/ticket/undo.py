"""« Annuler »: what was just done, named by the address of the page that follows it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests_app.accounts.agent_request import AgentRequest
from requests_app.answers.services.answering import UNDO
from requests_app.channels.description import Medium
from requests_app.channels.registry import channel_of
from requests_app.tickets.models import Event
from requests_app.tickets.models.event_data import Rerouted
from requests_app.tickets.references import normalise
from requests_app.tickets.selectors.thread import Item
from requests_app.www.backoffice.ticket.transitions import ACTIONS
from requests_app.www.backoffice.triage.listing import read_number

KEYS = frozenset({"fait", "de", "v"})
ANSWERED, MESSAGE, MANY = "reponse", "message", "lot"
MAX_AT_ONCE = 100
SHOWN_FOR = timedelta(minutes=1)  # on a page opened again later, it would be taken for a new action


@dataclass(frozen=True, slots=True)
class Undo:
    """The last thing done, and the form that undoes it; see templates/ui/undo.html."""

    strong: str
    text: str
    action: str
    label: str
    value: int | str
    over: str
    name: str = "version"
    seconds: int = 10

    @property
    def is_of_answer(self) -> bool:
        """Tell whether it undoes an answer: it then stands beside the composer, where the text comes back."""
        return self.name == MESSAGE


def undo_of(request: AgentRequest, *, query: str, items: Iterable[Item] = (), now: datetime) -> Undo | None:
    """Read what was done from the address; it only ever offers actions of ours, checked when posted."""
    name, reference = request.GET.get("fait", ""), normalise(request.GET.get("de", ""))
    if name == MANY:
        return _undo_many(request, query)
    number = read_number(request.GET, "v")
    if not reference or number is None:
        return None
    if name == ANSWERED:
        return _unsend(reference, number, query, items, now)
    done = ACTIONS.get(name)
    if done is None or not done.undone_by:
        return None
    place = _sent_to(request, reference) if name == "reroute" else ""
    return Undo(
        strong=str(done.done),
        text=_("Demande %(reference)s.") % {"reference": reference}
        if not place
        else _("Demande %(reference)s, envoyée à %(place)s.") % {"reference": reference, "place": place},
        action=_address(done.undone_by, reference, query),
        label=str(done.undo_label),
        value=number,
        over=_("C’est gardé. Vous pouvez encore la reprendre depuis sa page.")
        if place
        else _("C’est gardé. Vous pouvez encore la modifier depuis sa page."),
        name="which" if ACTIONS[done.undone_by].is_about_one else "version",
    )


def read_many(written: str) -> list[str]:
    """Parse « LYN-7K4P2Q,LYN-… » into numbers; drop what is none of ours."""
    found = (normalise(each) for each in written.split(",", MAX_AT_ONCE)[:MAX_AT_ONCE])
    return [reference for reference in found if reference]


def _undo_many(request: AgentRequest, query: str) -> Undo | None:
    """Build the undo of several that were sent to one place together."""
    references = read_many(request.GET.get("de", ""))
    place = _sent_to(request, references[0]) if references else ""
    if not place:
        return None
    count = len(references)
    words = ngettext("%(n)s demande envoyée à %(place)s.", "%(n)s demandes envoyées à %(place)s.", count)
    return Undo(
        strong=words % {"n": count, "place": place},
        text="",
        action=reverse("backoffice:bulk_back") + (f"?{query}" if query else ""),
        label=_("Annuler : les reprendre"),
        value=",".join(references),
        over=_("C’est gardé. Vous pouvez encore les reprendre depuis leur page."),
        name="back",
    )


def _sent_to(request: AgentRequest, reference: str) -> str:
    """Return where this agent has just sent it: one statement, only on the page that follows."""
    sent = Event.objects.filter(ticket__reference=reference, kind=Event.Kind.REROUTED, by=request.user)
    data = sent.order_by("-pk").values_list("data", flat=True).first()
    return Rerouted.read(data).to or ""


def _unsend(
    reference: str, touchpoint_id: int, query: str, items: Iterable[Item], now: datetime
) -> Undo | None:
    """Build the undo of an answer that has not left yet, for as long as it waits."""
    sent = next((item for item in items if item.way == "out" and item.id == touchpoint_id), None)
    left = (sent.at + UNDO - now).total_seconds() if sent else 0
    if sent is None or left <= 0:
        return None
    if channel_of(sent.channel).medium == Medium.PAPER:
        return _unpost(sent, _address("unsend", reference, query), math.ceil(left))
    return Undo(
        strong=_("Votre réponse va partir."),
        text=sent.what,
        action=_address("unsend", reference, query),
        label=_("Annuler l’envoi"),
        value=touchpoint_id,
        over=_("Votre réponse est partie."),
        name=MESSAGE,
        seconds=math.ceil(left),
    )


def _unpost(sent: Item, action: str, seconds: int) -> Undo:
    return Undo(
        strong=_("Votre réponse est notée comme postée."),
        text="",
        action=action,
        label=_("Annuler : pas postée"),
        value=sent.id,
        over=_("C’est gardé."),
        name=MESSAGE,
        seconds=seconds,
    )


def _address(name: str, reference: str, query: str) -> str:
    return reverse(f"backoffice:{name}", args=[reference]) + (f"?{query}" if query else "")
