"""The forms of a ticket, ready to be shown: where they post, what they say, what was typed."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.forms import BoundField
from django.urls import reverse

from requests_app.routing.territory import Territory
from requests_app.www.backoffice.choices import Choices
from requests_app.www.backoffice.forms import ActionForm
from requests_app.www.backoffice.listing import Listing
from requests_app.www.backoffice.moves import ACTIONS, PATHS, offered, other_priority
from requests_app.www.backoffice.opening import Opened


@dataclass
class Panel:
    """A form as a template shows it; ``is_open`` when it comes back with something to correct."""

    name: str
    url: str
    opened: Opened
    choices: Choices
    refused: ActionForm | None = None

    @property
    def label(self) -> str:
        return str(ACTIONS[self.name].label)

    @property
    def is_open(self) -> bool:
        return self.refused is not None

    @cached_property
    def form(self) -> ActionForm:
        """Built when it is shown: a page has a dozen, and most are a button."""
        return self.refused or ACTIONS[self.name].form(name=self.name, choices=self.choices)

    @property
    def fields(self) -> list[BoundField]:
        is_button = self.refused is None and ACTIONS[self.name].form is ActionForm
        return [] if is_button else self.form.visible_fields()

    @property
    def other_priority(self) -> str:
        return other_priority(self.opened.ticket)


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
    page = reverse("backoffice:ticket", args=[opened.ticket.reference])
    query = f"?{listing.query}" if listing else ""
    if stays_in_list:
        query += "&ici=tri"
    return {
        name: Panel(
            name,
            f"{page}{PATHS[name]}/{query}",
            opened,
            choices,
            refused if refused is not None and refused.name == name else None,
        )
        for name in offered(opened)
    }


def bound(name: str, data: Any, *, opened: Opened, territory: Territory) -> ActionForm:
    """The form as it was posted; raises UnexpectedFields."""
    return ACTIONS[name].form(data, name=name, choices=Choices(territory, opened.ticket))
