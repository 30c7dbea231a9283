"""The forms of a ticket, ready to be shown: where they post, what they say, what was typed."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from requests_app.routing.territory import Territory
from requests_app.www.backoffice.choices import Choices
from requests_app.www.backoffice.forms import ActionForm
from requests_app.www.backoffice.listing import Listing
from requests_app.www.backoffice.moves import ACTIONS, offered, other_priority
from requests_app.www.backoffice.opening import Opened


@dataclass(frozen=True, slots=True)
class Panel:
    """A form as a template shows it; ``is_open`` when it comes back with something to correct."""

    name: str
    url: str
    label: str
    form: ActionForm
    is_open: bool = False


def panels_of(
    opened: Opened,
    *,
    territory: Territory,
    listing: Listing | None,
    stays_in_list: bool = False,
    refused: ActionForm | None = None,
) -> dict[str, Panel]:
    """All the actions offered, by name; the refused one keeps what was typed."""
    choices = Choices(territory, opened.ticket)
    query = f"?{listing.query}" if listing else ""
    if stays_in_list:
        query += "&ici=tri"
    panels = {}
    for name in offered(opened):
        is_refused = refused is not None and refused.name == name
        form = refused if refused is not None and is_refused else _form(name, opened, choices)
        url = reverse(f"backoffice:{name}", args=[opened.ticket.reference]) + query
        panels[name] = Panel(name, url, str(ACTIONS[name].label), form, is_refused)
    return panels


def _form(name: str, opened: Opened, choices: Choices) -> ActionForm:
    form = ACTIONS[name].form(name=name, choices=choices)
    form.initial = {"version": opened.ticket.version}
    if name == "priority":
        form.initial["priority"] = other_priority(opened.ticket)
    return form


def bound(name: str, data: Any, *, opened: Opened, territory: Territory) -> ActionForm:
    """The form as it was posted; raises UnexpectedFields."""
    return ACTIONS[name].form(data, name=name, choices=Choices(territory, opened.ticket))
