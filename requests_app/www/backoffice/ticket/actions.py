"""What a page offers to do: one verb as a form, and how it is undone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from requests_app.accounts.models import User
from requests_app.tickets.models import Ticket
from requests_app.www.backoffice.ticket import forms

Apply = Callable[[Ticket, dict[str, Any], User, datetime], object]


@dataclass(frozen=True, slots=True)
class Action:
    """One verb as a form; ``done`` is shown after it, ``undone_by`` names the action that undoes it."""

    form: type[forms.ActionForm]
    apply: Apply
    label: str | Promise
    done: str | Promise
    undone_by: str = ""
    undo_label: str | Promise = ""

    @property
    def is_about_one(self) -> bool:
        """Tell whether it names one thing beside the ticket, and not the ticket as it was read."""
        return "which" in self.form.base_fields


def verb_of(verb: Callable[..., object], *fields: str) -> Apply:
    """Return a verb that takes the fields of the form as they are."""

    def apply(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> object:
        return verb(ticket=ticket, by=by, at=at, **{name: data[name] for name in fields})

    return apply
