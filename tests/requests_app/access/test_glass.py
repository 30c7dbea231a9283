"""« Bris de glace »: one ticket out of the scope, for a reason, half an hour, in the open (threats: A04)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.access.errors import NotAllowed, ReasonMissing
from requests_app.access.glass import BreakGlassTarget, break_glass, end_glass, note_seen
from requests_app.access.models import BreakGlassGrant, GlassNotice
from requests_app.access.scope import scope_of
from requests_app.accounts.models import Role, User
from requests_app.tickets.models import Ticket

pytestmark = pytest.mark.django_db
WHY = "Madame est devant moi"


def afresh(user):
    """The same agent at the next request."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def broken(make_ticket):
    """Open a ticket by exception: `broken(elsa)`."""

    def open_it(by, ticket=None, *, at=None, reason=WHY, motive="desk"):
        ticket = ticket or make_ticket()
        behind = BreakGlassTarget(ticket.pk, ticket.reference, ticket.maison_id)
        return break_glass(by=by, target=behind, motive=motive, reason=reason, at=at or timezone.now())

    return open_it


class TestScope:
    def test_A04_knows_of_it_in_the_statement_of_the_roles(self, broken, elsa):
        glass = broken(elsa)
        user = afresh(elsa)
        with CaptureQueriesContext(connection) as seen:
            scope = scope_of(user)
        assert len(seen) == 1
        assert scope.glass_on(glass.ticket_id, glass.maison_id).id == glass.pk

    def test_A04_opens_no_list_no_count_no_search(self, broken, elsa, make_ticket):
        ticket = make_ticket()
        broken(elsa, ticket)
        scope = scope_of(afresh(elsa))
        assert not Ticket.objects.within(scope).exists()
        assert not Ticket.objects.readable(scope).exists()
        assert not scope.can_see(ticket.maison_id)
        assert not scope.can_read(ticket.maison_id, is_sensitive=False)
        assert not scope.can_handle(ticket.maison_id, is_sensitive=False)
        assert not scope.can_note(ticket.maison_id, is_sensitive=False)

    def test_A04_ends_by_itself_after_half_an_hour(self, broken, elsa):
        glass = broken(elsa, at=timezone.now() - timedelta(minutes=30, seconds=1))
        assert scope_of(afresh(elsa)).glass_on(glass.ticket_id, glass.maison_id) is None

    def test_A04_still_holds_a_minute_before(self, broken, elsa):
        glass = broken(elsa, at=timezone.now() - timedelta(minutes=29))
        assert scope_of(afresh(elsa)).glass_on(glass.ticket_id, glass.maison_id)

    def test_A04_serves_who_asked_and_nobody_else(self, broken, elsa, make_agent, villeurbanne):
        beside = make_agent("beside", (Role.CASE_HANDLER, villeurbanne))
        glass = broken(elsa)
        assert not scope_of(beside).glasses
        end_glass(by=beside, ticket_id=glass.ticket_id, at=timezone.now())
        assert scope_of(afresh(elsa)).glasses

    @pytest.mark.parametrize(("name", "is_read"), [("elsa", True), ("desk", False)])
    def test_A03_a_reason_makes_no_case_handler(self, request, make_agent, villeurbanne, name, is_read):
        users = {"elsa": request.getfixturevalue("elsa")}
        users["desk"] = make_agent("desk", (Role.FRONT_DESK, villeurbanne))
        assert scope_of(users[name]).can_read_by_glass(is_sensitive=True) == is_read
        assert scope_of(users[name]).can_read_by_glass(is_sensitive=False)


class TestReason:
    @pytest.mark.parametrize("reason", ["", "   ", "urgent", "x" * 40, "a b", "?!? ... !!! ???"])
    def test_A04_wants_a_few_words(self, broken, elsa, reason):
        with pytest.raises(ReasonMissing):
            broken(elsa, reason=reason)
        assert not BreakGlassGrant.objects.exists()
        assert not GlassNotice.objects.exists()

    @pytest.mark.parametrize("motive", ["", "curiosity"])
    def test_A04_wants_one_of_the_usual_reasons_too(self, broken, elsa, motive):
        with pytest.raises(ReasonMissing):
            broken(elsa, motive=motive)

    @pytest.mark.parametrize("name", ["admin"])
    def test_A09_opens_nothing_to_who_reads_no_demand(self, request, broken, name):
        with pytest.raises(NotAllowed):
            broken(request.getfixturevalue(name))


class TestChiefs:
    def test_A04_both_sides_are_told(self, broken, elsa, david, make_agent, villeurbanne):
        here = make_agent("here", (Role.MANAGER, villeurbanne))
        whole = make_agent("whole", (Role.MANAGER, None))
        broken(elsa)
        assert {notice.manager for notice in GlassNotice.objects.all()} == {david, here, whole}

    def test_A04_choosing_another_place_on_the_screen_hides_nothing(
        self, broken, make_agent, villeurbanne, lyon_8, david, make_ticket
    ):
        """An agent of two Maisons looks at a third one: the managers of both are told."""
        chief = make_agent("chief", (Role.MANAGER, villeurbanne))
        both = make_agent("both", (Role.FRONT_DESK, lyon_8), (Role.FRONT_DESK, villeurbanne))
        broken(both, make_ticket(maison=None))
        assert {notice.manager for notice in GlassNotice.objects.all()} == {david, chief}

    def test_A04_who_opens_is_not_told_of_oneself(self, broken, david, make_ticket, villeurbanne):
        broken(david, make_ticket(maison=villeurbanne))
        assert not GlassNotice.objects.exists()

    def test_stays_until_the_manager_has_looked(self, broken, elsa, david, central):
        glass, at = broken(elsa), timezone.now()
        assert note_seen(manager=central, glass_ids=[glass.pk], at=at) == 0
        assert note_seen(manager=david, glass_ids=[glass.pk], at=at) == 1
        assert GlassNotice.objects.get(manager=david).seen_at == at


class TestWritten:
    def test_P02_stays_as_it_was_written(self, broken, elsa):
        glass = broken(elsa)
        for change in ({"reason": "autre chose"}, {"user_id": elsa.pk + 1}, {"at": timezone.now()}):
            with pytest.raises(DatabaseError), transaction.atomic():
                BreakGlassGrant.objects.filter(pk=glass.pk).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            BreakGlassGrant.objects.all()._raw_delete("default")
        assert BreakGlassGrant.objects.get().reason == WHY

    def test_its_end_is_written_once(self, broken, elsa):
        glass, at = broken(elsa), timezone.now()
        end_glass(by=elsa, ticket_id=glass.ticket_id, at=at)
        end_glass(by=elsa, ticket_id=glass.ticket_id, at=at + timedelta(minutes=5))
        assert BreakGlassGrant.objects.get().ended_at == at
        with pytest.raises(DatabaseError), transaction.atomic():
            BreakGlassGrant.objects.update(ended_at=None)

    def test_A04_the_database_knows_no_longer_one(self, broken, elsa):
        glass = broken(elsa)
        at = timezone.now()
        with pytest.raises(IntegrityError), transaction.atomic():
            BreakGlassGrant.objects.create(
                user=elsa, ticket_id=glass.ticket_id, reason="x", at=at, until=at + timedelta(hours=1)
            )
