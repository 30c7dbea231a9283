"""What a call of the interface becomes: the words, who wrote them, where they belong.

The door has refused what it does not understand; here a body is read as it was stored.
"""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from channels_app.contract import Parsed, RawMessage, Unreadable
from channels_app.intake.steps import LOG
from channels_app.partner.key import KEY
from requests_app.lib import phones
from requests_app.lib.instants import read_instant
from requests_app.lib.text import mail_address
from requests_app.maisons.models import Maison
from requests_app.people.models import ContactPoint
from requests_app.people.services import NewPerson
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts
from requests_app.tickets.services.repeats import GIVEN

BROUGHT_BY, PROGRAM, HOME = "api_key", "program", "home_maison"  # facts of an arrival, known to the door
FOLLOWS = "reference"  # of a ticket, in the body of words that join it
EMAIL, PHONE = ContactPoint.Kind.EMAIL, ContactPoint.Kind.PHONE


def parse(arrived: RawMessage) -> Parsed:
    """Understand a call; raises Unreadable."""
    message = _message(_read(arrived.raw), arrived)
    return Parsed(message, facts={"from": message.sender_value})


def salvage(arrived: RawMessage, *, is_brief: bool) -> InboundMessage:
    """Read one that became no ticket; raises Unreadable."""
    message = _message(_read(arrived.raw), arrived)
    return replace(message, is_sender_sure=False, follows="", person_id=None, new_person=None, newcomer=None)


def _read(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError:
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("text"), str):
        raise Unreadable(_("Cet appel d’un logiciel n’a pas pu être relu."))
    return body


def _message(body: dict[str, Any], arrived: RawMessage) -> InboundMessage:
    person = body.get("person") or {}
    contacts = _contacts(person)
    kind, value = contacts[0] if contacts else ("", "")
    who = _person(person, contacts)
    return InboundMessage(
        channel=KEY,
        occurred_at=_instant(body) or arrived.received_at,
        text=body["text"].strip(),
        reply_text=body["text"].strip(),
        subject=body.get("subject", ""),
        sender_kind=kind,
        sender_value=value,
        sender_name=f"{person.get('given_name', '')} {person.get('family_name', '')}".strip(),
        new_person=who if who and not contacts else None,
        newcomer=who if contacts else None,
        person_id=body.get("person_id"),
        follows=body.get(FOLLOWS, ""),
        topic_code=body.get("topic", ""),
        maison_id=arrived.facts.get(HOME),
        chosen_maison_id=_maison_id(body.get("maison", "")),
        external_id=body.get("external_id", ""),
        language=person.get("language") or body.get("language", ""),
        address=body.get("address", ""),
        insee=body.get("insee", ""),
        postal_code=body.get("postal_code", ""),
        facts=_facts(body, arrived),
        remarks=_remarks(contacts[1:]),
    )


def _person(person: dict[str, Any], contacts: list[tuple[str, str]]) -> NewPerson | None:
    """Return who they are, to be written where nobody is known at their contact."""
    if not person:
        return None
    return NewPerson(
        given_name=person.get("given_name", ""),
        family_name=person.get("family_name", ""),
        language=person.get("language", ""),
        others=tuple(contacts),
    )


def _contacts(person: dict[str, Any]) -> list[tuple[str, str]]:
    """List their contacts, the one to answer at first."""
    mails = [(EMAIL.value, mail_address(each)) for each in person.get("mails", [])]
    numbers = [(PHONE.value, phones.e164(each)) for each in person.get("phones", [])]
    return list(dict.fromkeys(each for each in [*mails, *numbers] if each[1]))


def _instant(body: dict[str, Any]) -> datetime | None:
    written = body.get("occurred_at")
    return read_instant(written) if written else None


def _maison_id(code: str) -> int | None:
    return Maison.objects.filter(code=code).values_list("pk", flat=True).first() if code else None


def _facts(body: dict[str, Any], arrived: RawMessage) -> TouchpointFacts:
    """Say in the log who brought it; two requests of a program are not one because their words are alike."""
    brought = _("Apportée par « %(program)s ».") % {"program": arrived.facts.get(PROGRAM, "?")}
    given = [body.get(name, "") for name in ("external_id", "topic", "maison", "address")]
    return {LOG: [brought], GIVEN: given}


def _remarks(others: list[tuple[str, str]]) -> tuple[str, ...]:
    """Say the other contacts: the record of somebody known is not changed by a program."""
    shown = ", ".join(phones.format_national(value) for _kind, value in others)
    return (_("Autre contact donné : %(contacts)s.") % {"contacts": shown},) if shown else ()
