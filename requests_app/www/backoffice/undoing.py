"""« Annuler »: what was just done, told by the address of the page that follows it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from requests_app.tickets.references import normalise
from requests_app.www.backoffice.listing import read_number
from requests_app.www.backoffice.moves import ACTIONS

KEYS = frozenset({"fait", "de", "v"})


@dataclass(frozen=True, slots=True)
class Undo:
    """The last thing done, and the form that takes it back; see templates/ui/undo.html."""

    strong: str
    text: str
    action: str
    label: str
    version: int


def undo_of(request: HttpRequest, *, query: str) -> Undo | None:
    """Read what was done from the address; it only ever offers actions of ours, checked when posted."""
    done, reference = ACTIONS.get(request.GET.get("fait", "")), normalise(request.GET.get("de", ""))
    version = read_number(request.GET, "v")
    if done is None or not done.undone_by or not reference or version is None:
        return None
    return Undo(
        strong=str(done.done),
        text=_("Demande %(reference)s.") % {"reference": reference},
        action=reverse(f"backoffice:{done.undone_by}", args=[reference]) + (f"?{query}" if query else ""),
        label=str(done.undo_label),
        version=version,
    )
