"""Names of erased persons, in the history of tickets that stay and were theirs by mistake or for a while."""

from collections.abc import Collection
from dataclasses import replace
from functools import reduce
from operator import or_

from django.db.models import Q

from requests_app.tickets.models import Event
from requests_app.tickets.models.event_data import PersonChanged
from requests_app.tickets.models.events import OF_PERSONS


def erase_names(person_ids: Collection[int], *, going: Collection[int]) -> None:
    """Remove these persons from the events that stay; what needed their names can no longer be undone."""
    if not person_ids:
        return
    named = reduce(or_, (_names(pk) for pk in sorted(person_ids)))
    stay = Event.objects.filter(named, kind__in=OF_PERSONS).exclude(pk__in=going)
    events = list(stay.select_for_update().order_by("pk"))
    for event in events:
        event.data = _remove_names(PersonChanged.read(event.data), set(person_ids)).as_json()
    Event.objects.bulk_update(events, ["data"])


def _names(pk: int) -> Q:
    """Match events that name them; older ones, without ``persons``, name them in what serves to undo."""
    undone = Q(data__contains={"undo": {"person": pk}}) | Q(data__contains={"undo": {"now": pk}})
    return Q(data__contains={"persons": [pk]}) | undone


def _remove_names(said: PersonChanged, gone: set[int]) -> PersonChanged:
    undo = said.undo or {}
    former, now = said.persons or (undo.get("person"), undo.get("now"))
    is_gone = {"from": former in gone, "to": now in gone}
    return replace(
        said,
        from_=None if is_gone["from"] else said.from_,
        to=None if is_gone["to"] else said.to,
        persons=(None if is_gone["from"] else former, None if is_gone["to"] else now),
        undo=None,
        erased=(*said.erased, *(end for end, erased in is_gone.items() if erased)),
    )
