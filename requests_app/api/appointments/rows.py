"""Appointments as programs read them: a page of a hundred costs the statement of one."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from requests_app.access.scope import Scope
from requests_app.api.tickets.rows import instant
from requests_app.appointments.models import Appointment
from requests_app.appointments.readable import READ_BY, readable_in

COLUMNS = (
    *READ_BY,
    "pk",
    "ticket__person_id",
    "type__code",
    "maison__code",
    "agent__username",
    "room",
    "starts_at",
    "ends_at",
    "state",
    "reason",
    "outside_reason",
    "reply",
    "booked_at",
    "changed_at",
)


def appointments_within(scope: Scope) -> "QuerySet[Appointment]":
    """Return the appointments of tickets the key may know, by themselves or through a merge."""
    return Appointment.objects.filter(scope.as_q("ticket__") | scope.as_q("ticket__merged_into__"))


def show_appointments(rows: "QuerySet[Appointment]", ids: list[int], scope: Scope) -> list[dict[str, Any]]:
    """Return appointments as plain objects, in the order of their ids; one statement."""
    found = {row["pk"]: row for row in rows.filter(pk__in=ids).values(*COLUMNS)}
    return [_show(found[pk], scope) for pk in ids if pk in found]


def _show(row: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    reference = readable_in(row, scope)
    shown = {
        "id": row["pk"],
        "ticket": reference,
        "person": row["ticket__person_id"],
        "type": row["type__code"],
        "maison": row["maison__code"],
        "agent": row["agent__username"],
        "room": row["room"],
        "starts_at": instant(row["starts_at"]),
        "ends_at": instant(row["ends_at"]),
        "state": row["state"],
        "reason": row["reason"] or None,
        "outside_reason": row["outside_reason"] or None,
        "reply": row["reply"] or None,
        "booked_at": instant(row["booked_at"]),
        "changed_at": instant(row["changed_at"]),
    }
    hidden = dict.fromkeys(("ticket", "person", "type", "reason", "outside_reason", "reply"))
    return shown if reference else shown | hidden
