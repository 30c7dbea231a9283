"""Daily statistics, place by place, so that no page reads the whole table of tickets.

``place`` is a Maison's id, ``NOWHERE`` without a Maison, ``EVERYWHERE`` for the whole territory. It is
no foreign key: rows are only ever rewritten from the tickets (rolling.py), and joined to nothing.
"""

from django.db import models

NOWHERE, EVERYWHERE = 0, -1


class DayTotal(models.Model):
    """Tickets received, closed and first answered on a day."""

    place = models.IntegerField()
    day = models.DateField()
    received = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "day"], name="day_total_once")]

    def __str__(self) -> str:
        return f"{self.place} {self.day}"


class DayStock(models.Model):
    """What waited for us at the end of a day (today: at the last sweep), and how many for too long."""

    place = models.IntegerField()
    day = models.DateField()
    waiting = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    unplaced = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "day"], name="day_stock_once")]

    def __str__(self) -> str:
        return f"{self.place} {self.day}"


class DayShare(models.Model):
    """A day's tickets received, by channel or by topic (its id, "" when nobody has chosen one)."""

    class Axis(models.TextChoices):
        CHANNEL = "channel"
        TOPIC = "topic"

    place = models.IntegerField()
    day = models.DateField()
    axis = models.CharField(max_length=7, choices=Axis.choices)
    value = models.CharField(max_length=20, blank=True)
    received = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "day", "axis", "value"], include=["received"], name="day_share_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.day} {self.axis}"


class WeekDelay(models.Model):
    """How many first answers of a week took so long; ``channel`` "" is all of them together.

    ``tenths`` are tenths of a working day, coarser as they grow (delays.py): a week has a bounded number of
    rows whatever the number of answers.
    """

    place = models.IntegerField()
    monday = models.DateField()
    channel = models.CharField(max_length=10, blank=True)
    tenths = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "channel", "monday", "tenths"], include=["count"], name="week_delay_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.monday} {self.tenths}"


class TopicDay(models.Model):
    """A day's tickets of one topic (its id, 0 when nobody has chosen one), by channel."""

    place = models.IntegerField()
    topic = models.IntegerField()
    day = models.DateField()
    channel = models.CharField(max_length=10)
    received = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "topic", "day", "channel"],
                include=["received", "closed", "answered"],
                name="topic_day_once",
            )
        ]
        indexes = [models.Index(fields=["topic", "day"], name="topic_day_places")]

    def __str__(self) -> str:
        return f"{self.place} {self.topic} {self.day}"


class TopicDelay(models.Model):
    """As ``WeekDelay``, for one topic; always of one channel: all of them are their sum."""

    place = models.IntegerField()
    topic = models.IntegerField()
    monday = models.DateField()
    channel = models.CharField(max_length=10)
    tenths = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "topic", "monday", "channel", "tenths"],
                include=["count"],
                name="topic_delay_once",
            )
        ]
        indexes = [models.Index(fields=["topic", "monday"], name="topic_delay_places")]

    def __str__(self) -> str:
        return f"{self.place} {self.topic} {self.monday} {self.tenths}"


class DayWait(models.Model):
    """How many visitors of a day waited a given number of minutes at the counter before they were called."""

    place = models.IntegerField()
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "day", "minutes"], include=["count"], name="day_wait_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.day} {self.minutes}"


class FeltBatch(models.Model):
    """Five answers of one place, always shown together (threats: P06); no row is ever changed.

    Every number shown is a sum of such rows: any subtraction leaves at least five persons. ``day``
    is that of the last of them.
    """

    SIZE = 5

    place = models.IntegerField()
    day = models.DateField()
    very_bad = models.PositiveSmallIntegerField(default=0)
    bad = models.PositiveSmallIntegerField(default=0)
    so_so = models.PositiveSmallIntegerField(default=0)
    well = models.PositiveSmallIntegerField(default=0)
    very_well = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["place", "day"], name="felt_batch_place")]

    def __str__(self) -> str:
        return f"{self.place} {self.day}"


class GroupTotal(models.Model):
    """What the persons of a group lived over a period (groups.py): by channel, by access need, or all.

    ``Axis.WAY``: those asked how it felt, by the way they were asked.

    ``period`` is the code of a choice (periods.py), whole days before ``measured_on``. ``persons`` are
    counted once, so that no row of under five is shown; ``due`` are requests whose announced day has passed,
    ``in_time`` those answered by then; ``came_back`` those about a topic closed for the same person less than
    a month before; ``answers`` are those with a face, ``good`` « bien » or « très bien »;
    ``efforts`` are those who said how much it took of them, ``hard`` « beaucoup » or more.
    """

    class Axis(models.TextChoices):
        ALL = "all"
        CHANNEL = "channel"
        NEED = "need"
        WAY = "way"

    place = models.IntegerField()
    period = models.CharField(max_length=20)
    axis = models.CharField(max_length=7, choices=Axis.choices)
    value = models.CharField(max_length=20, blank=True)
    measured_on = models.DateField()
    persons = models.PositiveIntegerField()
    received = models.PositiveIntegerField()
    due = models.PositiveIntegerField()
    in_time = models.PositiveIntegerField()
    came_back = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()
    good = models.PositiveIntegerField()
    efforts = models.PositiveIntegerField(default=0, db_default=0)
    hard = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "period", "axis", "value"], name="group_total_once")
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.period} {self.axis}"


class Progress(models.Model):
    """How far the rollups go, one row: days before ``rolled_to`` are in them, since ``rolled_at``.

    ``event_id`` is the last event of a ticket that was examined: later ones may have changed older days.
    """

    ONE = 1

    rolled_to = models.DateField()
    rolled_at = models.DateTimeField()
    history_to = models.DateField()  # the last day when older days were rewritten too
    event_id = models.BigIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"rolled to {self.rolled_to}"
