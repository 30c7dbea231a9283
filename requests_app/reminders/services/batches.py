"""Appointments without a plan are planned in batches, a handful of statements each (I4, O05, O07, F08).

They came without an agent's action (a file, another program) or while our code was broken: an
appointment given or moved is planned in the same transaction.
"""

import logging
import time
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from requests_app.appointments.models import Appointment
from requests_app.appointments.models.appointments import AppointmentQuerySet
from requests_app.lib.failpoints import failpoint
from requests_app.reminders.models import Planned
from requests_app.reminders.services.planning import call_key, plan_all
from requests_app.tickets import todos
from requests_app.tickets.models import ToDo

logger = logging.getLogger(__name__)

BATCH = 200
MAX_SECONDS = 30.0  # per pass; the next one comes within a minute
MAX_ERRORS = 3


def plan_missing(*, at: datetime) -> int:
    """Plan what has no plan, soonest first; return how many. Safe beside other sweeps."""
    done, end = 0, time.monotonic() + MAX_SECONDS
    while time.monotonic() < end:
        planned = _plan_batch(at)
        done += planned
        if planned < BATCH:
            break
    return done


def _plan_batch(at: datetime) -> int:
    """Plan one batch; when one of them fails, each by itself, so that it blocks no other."""
    failpoint("reminders.before_claim")
    rows = unplanned_appointments(at)
    try:
        return _plan(rows, at)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.error("reminders: a batch broke (%s)", type(error).__name__)
    return sum(_plan_alone(pk, at) for pk in list(rows.values_list("pk", flat=True)[:BATCH]))


def unplanned_appointments(at: datetime) -> AppointmentQuerySet:
    missing = Q(planned=None) | ~Q(planned__round=F("round"))
    return Appointment.objects.expected().filter(missing, starts_at__gt=at).order_by("starts_at", "pk")


def _plan(rows: AppointmentQuerySet, at: datetime) -> int:
    """Claim some of these rows and plan them, all or none.

    If a scheduler planned them since, their keys exist: planning again changes nothing.
    """
    with transaction.atomic():
        free = rows.select_for_update(skip_locked=True, of=("self",))
        claimed = list(free.select_related("ticket", "maison__commune", "type")[:BATCH])
        plan_all({each: each.round == 1 for each in claimed}, at=at)
        failpoint("reminders.before_commit")
    failpoint("reminders.after_commit")
    return len(claimed)


def _plan_alone(pk: int, at: datetime) -> int:
    try:
        return _plan(unplanned_appointments(at).filter(pk=pk), at)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.error("reminders: appointment %s: %s", pk, type(error).__name__)
        _note_error(pk, at)
    return 0


@transaction.atomic
def _note_error(pk: int, at: datetime) -> None:
    """Count the error; after three, ask an agent to tell the person."""
    appointment = Appointment.objects.select_for_update().get(pk=pk)
    planned, _is_new = Planned.objects.get_or_create(appointment=appointment, defaults={"round": 0})
    planned.errors += 1
    if planned.errors >= MAX_ERRORS:
        planned.round, planned.errors = appointment.round, 0
        text = _("Les rappels d’un rendez-vous n’ont pas pu être préparés : prévenir la personne.")
        key = call_key(appointment, appointment.round)
        todos.ask(ticket=appointment.ticket, kind=ToDo.Kind.CALL, text=text, key=key, at=at)
    planned.save(update_fields=["round", "errors"])
