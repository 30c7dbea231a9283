"""Where to go: every Maison, the nearest ones, and a page for each."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from requests_app.feedback.selectors import published_at
from requests_app.lib.questions import only_asks
from requests_app.maisons import opening
from requests_app.maisons.models import Maison
from requests_app.slots.weeks import describe_span
from requests_app.www.public.drawing import draw
from requests_app.www.public.finding import (
    NEAREST,
    NotFound,
    Question,
    Somewhere,
    add_waits,
    place_of,
    where,
)
from requests_app.www.public.finding import places as find_places


class Box(forms.CheckboxInput):
    """A checkbox large enough for a finger."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "form-check-input"})


class PlacesForm(forms.Form):
    """Where a person is stays out of the page's address: it is sent by POST and not stored (threats: P01)."""

    address = forms.CharField(
        label=_("Votre adresse ou votre commune"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "street-address", "class": "form-control"}),
    )
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    is_open_now = forms.BooleanField(label=_("Ouvert maintenant"), required=False, widget=Box)
    is_open_on_saturday = forms.BooleanField(label=_("Ouvert le samedi"), required=False, widget=Box)

    def question(self) -> Question:
        """Return what was asked; a point or a box that cannot be read asks nothing."""
        self.full_clean()
        data = self.cleaned_data if self.is_bound else {}
        lat, lon = data.get("lat"), data.get("lon")
        return Question(
            address=data.get("address", ""),
            point=(lon, lat) if lat is not None and lon is not None else None,
            is_open_now=bool(data.get("is_open_now")),
            is_open_on_saturday=bool(data.get("is_open_on_saturday")),
        )


@only_asks
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest) -> HttpResponse:
    """List the places: the nearest to an address or to the phone, or all of them by name."""
    form = PlacesForm(request.POST) if request.method == "POST" else PlacesForm()
    question, now = form.question(), timezone.now()
    problem, somewhere = _where(question)
    found = find_places(question, somewhere, now)
    listed = add_waits(found[:NEAREST] if somewhere else found, now)
    context = {
        "form": form,
        "problem": problem,
        "somewhere": somewhere,
        "listed": listed,
        "is_filtered": question.is_open_now or question.is_open_on_saturday,
        "drawing": draw(listed, found[len(listed) :], somewhere),
    }
    return render(request, "public/places.html", context)


def _where(question: Question) -> tuple[str, Somewhere | None]:
    try:
        return "", where(question)
    except NotFound as error:
        return str(error), None


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show one Maison, made to be printed and taken along."""
    maison = get_object_or_404(Maison.objects.current().select_related("commune"), code=code)
    found = place_of(maison, timezone.now())
    context = {
        "place": found,
        "hours": opening.describe_week(maison),
        "closures": [describe_span(row) for row in found.closures],
        "drawing": draw([found], [], None),
        "improvements": published_at(maison.pk),
    }
    return render(request, "public/place.html", context)
