"""More help to come, for those who may not manage to: a second reminder elsewhere, or a call. Never less.

An estimate of risk is read here, by the fairness page and by nothing else: no slot, no place on a waiting
list, no hour depends on it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.appointments.changes import AppointmentChange
from requests_app.appointments.errors import NotExpected
from requests_app.appointments.models import Appointment
from requests_app.appointments.models.appointments import AppointmentQuerySet
from requests_app.appointments.services.checking import require_right
from requests_app.attendance.features import reasons_of
from requests_app.attendance.logistic import Logistic
from requests_app.attendance.models import Estimate
from requests_app.attendance.selectors.history import HELP_BEFORE, Case, cases_of
from requests_app.attendance.services.fitting import models_in_use
from requests_app.lib import french
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import cancel_all
from requests_app.outbox.windows import brought_forward
from requests_app.people.models import AccessNeed
from requests_app.reminders.models import Reminder
from requests_app.reminders.rules import days_before
from requests_app.reminders.services.saying import AppointmentMessage, tell
from requests_app.reminders.ways import ContactMethod, ways_to
from requests_app.tickets import todos
from requests_app.tickets.models import ToDo
from requests_app.tickets.models.event_data import AppointmentAct as Act

HELPED_FROM = 0.25  # one in four does not come
LAST_MOMENT = timedelta(hours=26)  # time left for an agent to call
MAX_A_PASS = 200
NO_CALL = (AccessNeed.Kind.NO_CALL, AccessNeed.Kind.WRITE)


def help_expected(*, at: datetime) -> int:
    """Estimate what is two days ahead, and add help where the risk is high; return how many are helped."""
    models = models_in_use(at)
    places = dict(_not_estimated(models, at).values_list("pk", "maison")[:MAX_A_PASS]) if models else {}
    cases = cases_of(Appointment.objects.filter(pk__in=places), at) if places else []
    return sum(_estimate(case, models[places[case.appointment_id]], at) for case in cases)


def _not_estimated(maisons: Collection[int], at: datetime) -> AppointmentQuerySet:
    """Select those ahead without an estimate for their present date."""
    ahead = Appointment.objects.expected().filter(maison__in=maisons)
    near = ahead.filter(starts_at__gt=at + LAST_MOMENT, starts_at__lte=at + HELP_BEFORE)
    return near.filter(Q(estimate=None) | ~Q(estimate__round=F("round"))).order_by("starts_at", "pk")


@transaction.atomic
def _estimate(case: Case, model: Logistic, at: datetime) -> bool:
    """Store the estimate of one appointment, and help; return whether it is helped."""
    rows = Appointment.objects.expected().select_related("ticket", "maison__commune")
    appointment = (
        rows.select_for_update(skip_locked=True, of=("self",)).filter(pk=case.appointment_id).first()
    )
    if appointment is None:
        return False
    risk = model.predict(case.facts.features)
    help_given = ""
    if risk >= HELPED_FROM and not _was_refused(appointment):
        help_given = _help(appointment, at)
    found = {
        "round": appointment.round,
        "risk": risk,
        "reasons": reasons_of(case.facts, model),
        "help": help_given,
        "at": at,
    }
    Estimate.objects.update_or_create(appointment=appointment, defaults=found)
    return help_given != ""


def _was_refused(appointment: Appointment) -> bool:
    """Tell whether help was refused for this person: what they did not want once is not tried again."""
    theirs = Q(appointment=appointment)
    if person := appointment.ticket.person_id:
        theirs |= Q(appointment__ticket__person=person)
    return Estimate.objects.filter(theirs).exclude(refused_at=None).exists()


def _help(appointment: Appointment, at: datetime) -> str:
    """Remind by a channel not used yet for this date, else ask an agent to call; "" when neither may be."""
    if way := _other_way(appointment):
        wanted = brought_forward(days_before(appointment.starts_at, 1))
        tell([_message(appointment, way, wanted if wanted > at else None)], at=at)
        return Estimate.Help.MESSAGE
    person = appointment.ticket.person_id
    needs = AccessNeed.objects.filter(person=person, kind__in=NO_CALL)
    if person is None or needs.exists():
        return ""
    _ask_to_call(appointment, at)
    return Estimate.Help.CALL


def _message(appointment: Appointment, way: ContactMethod, wanted: datetime | None) -> AppointmentMessage:
    return AppointmentMessage(appointment, Reminder.Purpose.REMINDER, way, wanted=wanted)


def _other_way(appointment: Appointment) -> ContactMethod | None:
    """Return the best way by another channel than those of this date's messages."""
    said = Reminder.objects.filter(appointment=appointment, round=appointment.round)
    used = set(said.values_list("outgoing__channel", flat=True))
    return next((way for way in ways_to(appointment.ticket) if way.channel not in used), None)


def _ask_to_call(appointment: Appointment, at: datetime) -> None:
    words = {"when": french.moment(appointment.starts_at)}
    text = _("Rendez-vous du %(when)s : appeler pour aider la personne à venir.") % words
    offer = _("Une autre heure, ou le téléphone plutôt ?")
    todos.ask(
        ticket=appointment.ticket,
        kind=ToDo.Kind.CALL,
        text=f"{text} {offer}",
        key=_call_key(appointment),
        due_at=appointment.starts_at,
        at=at,
    )


@transaction.atomic
def refuse(*, appointment: Appointment, by: User, at: datetime) -> None:
    """Stop the help that an agent, or the person, does not want; raises NotExpected, NotAllowed."""
    require_right(appointment.ticket, appointment.maison_id, by)
    rows = Estimate.objects.helped().filter(appointment=appointment, refused_at=None)
    if not rows.update(refused_at=at, refused_by=by):
        raise NotExpected
    extra = Outgoing.objects.filter(
        reminder__appointment=appointment,
        reminder__purpose=Reminder.Purpose.REMINDER,
        reminder__days_before=None,
    )
    cancel_all(extra, reason=_("Un agent a refusé l’aide."), at=at)
    _drop_call(appointment, at)


def on_appointment_changed(change: AppointmentChange) -> None:
    """Drop the call about a date that is no longer ahead; reminders/ cancels the messages."""
    if change.did not in (Act.BOOKED, Act.CONFIRMED):
        _drop_call(change.appointment, change.at)


def _drop_call(appointment: Appointment, at: datetime) -> None:
    todos.drop(key=_call_key(appointment), at=at)


def _call_key(appointment: Appointment) -> str:
    return f"help:appointment-{appointment.pk}"
