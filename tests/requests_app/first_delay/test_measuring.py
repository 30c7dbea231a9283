"""The third next available: measured once a working day, whatever the number of runs."""

from datetime import date, datetime, time, timedelta

import pytest

from requests_app.appointments.models import AppointmentType
from requests_app.first_delay.models import ThirdNext
from requests_app.first_delay.services import measuring
from requests_app.first_delay.services.measuring import measure_day
from requests_app.maisons.opening import PARIS
from requests_app.slots.models import Opening

MONDAY = date(2026, 12, 7)
NINE = datetime.combine(MONDAY, time(9), PARIS)


@pytest.fixture
def opening(follow_up, lyon_8, chloe):
    """Thursdays of Chloé from nine to eleven, unless told otherwise; the only type lasts half an hour."""
    AppointmentType.objects.exclude(pk=follow_up.pk).update(is_active=False)

    def make(**fields):
        thursday = MONDAY + timedelta(days=3)
        hours = {"starts_on": thursday, "starts_at": time(9), "ends_on": thursday, "ends_at": time(11)}
        return Opening.objects.create(**{"agent": chloe, "maison": lyon_8, **hours, **fields})

    return make


def stored():
    return list(ThirdNext.objects.order_by("day", "maison").values_list("day", "start", "looked_until"))


class TestMeasure:
    def test_stores_the_third_slot_that_somebody_could_take(self, opening):
        opening()
        assert measure_day(at=NINE) == 1
        [(day, start, until)] = stored()
        assert (day, until) == (MONDAY, MONDAY + timedelta(days=92))
        assert start == datetime.combine(MONDAY + timedelta(days=3), time(10), PARIS)

    def test_stores_that_there_is_none_as_far_as_it_is_offered(self, opening, follow_up):
        opening(ends_at=time(10))
        follow_up.notice_max_days = 5
        follow_up.save()
        measure_day(at=NINE)
        assert stored() == [(MONDAY, None, MONDAY + timedelta(days=5))]

    def test_measures_nothing_where_nobody_receives(self, opening):
        opening(removed_at=NINE)
        words = {"label": "A", "public_label": "A", "is_active": False}
        retired = AppointmentType.objects.create(code="retire", minutes=5, **words)
        opening(starts_at=time(14), ends_at=time(15)).types.add(retired)
        assert measure_day(at=NINE) == 0

    def test_a_type_that_needs_a_room_is_measured_where_there_is_one(self, opening, follow_up):
        follow_up.needs_room = True
        follow_up.save()
        opening()
        assert measure_day(at=NINE) == 0
        opening(room="Bureau 1", starts_at=time(14), ends_at=time(16))
        assert measure_day(at=NINE) == 1

    def test_ten_runs_store_one_measure_and_the_first_hour_stands(self, opening):
        opening()
        done = [measure_day(at=NINE + timedelta(minutes=10 * n)) for n in range(10)]
        assert done == [1] + [0] * 9
        assert len(stored()) == 1

    def test_goes_on_where_it_was_killed(self, opening, villeurbanne, elsa, monkeypatch):
        opening()
        opening(maison=villeurbanne, agent=elsa)
        whole, calls = measuring.find_third, []

        def die_at_the_second(wanted):
            calls.append(wanted)
            if len(calls) == 2:
                raise SystemExit
            return whole(wanted)

        monkeypatch.setattr(measuring, "find_third", die_at_the_second)
        with pytest.raises(SystemExit):
            measure_day(at=NINE)
        assert len(stored()) == 1
        assert measure_day(at=NINE) == 1
        assert len(stored()) == 2

    @pytest.mark.parametrize(
        "at",
        [NINE - timedelta(minutes=1), NINE - timedelta(days=1), datetime(2026, 12, 25, 9, tzinfo=PARIS)],
        ids=["too early", "a Sunday", "a holiday"],
    )
    def test_waits_for_the_hour_of_a_working_day(self, opening, at):
        opening()
        assert measure_day(at=at) == 0
