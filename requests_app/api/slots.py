"""Free slots, as agents and citizens are offered them; reading them offers nothing to anybody."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import dropwhile, islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from requests_app.api.fields import DayField, TextField
from requests_app.api.known_codes import require_known
from requests_app.api.pages import Cursor, Page, PagedView, PageQuery, cut_page
from requests_app.api.problems import invalid_parameter
from requests_app.appointments.models import AppointmentType
from requests_app.maisons.models import Maison
from requests_app.slots.computing.grid import Slot
from requests_app.slots.computing.wall_clock import day_of
from requests_app.slots.selectors import HORIZON, YEARS, Wanted, iterate_back, iterate_slots

MAX_DAYS = timedelta(days=366)
Key = tuple[datetime, str, str]


class SlotQuery(PageQuery):
    """Of which type, where and when."""

    type = TextField(max_length=40, help_text=gettext_lazy("Le code de la sorte de rendez-vous."))
    maison = TextField(required=False, max_length=20, help_text=gettext_lazy("Le code du lieu."))

    def get_fields(self) -> dict[str, Any]:
        """Add the two days: ``from`` cannot be written as a member."""
        first = gettext_lazy("Le premier jour, à Paris ; sinon aujourd’hui.")
        last = gettext_lazy("Le dernier jour, compris ; sinon trois mois après le premier.")
        return {
            **super().get_fields(),
            "from": DayField(required=False, help_text=first),
            "to": DayField(required=False, help_text=last),
        }


class SlotOut(serializers.Serializer):
    """A start that is free, with an agent who can receive then."""

    maison = serializers.CharField()
    agent = serializers.CharField()
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()


class SlotList(PagedView):
    """List the free slots of a type at the Maisons of the key, the soonest first."""

    resource, Query, Out = "slots", SlotQuery, SlotOut

    def read_page(self, **kwargs: Any) -> Page:
        """Read as many days as the page takes, from the day of its cursor on."""
        require_known(self.asked, self.scope)
        wanted, cursor = self._read_wanted(), self.read_cursor(_is_key)
        found = (
            _list_after(wanted, cursor)
            if cursor is None or not cursor.is_back
            else _list_before(wanted, cursor)
        )
        size = self.asked["page_size"]
        return cut_page(list(islice(found, size + 1)), cursor=cursor, size=size, key_of=_write_key)

    def show(self, rows: Sequence[Slot]) -> list[dict[str, Any]]:
        return [row.as_plain() for row in rows]

    def _read_wanted(self) -> Wanted:
        first, last = self._read_days()
        return Wanted(self._read_type(), first, last, self.now, maisons=self._read_maisons())

    def _read_days(self) -> tuple[date, date]:
        first = self.asked.get("from", day_of(self.now))
        if first.year not in YEARS:
            raise invalid_parameter("from", _("Écrivez un jour des années 2000 à 2099."))
        last = self.asked.get("to", first + HORIZON)
        if not first <= last <= first + MAX_DAYS or last.year not in YEARS:
            raise invalid_parameter("to", _("Écrivez un jour de l’année qui suit « from »."))
        return first, last

    def _read_type(self) -> AppointmentType:
        found = AppointmentType.objects.active().filter(code=self.asked["type"]).first()
        if found is None:
            raise invalid_parameter("type", _("Rien ne porte ce code, ou la clé ne le voit pas."))
        return found

    def _read_maisons(self) -> list[str] | None:
        """Return the Maison asked for, else those of the key; None for everywhere."""
        places = self.scope.listed_places
        if "maison" in self.asked:
            return [self.asked["maison"]]
        if places.everywhere:
            return None
        return list(Maison.objects.filter(pk__in=places.maisons).values_list("code", flat=True))


def _list_after(wanted: Wanted, cursor: Cursor | None) -> Iterator[Slot]:
    """Yield the slots after a cursor; the grid does not depend on the first day."""
    if cursor is None:
        return iterate_slots(wanted)
    key = _read_key(cursor.key)
    found = iterate_slots(replace(wanted, first=max(wanted.first, day_of(key[0]))))
    return dropwhile(lambda slot: slot[:3] <= key, found)


def _list_before(wanted: Wanted, cursor: Cursor) -> Iterator[Slot]:
    key = _read_key(cursor.key)
    found = iterate_back(replace(wanted, last=min(wanted.last, day_of(key[0]))))
    return dropwhile(lambda slot: slot[:3] >= key, found)


def _write_key(slot: Slot) -> str:
    return "\n".join((slot.start.isoformat(), slot.maison, slot.agent))


def _read_key(key: str) -> Key:
    """Return where a slot stands in the order; ValueError for what is not one."""
    start, maison, agent = key.split("\n")
    instant = datetime.fromisoformat(start)
    if instant.tzinfo is None or instant.year not in YEARS:
        raise ValueError(key)
    return instant, maison, agent


def _is_key(key: str) -> bool:
    try:
        _read_key(key)
    except ValueError:
        return False
    return True
