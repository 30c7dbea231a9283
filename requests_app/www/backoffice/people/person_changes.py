"""Correct who a person is, how to reach them and what to do for them (threats: A05, W03, W12)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.accounts.agent_request import AgentRequest
from requests_app.people.errors import ChangedMeanwhile, Refused
from requests_app.people.history import last_word
from requests_app.people.models import ContactPoint, Person, PersonChange
from requests_app.people.selectors import needs_of, uses_of
from requests_app.people.services import (
    add_point,
    change_identity,
    change_point,
    remove_point,
    restore_point,
    set_needs,
)
from requests_app.www.backoffice.people.person_forms import (
    IdentityForm,
    NeedsForm,
    NewPointForm,
    PointForm,
    identity_seen,
    needs_seen,
    point_seen,
)
from requests_app.www.backoffice.people.person_opening import OpenedPerson, open_handled, open_person
from requests_app.www.backoffice.people.person_undo import REMOVED

Do = Callable[[Any], object]


@require_http_methods(["GET", "POST"])
@login_required
def identity(request: AgentRequest, pk: int) -> HttpResponse:
    """Correct their name and birth."""
    known = open_handled(request, pk)
    form = IdentityForm(request.POST or None, person=known.person, today=timezone.localdate(known.now))
    born = known.person.birth_date or known.person.birth_year or ""
    context = {
        "title": _("Corriger qui elle est"),
        "seen": identity_seen(known.person),
        "current": f"{known.person.full_name} {born}".strip(),
    }

    def do(data: Any) -> object:
        to, seen = form.identity(), data["seen"]
        return change_identity(person=known.person, to=to, seen=seen, by=known.user, at=known.now)

    return form_page(request, known, form, do, context, _("C’est corrigé."))


@require_http_methods(["GET", "POST"])
@login_required
def point_new(request: AgentRequest, pk: int) -> HttpResponse:
    """Add a phone number or an e-mail address."""
    known = open_handled(request, pk)
    form = NewPointForm(request.POST or None)

    def do(data: Any) -> object:
        typed = data["typed"]
        kind = ContactPoint.Kind.EMAIL if "@" in typed else ContactPoint.Kind.PHONE
        return add_point(person=known.person, kind=kind, typed=typed, by=known.user, at=known.now)

    context = {"title": _("Ajouter un contact"), "seen": ""}
    return form_page(request, known, form, do, context, _("Le contact est ajouté."))


@require_http_methods(["GET", "POST"])
@login_required
def point(request: AgentRequest, pk: int, point: int) -> HttpResponse:
    """Correct a contact, and what it may be used for."""
    known = open_handled(request, pk)
    row = _point_of(known.person, point)
    form = PointForm(request.POST or None, point=row)
    seen = point_seen(row)
    remove_url = reverse("backoffice:point_remove", args=[known.person.pk, point])
    context = {
        "title": _("Corriger un contact"),
        "seen": seen,
        "remove_url": remove_url,
        "current": ", ".join([form.initial["typed"], *uses_of(row.usable_for)]),
    }

    def do(data: Any) -> object:
        said = {"typed": data["typed"], "terms": form.terms(), "seen": data["seen"]}
        return change_point(point=row, **said, by=known.user, at=known.now)

    return form_page(request, known, form, do, context, _("Le contact est corrigé."))


@require_POST
@login_required
def point_remove(request: AgentRequest, pk: int, point: int) -> HttpResponse:
    """Remove a contact: nothing is sent there any longer; the page that follows offers to undo it."""
    known = open_handled(request, pk)
    row, seen = _point_of(known.person, point), request.POST.get("seen", "")
    try:
        change = remove_point(point=row, seen=seen, by=known.user, at=known.now)
    except Refused as error:
        messages.error(request, str(error))
        return _redirect_to(known)
    return _redirect_to(known, f"?{REMOVED}={change.pk}")


@require_POST
@login_required
def point_restore(request: AgentRequest, pk: int, change: int) -> HttpResponse:
    """Restore a removed contact, just after or from their history."""
    known = open_handled(request, pk)
    changes = PersonChange.objects.filter(Q(person=known.person) | Q(person__merged_into=known.person))
    removed = get_object_or_404(changes, pk=change, kind=PersonChange.Kind.POINT_REMOVED)
    try:
        restore_point(change=removed, person=known.person, by=known.user, at=known.now)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Le contact est remis."))
    return _redirect_to(known)


@require_http_methods(["GET", "POST"])
@login_required
def needs(request: AgentRequest, pk: int) -> HttpResponse:
    """Set what to do for them; the desk is told too."""
    known = open_person(request, pk)
    rows = list(known.person.access_needs.all())
    form = NeedsForm(request.POST or None, needs=rows)

    def do(data: Any) -> object:
        chosen, seen = form.chosen_needs(), data["seen"]
        return set_needs(person=known.person, needs=chosen, seen=seen, by=known.user, at=known.now)

    context = {
        "title": _("Ce qu’il faut faire"),
        "seen": needs_seen(rows),
        "current": " ; ".join(line.words for line in needs_of(known.person.pk)),
    }
    return form_page(request, known, form, do, context, _("C’est noté."))


def form_page(
    request: HttpRequest,
    known: OpenedPerson,
    form: Form,
    do: Do,
    context: dict[str, Any],
    done: str | Promise,
) -> HttpResponse:
    """Show a form, or do what it says; what was typed stays beside what is wrong."""
    status = 200
    if request.method == "POST":
        if not set(request.POST) <= {"csrfmiddlewaretoken", *form.fields}:
            raise BadRequest("unexpected fields")
        status = _try(form, do)
        if status == 200:
            messages.success(request, str(done))
            return _redirect_to(known)
    else:
        known.note()
    whole = {
        "form": form,
        "is_stale": status == 409,
        "changed": last_word(known.person.pk) if status == 409 else None,
        "person": known.person,
        "name": known.person.full_name,
        **context,
    }
    return render(request, "backoffice/person_form.html", whole, status=status)


def _try(form: Form, do: Do) -> int:
    """Do it and return the status of the answer; a refusal stands in the form."""
    if not form.is_valid():
        return 422
    try:
        do(form.cleaned_data)
    except Refused as error:
        form.add_error("typed" if "typed" in form.fields else None, str(error))
        return 409 if isinstance(error, ChangedMeanwhile) else 422
    return 200


def _point_of(person: Person, pk: int) -> ContactPoint:
    return get_object_or_404(ContactPoint, pk=pk, person=person)


def _redirect_to(known: OpenedPerson, query: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("backoffice:person_page", args=[known.person.pk]) + query)
