"""The reply templates: read by those who answer; managers write their Maisons', administrators all."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from requests_app.access.gate import require
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.answers import services
from requests_app.answers.models import AnswerModel
from requests_app.answers.variables import NAMES
from requests_app.catalog.models import Topic
from requests_app.lib.text import fold
from requests_app.maisons.models import Maison
from requests_app.routing.territory import Territory
from requests_app.tickets.errors import Refused
from requests_app.www.backoffice.ticket.choices import Choices, QuickSelect, territory_of

MAX_MODEL_LENGTH = 5_000


class ModelForm(forms.Form):
    """A reply template; « lieu » offers the places the agent may write for."""

    name = forms.CharField(
        label=gettext_lazy("Nom du modèle"),
        max_length=80,
        error_messages={"required": gettext_lazy("Écrivez le nom du modèle.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Texte"),
        max_length=MAX_MODEL_LENGTH,
        error_messages={"required": gettext_lazy("Écrivez le texte du modèle.")},
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 12}),
    )
    topic = forms.ChoiceField(
        label=gettext_lazy("Sujet"), required=False, widget=QuickSelect(attrs={"class": "form-select"})
    )
    maison = forms.ChoiceField(
        label=gettext_lazy("Lieu"), required=False, widget=QuickSelect(attrs={"class": "form-select"})
    )

    use_required_attribute = False

    def __init__(self, *args: Any, territory: Territory, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        topics, maisons = self._choice("topic"), self._choice("maison")
        topics.choices = [("", _("Tous les sujets")), *Choices(territory, None).topics]
        mine = [site for site in territory.sites.values() if scope.can_write_models(site.pk)]
        places = sorted((site.label, str(site.pk)) for site in mine)
        everywhere = [("", _("Tous les lieux"))] if scope.can_write_models(None) else []
        maisons.choices = [*everywhere, *((pk, label) for label, pk in places)]

    def _choice(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])


def _scope(request: AgentRequest) -> Scope:
    scope = scope_of(request.user)
    require(scope.can_read_models)
    return scope


@require_GET
@login_required
def answer_models(request: AgentRequest) -> HttpResponse:
    """List the templates, those no longer proposed last."""
    scope = _scope(request)
    query = request.GET.get("q", "")[:80]
    found = AnswerModel.objects.select_related("topic", "maison").order_by("-is_active", "name", "pk")
    for word in fold(query).split()[:6]:
        found = found.filter(search_text__contains=word)
    rows = [(model, scope.can_write_models(model.maison_id)) for model in found[:300]]
    can_write = any(scope.can_write_models(pk) for pk in [None, *scope.listed_places.maisons])
    context = {"rows": rows, "query": query, "can_write": can_write}
    return render(request, "backoffice/answer_models.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def answer_model(request: AgentRequest, pk: int | None = None) -> HttpResponse:
    """Write a template or change one."""
    scope = _scope(request)
    model = get_object_or_404(AnswerModel.objects.active(), pk=pk) if pk else None
    if model and not scope.can_write_models(model.maison_id):
        raise PermissionDenied
    form = ModelForm(
        request.POST or None, initial=_initial(model), territory=territory_of(request), scope=scope
    )
    if not form.fields["maison"].choices:  # type: ignore[attr-defined]
        raise PermissionDenied
    if request.method == "POST" and form.is_valid() and _save(request, form, model):
        messages.success(request, _("Le modèle est enregistré."))
        return redirect("backoffice:answer_models")
    names = [(f"{{{name}}}", words) for name, words in NAMES.items()]
    context = {"form": form, "model": model, "names": names}
    return render(request, "backoffice/answer_model.html", context, status=422 if form.errors else 200)


def _initial(model: AnswerModel | None) -> dict[str, Any]:
    if model is None:
        return {}
    return {
        "name": model.name,
        "text": model.text,
        "topic": str(model.topic_id or ""),
        "maison": str(model.maison_id or ""),
    }


def _save(request: AgentRequest, form: ModelForm, model: AnswerModel | None) -> bool:
    given = form.cleaned_data
    try:
        services.save_model(
            model=model,
            name=given["name"],
            text=given["text"],
            topic=Topic.objects.get(pk=given["topic"]) if given["topic"] else None,
            maison=Maison.objects.get(pk=given["maison"]) if given["maison"] else None,
            by=request.user,
            at=timezone.now(),
        )
    except Refused as error:
        form.add_error("text" if "{" in str(error) else "name", str(error))
        return False
    return True


@require_POST
@login_required
def answer_model_active(request: AgentRequest, pk: int) -> HttpResponse:
    """Stop proposing a template, or propose it again: one undoes the other."""
    scope, model = _scope(request), get_object_or_404(AnswerModel, pk=pk)
    require(scope.can_write_models(model.maison_id))
    verb = services.retire_model if model.is_active else services.restore_model
    try:
        verb(model=model, by=request.user, at=timezone.now())
    except Refused as error:
        messages.error(request, str(error))
    else:
        said = _("« %(name)s » n’est plus proposé.") if model.is_active else _("« %(name)s » est proposé.")
        messages.success(request, said % {"name": model.name})
    return redirect("backoffice:answer_models")
