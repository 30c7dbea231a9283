"""What a report of an Open311 client becomes: the words, who wrote them, where it is."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from channels_app.contract import Parsed, RawMessage, Unreadable
from channels_app.partner.key import KEY
from channels_app.partner.open311.form import Report, WrongForm, read_report
from requests_app.lib import phones
from requests_app.lib.text import is_blank
from requests_app.maisons.points import commune_at
from requests_app.people.models import ContactPoint
from requests_app.people.services import NewPerson
from requests_app.routing.territory import current
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models.touchpoint_facts import TouchpointFacts
from requests_app.tickets.services.repeats import GIVEN

SERVICE = "open311_service"  # fact of an arrival: the service reported to
LOCATION: Final = "open311"  # fact of a touchpoint: lat and long as they were given


def parse(arrived: RawMessage) -> Parsed:
    """Understand a report; raises Unreadable."""
    report = _read(arrived)
    return Parsed(_message_of(report, arrived), facts={"from": _contact_of(report)[1]})


def salvage(arrived: RawMessage) -> InboundMessage:
    """Read what can be read of one that became no ticket; raises Unreadable."""
    said = _message_of(_read(arrived), arrived)
    return replace(said, is_sender_sure=False, new_person=None)


def _read(arrived: RawMessage) -> Report:
    try:
        return read_report(arrived.raw)
    except WrongForm as error:
        raise Unreadable(str(error)[:300]) from error


def _message_of(report: Report, arrived: RawMessage) -> InboundMessage:
    kind, value = _contact_of(report)
    name = f"{report.given_name} {report.family_name}".strip()
    topic = current().topics.get(report.service_code)
    label = topic.label if topic else report.service_code
    words = label if is_blank(report.description) else report.description
    return InboundMessage(
        channel=KEY,
        occurred_at=arrived.received_at,
        text="\n\n".join([words, *_more_lines(report)]),
        reply_text=words,
        sender_kind=kind,
        sender_value=value,
        sender_name=name,
        new_person=NewPerson(report.given_name, report.family_name) if name and not value else None,
        topic_code=report.service_code if topic else "",
        address=report.address,
        insee=commune_at(report.point) if report.point else "",
        facts=_facts_of(report, name),
        remarks=tuple(_remarks_of(report)),
    )


def _contact_of(report: Report) -> tuple[str, str]:
    if report.email:
        return ContactPoint.Kind.EMAIL, report.email
    return (ContactPoint.Kind.PHONE, report.phone) if report.phone else ("", "")


def _more_lines(report: Report) -> Iterator[str]:
    """Yield what no field of a ticket holds: nothing is dropped in silence."""
    yield from (f"{name} : {value}" for name, value in report.more)
    if report.email and report.phone:
        yield _("Téléphone : %(phone)s") % {"phone": phones.format_national(report.phone)}
    if report.media_url:
        yield _("Photo : %(url)s") % {"url": report.media_url}


def _facts_of(report: Report, name: str) -> TouchpointFacts:
    place = {"lat": report.point[1], "long": report.point[0]} if report.point else {}
    given = [report.service_code, report.address, name, *map(str, report.point or ())]
    return {LOCATION: place, GIVEN: given}


def _remarks_of(report: Report) -> Iterator[str]:
    if report.point:
        words = _("Position donnée : %(lat)s, %(long)s.")
        yield words % {"lat": report.point[1], "long": report.point[0]}
