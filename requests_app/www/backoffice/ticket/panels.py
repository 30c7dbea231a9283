"""The forms of a ticket, ready to be shown: where they post, their labels, what was typed."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from requests_app.routing.territory import Territory
from requests_app.tickets.deadlines import local_day
from requests_app.www.backoffice.fields import blank_fields, fields_markup, hidden_markup
from requests_app.www.backoffice.ticket.choices import Choices
from requests_app.www.backoffice.ticket.forms import ActionForm
from requests_app.www.backoffice.ticket.opening import OpenedTicket
from requests_app.www.backoffice.ticket.transitions import ACTIONS, PATHS, offered_actions, other_priority
from requests_app.www.backoffice.triage.listing import Listing


@dataclass
class Panel:
    """A form as a template shows it; ``is_open`` when it comes back with something to correct."""

    name: str
    url: str
    opened: OpenedTicket
    choices: Choices
    refused: ActionForm | None = None

    @property
    def label(self) -> str:
        return str(ACTIONS[self.name].label)

    @property
    def is_open(self) -> bool:
        return self.refused is not None

    @property
    def fields(self) -> dict[str, SafeString]:
        """Return the markup of each visible field, by name."""
        if self.refused is not None:
            return fields_markup(self.refused)
        form, today = ACTIONS[self.name].form, local_day(self.opened.now)
        return blank_fields(self.name, form, self.choices, today=today)

    @property
    def hidden(self) -> SafeString:
        """Return what a refused form must send again."""
        return hidden_markup(self.refused) if self.refused is not None else SafeString()

    @property
    def other_priority(self) -> str:
        return other_priority(self.opened.ticket)


def panels_of(
    opened: OpenedTicket,
    *,
    territory: Territory,
    listing: Listing | None,
    stays_in_list: bool = False,
    refused: ActionForm | None = None,
) -> dict[str, Panel]:
    """Return all the actions offered, by name; the refused one preserves what was typed."""
    choices = Choices(territory, opened.ticket, opened.user)
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
        for name in offered_actions(opened)
    }


def bind_form(name: str, data: Any, *, opened: OpenedTicket, territory: Territory) -> ActionForm:
    """Bind the form as it was posted; raise UnexpectedFields."""
    return ACTIONS[name].form(data, name=name, choices=Choices(territory, opened.ticket, opened.user))
