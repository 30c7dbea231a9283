"""All messages of an appointment, planned in the transaction that gives, moves or ends it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain

from django.utils.translation import gettext as _

from requests_app.appointments.models import Appointment
from requests_app.channels.outbound import CALENDAR
from requests_app.lib import french
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import cancel_all
from requests_app.reminders.models import Planned, Reminder, ReminderRule
from requests_app.reminders.rules import all_rules, times_of
from requests_app.reminders.services.saying import AppointmentMessage, tell
from requests_app.reminders.ways import ContactMethod, ways_to, ways_to_each
from requests_app.tickets import todos
from requests_app.tickets.models import ToDo

Purpose = Reminder.Purpose


def plan(
    appointment: Appointment, *, confirms: bool, instead_of: datetime | None = None, at: datetime
) -> None:
    """Plan the confirmation and reminders of this round; without any channel, ask an agent to call."""
    plan_all({appointment: confirms}, instead_of=instead_of, at=at)
    ways = ways_to(appointment.ticket) if confirms and instead_of and appointment.starts_at > at else []
    if ways and (way := _calendar_way(appointment, but=ways[0])):
        tell([AppointmentMessage(appointment, Purpose.CONFIRMATION, way, instead_of=instead_of)], at=at)


def plan_all(
    confirms: Mapping[Appointment, bool], *, instead_of: datetime | None = None, at: datetime
) -> None:
    """Plan many appointments, in about fifteen statements; ``confirms`` says which get a confirmation.

    ``instead_of``: the date that a moved one had, as the person was told it.
    """
    planned = [Planned(appointment=each, round=each.round) for each in confirms]
    Planned.objects.bulk_create(
        planned, update_conflicts=True, unique_fields=["appointment"], update_fields=["round", "errors"]
    )
    coming = [each for each in confirms if each.starts_at > at]
    if not coming:
        return
    ways, rules = ways_to_each([each.ticket for each in coming]), all_rules()
    reached = {each: ways[each.ticket_id][0] for each in coming if ways[each.ticket_id]}
    firsts = {
        each: AppointmentMessage(each, Purpose.CONFIRMATION, way, instead_of=instead_of)
        for each, way in reached.items()
    }
    things = [_things(first, rules, confirms=confirms[each], at=at) for each, first in firsts.items()]
    tell(list(chain.from_iterable(things)), at=at)
    alone = [each for each in coming if each not in reached]
    ask_to_call(alone, _("Aucun moyen de lui écrire."), instead_of=instead_of, at=at)


def _things(
    first: AppointmentMessage, rules: Sequence[ReminderRule], *, confirms: bool, at: datetime
) -> Iterator[AppointmentMessage]:
    appointment, way = first.appointment, first.way
    if confirms:
        yield first
    for days, wanted in times_of(appointment, rules).items():
        if wanted > at:
            yield AppointmentMessage(appointment, Purpose.REMINDER, way, days, wanted)


def announce_end(appointment: Appointment, *, at: datetime) -> None:
    """Tell the person that the service cancelled, by the best channel, or ask an agent to call."""
    if appointment.starts_at <= at:
        return
    ways = ways_to(appointment.ticket)
    if ways:
        there = [ways[0], *filter(None, [_calendar_way(appointment, but=ways[0])])]
        tell([AppointmentMessage(appointment, Purpose.CANCELLATION, way) for way in there], at=at)
    else:
        ask_to_call([appointment], _("Le rendez-vous est annulé. Aucun moyen de lui écrire."), at=at)


def cancel_in_calendar(appointment: Appointment, *, at: datetime) -> None:
    """Confirm that they cancelled where a message put it in their calendar: else it would stay there."""
    way = _calendar_way(appointment)
    if way and appointment.starts_at > at:
        tell([AppointmentMessage(appointment, Purpose.CANCELLED_AS_ASKED, way)], at=at)


def _calendar_way(appointment: Appointment, *, but: ContactMethod | None = None) -> ContactMethod | None:
    """Return the way that brought them a calendar file, unless it is ``but``, which brings the next one."""
    said = Reminder.objects.filter(appointment=appointment, outgoing__state__in=Outgoing.LEFT)
    wrote = said.filter(purpose=Purpose.CONFIRMATION, outgoing__payload__has_key=CALENDAR)
    last = wrote.select_related("outgoing__contact_point__person").order_by("-pk").first()
    if last is None or last.outgoing.contact_point is None:
        return None
    way = ContactMethod(last.outgoing.channel, last.outgoing.contact_point)
    return None if way == but else way


def cancel_messages(appointment: Appointment, *, reason: str, at: datetime) -> None:
    """Cancel what waits for this appointment, and the call asked for."""
    cancel_all(Outgoing.objects.filter(reminder__appointment=appointment), reason=reason, at=at)
    for asked_in in (appointment.round - 1, appointment.round):
        todos.drop(key=call_key(appointment, asked_in), at=at)


def ask_to_call(
    appointments: Sequence[Appointment], why: str, *, instead_of: datetime | None = None, at: datetime
) -> None:
    """Ask agents to call: nobody else can tell them now."""
    if appointments:
        todos.ask_all([_call(each, why, instead_of, at) for each in appointments])


def _call(appointment: Appointment, why: str, instead_of: datetime | None, at: datetime) -> ToDo:
    words = {"when": french.moment(appointment.starts_at), "why": why}
    text = _("Rendez-vous du %(when)s : prévenir la personne. %(why)s")
    if instead_of:
        words["old"] = french.moment(instead_of)
        text = _("Nouvelle date : %(when)s (au lieu de %(old)s) : prévenir la personne. %(why)s")
    text %= words
    return ToDo(
        ticket=appointment.ticket,
        kind=ToDo.Kind.CALL,
        text=text[:300],
        key=call_key(appointment, appointment.round),
        due_at=appointment.starts_at,
        created_at=at,
    )


def call_key(appointment: Appointment, round_: int) -> str:
    return f"call:appointment-{appointment.pk}.{round_}"
