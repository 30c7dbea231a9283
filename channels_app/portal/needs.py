"""What the form says about how to reach and receive someone: as needs, and in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from channels_app.portal.form_data import Filled
from channels_app.portal.forms.reach import ContactMethod, Use, Voice
from requests_app.people.models import AccessNeed
from requests_app.people.services import Need
from requests_app.tickets.models import PersonProposal
from requests_app.tickets.services import ProposalContent

Kind, Said = AccessNeed.Kind, PersonProposal.Kind
BY_USE = {Use.TEXT: Kind.NO_CALL, Use.CALL: Kind.NO_TEXT}


def read_needs(filled: Filled) -> list[Need]:
    """Return the needs of a new person."""
    return list(_needs(filled))


def _needs(filled: Filled) -> Iterator[Need]:
    if kind := BY_USE.get(filled.use):  # type: ignore[call-overload]
        yield Need(kind)
    if filled.voice == Voice.NO:
        yield Need(Kind.NO_VOICE_MESSAGE)
    if filled.is_shared:
        yield Need(Kind.SHARED_CONTACT)
    if filled.avoid:
        yield Need(Kind.AVOID, filled.avoid)
    for code in filled.needs:
        if code in Kind.values:
            yield Need(code, filled.language if code == Kind.INTERPRETER else "")


def propose_needs(filled: Filled, contact: tuple[str, str]) -> Iterator[ProposalContent]:
    """Yield the needs proposed for a known person, for an agent to decide; ``contact`` is the form's."""
    kind, value = contact
    about = {Kind.SHARED_CONTACT: Said.SHARED, Kind.NO_VOICE_MESSAGE: Said.NO_VOICE}
    for need in _needs(filled):
        if of_contact := about.get(Kind(need.kind)):
            yield ProposalContent(of_contact, contact_kind=kind, contact_value=value)
        else:
            yield ProposalContent(Said.NEED, need.kind, need.detail)
    if filled.voice == Voice.YES:
        yield ProposalContent(Said.VOICE, contact_kind=kind, contact_value=value)


def describe_needs(filled: Filled) -> Iterator[str]:
    """Yield the needs in words, for the agent who reads the message, even from an unknown person."""
    if filled.way == ContactMethod.LETTER:
        yield _("Répondre par courrier : %(address)s") % {"address": filled.postal}
    if filled.way == ContactMethod.VISIT:
        yield _("Vient chercher la réponse sur place.")
    if told := [_sentence(need) for need in _needs(filled)]:
        yield _("Pour bien la recevoir : %(needs)s.") % {"needs": " ; ".join(told)}


def _sentence(need: Need) -> str:
    label = str(Kind(need.kind).label)
    return f"{label} ({need.detail})" if need.detail else label
