"""The one policy, asked in every way it can be (threats: A01, A02, A03, A09)."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction

from requests_app.access.audit_log import Kind, log_access
from requests_app.access.models import Reading
from requests_app.access.scope import NOBODY, scope_of
from requests_app.accounts.models import Role, User
from requests_app.tickets.models import Ticket

CAST = ("bruno", "chloe", "david", "elsa", "central", "admin")
# at Lyon 8e: who sees it, reads it, handles it
PLAIN = {
    "bruno": (True, True, False),
    "chloe": (True, True, True),
    "david": (True, True, True),
    "elsa": (False, False, False),
    "central": (True, True, True),
    "admin": (False, False, False),
}
SENSITIVE = PLAIN | {"bruno": (True, False, False), "david": (True, False, False)}


@pytest.fixture
def who(request):
    return lambda name: User.objects.get(pk=request.getfixturevalue(name).pk)


class TestOneTicket:
    @pytest.mark.parametrize("name", CAST)
    @pytest.mark.parametrize(("is_sensitive", "expected"), [(False, PLAIN), (True, SENSITIVE)])
    def test_A03_who_sees_reads_handles(self, who, lyon_8, name, is_sensitive, expected):
        scope = scope_of(who(name))
        allowed = (
            scope.can_see(lyon_8.pk),
            scope.can_read(lyon_8.pk, is_sensitive),
            scope.can_handle(lyon_8.pk, is_sensitive),
        )
        assert allowed == expected[name]

    @pytest.mark.parametrize("name", CAST)
    def test_what_no_maison_owns_is_the_central_teams(self, who, name):
        assert scope_of(who(name)).can_see(None) == (name == "central")

    def test_A03_a_manager_here_is_no_case_handler_there(self, make_agent, lyon_8, villeurbanne):
        both = make_agent("both", (Role.MANAGER, lyon_8), (Role.CASE_HANDLER, villeurbanne))
        scope = scope_of(both)
        assert not scope.can_read(lyon_8.pk, is_sensitive=True)
        assert scope.can_read(villeurbanne.pk, is_sensitive=True)


class TestLists:
    """A list must never say more, nor less, than the page of each row."""

    @pytest.mark.parametrize("name", CAST)
    def test_A02_list_and_detail_use_the_same_word(self, who, name, lyon_8, villeurbanne, make_ticket):
        for maison in (lyon_8, villeurbanne, None):
            for is_sensitive in (False, True):
                make_ticket(maison=maison, is_sensitive=is_sensitive)
        scope, tickets = scope_of(who(name)), list(Ticket.objects.all())
        seen = {t.pk for t in tickets if scope.can_see(t.maison_id)}
        read = {t.pk for t in tickets if scope.can_read(t.maison_id, t.is_sensitive)}
        assert set(Ticket.objects.within(scope).values_list("pk", flat=True)) == seen
        assert set(Ticket.objects.readable(scope).values_list("pk", flat=True)) == read


class TestNobody:
    @pytest.mark.parametrize("user", [AnonymousUser(), User(is_active=False)])
    def test_I6_unknown_rights_are_no_rights(self, user, make_ticket):
        make_ticket()
        assert scope_of(user) is NOBODY
        assert not Ticket.objects.within(NOBODY).exists()

    def test_A09_a_superuser_reads_no_ticket(self, who, make_ticket):
        make_ticket()
        scope = scope_of(who("admin"))
        assert not Ticket.objects.within(scope).exists()
        assert scope.can_manage_agents


class TestJournal:
    def test_P02_only_grows(self, chloe, make_ticket):
        log_access(user=chloe, kind=Kind.TICKET, subject_id=make_ticket().pk, at=make_ticket().received_at)
        with pytest.raises(DatabaseError), transaction.atomic():
            Reading.objects.update(was_refused=True)
        with pytest.raises(DatabaseError), transaction.atomic():
            Reading.objects.all()._raw_delete("default")
        assert Reading.objects.count() == 1

    def test_I7_says_who_what_when_and_from_where(self, chloe, lyon_8, make_ticket):
        ticket = make_ticket()
        log_access(user=chloe, kind=Kind.TICKET, subject_id=ticket.pk, at=ticket.received_at)
        line = Reading.objects.get()
        assert (line.user, line.subject_id, line.at, line.maison) == (
            chloe,
            ticket.pk,
            ticket.received_at,
            lyon_8,
        )
