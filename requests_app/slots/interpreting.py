"""The interpreter a person needs at an appointment: half more time, and who speaks their language."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from requests_app.appointments.models import AppointmentType, Interpreter
from requests_app.people.models import AccessNeed, Person

INTERPRETED = (AccessNeed.Kind.INTERPRETER, AccessNeed.Kind.SIGN_LANGUAGE)


@dataclass(frozen=True, slots=True)
class Interpretation:
    """``language`` is as the person said it, ``interpreters`` are those on record who speak it.

    When there are none an appointment is longer all the same, and finding somebody is a task.
    """

    language: str
    interpreters: frozenset[int] = frozenset()

    def minutes_of(self, type: AppointmentType) -> int:
        """Return half more than the time of the type, by steps of five minutes."""
        return -(-type.minutes * 3 // 10) * 5


def minutes_for(type: AppointmentType, interpretation: Interpretation | None) -> int:
    return interpretation.minutes_of(type) if interpretation else type.minutes


def interpretation_for(person: Person | None) -> Interpretation | None:
    """Return what this person needs; None when they need no interpreter."""
    needs = AccessNeed.objects.filter(person=person, kind__in=INTERPRETED) if person else ()
    said = {need.kind: need.detail for need in needs}
    if not said:
        return None
    is_signed = AccessNeed.Kind.SIGN_LANGUAGE in said
    language = _("langue des signes") if is_signed else said[AccessNeed.Kind.INTERPRETER]
    return Interpretation(language, frozenset(_speakers("langue des signes" if is_signed else language)))


def _speakers(language: str) -> Collection[int]:
    return [each.pk for each in Interpreter.objects.active() if each.speaks(language)]
