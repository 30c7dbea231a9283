"""Who acts for a person on a given day, and which of the two receives our answers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from requests_app.lib import french
from requests_app.people.models import Mandate

Receives = Mandate.Receives
COLUMNS = ("pk", "kind", "holder", "address", "receives", "starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class Representation:
    """One mandate as pages show it."""

    id: int
    kind: str
    holder: str
    address: str
    receives: str
    starts_on: date
    ends_on: date | None = None

    @property
    def title(self) -> str:
        return str(Mandate.Kind(self.kind).label)

    @property
    def since(self) -> str:
        """Return the days it holds, in words."""
        words = _("depuis le %(start)s") if self.ends_on is None else _("du %(start)s au %(end)s")
        end = french.day(self.ends_on) if self.ends_on else ""
        return words % {"start": french.day(self.starts_on), "end": end}

    @property
    def who_receives(self) -> str:
        said = {
            Receives.HOLDER: _("Nos réponses vont à %(holder)s seulement."),
            Receives.BOTH: _("Nos réponses vont aux deux."),
            Receives.PERSON: _("Nos réponses vont à la personne seulement."),
        }
        return said[Receives(self.receives)] % {"holder": self.holder}


def mandates_in_force(person_id: int | None, on: date) -> list[Representation]:
    """List those in force on that day, oldest first; one statement, none without a person."""
    if person_id is None:
        return []
    rows = Mandate.objects.in_force(on).filter(person=person_id).order_by("starts_on", "pk")
    return [Representation(*row) for row in rows.values_list(*COLUMNS)]


def mandates_of(person_id: int) -> list[Representation]:
    """List all mandates not removed, future and past ones too; one statement."""
    rows = Mandate.objects.standing().filter(person=person_id).order_by("-starts_on", "-pk")
    return [Representation(*row) for row in rows.values_list(*COLUMNS)]


def representation_of(row: dict[str, Any]) -> Representation:
    """Build it from the JSON of a hand-written statement."""
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("starts_on", "ends_on")}
    return Representation(**{**row, **days})


def why_closed(address: str, theirs: Collection[str], mandates: Iterable[Representation]) -> str:
    """Say why no answer goes to an address, or ""; ``theirs`` tells that it is the person's own."""
    for mandate in mandates:
        if mandate.receives == Receives.HOLDER and address in theirs and address != mandate.address:
            words = _("%(holder)s la représente %(since)s et reçoit nos réponses à sa place.")
            return words % {"holder": mandate.holder, "since": mandate.since}
        if mandate.receives == Receives.PERSON and address and address == mandate.address:
            return _("La personne seule reçoit nos réponses : c’est noté sur sa fiche.")
    return ""
