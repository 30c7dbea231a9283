"""Read when interpreters can come, and when they are taken: in as many statements for one as for all."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from requests_app.appointments.models import BusyTime, Interpreter
from requests_app.slots.computing.agendas import InterpreterHours
from requests_app.slots.computing.intervals import Interval
from requests_app.slots.models import InterpreterTime
from requests_app.slots.reading import REPEATED, group_series

Interpreters = Mapping[int, InterpreterHours]
Booked = dict[int, list[Interval]]


def read_interpreters(pks: Collection[int]) -> Interpreters:
    """Return when each can come and where, without what is booked."""
    times, maisons = _read_times(pks), _read_maisons(pks)
    return {
        pk: InterpreterHours(
            maisons=frozenset(maisons.get(pk, ())),
            comes=tuple(times.get((pk, False), ())),
            away=tuple(times.get((pk, True), ())),
        )
        for pk in sorted(pks)
    }


def add_booked(interpreters: Interpreters, window: Interval, at: datetime) -> Interpreters:
    """Return the same with what is booked in a window; holds count while they live."""
    booked = _read_booked(interpreters, window, at)
    return {pk: replace(hours, booked=booked.get(pk, ())) for pk, hours in interpreters.items()}


def _read_times(pks: Collection[int]) -> dict[tuple[int, bool], list[Any]]:
    rows = InterpreterTime.objects.standing().filter(interpreter__in=pks)
    found = rows.values_list("interpreter_id", "is_away", *REPEATED)
    return group_series(((pk, is_away), row) for pk, is_away, *row in found)


def _read_maisons(pks: Collection[int]) -> dict[int, set[str]]:
    found = defaultdict[int, set[str]](set)
    rows = Interpreter.objects.filter(pk__in=pks, maisons__isnull=False)
    for pk, code in rows.values_list("pk", "maisons__code"):
        found[pk].add(code)
    return found


def _read_booked(pks: Collection[int], window: Interval, at: datetime) -> Booked:
    names = {f"interpreter:{pk}": pk for pk in pks}
    taken = BusyTime.objects.during(window.start, window.end).filter(resource__in=names)
    found = defaultdict[int, list[Interval]](list)
    for name, during in taken.exclude(hold__expires_at__lte=at).values_list("resource", "during"):
        if during.lower and during.upper:
            found[names[name]].append(Interval(during.lower, during.upper))
    return found
