"""P03, P05: an erasure, a visa, a refusal, a message that comes, an answer that leaves, at one instant."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from channels_app.intake import services as intake
from channels_app.intake.models import Arrival
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint, Person
from requests_app.privacy import services
from requests_app.privacy.erasing import ask_erasure, preview
from requests_app.privacy.errors import Refused
from requests_app.privacy.models import DisposalLine, DisposalSchedule
from requests_app.privacy.services import purging
from requests_app.tickets.models import State, Ticket, Touchpoint

pytestmark = pytest.mark.django_db(transaction=True)
MAIL = "amina@exemple.fr"


@pytest.fixture
def amina(territory, make_person):
    return make_person(given_name="Amina", family_name="Benali", email=MAIL)


@pytest.fixture
def hers(amina, make_ticket):
    return make_ticket(person=amina, state=State.CLOSED, sender=MAIL)


@pytest.fixture
def with_visa(amina, hers, archivist):
    """Their ticket is under a visa; nothing has gone yet."""
    ask_erasure(person=amina, at=timezone.now())
    DisposalSchedule.objects.update(listed_at=timezone.now())
    services.give_visa(schedule=DisposalSchedule.objects.get(), by=archivist, at=timezone.now())
    return DisposalLine.objects.get()


def said_by(job):
    """What a job answers, or the words of its refusal, to be read after both ran."""
    told = []

    def run():
        try:
            told.append(job())
        except Refused as refusal:
            told.append(str(refusal))

    return run, told


def test_P05_two_erasures_of_one_person_are_one(amina, hers, at_once):
    now = timezone.now()
    jobs = [said_by(lambda: len(ask_erasure(person=amina, at=now))) for _ in range(2)]
    at_once(*(job for job, _told in jobs))
    assert DisposalLine.objects.get().references == [hers.reference]
    told = [told[0] for _job, told in jobs]
    assert sorted(map(str, told))[0] == "1"
    assert any("Rien ne peut être effacé" in str(each) for each in told)


def test_P03_a_visa_pressed_twice_at_once_is_given_once(amina, hers, archivist, at_once):
    ask_erasure(person=amina, at=timezone.now())
    DisposalSchedule.objects.update(listed_at=timezone.now())
    schedule = DisposalSchedule.objects.get()
    jobs = [
        said_by(lambda: services.give_visa(schedule=schedule, by=archivist, at=timezone.now()))
        for _ in range(2)
    ]
    at_once(*(job for job, _told in jobs))
    assert sorted((told[0] for _job, told in jobs), key=str) == [1, "Cette liste n’attend pas de visa."]


@pytest.mark.parametrize("turn", range(4))
def test_P03_a_line_refused_while_the_visa_is_given_is_kept_or_under_it(
    amina, hers, archivist, at_once, turn
):
    ask_erasure(person=amina, at=timezone.now())
    DisposalSchedule.objects.update(listed_at=timezone.now())
    schedule, line = DisposalSchedule.objects.get(), DisposalLine.objects.get()
    later = timezone.localdate() + timedelta(days=30)
    keep, kept = said_by(
        lambda: services.keep(line=line, reason="Recours", until=later, by=archivist, at=timezone.now())
    )
    visa, given = said_by(lambda: services.give_visa(schedule=schedule, by=archivist, at=timezone.now()))
    at_once(*((keep, visa) if turn % 2 else (visa, keep)))
    services.purge(at=timezone.now())
    is_kept = kept == [None]
    assert given == [0 if is_kept else 1]
    assert Ticket.objects.filter(pk=hers.pk).exists() == is_kept
    assert DisposalLine.objects.get().fate == ("refused" if is_kept else "purged")


class Paused:
    """Stop the purge once its rows are chosen and before they go, while something else happens."""

    def __init__(self, monkeypatch):
        self.reached, self.go = threading.Event(), threading.Event()
        whole = purging.delete_rows

        def wait_then_delete(rows, *, at):
            rows.collect()
            self.reached.set()
            assert self.go.wait(20)
            return whole(rows, at=at)

        monkeypatch.setattr(purging, "delete_rows", wait_then_delete)
        self.thread = threading.Thread(target=self._run)

    def _run(self):
        try:
            services.purge(at=timezone.now())
        finally:
            connection.close()

    def meanwhile(self, job):
        """Begin ``job`` while the purge waits, let the purge go on, wait for both."""
        other = threading.Thread(target=job)
        self.thread.start()
        assert self.reached.wait(20)
        other.start()
        other.join(1)
        self.go.set()
        other.join(30)
        self.thread.join(30)


@pytest.fixture
def paused(monkeypatch):
    return Paused(monkeypatch)


def arrive(words="Encore un mot de ma part.", subject="Suite"):
    raw = f"From: {MAIL}\r\nTo: accueil@demande.invalid\r\nSubject: {subject}\r\n\r\n{words}\r\n".encode()
    kept = intake.store_unqueued(
        channel="mail", address="accueil@demande.invalid", raw=raw, source="test", at=timezone.now()
    )
    try:
        intake.process(arrival_id=kept.arrival_id, at=timezone.now())
    finally:
        connection.close()


def sweep_for_minutes():
    start = timezone.now()
    for minutes in (1, 2, 3):
        intake.sweep(at=start + timedelta(minutes=minutes))


def test_P03_a_message_on_a_ticket_being_purged_becomes_another_ticket(with_visa, hers, paused):
    paused.meanwhile(lambda: arrive(subject=f"Re: {hers.reference}"))
    sweep_for_minutes()
    assert Arrival.objects.get().state == "heard"
    assert not Ticket.objects.filter(pk=hers.pk).exists()
    new = Ticket.objects.get()
    assert "Encore un mot" in new.touchpoints.get(direction="in").text
    assert new.person is not None
    assert ContactPoint.objects.get(person=new.person).value == MAIL
    assert DisposalLine.objects.get().fate == "purged"
    assert DisposalLine.objects.get().counts["tickets.Ticket"] == 1


def test_P03_a_message_of_a_person_being_purged_keeps_a_person(with_visa, hers, paused):
    paused.meanwhile(arrive)
    sweep_for_minutes()
    new = Ticket.objects.get()
    assert (Arrival.objects.get().state, new.sender) == ("heard", MAIL)
    assert new.person != hers.person
    assert ContactPoint.objects.get(person=new.person).value == MAIL


def test_P03_a_message_begun_before_the_purge_keeps_the_ticket(with_visa, hers):
    """It holds the row of the ticket: the purge waits for it, and sees it."""
    go, done = threading.Event(), threading.Event()

    def write_slowly():
        with transaction.atomic():
            Ticket.objects.select_for_update().get(pk=hers.pk)
            Touchpoint.objects.create(
                ticket=hers,
                channel="mail",
                direction="in",
                text="Encore un mot.",
                occurred_at=timezone.now(),
                recorded_at=timezone.now(),
            )
            go.set()
            done.wait(1)
        connection.close()

    thread = threading.Thread(target=write_slowly)
    thread.start()
    assert go.wait(20)
    services.purge(at=timezone.now())
    thread.join(20)
    assert DisposalLine.objects.get().fate == "changed"
    assert Touchpoint.objects.filter(ticket=hers, text="Encore un mot.").exists()


@pytest.mark.parametrize("state", ["queued", "sending", "uncertain"])
def test_P05_what_has_not_left_yet_is_waited_for(with_visa, amina, hers, make_touchpoint, state):
    answer = to_leave(hers, make_touchpoint, state=state)
    services.purge(at=timezone.now())
    assert Outgoing.objects.filter(pk=answer.pk).exists()
    assert DisposalLine.objects.get().fate == "listed"
    Outgoing.objects.update(state="sent", ended_at=timezone.now())
    services.purge(at=timezone.now())
    assert DisposalLine.objects.get().fate == "purged"
    assert not Person.objects.exists()


def test_P05_one_that_waits_holds_up_no_other(with_visa, hers, make_ticket, make_touchpoint, make_person):
    to_leave(hers, make_touchpoint, state="queued")
    other = make_ticket(person=make_person(given_name="Luc"), state=State.CLOSED)
    ticket = DisposalLine.objects.get()
    DisposalLine.objects.create(
        schedule=ticket.schedule,
        ticket_ids=[other.pk],
        references=[other.reference],
        received_on=date(2026, 1, 1),
        last_contact_on=timezone.localdate(),
        ends_on=date(2026, 1, 1),
        active_months=1,
    )
    assert services.purge(at=timezone.now()) == 1
    assert not Ticket.objects.filter(pk=other.pk).exists()


def test_P05_what_has_not_left_yet_is_said(amina, hers, make_touchpoint):
    to_leave(hers, make_touchpoint, state="queued")
    assert [each.why_not for each in preview(amina, at=timezone.now())] == [
        "Un message doit encore partir : elle est gardée jusque-là."
    ]


def to_leave(ticket, make_touchpoint, *, state):
    now = timezone.now()
    outgoing = Outgoing.objects.create(
        key=f"answer:{ticket.reference}",
        kind="answer",
        channel="mail",
        recipient=MAIL,
        message_id="<a@x>",
        created_at=now,
        try_after=now,
        give_up_at=now + timedelta(days=1),
        state=state,
    )
    said = make_touchpoint(ticket, text="Votre réponse.", direction="out", at=ticket.received_at)
    Touchpoint.objects.filter(pk=said.pk).update(outgoing=outgoing, recorded_at=ticket.received_at)
    return outgoing
