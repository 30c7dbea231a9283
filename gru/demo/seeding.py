"""Invents tickets as real intake leaves them, table by table, the same ones for the same seed."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

from django.utils.translation import gettext as _

from gru.demo.appointments import give_appointments
from gru.demo.calendar import Calendar
from gru.demo.crowd import Crowd, Someone
from gru.demo.doors import DESK, MAIL, SMS, Door, draw_door
from gru.demo.feelings import Feelings
from gru.demo.lives import Life, draw_life
from gru.demo.places import Home, Map, Teams
from gru.demo.rows import Batch
from gru.demo.traces import Traces
from gru.demo.words import Story, Texts
from requests_app.accounts.models import Role
from requests_app.catalog.models import Topic
from requests_app.lib.copying import reserve_ids
from requests_app.people.models import Person
from requests_app.routing.evidence import Answer
from requests_app.routing.models import RoutingDecision
from requests_app.routing.services import sharing
from requests_app.tickets.deadlines import announced_due
from requests_app.tickets.models import Event, Note, Ticket
from requests_app.tickets.references import ALPHABET, LENGTH, reference_of

BATCH = 10_000
FOLLOWED_UP = 0.33  # of the closed tickets came up again at the counter
COMBINATIONS = len(ALPHABET) ** LENGTH
STRIDE = 433_494_437  # a prime that does not divide the combinations: no reference comes twice


class Seeding:
    """One run; ``say`` gets the number of tickets written."""

    def __init__(self, *, seed: int, days: int, until: datetime, say: Callable[[int], None]) -> None:
        self.random, self.until, self.say = Random(seed), until, say  # noqa: S311 (stories, no secret)
        self.batch, self.words = Batch(), Texts(self.random)
        self.calendar = Calendar(self.random, days, until)
        self.teams = Teams(self.words.agent)
        self.map = Map(self.random, shown=self.teams.signed_in)
        self.crowd = Crowd(self.words, self.map, self.batch, label=str(seed))
        self.traces = Traces(self.words, self.batch, until)
        self.feelings = Feelings(self.batch, seed=seed, until=until)
        self.topics = {topic.code: topic for topic in Topic.objects.all()}

    def run(self, tickets: int) -> None:
        """Add that many tickets, batch by batch; each batch is written whole or not at all."""
        references = self._references()
        for written in range(0, tickets, BATCH):
            count = min(BATCH, tickets - written)
            ids = [reserve_ids(model, count) for model in (Ticket, RoutingDecision, Person)]
            for n in range(count):
                self._demand(ids[0] + n, ids[1] + n, ids[2] + n, next(references))
            self.batch.copy()
            self.say(written + count)
        give_appointments(self.random, maison_ids=self.teams.signed_in, until=self.until)

    def _references(self) -> Iterator[str]:
        taken = set(Ticket.objects.values_list("reference", flat=True))
        number = self.random.randrange(COMBINATIONS)
        while True:
            number = (number + STRIDE) % COMBINATIONS
            if (reference := reference_of(number)) not in taken:
                yield reference

    def _demand(self, pk: int, decision_id: int, person_id: int, reference: str) -> None:
        door = draw_door(self.random)
        topic = self.topics[self.words.topic()]
        at = self.calendar.arrival(at_desk=not door.is_written)
        someone = self.crowd.someone(person_id, at, may_be_nameless=door.may_be_nameless)
        if door is SMS and someone and not someone.phone:
            door = MAIL
        home = someone.home if someone else self.map.home()
        answer = self.map.answer(home, topic.code)
        maison_id = self._decide(decision_id, answer, home, at)
        is_transfer = answer.transfer is not None
        agent = self._agent(maison_id, Role.CASE_HANDLER) if not is_transfer else self.teams.central
        life = draw_life(self.calendar, topic, agent, at, by_mail=door.is_written, is_transfer=is_transfer)
        story = self._contact(pk, door, topic, someone, maison_id, at)
        self._ticket(pk, reference, story, topic, answer, life, someone, at, door=door)
        shared = [] if maison_id else sharing([c.code for c in answer.candidates], self.map.territory)
        array = "{" + ",".join(map(str, shared)) + "}"  # as COPY reads a list
        placed = {"maison_id": maison_id, "shared_with": array, "decision_id": decision_id}
        self.batch.rows[Ticket][-1].update(placed)
        self._afterwards(pk, topic, someone, maison_id, life, at)

    def _contact(
        self, pk: int, door: Door, topic: Topic, someone: Someone | None, maison_id: int | None, at: datetime
    ) -> Story:
        """Write the first message, the person's or an agent's note, and return it."""
        if door.is_written and someone:
            is_mail = door is MAIL
            story = self.words.mail(topic.code, someone.name) if is_mail else self.words.plainly(topic.code)
            self.traces.write_message(pk, door, story, someone, at)
        else:
            story = self.words.desk(topic.code)
            desk = self._agent(maison_id, Role.FRONT_DESK)
            self.traces.write_note(pk, door, story, someone, at, maison_id, desk)
        return story

    def _ticket(
        self,
        pk: int,
        reference: str,
        story: Story,
        topic: Topic,
        answer: Answer,
        life: Life,
        someone: Someone | None,
        at: datetime,
        *,
        door: Door,
    ) -> None:
        known = topic if life.is_sorted or door.knows_topic else None  # nobody has read the message yet
        proposed = None if known or topic.is_sensitive else topic.pk
        self.batch.add(
            Ticket,
            id=pk,
            reference=reference,
            channel=str(door.kind),
            state=life.state.value,
            outcome=life.outcome,
            priority="urgent" if self.random.random() < 0.06 else "normal",
            person_id=someone.pk if someone else None,
            topic_id=known.pk if known else None,
            proposed_topic_id=proposed,
            proposed_words="[]",
            is_sensitive=bool(known and known.is_sensitive),
            transfer_body=answer.transfer.body if answer.transfer else "",
            assignee_id=life.assignee_id,
            sender=someone.name if someone else "",
            subject=story.subject,
            excerpt=" ".join(story.text.split())[:200],
            files_count=0,
            received_at=at,
            waiting_since=life.reopened_at or at,
            due_at=announced_due(at, known),
            first_answered_at=life.answered_at,
            answered_at=life.answered_at,
            closed_at=life.closed_at,
            closed_by_id=life.assignee_id if life.closed_at else None,
            version=1 + len(life.events),
            maison_id=None,
            shared_with="{}",
            decision_id=None,
        )

    def _decide(self, pk: int, answer: Answer, home: Home, at: datetime) -> int | None:
        """Store the resolver's answer; where it was undecided, an agent chose within the day."""
        code, steps = answer.maison.code if answer.maison else "", list(answer.steps)
        has_chosen = answer.outcome == "ambiguous" and at < self.until - timedelta(days=1)
        if has_chosen:
            code = self.random.choice(home.site_codes)
            steps.append(_("Lieu choisi par l’équipe centrale, d’après l’adresse."))
        maison_id = self.map.territory.sites[code].pk if code else None
        transfer = answer.transfer
        self.batch.add(
            RoutingDecision,
            id=pk,
            outcome="routed" if code else str(answer.outcome),
            maison_id=maison_id,
            candidates=json.dumps([{"code": c.code, "name": c.name} for c in answer.candidates]),
            confidence="high" if has_chosen else str(answer.confidence),
            transfer_body=transfer.body if transfer else "",
            transfer_insee=transfer.insee_code if transfer else "",
            steps=json.dumps(steps, ensure_ascii=False),
            decided_at=at,
            decided_by_id=self.teams.central if has_chosen else None,
            reason="",
        )
        return maison_id

    def _agent(self, maison_id: int | None, role: Role) -> int | None:
        if maison_id is None:
            return None
        return self.teams.one(maison_id, self.map.territory.code_of[maison_id], role)

    def _afterwards(
        self,
        pk: int,
        topic: Topic,
        someone: Someone | None,
        maison_id: int | None,
        life: Life,
        at: datetime,
    ) -> None:
        """Write what agents did and wrote, and the person coming back to the counter."""
        for kind, moment, by, data in life.events:
            text = json.dumps(data, ensure_ascii=False)
            self.batch.add(Event, ticket_id=pk, kind=str(kind), at=moment, by_id=by, data=text)
        if life.assignee_id and self.random.random() < 0.2:
            moment = life.events[-1][1]
            values = {"author_id": life.assignee_id, "text": self.words.note(), "created_at": moment}
            self.batch.add(Note, ticket_id=pk, **values)
        if someone and life.closed_at and self.random.random() < FOLLOWED_UP:
            again = at + (life.closed_at - at) / 2
            desk = self._agent(maison_id, Role.FRONT_DESK)
            self.traces.write_note(pk, DESK, self.words.desk(topic.code), someone, again, maison_id, desk)
        if someone and life.reopened_at:
            self.traces.write_message(pk, MAIL, self.words.again(topic.code), someone, life.reopened_at)
        if someone:
            self.feelings.say(pk, life, at)
