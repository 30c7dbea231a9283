"""A slow and obvious computation of the slots, written from the words of the design and from nothing of ours.

Time is looked at minute by minute, in seconds since 1970. A recurrence is a question put to each day in turn.
"""

import calendar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
NAMES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def epoch(local):
    """The minute since 1970 of an hour of Paris; zoneinfo reads a skipped hour with the offset before."""
    return int(local.replace(tzinfo=PARIS).timestamp()) // 60


def easter(year):
    """Oudin's algorithm."""
    g, c = year % 19, year // 100
    h = (c - c // 4 - (8 * c + 13) // 25 + 19 * g + 15) % 30
    i = h - (h // 28) * (1 - (29 // (h + 1)) * ((21 - g) // 11))
    j = (year + year // 4 + i + 2 - c + c // 4) % 7
    month = 3 + (i - j + 40) // 44
    return date(year, month, i - j + 28 - 31 * (month // 4))


def is_holiday(day):
    fixed = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
    moving = {easter(day.year) + timedelta(days=days) for days in (1, 39, 50)}
    return (day.month, day.day) in fixed or day in moving


def fits(day, first, parts):
    """Whether a rule gives a day, COUNT and UNTIL aside."""
    interval = int(parts.get("INTERVAL", 1))
    by_day = parts["BYDAY"].split(",") if "BYDAY" in parts else []
    by_month_day = [int(each) for each in parts["BYMONTHDAY"].split(",")] if "BYMONTHDAY" in parts else []
    length = calendar.monthrange(day.year, day.month)[1]
    if by_month_day and day.day not in by_month_day and day.day - length - 1 not in by_month_day:
        return False
    if by_day and not any(_is_that_day(day, each, length) for each in by_day):
        return False
    if parts["FREQ"] == "DAILY":
        return (day - first).days % interval == 0
    if parts["FREQ"] == "WEEKLY":
        if not by_day and day.weekday() != first.weekday():
            return False
        return (_week(day, parts) - _week(first, parts)).days // 7 % interval == 0
    if not by_day and not by_month_day and day.day != first.day:
        return False
    return ((day.year - first.year) * 12 + day.month - first.month) % interval == 0


def _is_that_day(day, text, length):
    if not text.endswith(NAMES[day.weekday()]):
        return False
    number = int(text[:-2] or 0)
    same = [each for each in range(1, length + 1) if (each - day.day) % 7 == 0]
    return number == 0 or (abs(number) <= len(same) and same[number - 1 if number > 0 else number] == day.day)


def _week(day, parts):
    first_of_week = NAMES.index(parts.get("WKST", "MO"))
    while day.weekday() != first_of_week:
        day -= timedelta(days=1)
    return day


def is_before_the_end(start, parts):
    until = parts.get("UNTIL", "")
    if not until:
        return True
    if until.endswith("Z"):
        last = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return epoch(start) * 60 <= last.timestamp()
    if "T" in until:
        return start <= datetime.strptime(until, "%Y%m%dT%H%M%S")
    return start.date() <= datetime.strptime(until, "%Y%m%d").date()


def occurrences(start, end, text, last):
    """Every (start, end) in minutes, day after day from the first to ``last``."""
    parts = dict(part.split("=") for part in text.split(";")) if text else {"FREQ": "DAILY", "COUNT": "1"}
    count, day = 0, start.date()
    while day <= last and count < int(parts.get("COUNT", 10**9)):
        if day == start.date() or fits(day, start.date(), parts):
            here = datetime.combine(day, start.time())
            if not is_before_the_end(here, parts):
                return
            count += 1
            yield epoch(here), epoch(here + (end - start))
        day += timedelta(days=1)


def minutes_of(rows, last):
    """The set of minutes that some {"start", "end", "rrule"} cover."""
    covered: set[int] = set()
    for row in rows:
        for start, end in occurrences(row["start"], row["end"], row.get("rrule", ""), last):
            covered.update(range(start, end))
    return covered


def slots(world, *, type, first, last, at, maison=None, agent=None):
    """What ``manage slots`` must list, as (start in minutes, maison, agent)."""
    kinds, horizon = world["types"], last + timedelta(days=3)
    kind = kinds[type]
    groups: dict[tuple, list] = {}
    for opening in world["openings"]:
        if opening["types"] and type not in opening["types"]:
            continue
        if kind["needs_room"] and not opening["room"]:
            continue
        key = (opening["agent"], opening["maison"], opening["room"].lower())
        groups.setdefault(key, []).append(opening)
    found = set()
    for (who, where, room), openings in groups.items():
        if maison not in (None, where) or agent not in (None, who):
            continue
        free = minutes_of(openings, horizon)
        free -= minutes_of([each for each in world["absences"] if each["agent"] == who], horizon)
        free -= minutes_of([each for each in world["closures"] if each["maison"] == where], horizon)
        for day in _days(min(free), max(free)) if free else []:
            if is_holiday(day):
                free.difference_update(
                    range(epoch(_midnight(day)), epoch(_midnight(day + timedelta(days=1))))
                )
        alive = [each for each in world["holds"] if each["expires"] > at]
        for each in world["appointments"] + alive:
            taken = range(
                epoch(each["start"]),
                epoch(each["start"]) + each["minutes"] + kinds[each["type"]]["buffer_minutes"],
            )
            is_same_room = room and each["maison"] == where and each["room"].lower() == room
            if each["agent"] == who or is_same_room:
                free.difference_update(taken)
        found |= {
            (start, where, who) for start in _starts(free, kind) if _is_asked(start, kind, first, last, at)
        }
    return sorted(found)


def _starts(free, kind):
    """Walk backwards to know how long each minute stays free, then forwards to count from where it began."""
    stays: dict[int, int] = {}
    for minute in sorted(free, reverse=True):
        stays[minute] = 1 + stays.get(minute + 1, 0)
    begins = None
    for minute in sorted(free):
        if minute - 1 not in free:
            begins = minute
        if (minute - begins) % 5 == 0 and stays[minute] >= kind["minutes"] + kind["buffer_minutes"]:
            yield minute


def _is_asked(start, kind, first, last, at):
    day = _local(start).date()
    if not first <= day <= last:
        return False
    if start * 60 < at.timestamp() + kind["notice_min_minutes"] * 60:
        return False
    limit = kind["notice_max_days"]
    return limit is None or day <= at.astimezone(PARIS).date() + timedelta(days=limit)


def _midnight(day):
    return datetime(day.year, day.month, day.day)


def _days(first, last):
    day = _local(first).date()
    while day <= _local(last).date():
        yield day
        day += timedelta(days=1)


def _local(minute):
    return datetime.fromtimestamp(minute * 60, PARIS)


def third(found, kind):
    """The third when each is taken in turn."""
    takes = kind["minutes"] + kind["buffer_minutes"]
    taken: list[tuple] = []
    for start, maison, agent in found:
        if all(agent != other or abs(start - other_start) >= takes for other_start, _m, other in taken):
            taken.append((start, maison, agent))
    return taken[2] if len(taken) > 2 else None
