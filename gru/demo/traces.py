"""The rows of a contact: the touchpoint, the arrival with its bytes, the visitor's place in the queue."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Max

from channels_app.intake.models import Arrival, ArrivalRaw
from gru.demo.calendar import PARIS
from gru.demo.crowd import Someone
from gru.demo.doors import Door
from gru.demo.raw import Raw, desk_raw, form_raw, mail_raw, sms_raw
from gru.demo.rows import Batch
from gru.demo.words import Story, Texts
from requests_app.lib.copying import hex_bytes, reserve_ids
from requests_app.tickets.models import Touchpoint
from requests_app.visits.models import Visit

BLOCK = 10_000
WRITTEN = {"mail", "sms", "portal"}


class Traces:
    """Writes contacts into a batch; queue numbers continue from those of the day."""

    def __init__(self, words: Texts, batch: Batch, until: datetime) -> None:
        self.random, self.batch, self.until = words.random, batch, until
        self.touchpoint_ids, self.arrival_ids = _ids(Touchpoint), _ids(Arrival)
        last = Visit.objects.values_list("maison_id", "day").annotate(last=Max("number"))
        self.numbers: dict[tuple[int, date], int] = {(m, day): number for m, day, number in last}

    def write_message(self, ticket_id: int, door: Door, story: Story, someone: Someone, at: datetime) -> None:
        """Write the person's own message, by mail, by the form or by SMS."""
        pk = next(self.touchpoint_ids)
        sender = someone.phone if door.kind == "sms" else someone.email
        if door.kind == "mail":
            raw = mail_raw(story, someone, at, pk)
        elif door.kind == "sms":
            raw = sms_raw(story, someone, pk)
        else:
            raw = form_raw(story, someone, at, pk)
        self._touchpoint(pk, ticket_id, door.kind, story, sender, raw, at, None, None)
        self._arrival(pk, door.kind, raw, at)

    def write_note(
        self,
        ticket_id: int,
        door: Door,
        story: Story,
        someone: Someone | None,
        at: datetime,
        maison_id: int | None,
        agent: int | None,
    ) -> None:
        """Write what an agent logged of a visit, a call or a letter; a visitor also waits in the queue."""
        pk = next(self.touchpoint_ids)
        raw, sender = desk_raw(story, someone, at, pk), someone.name if someone else ""
        self._touchpoint(pk, ticket_id, door.kind, story, sender, raw, at, maison_id, agent)
        self._arrival(pk, door.kind, raw, at)
        if maison_id and door.kind == "frontdesk":
            self._queue(pk, maison_id, at)

    def _touchpoint(
        self,
        pk: int,
        ticket_id: int,
        channel: str,
        story: Story,
        sender: str,
        raw: Raw,
        at: datetime,
        maison_id: int | None,
        agent: int | None,
    ) -> None:
        self.batch.add(
            Touchpoint,
            id=pk,
            ticket_id=ticket_id,
            channel=str(channel),
            direction="in",
            occurred_at=at,
            recorded_at=at,
            author_id=agent,
            maison_id=maison_id,
            sender=sender,
            subject=story.subject,
            text=story.text,
            reply_text=story.text if channel in WRITTEN else "",
            html="",
            html_version=0,
            facts=json.dumps(raw.facts, ensure_ascii=False),
            remarks="[]",
        )

    def _arrival(self, touchpoint_id: int, channel: str, raw: Raw, at: datetime) -> None:
        pk, sha = next(self.arrival_ids), hashlib.sha256(raw.data).hexdigest()
        self.batch.add(
            Arrival,
            id=pk,
            channel=str(channel),
            address=raw.address,
            source="demo",
            key=hashlib.sha256(f"demo {touchpoint_id} {sha}".encode()).hexdigest(),
            meaning="",
            raw_sha256=sha,
            size=len(raw.data),
            received_at=at,
            state="heard",
            reason="",
            attempts=0,
            try_after=at,
            ended_at=at,
            ended_by_id=None,
            touchpoint_id=touchpoint_id,
            facts=json.dumps(raw.facts, ensure_ascii=False),
        )
        self.batch.add(ArrivalRaw, arrival_id=pk, data=hex_bytes(raw.data))

    def _queue(self, touchpoint_id: int, maison_id: int, at: datetime) -> None:
        key = maison_id, at.astimezone(PARIS).date()
        number = self.numbers[key] = self.numbers.get(key, 0) + 1
        called = at + timedelta(minutes=self.random.randint(2, 35))
        state = Visit.State.RECEIVED if self.random.random() > 0.04 else Visit.State.ABSENT
        waits = called > self.until
        self.batch.add(
            Visit,
            touchpoint_id=touchpoint_id,
            maison_id=maison_id,
            day=key[1],
            number=number,
            state="waiting" if waits else state.value,
            arrived_at=at,
            called_at=None if waits else called,
            called_by_id=None,
            ended_at=None if waits else called + timedelta(minutes=self.random.randint(1, 25)),
        )


def _ids(model: type[Touchpoint] | type[Arrival]) -> Iterator[int]:
    """Yield keys of a table, taken block by block."""
    while True:
        first = reserve_ids(model, BLOCK)
        yield from range(first, first + BLOCK)
