"""Random agendas: what Hypothesis draws, as plain rows for the slow computation and for ours."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from requests_app.slots.computing.agendas import OpenTime, Place, Room, TakenTime, free_time
from requests_app.slots.computing.grid import Kind, Search, list_slots
from requests_app.slots.computing.intervals import Interval
from requests_app.slots.computing.recurrence import Series
from requests_app.slots.computing.wall_clock import to_instant
from requests_app.slots.rules import read_rule
from tests.requests_app.slots import brute

# Around the two changes of hour, Easter, May, Christmas and the end of a month of 28 days.
DAYS = [date(2027, 3, 27), date(2026, 10, 24), date(2027, 3, 28), date(2027, 4, 30), date(2026, 12, 24)]
DAYS += [date(2027, 2, 26), date(2027, 5, 15), date(2026, 10, 31)]
AGENTS, MAISONS, ROOMS = ["chloe", "bruno"], ["P84", "P108"], ["", "b1", "B1", "Salle é"]
WEEKDAYS = st.lists(st.sampled_from(brute.NAMES), min_size=1, max_size=4, unique=True)


@st.composite
def rules(draw, first=DAYS[0]):
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]))
    parts = [f"FREQ={frequency}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 4))}")
    if draw(st.booleans()):
        days = draw(WEEKDAYS)
        if frequency == "MONTHLY":
            days = [draw(st.sampled_from(["", "1", "+2", "-1", "5", "-5"])) + day for day in days]
        parts.append("BYDAY=" + ",".join(days))
    if frequency != "WEEKLY" and draw(st.booleans()):
        days = draw(st.lists(st.sampled_from([1, 2, 13, 28, 30, 31, -1, -2, -31]), min_size=1, max_size=4))
        parts.append("BYMONTHDAY=" + ",".join(map(str, days)))
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(['MO', 'SU', 'WE']))}")
    end = draw(st.sampled_from(["", "COUNT", "day", "local", "utc"]))
    last = datetime.combine(first, datetime.min.time()) + timedelta(minutes=15 * draw(st.integers(0, 6000)))
    parts += {
        "": [],
        "COUNT": [f"COUNT={draw(st.integers(1, 12))}"],
        "day": [f"UNTIL={last:%Y%m%d}"],
        "local": [f"UNTIL={last:%Y%m%dT%H%M%S}"],
        "utc": [f"UNTIL={last:%Y%m%dT%H%M%SZ}"],
    }[end]
    return ";".join(parts)


@st.composite
def series(draw, day, *, longest=10 * 60):
    """Something that begins up to forty days before a day, or a little after it."""
    start = datetime.combine(day, datetime.min.time())
    start += timedelta(
        days=draw(st.sampled_from([-40, -9, -8, -7, -2, -1, 0, 0, 1, 2, 3])),
        minutes=draw(st.integers(0, 287)) * 5,
    )
    start += timedelta(minutes=draw(st.sampled_from([0, 0, 0, 1, 7])))
    end = start + timedelta(minutes=draw(st.integers(1, longest)))
    rule = draw(st.one_of(st.just(""), st.just("FREQ=DAILY"), rules(first=start.date())))
    return {"start": start, "end": end, "rrule": rule}


@st.composite
def bookings(draw, day):
    start = datetime.combine(day, datetime.min.time()) + timedelta(minutes=draw(st.integers(-600, 4000)))
    return {
        "agent": draw(st.sampled_from(AGENTS)),
        "maison": draw(st.sampled_from(MAISONS)),
        "room": draw(st.sampled_from(ROOMS)),
        "type": draw(st.sampled_from(["A", "B"])),
        "start": start,
        "minutes": draw(st.sampled_from([5, 20, 30, 45, 61])),
    }


@st.composite
def kinds(draw):
    return {
        "minutes": draw(st.sampled_from([5, 15, 20, 30, 45, 180])),
        "buffer_minutes": draw(st.sampled_from([0, 0, 3, 5, 15])),
        "notice_min_minutes": draw(st.sampled_from([0, 0, 61, 1440])),
        "notice_max_days": draw(st.sampled_from([None, None, 0, 1, 2])),
        "needs_room": draw(st.sampled_from([False, False, False, True])),
    }


@st.composite
def worlds(draw):
    """A few openings of two agents at two Maisons, what cuts them, and what is asked."""
    day = draw(st.sampled_from(DAYS))
    openings = [
        draw(series(day, longest=1700))
        | {
            "agent": draw(st.sampled_from(AGENTS)),
            "maison": draw(st.sampled_from(MAISONS)),
            "room": draw(st.sampled_from(ROOMS)),
            "types": draw(st.sampled_from([[], [], ["A"], ["B"], ["A", "B"]])),
        }
        for _ in range(draw(st.integers(1, 5)))
    ]
    at = to_instant(datetime.combine(day, datetime.min.time()))
    at += timedelta(minutes=draw(st.sampled_from([-100_000, -1440, -60, 0, 125, 600, 1441])))
    holds = [
        each | {"expires": at + timedelta(minutes=draw(st.sampled_from([-1, 0, 1, 9])))}
        for each in draw(st.lists(bookings(day), max_size=3))
    ]
    absences = [
        each | {"agent": draw(st.sampled_from(AGENTS))} for each in draw(st.lists(series(day), max_size=2))
    ]
    closures = [
        draw(series(day, longest=300)) | {"maison": draw(st.sampled_from(MAISONS))}
        for _ in range(draw(st.integers(0, 1)))
    ]
    first = day + timedelta(days=draw(st.integers(-1, 1)))
    return {
        "types": {"A": draw(kinds()), "B": draw(kinds())},
        "openings": openings,
        "absences": absences,
        "closures": closures,
        "appointments": draw(st.lists(bookings(day), max_size=4)),
        "holds": holds,
        "first": first,
        "last": first + timedelta(days=draw(st.integers(0, 3))),
        "at": at,
    }


def series_of(row):
    return Series(row["start"], row["end"], read_rule(row["rrule"]))


def grouped(pairs):
    groups: dict = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def search_of(world, type):
    facts = {name: value for name, value in world["types"][type].items() if name != "needs_room"}
    return Search(kind=Kind(**facts), first=world["first"], last=world["last"], at=world["at"])


def taken_of(world):
    alive = [each for each in world["holds"] if each["expires"] > world["at"]]
    booked = []
    for each in world["appointments"] + alive:
        start = to_instant(each["start"])
        takes = each["minutes"] + world["types"][each["type"]]["buffer_minutes"]
        booked.append((each, Interval(start, start + timedelta(minutes=takes))))
    return TakenTime(
        absences=grouped((each["agent"], series_of(each)) for each in world["absences"]),
        closures=grouped((each["maison"], series_of(each)) for each in world["closures"]),
        of_agents=grouped((each["agent"], taken) for each, taken in booked),
        of_rooms=grouped(
            (Room(each["maison"], each["room"].lower()), taken) for each, taken in booked if each["room"]
        ),
    )


def compute(world, type):
    """Our list, in the words of the slow one."""
    search, kind = search_of(world, type), world["types"][type]
    openings = grouped(
        (Place.build(agent=each["agent"], maison=each["maison"], room=each["room"]), series_of(each))
        for each in world["openings"]
        if (not each["types"] or type in each["types"]) and (each["room"] or not kind["needs_room"])
    )
    if search.first_day > search.last_day:
        return []
    opened = OpenTime.compute(openings, first=search.first_day, last=search.last_day, after=search.kind.takes)
    return list(list_slots(free_time(opened, taken_of(world)), search))


def as_brute(slots):
    return [(int(slot.start.astimezone(UTC).timestamp()) // 60, slot.maison, slot.agent) for slot in slots]
