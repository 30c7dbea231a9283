"""One gate for every page: what it refuses does not exist, or is not theirs, and is always logged."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from requests_app.access.audit_log import Kind
from requests_app.access.gate import admit, load_within, refuse, require
from requests_app.access.models import Reading
from requests_app.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def logged():
    return list(Reading.objects.order_by("pk").values_list("user__username", "subject_id", "was_refused"))


@pytest.fixture
def load(chloe, make_ticket):
    ticket = make_ticket()

    def load(pk=ticket.pk, **may):
        rows = Ticket.objects.filter(pk=pk)
        return load_within(rows, kind=Kind.TICKET, by=chloe, at=timezone.now(), **may)

    load.ticket = ticket
    return load


class TestLoadWithin:
    def test_gives_what_may_be_opened_and_leaves_the_log_to_the_page(self, load):
        assert load(may_open=lambda row: True) == load.ticket
        assert logged() == []

    def test_A01_what_may_not_be_opened_does_not_exist_and_is_logged(self, load):
        with pytest.raises(Http404):
            load(may_open=lambda row: False)
        assert logged() == [("chloe", load.ticket.pk, True)]

    @pytest.mark.parametrize(("is_known", "error"), [(True, PermissionDenied), (False, Http404)])
    def test_says_so_to_those_who_may_know_of_it(self, load, is_known, error):
        with pytest.raises(error):
            load(may_open=lambda row: False, may_know=lambda row: is_known)
        assert logged() == [("chloe", load.ticket.pk, True)]

    def test_what_is_not_there_is_asked_of_nobody(self, load):
        with pytest.raises(Http404):
            load(pk=0, may_open=lambda row: pytest.fail("nobody is there"))
        assert logged() == []


@pytest.mark.parametrize("is_allowed", [True, False])
def test_I7_a_reading_is_logged_once_allowed_or_not(chloe, is_allowed):
    try:
        admit(is_allowed, kind=Kind.FILE, subject_id=7, by=chloe, at=timezone.now())
    except Http404:
        assert not is_allowed
    assert logged() == [("chloe", 7, not is_allowed)]


def test_I7_a_refusal_ends_the_page(chloe):
    with pytest.raises(Http404):
        refuse(kind=Kind.PERSON, subject_id=7, by=chloe, at=timezone.now())
    assert logged() == [("chloe", 7, True)]


def test_a_page_that_is_not_theirs_logs_nothing():
    require(True)
    with pytest.raises(PermissionDenied):
        require(False)
    assert logged() == []
