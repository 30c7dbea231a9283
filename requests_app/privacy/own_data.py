"""« Mes données »: all that is stored about one person, for them, without third parties (threats: P04)."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from requests_app.appointments.models import Appointment
from requests_app.channels.registry import label_of
from requests_app.feedback.models import FeltExperience
from requests_app.people.models import AccessNeed, ContactChoice, ContactPoint, Mandate, Person, PersonChange
from requests_app.privacy.masking import ThirdParties, someone, third_parties
from requests_app.privacy.persons import merged_records
from requests_app.privacy.rules import rule_of
from requests_app.tickets.models import Attachment, Note, Ticket, Touchpoint

Data = dict[str, Any]


def data_of(person: Person, *, at: datetime, by_hand: Collection[str] = ()) -> Data:
    """Return their record and tickets, in words and dates; ``by_hand``: further words to hide."""
    persons = list(Person.objects.filter(pk__in=merged_records(person.pk)).order_by("pk"))
    tickets = list(
        Ticket.objects.filter(person__in=persons)
        .select_related("topic", "maison")
        .order_by("received_at", "pk")
    )
    ids = [ticket.pk for ticket in tickets]
    others = third_parties(persons, ids, by_hand=by_hand)
    return {
        "made_at": _instant(at),
        "authority": settings.AUTHORITY_NAME,
        "person": _identity(person),
        "contacts": [
            _contact(point) for point in ContactPoint.objects.filter(person__in=persons).order_by("pk")
        ],
        "needs": _needs(persons, others),
        "representatives": _representatives(persons),
        "choices": _choices(persons),
        "corrections": _corrections(persons),
        "requests": _requests(tickets, others),
    }


def _identity(person: Person) -> Data:
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "usage_name": person.usage_name,
        "birth_year": person.birth_year,
        "birth_date": _day(person.birth_date),
        "recorded_at": _instant(person.created_at),
    }


def _contact(point: ContactPoint) -> Data:
    return {
        "kind": point.kind,
        "value": point.value,
        "is_shared": point.is_shared,
        "usable_for": list(point.usable_for),
    }


def _needs(persons: Collection[Person], others: ThirdParties) -> list[Data]:
    rows = AccessNeed.objects.filter(person__in=persons).order_by("pk")
    return [{"what": str(row.get_kind_display()), "detail": others.hide(row.detail)} for row in rows]


def _representatives(persons: Collection[Person]) -> list[Data]:
    rows = Mandate.objects.filter(person__in=persons).order_by("pk")
    return [
        {
            "kind": str(row.get_kind_display()),
            "who": someone(),
            "starts_on": _day(row.starts_on),
            "ends_on": _day(row.ends_on),
        }
        for row in rows
    ]


def _choices(persons: Collection[Person]) -> list[Data]:
    own = ContactPoint.objects.filter(person__in=persons, is_shared=False).values("value")
    rows = ContactChoice.objects.filter(value__in=own).order_by("pk")
    return [
        {"value": row.value, "use": row.use, "is_allowed": row.is_allowed, "at": _instant(row.at)}
        for row in rows
    ]


def _corrections(persons: Collection[Person]) -> list[Data]:
    rows = PersonChange.objects.filter(person__in=persons).order_by("pk")
    return [{"what": str(row.get_kind_display()), "at": _instant(row.at)} for row in rows]


def _requests(tickets: list[Ticket], others: ThirdParties) -> list[Data]:
    ids = [ticket.pk for ticket in tickets]
    beside = {
        "messages": _group_by_ticket(_messages(ids, others)),
        "files": _group_by_ticket(_files(ids, others)),
        "notes": _group_by_ticket(_notes(ids, others)),
        "appointments": _group_by_ticket(_appointments(ids)),
        "opinions": _group_by_ticket(_opinions(ids, others)),
    }
    return [
        {**_request(ticket, others), **{name: rows.get(ticket.pk, []) for name, rows in beside.items()}}
        for ticket in tickets
    ]


def _request(ticket: Ticket, others: ThirdParties) -> Data:
    rule = rule_of(ticket.topic)
    return {
        "reference": ticket.reference,
        "topic": ticket.topic.label if ticket.topic else "",
        "place": ticket.maison.label if ticket.maison else "",
        "subject": others.mask(ticket.subject),
        "state": str(ticket.get_state_display()),
        "outcome": str(ticket.get_outcome_display()),
        "received_at": _instant(ticket.received_at),
        "closed_at": _instant(ticket.closed_at),
        "stored_months": rule.months,
    }


def _messages(ids: list[int], others: ThirdParties) -> Iterable[tuple[int, Data]]:
    for row in Touchpoint.objects.filter(ticket__in=ids).order_by("occurred_at", "pk"):
        is_third = row.direction == Touchpoint.Direction.IN and others.wrote(row.sender)
        is_own = row.direction == Touchpoint.Direction.IN and not is_third
        yield (
            row.ticket_id,
            {
                "at": _instant(row.occurred_at),
                "channel": label_of(row.channel),
                "from": someone() if is_third else ("you" if is_own else "us"),
                "subject": someone() if is_third else _mask(row.subject, others, is_own=is_own),
                "text": someone() if is_third else _mask(row.text, others, is_own=is_own),
            },
        )


def _mask(text: str, others: ThirdParties, *, is_own: bool) -> str:
    """Return their own text as they wrote it; ours without third parties."""
    return others.hide(text) if is_own else others.mask(text)


def _files(ids: list[int], others: ThirdParties) -> Iterable[tuple[int, Data]]:
    """Yield files by name, since a name may say as much of a person as text."""
    rows = Attachment.objects.filter(touchpoint__ticket__in=ids).select_related("touchpoint").order_by("pk")
    for row in rows:
        is_in = row.touchpoint.direction == Touchpoint.Direction.IN
        is_third = is_in and others.wrote(row.touchpoint.sender)
        name = someone() if is_third else _mask(row.name, others, is_own=is_in)
        yield row.touchpoint.ticket_id, {"name": name, "size": row.size}


def _notes(ids: list[int], others: ThirdParties) -> Iterable[tuple[int, Data]]:
    for row in Note.objects.filter(ticket__in=ids).order_by("created_at", "pk"):
        yield row.ticket_id, {"at": _instant(row.created_at), "text": others.mask(row.text)}


def _appointments(ids: list[int]) -> Iterable[tuple[int, Data]]:
    rows = Appointment.objects.filter(ticket__in=ids).select_related("maison").order_by("starts_at", "pk")
    for row in rows:
        shown = {
            "at": _instant(row.starts_at),
            "place": row.maison.label,
            "state": str(row.get_state_display()),
        }
        yield row.ticket_id, shown


def _opinions(ids: list[int], others: ThirdParties) -> Iterable[tuple[int, Data]]:
    for row in FeltExperience.objects.filter(ticket__in=ids).order_by("pk"):
        yield (
            row.ticket_id,
            {"at": _instant(row.said_at), "level": row.level, "sentence": others.hide(row.sentence)},
        )


def _group_by_ticket(rows: Iterable[tuple[int, Data]]) -> dict[int, list[Data]]:
    grouped: dict[int, list[Data]] = {}
    for ticket_id, row in rows:
        grouped.setdefault(ticket_id, []).append(row)
    return grouped


def _instant(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
