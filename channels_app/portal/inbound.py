from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from channels_app.contract import Inbound, Parsed, RawMessage
from channels_app.portal.form_data import Added, FiledPaper, Filled, read_filled
from channels_app.portal.forms.reach import Use, Voice
from channels_app.portal.key import KEY
from channels_app.portal.needs import describe_needs, propose_needs, read_needs
from requests_app.people.models import ContactPoint, Person
from requests_app.people.services import NewPerson, note_needs, note_reach
from requests_app.tickets.inbound import InboundMessage, SaidFile
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts
from requests_app.tickets.services import Received, propose
from requests_app.tickets.services.repeats import GIVEN


class PortalInbound(Inbound):
    """The citizen's form."""

    def parse(self, arrived: RawMessage) -> Parsed:
        """Understand a filled form; raises Unreadable, or OSError when a photo cannot be read now."""
        filled = read_filled(arrived.raw)
        if isinstance(filled, Added):
            return Parsed(_message_of_addition(filled))
        return Parsed(_message_of_form(filled), then=lambda received: _then(filled, received))

    def salvage(self, arrived: RawMessage, *, is_brief: bool) -> InboundMessage:
        """Return the words and documents of a form that was not understood; raises Unreadable."""
        filled = read_filled(arrived.raw)
        papers = () if is_brief else tuple(p for p in filled.papers if default_storage.exists(p.file))
        gone = [paper.name for paper in filled.papers if not is_brief and paper not in papers]
        filled = replace(filled, papers=papers)
        said = _message_of_addition(filled) if isinstance(filled, Added) else _message_of_form(filled)
        return replace(
            said,
            is_sender_sure=False,
            person_id=None,
            new_person=None,
            follows="",
            remarks=tuple(_remarks(said.follows, gone)),
        )


def _message_of_form(filled: Filled) -> InboundMessage:
    kind, value = _contact(filled)
    name = f"{filled.given_name} {filled.family_name}".strip()
    return InboundMessage(
        channel=KEY,
        occurred_at=filled.at,
        text="\n\n".join([filled.text, *describe_needs(filled)]),
        reply_text=filled.text,
        sender_kind=kind,
        sender_value=value,
        sender_name=name,
        new_person=NewPerson(filled.given_name, filled.family_name) if name and not value else None,
        topic_code=filled.topic_code,
        language=filled.page_language,
        address=", ".join(filter(None, [filled.address, filled.town])) or filled.postal,
        files=tuple(_file(paper) for paper in filled.papers),
        facts={**_facts(filled), **_postal(filled), GIVEN: _identifying_answers(filled, name)},
    )


def _postal(filled: Filled) -> TouchpointFacts:
    """Return where letters go, as they typed it; commas part the lines, as an agent writes them."""
    lines = [" ".join(line.split()) for line in filled.postal.splitlines()]
    return {"postal": ", ".join(filter(None, lines))} if filled.postal else {}


def _message_of_addition(added: Added) -> InboundMessage:
    """Return who speaks, proved by the link: the words join their ticket as an answer by mail would."""
    return InboundMessage(
        channel=KEY,
        occurred_at=added.at,
        text=added.text,
        reply_text=added.text,
        sender_kind=added.contact_kind,
        sender_value=added.contact,
        person_id=added.person_id,
        follows=added.reference,
        files=tuple(_file(paper) for paper in added.papers),
        subject=_("Autre date de rendez-vous") if added.appointment else "",
        facts={"about": "appointment", "appointment": added.appointment} if added.appointment else {},
    )


def _remarks(reference: str, gone: list[str]) -> Iterator[str]:
    """Yield what an agent must know of a form that became no ticket."""
    if reference:
        yield _("Écrit sur la page de la demande %(reference)s.") % {"reference": reference}
    if gone:
        yield _("Ces papiers ne sont plus gardés : %(names)s.") % {"names": ", ".join(gone)}


def _facts(filled: Filled) -> TouchpointFacts:
    """Note that no SMS goes to those who asked for calls only."""
    if filled.use != Use.CALL:
        return {}
    return {"no_ack": True, "no_ack_reason": _("La personne ne veut pas de SMS : l’appeler.")}


def _identifying_answers(filled: Filled, name: str) -> list[str]:
    """Return the answers that make it another request when they change (threats: N05)."""
    return [filled.topic_code, filled.address, filled.town, filled.postal, name]


def _contact(filled: Filled) -> tuple[str, str]:
    if filled.phone:
        return ContactPoint.Kind.PHONE, filled.phone
    return (ContactPoint.Kind.EMAIL, filled.email) if filled.email else ("", "")


def _file(paper: FiledPaper) -> SaidFile:
    with default_storage.open(paper.file) as stored:
        return SaidFile(name=paper.name, declared_type=paper.content_type, data=stored.read())


def _then(filled: Filled, received: Received) -> None:
    """Record what the form says of how to reach and receive the person.

    It is written at once in the record that this form opened, at a contact where nobody else is known.
    Anybody can fill in a form about somebody else: of a person known before, it only proposes (N04, M09).
    """
    person = received.ticket.person
    if person and person.created_at == received.touchpoint.recorded_at:
        _note(filled, person, received.touchpoint.recorded_at)
    elif _contact(filled)[1]:
        propose(touchpoint=received.touchpoint, said=propose_needs(filled, _contact(filled)), at=filled.at)


def _note(filled: Filled, person: Person, at: datetime) -> None:
    kind, value = _contact(filled)
    note_needs(person=person, needs=read_needs(filled), at=filled.at)
    may_leave_message = filled.voice == Voice.YES
    if value and (may_leave_message or filled.is_shared):  # it allows nothing else by itself
        note_reach(
            person=person,
            kind=kind,
            value=value,
            may_leave_message=may_leave_message,
            is_shared=filled.is_shared,
            at=at,
        )
