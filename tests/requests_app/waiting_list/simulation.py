"""Cancellations at random for weeks, and persons who answer or not: what must hold whatever happens."""

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta

from requests_app.appointments.models import Appointment
from requests_app.appointments.places import restore
from requests_app.lib import short_words
from requests_app.outbox.models import Outgoing
from requests_app.waiting_list import services
from requests_app.waiting_list.models import FreedSlot, Offer
from requests_app.waiting_list.services.caps import MAX_OFFERS, PERIOD
from tests import factories
from tests.requests_app.waiting_list.conftest import MINUTE, send

WORDS = ("OUI", "oui merci", "Oui !", "NON", "je ne sais pas", "STOP plus tard peut-être")


class Simulation:
    """Ten hours freed a day, offered by sweeps; a third of those asked answer, some twice."""

    def __init__(self, *, stranger, kind, maison, agent, start, minutes, seed):
        self.stranger, self.kind, self.maison, self.agent = stranger, kind, maison, agent
        # UTC, as the sweeps read it: seven days of the Paris clock are an hour short when it changes
        self.at, self.minutes = start.astimezone(UTC), minutes
        self.random = random.Random(seed)
        self.freed = 0

    def run(self, cancellations):
        """Live one day for each group; on Sundays and holidays nothing leaves, the hours are lost."""
        while self.freed < cancellations:
            self._free(min(10, cancellations - self.freed))
            for minutes in self.minutes:
                services.sweep(at=self.at + minutes * MINUTE)
                send(self.at + minutes * MINUTE)
                self._answer(self.at + (minutes + 1) * MINUTE)
            self.at += timedelta(days=1)

    def _free(self, count):
        """Leave hours of that afternoon, one after the other; now and then an agent takes one again."""
        first = self.at.replace(hour=13)
        slots = [
            FreedSlot(
                type=self.kind,
                maison=self.maison,
                agent=self.agent,
                starts_at=first + rank * timedelta(minutes=self.kind.minutes),
                freed_at=self.at - MINUTE,
            )
            for rank in range(count)
        ]
        FreedSlot.objects.bulk_create(slots)
        self.freed += count
        if self.random.random() < 0.3:
            starts_at = slots[0].starts_at
            factories.appointment(ticket=self.stranger, agent=self.agent, type=self.kind, starts_at=starts_at)

    def _answer(self, at):
        pending = Offer.objects.pending().select_related("outgoing").order_by("pk")
        for offer in self.random.sample(list(pending), pending.count() // 3):
            for _ in range(self.random.choice((1, 1, 1, 2))):
                self._say(offer.outgoing.recipient, self.random.choice(WORDS), at)

    def _say(self, number, words, at):
        meaning = short_words.understand(number, words, at)
        if meaning and meaning.act:
            meaning.act(0, at)


def count_doubles():
    """Count the persons, and the hours of an agent, that have two appointments at once."""
    expected = Appointment.objects.expected()
    starts = list(expected.values_list("agent", "starts_at"))
    persons = list(expected.exclude(ticket__person=None).values_list("ticket__person", flat=True))
    return len(starts) - len(set(starts)) + len(persons) - len(set(persons))


def count_above_cap():
    """Count the offers that were the fourth of a person, or of a number, in seven days."""
    sent: defaultdict[object, list[datetime]] = defaultdict(list)
    rows = Offer.objects.exclude(outgoing__state__in=Outgoing.NEVER_LEFT).order_by("offered_at")
    for person, number, at in rows.values_list("place__ticket__person", "outgoing__recipient", "offered_at"):
        sent[person].append(at)
        sent[number].append(at)
    return sum(
        later - first < PERIOD
        for instants in sent.values()
        for first, later in zip(instants, instants[MAX_OFFERS:], strict=False)
    )


def days_gained():
    """Return the days gained as stored, and as the appointments tell them."""
    stored = FreedSlot.objects.filter(state="refilled").values_list("days_gained", flat=True)
    moved = Appointment.objects.expected().exclude(moved_from=None)
    return sum(filter(None, stored)), sum(_gain(each) for each in moved)


def _gain(appointment):
    before = restore(appointment.moved_from)["starts_at"]
    return (before.date() - appointment.starts_at.date()).days
