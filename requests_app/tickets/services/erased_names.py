"""Names of erased persons, in the history of tickets that stay and were theirs by mistake or for a while."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.tickets.models import Event
from requests_app.tickets.models.events import OF_PERSONS


def erase_names(person_ids: Collection[int], *, going: Collection[int]) -> None:
    """Remove these persons from the events that stay; what needed their names can no longer be undone."""
    if not person_ids:
        return
    named = reduce(or_, (_names(pk) for pk in sorted(person_ids)))
    stay = Event.objects.filter(named, kind__in=OF_PERSONS).exclude(pk__in=going)
    events = list(stay.select_for_update().order_by("pk"))
    for event in events:
        event.data = _remove_names(event.data, set(person_ids))
    Event.objects.bulk_update(events, ["data"])


def _names(pk: int) -> Q:
    """Match events that name them; older ones, without ``persons``, name them in what serves to undo."""
    undone = Q(data__contains={"undo": {"person": pk}}) | Q(data__contains={"undo": {"now": pk}})
    return Q(data__contains={"persons": [pk]}) | undone


def _remove_names(data: dict[str, Any], gone: set[int]) -> dict[str, Any]:
    undo = data.get("undo", {})
    former, now = data.get("persons") or [undo.get("person"), undo.get("now")]
    with translation.override(settings.LANGUAGE_CODE):
        erased = _("une fiche effacée")
    cleaned = {name: value for name, value in data.items() if name != "undo"}
    cleaned["persons"] = [None if pk in gone else pk for pk in (former, now)]
    for name, pk in (("from", former), ("to", now)):
        if pk in gone and name in cleaned:
            cleaned[name] = erased
    return cleaned
