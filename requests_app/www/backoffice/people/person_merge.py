"""« C’est la même personne »: two records compared, made one, and made two again (threats: A02, A06, W12)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.casefile.similar_records import identity_of
from requests_app.lib.direction import isolate
from requests_app.people.duplicates import compare
from requests_app.people.merging import ATTRIBUTES, FIRST, SECOND, attributes_of, fingerprint
from requests_app.people.models import MergeLog
from requests_app.people.selectors import needs_of, points_of
from requests_app.people.services import forget_different, say_different
from requests_app.tickets.errors import ChangedMeanwhile, NotAllowed, Refused
from requests_app.tickets.services import merge_persons, unmerge_persons
from requests_app.www.backoffice.people.person_opening import OpenedPerson, open_handled

EXPECTED = {"csrfmiddlewaretoken", "seen", *ATTRIBUTES}


@require_http_methods(["GET", "POST"])
@login_required
def merge(request: AgentRequest, pk: int, other: int) -> HttpResponse:
    """Compare two persons the agent may know, then make them one."""
    first, second = _both(request, pk, other)
    if request.method != "POST":
        first.note()
        second.note()
        return _page(request, first, second)
    if not set(request.POST) <= EXPECTED:
        raise BadRequest("unexpected fields")
    choices = {name: request.POST[name] for name in ATTRIBUTES if request.POST.get(name) in {FIRST, SECOND}}
    who = {"survivor": first.person, "merged": second.person}
    try:
        merge_persons(**who, choices=choices, seen=request.POST.get("seen", ""), by=first.user, at=first.now)
    except Refused as error:
        return _page(request, *_both(request, pk, other), choices=choices, error=error)
    messages.success(
        request, _("Les deux fiches n’en font plus qu’une. Vous pouvez annuler pendant 30 jours.")
    )
    return _redirect_to(pk)


@require_POST
@login_required
def different(request: AgentRequest, pk: int, other: int) -> HttpResponse:
    """Note « Pas la même personne »: not proposed again."""
    first, second = _both(request, pk, other)
    say_different(one=first.person, other=second.person, by=first.user, at=first.now)
    messages.success(
        request, _("C’est noté : ce sont deux personnes. Elles ne seront plus proposées ensemble.")
    )
    return _redirect_to(pk)


@require_POST
@login_required
def not_different(request: AgentRequest, pk: int, other: int) -> HttpResponse:
    """Undo « pas la même personne »."""
    first, second = _both(request, pk, other)
    forget_different(one=first.person, other=second.person)
    messages.success(request, _("C’est oublié : les deux fiches peuvent être proposées ensemble."))
    return _redirect_to(pk)


@require_POST
@login_required
def unmerge(request: AgentRequest, pk: int, log: int) -> HttpResponse:
    """Undo the merge, from the page of the survivor."""
    known = open_handled(request, pk)
    found = get_object_or_404(MergeLog, pk=log, survivor=pk)
    try:
        undone = unmerge_persons(log=found, by=known.user, at=known.now)
    except Refused as error:
        messages.error(request, str(error))
        return _redirect_to(pk)
    name = isolate(undone.merged.full_name)
    messages.success(request, _("La fusion est annulée : %(name)s a de nouveau sa fiche.") % {"name": name})
    if undone.stayed:
        stayed = ngettext(
            "%(n)s demande donnée depuis à une autre personne y reste.",
            "%(n)s demandes données depuis à une autre personne y restent.",
            undone.stayed,
        )
        messages.warning(request, stayed % {"n": undone.stayed})
    return _redirect_to(pk)


def _both(request: AgentRequest, pk: int, other: int) -> tuple[OpenedPerson, OpenedPerson]:
    return open_handled(request, pk), open_handled(request, other)


def _page(
    request: HttpRequest,
    first: OpenedPerson,
    second: OpenedPerson,
    choices: dict[str, str] | None = None,
    error: Refused | None = None,
) -> HttpResponse:
    sides = [_side(known) for known in (first, second)]
    likeness = compare(*(identity_of(side["person"], side["points"]) for side in sides))
    lines = [
        (line, (choices or {}).get(line.name, line.proposed))
        for line in attributes_of(first.person, second.person)
    ]
    context = {
        "first": sides[0],
        "second": sides[1],
        "sides": sides,
        "lines": lines,
        "reasons": likeness.reasons,
        "seen": fingerprint(first.person, second.person),
        "error": str(error) if error else "",
        "missing": [line.label for line, chosen in lines if error and not line.is_same and not chosen],
        "FIRST": FIRST,
        "SECOND": SECOND,
    }
    return render(request, "backoffice/merge.html", context, status=_status(error))


def _status(error: Refused | None) -> int:
    if error is None:
        return 200
    return 403 if isinstance(error, NotAllowed) else 409 if isinstance(error, ChangedMeanwhile) else 422


def _side(known: OpenedPerson) -> dict[str, Any]:
    return {
        "person": known.person,
        "name": known.person.full_name,
        "points": points_of(known.person.pk),
        "needs": needs_of(known.person.pk),
        "demands": known.demands,
    }


def _redirect_to(pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("backoffice:person_page", args=[pk]))
