"""Where a moved appointment leads back to: the absence or the closure that met it, named in the address."""

import re

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.urls import reverse

from requests_app.slots.models import Absence, Closure

MARK = re.compile(r"(absence|fermeture)-([0-9]{1,9})")
VIEWS = {"absence": "agenda:absence", "fermeture": "agenda:closure"}


def mark_of(row: Absence | Closure) -> str:
    """Return what the links of its page carry."""
    return f"{'absence' if isinstance(row, Absence) else 'fermeture'}-{row.pk}"


def read_mark(request: HttpRequest) -> str:
    """Return the mark of an address, "" when it has none; raises BadRequest."""
    mark = request.GET.get("retour", "")
    if mark and not MARK.fullmatch(mark):
        raise BadRequest("not a page to come back to")
    return mark


def page_of(mark: str) -> str:
    """Return the address of the page; rights are checked there."""
    kind, _dash, pk = mark.partition("-")
    return reverse(VIEWS[kind], args=[int(pk)])


def list_url(mark: str, pk: int) -> str:
    """Return the address of the page once this appointment was moved."""
    return f"{page_of(mark)}?deplace={pk}"
