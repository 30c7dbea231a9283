"""Answer from the ticket page: what was typed is saved first, then sent, or shown again with the reason."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.answers import services
from requests_app.answers.models import Draft
from requests_app.answers.recipients import Recipient, choice_of_other, other_recipient, read_recipients
from requests_app.lib.bodies import accepts_body
from requests_app.outbox.models import Outgoing
from requests_app.tickets.errors import ChangedMeanwhile, NotAllowed, Refused
from requests_app.tickets.models import Participant, Touchpoint
from requests_app.tickets.selectors.family import family_of
from requests_app.www.backoffice.composer.answer_forms import AnswerForm
from requests_app.www.backoffice.composer.composer_panel import OTHER
from requests_app.www.backoffice.ticket import undo
from requests_app.www.backoffice.ticket.choices import Choices, territory_of
from requests_app.www.backoffice.ticket.forms import UnexpectedFields
from requests_app.www.backoffice.ticket.opening import OpenedTicket, open_readable
from requests_app.www.backoffice.ticket.ticket_page import Refusal, listing_of, ticket_page
from requests_app.www.backoffice.triage.listing import Listing, read_number

ALSO = frozenset({"fil"})


@accepts_body()  # with its files
@require_POST
@login_required
def answer(request: AgentRequest, reference: str) -> HttpResponse:
    """Send what was typed; a page posted twice sends once."""
    opened = open_readable(request, reference)
    listing = listing_of(request, opened, also=ALSO)
    try:
        form = AnswerForm(request.POST, name="answer", choices=Choices(territory_of(request), opened.ticket))
    except UnexpectedFields as error:
        raise BadRequest("unexpected fields") from error
    if not form.is_valid():
        raise BadRequest("not the form of this page")
    if sent := services.sent_already(opened.ticket, form.cleaned_data["token"]):
        return _redirect_sent(opened, listing, sent)
    refused: Refused
    try:
        return _redirect_sent(opened, listing, _answer(request, opened, form))
    except ChangedMeanwhile as error:
        refused, status = error, 409
    except Refused as error:
        refused, status = error, 403 if isinstance(error, NotAllowed) else 422
    now = open_readable(request, reference)
    missed = now.ticket.version - form.cleaned_data["version"] if status == 409 else 0
    return ticket_page(request, now, listing, Refusal(str(refused), form, status, missed))


def _answer(request: HttpRequest, opened: OpenedTicket, form: AnswerForm) -> Touchpoint:
    given = form.cleaned_data
    _save_typed(request, opened, given)
    to = _recipient(opened, given)
    if to.warning and given["confirmed"] != to.address:
        form.shown_warning = to.address  # type: ignore[attr-defined]
        raise Refused(_("%(warning)s Pour envoyer quand même, envoyez à nouveau.") % {"warning": to.warning})
    also = _also(opened, given["also"])
    opened.ticket.version = given["version"]
    return services.answer(
        ticket=opened.ticket,
        to=to,
        also=also,
        token=given["token"],
        then=given["then"],
        by=opened.user,
        at=opened.now,
    )


def _also(opened: OpenedTicket, keys: list[int]) -> list[Participant]:
    """Return those chosen who still take part; one who no longer does stops the answer."""
    here = Participant.objects.present().filter(ticket__in=family_of(opened.ticket))
    found = list(here.filter(pk__in=keys).order_by("pk"))
    found = [each for each in found if "@" in each.address]
    if len(found) < len(set(keys)):
        raise Refused(_("Quelqu’un ne participe plus à la demande. Relisez qui reçoit votre réponse."))
    return found


def _save_typed(request: HttpRequest, opened: OpenedTicket, given: dict[str, Any]) -> None:
    """Save the text first, alone: a file that is refused must not lose it."""
    values: dict[str, Any] = {
        "ticket": opened.ticket,
        "kind": Draft.Kind.ANSWER,
        "text": given["text"],
        "recipient": given["to"] if given["to"] != OTHER else choice_of_other(given["other"]),
        "also": given["also"] if given["also_shown"] else None,
        "by": opened.user,
        "at": opened.now,
    }
    services.save_draft(**values)
    if files := request.FILES.getlist("pieces"):
        services.save_draft(**values, files=files)


def _recipient(opened: OpenedTicket, given: dict[str, str]) -> Recipient:
    today = timezone.localdate(opened.now)
    if given["to"] == OTHER:
        try:
            return other_recipient(given["other"], opened.ticket, on=today)
        except ValueError as error:
            raise Refused(str(error)) from error
    offered = read_recipients(opened.ticket, on=today)
    found = next((each for each in offered if each.choice == given["to"]), None)
    if found is None:
        raise Refused(_("Choisissez à qui vous répondez."))
    return found


def _redirect_sent(opened: OpenedTicket, listing: Listing | None, touchpoint: Touchpoint) -> HttpResponse:
    done: dict[str, str | int] = {"fait": undo.ANSWERED, "de": opened.ticket.reference, "v": touchpoint.pk}
    return _back(opened, listing, done)


@require_POST
@login_required
def unsend(request: AgentRequest, reference: str) -> HttpResponse:
    """Undo the sending: the text is in the composer again."""
    opened = open_readable(request, reference)
    listing = listing_of(request, opened, also=ALSO)
    try:
        services.unsend(touchpoint=_touchpoint(request, opened), by=opened.user, at=opened.now)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("L’envoi est annulé. Votre texte est ci-dessous."))
    return _back(opened, listing, {})


@require_POST
@login_required
def reuse(request: AgentRequest, reference: str) -> HttpResponse:
    """Put the text of an answer that did not arrive into the composer."""
    opened = open_readable(request, reference)
    listing = listing_of(request, opened, also=ALSO)
    try:
        services.reuse(touchpoint=_touchpoint(request, opened), by=opened.user, at=opened.now)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Le texte est dans votre réponse. Choisissez comment l’envoyer."))
    return _back(opened, listing, {})


def _touchpoint(request: HttpRequest, opened: OpenedTicket) -> Touchpoint:
    pk = read_number(request.POST, "message")
    answers = Q(outgoing__kind=Outgoing.Kind.ANSWER) | Q(facts__by_post=True)
    ours = Touchpoint.objects.select_related("outgoing", "ticket").filter(answers)
    ours = ours.exclude(facts__has_key="copy_of")
    return get_object_or_404(ours, pk=pk or 0, ticket__in=family_of(opened.ticket))


def _back(opened: OpenedTicket, listing: Listing | None, done: dict[str, str | int]) -> HttpResponse:
    page = reverse("backoffice:ticket", args=[opened.ticket.reference])
    query = "&".join(part for part in (listing.query if listing else "", urlencode(done)) if part)
    return HttpResponseRedirect(f"{page}?{query}#reponse" if query else f"{page}#reponse")
