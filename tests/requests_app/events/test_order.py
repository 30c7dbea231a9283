"""The log has one order, without a gap, whatever the order in which transactions commit."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from requests_app.events.cursors import Purged, read_after
from requests_app.events.models import DomainEvent
from requests_app.events.services import Fact, place_all, purge_expired, record

pytestmark = pytest.mark.django_db(transaction=True)


def write(reference):
    record([Fact(kind="ticket.received", ticket=reference)], at=timezone.now())


def order():
    return list(DomainEvent.objects.after(0).values_list("position", "ticket"))


def test_an_event_committed_late_comes_after_what_was_read():
    written, may_commit = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            write("LYN-SLOW")
            written.set()
            may_commit.wait(10)
        connection.close()

    worker = threading.Thread(target=slow)
    worker.start()
    written.wait(10)
    write("LYN-QUICK")
    assert place_all() == 1
    assert order() == [(1, "LYN-QUICK")]
    may_commit.set()
    worker.join()
    assert place_all() == 2
    assert order() == [(1, "LYN-QUICK"), (2, "LYN-SLOW")]


def test_what_is_rolled_back_leaves_no_gap():
    write("LYN-A")
    with transaction.atomic():
        write("LYN-B")
        transaction.set_rollback(True)
    write("LYN-C")
    place_all()
    assert order() == [(1, "LYN-A"), (2, "LYN-C")]


def test_many_at_once_are_numbered_once_each(at_once):
    def work():
        for _each in range(20):
            write("LYN-X")
            place_all()

    at_once(*[work] * 4)
    assert place_all() == 80
    assert [position for position, _ticket in order()] == list(range(1, 81))


def test_more_than_a_batch_is_placed(monkeypatch):
    monkeypatch.setattr("requests_app.events.services.ordering.BATCH", 3)
    for _each in range(7):
        write("LYN-X")
    assert place_all() == 7


def test_purged_from_the_beginning_and_the_rest_keeps_its_places(settings):
    settings.EVENTS_DAYS = 30
    for reference in ("LYN-A", "LYN-B", "LYN-C"):
        write(reference)
    DomainEvent.objects.filter(ticket__in=["LYN-A", "LYN-B"]).update(at=timezone.now() - timedelta(days=31))
    assert purge_expired(at=timezone.now()) == 2
    write("LYN-D")
    place_all()
    assert order() == [(3, "LYN-C"), (4, "LYN-D")]


def test_what_follows_a_purged_cursor_would_be_missed(settings):
    for reference in ("LYN-A", "LYN-B", "LYN-C"):
        write(reference)
    head = place_all()
    DomainEvent.objects.filter(ticket__in=["LYN-A", "LYN-B"]).update(at=timezone.now() - timedelta(days=31))
    last = DomainEvent.objects.get(ticket="LYN-C")
    purge_expired(at=timezone.now())
    assert [read_after(each, head=head) for each in ("2", "3", last.public_id)] == [2, 3, 3]
    never_given = ("4", "-1", "02", "evt_0", "x", "٣", "9" * 30)
    assert [read_after(each, head=head) for each in never_given] == [None] * 7
    with pytest.raises(Purged):
        read_after("1", head=head)
