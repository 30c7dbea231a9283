"""Instants, intervals and the grid: each case by its name."""

from datetime import UTC, date, datetime, timedelta

from requests_app.slots.computing.agendas import OpenTime, Place, Room, TakenTime, free_time, holidays
from requests_app.slots.computing.grid import Kind, Search, Slot, list_slots, third_available
from requests_app.slots.computing.intervals import Interval, join, subtract
from requests_app.slots.computing.recurrence import Series
from requests_app.slots.computing.wall_clock import PARIS, day_of, end_of, start_of, to_instant, to_wall
from requests_app.slots.rules import read_rule

CHLOE = Place.build(agent="chloe", maison="P84", room="")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
MONDAY = date(2026, 12, 7)


def utc(day, hour, minute=0, month=3, year=2027):
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def interval(first, last):
    """Some minutes of an hour."""
    return Interval(utc(1, 9, first), utc(1, 9, last))


def opening(start, end, rule=""):
    return Series(datetime.fromisoformat(start), datetime.fromisoformat(end), read_rule(rule))


def find(openings, taken=None, *, kind=None, first=MONDAY, last=None, at=LONG_AGO):
    search = Search(kind=kind or Kind(minutes=30), first=first, last=last or first, at=at)
    if not isinstance(openings, dict):
        openings = {CHLOE: openings}
    opened = OpenTime.compute(openings, first=search.first_day, last=search.last_day, after=search.kind.takes)
    return list(list_slots(free_time(opened, taken or TakenTime()), search))


def hours(found):
    return [f"{slot.start.astimezone(PARIS):%H:%M}" for slot in found]


class TestWallClock:
    def test_an_hour_that_is_skipped_is_read_with_the_offset_before(self):
        assert to_instant(datetime(2027, 3, 28, 2, 30)) == utc(28, 1, 30)
        assert to_wall(utc(28, 1, 30)) == datetime(2027, 3, 28, 3, 30)

    def test_an_hour_that_comes_twice_is_the_first(self):
        assert to_instant(datetime(2026, 10, 25, 2, 30)) == utc(25, 0, 30, month=10, year=2026)
        assert to_instant(datetime(2026, 10, 25, 2, 30, fold=1)) == utc(25, 0, 30, month=10, year=2026)

    def test_days_last_23_24_or_25_hours(self):
        days = (date(2027, 3, 28), date(2027, 3, 29), date(2026, 10, 25))
        assert [(end_of(day) - start_of(day)).seconds // 3600 or 24 for day in days] == [23, 24, 1]
        assert day_of(end_of(days[0])) == days[1]


class TestIntervals:
    def test_those_that_touch_or_overlap_are_joined(self):
        found = join(
            [interval(20, 30), interval(0, 10), interval(10, 15), interval(12, 18), interval(40, 40)]
        )
        assert found == [interval(0, 18), interval(20, 30)]

    def test_one_inside_another_leaves_no_trace(self):
        assert join([interval(0, 50), interval(10, 20)]) == [interval(0, 50)]

    def test_what_is_cut_out_leaves_both_sides(self):
        left = list(subtract([interval(0, 30), interval(40, 50)], [interval(5, 10), interval(25, 45)]))
        assert left == [interval(0, 5), interval(10, 25), interval(45, 50)]

    def test_half_open_neighbours_cut_nothing(self):
        assert list(subtract([interval(10, 20)], [interval(0, 10), interval(20, 30)])) == [interval(10, 20)]


class TestFreeTime:
    def test_starts_every_five_minutes_while_minutes_and_buffer_fit(self):
        found = find([opening("2026-12-07T09:02", "2026-12-07T09:45")], kind=Kind(20, buffer_minutes=10))
        assert hours(found) == ["09:02", "09:07", "09:12"]
        assert found[0].end - found[0].start == timedelta(minutes=20)

    def test_a_hole_after_an_appointment_and_its_buffer_starts_its_own_grid(self):
        booked = [Interval(utc(7, 8, 0, 12, 2026), utc(7, 8, 47, 12, 2026))]
        found = find(
            [opening("2026-12-07T09:00", "2026-12-07T10:20")], TakenTime(of_agents={"chloe": booked})
        )
        assert hours(found) == ["09:47"]

    def test_a_night_of_spring_has_an_hour_less_and_one_of_autumn_an_hour_more(self):
        def count(night, after):
            rows = [opening(f"{night}T22:00", f"{after}T06:00")]
            days = {"first": date.fromisoformat(night), "last": date.fromisoformat(after)}
            return len(find(rows, kind=Kind(60), **days))

        assert count("2027-03-20", "2027-03-21") == 85
        assert count("2027-03-27", "2027-03-28") == 73
        assert count("2026-10-24", "2026-10-25") == 97

    def test_an_opening_inside_the_hour_that_is_skipped_is_an_hour_later(self):
        found = find([opening("2027-03-28T02:10", "2027-03-28T02:40")], first=date(2027, 3, 28))
        assert hours(found) == ["03:10"]
        assert find([opening("2027-03-28T02:30", "2027-03-28T03:00")], first=date(2027, 3, 28)) == []

    def test_the_grid_begins_before_the_first_day_asked_about(self):
        nights = [opening("2026-11-20T22:03", "2026-11-21T22:03", "FREQ=DAILY;COUNT=20")]
        found = find(nights, kind=Kind(600))
        assert hours(found)[:2] == ["00:03", "00:08"]
        assert all(slot.start.minute % 5 == 3 for slot in found)

    def test_the_grid_begins_again_after_a_holiday(self):
        found = find([opening("2026-11-01T00:02", "2026-11-02T00:02", "FREQ=DAILY")], first=MONDAY)
        assert hours(found)[0] == "00:00"
        assert find([opening("2026-12-25T09:00", "2026-12-25T12:00")], first=date(2026, 12, 25)) == []

    def test_the_last_day_asked_about_is_whole_and_what_fits_may_end_after_it(self):
        found = find([opening("2026-12-07T23:00", "2026-12-08T01:00")], kind=Kind(60))
        assert hours(found)[-1] == "23:55"
        booked = [Interval(utc(7, 23, 30, 12, 2026), utc(7, 23, 40, 12, 2026))]
        late = TakenTime(of_agents={"chloe": booked})
        cut = find([opening("2026-12-07T23:00", "2026-12-08T01:00")], late, kind=Kind(60))
        assert hours(cut)[-1] == "23:30"

    def test_a_start_possible_in_two_rooms_comes_once_and_rooms_are_compared_without_case(self):
        morning = opening("2026-12-07T09:00", "2026-12-07T09:30")
        places = [Place.build(agent="chloe", maison="P84", room=room) for room in ("B1", "b2", "É3")]
        booked = [Interval(utc(7, 8, 0, 12, 2026), utc(7, 8, 5, 12, 2026))]
        taken = TakenTime(of_rooms={Room("P84", "b1"): booked, Room("P84", "é3"): booked})
        assert hours(find({each: [morning] for each in places}, taken)) == ["09:00"]
        assert find({places[0]: [morning], places[2]: [morning]}, taken) == []

    def test_openings_of_two_rooms_are_not_joined(self):
        rows = {
            Place.build(agent="chloe", maison="P84", room="a"): [
                opening("2026-12-07T09:00", "2026-12-07T09:20")
            ],
            Place.build(agent="chloe", maison="P84", room="b"): [
                opening("2026-12-07T09:20", "2026-12-07T09:40")
            ],
        }
        assert find(rows) == []

    def test_notice_and_instant_filter_and_never_move_the_grid(self):
        rows = [opening("2026-12-07T09:03", "2026-12-07T12:00", "FREQ=DAILY")]
        kind = Kind(30, notice_min_minutes=60, notice_max_days=1)
        found = find(rows, kind=kind, last=date(2026, 12, 20), at=utc(7, 8, 0, 12, 2026))
        assert hours(found)[0] == "10:03"
        assert {day_of(slot.start).day for slot in found} == {7, 8}
        assert find(rows, kind=kind, at=utc(1, 8, 0, 12, 2026)) == []

    def test_a_day_before_the_one_asked_about_gives_an_empty_list(self):
        rows = [opening("2026-12-07T09:03", "2026-12-07T12:00", "FREQ=DAILY")]
        assert find(rows, first=date(2026, 12, 9), last=MONDAY) == []

    def test_holidays_are_whole_days_and_whit_monday_is_one(self):
        whit = holidays(Interval(start_of(date(2027, 5, 17)), end_of(date(2027, 5, 17))))
        assert whit == (Interval(start_of(date(2027, 5, 17)), end_of(date(2027, 5, 17))),)


class TestOrder:
    def test_slots_are_sorted_by_start_maison_and_agent_by_code_point(self):
        morning = [opening("2026-12-07T09:00", "2026-12-07T09:35")]
        names = [("zoé", "P84"), ("Émile", "P84"), ("anna", "P9"), ("anna", "P108")]
        places = {Place.build(agent=agent, maison=maison, room=""): morning for agent, maison in names}
        found = [(slot.maison, slot.agent) for slot in find(places)]
        assert found[:4] == [("P108", "anna"), ("P84", "zoé"), ("P84", "Émile"), ("P9", "anna")]
        assert found[4:] == found[:4]

    def test_the_third_skips_what_meets_one_taken_of_the_same_agent(self):
        slots = [
            Slot(utc(1, 9, minute), "P84", agent, utc(1, 9, minute + 20))
            for minute, agent in [(0, "a"), (5, "a"), (5, "b"), (20, "a"), (25, "a"), (30, "b")]
        ]
        assert third_available(slots, Kind(20, buffer_minutes=5)).start == utc(1, 9, 25)
        assert third_available(slots, Kind(20)).start == utc(1, 9, 20)
        assert third_available(slots[:4], Kind(20, buffer_minutes=5)) is None
