"""What would help somebody at the appointment they choose, until an agent has heard it from them."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from channels_app.portal.forms.base import remove_nul
from channels_app.portal.forms.you import ASKED
from requests_app.people.models import AccessNeed, Person
from requests_app.people.services import Need, replace_unconfirmed
from requests_app.tickets.errors import Refused

Kind = AccessNeed.Kind
ABOUT_COMING = (Kind.STEP_FREE, Kind.INTERPRETER, Kind.SIGN_LANGUAGE)
MAX_LANGUAGE = 60


@dataclass(frozen=True, slots=True)
class AskedNeed:
    """One box; ``is_said`` when the person ticked it before."""

    code: str
    label: str | Promise
    is_said: bool


@dataclass(frozen=True, slots=True)
class AskedNeeds:
    """The boxes shown, and the language said; none when an agent has heard all of them."""

    boxes: list[AskedNeed]
    language: str


def list_asked(person: Person | None, posted: QueryDict) -> AskedNeeds:
    """List what is not confirmed yet, ticked as said, or as just typed; one statement."""
    known = _find_known(person)
    said = set(posted.getlist("besoins")) or {kind for kind, need in known.items() if not need.is_confirmed}
    boxes = [AskedNeed(kind.value, ASKED[kind], kind in said) for kind in _open_kinds(person, known)]
    spoken = known.get(Kind.INTERPRETER)
    return AskedNeeds(boxes, posted.get("langue", spoken.detail if spoken else "")[:MAX_LANGUAGE])


def say_needs(person: Person | None, posted: QueryDict, *, at: datetime) -> None:
    """Store what they ticked in place of what they ticked before; raises BadRequest, Refused."""
    kinds, language = posted.getlist("besoins"), remove_nul(posted.get("langue", "")).strip()[:MAX_LANGUAGE]
    if person is None or not set(kinds) <= set(ABOUT_COMING):
        raise BadRequest("needs")
    if Kind.INTERPRETER in kinds and not language:
        raise Refused(_("Écrivez votre langue, par exemple : arabe."))
    needs = [Need(kind, language if kind == Kind.INTERPRETER else "") for kind in kinds]
    replace_unconfirmed(person=person, among=ABOUT_COMING, needs=needs, at=at)


def _find_known(person: Person | None) -> dict[str, AccessNeed]:
    rows = AccessNeed.objects.filter(person=person, kind__in=ABOUT_COMING) if person else ()
    return {need.kind: need for need in rows}


def _open_kinds(person: Person | None, known: dict[str, AccessNeed]) -> list[AccessNeed.Kind]:
    if person is None:
        return []
    return [kind for kind in ABOUT_COMING if kind not in known or not known[kind].is_confirmed]
