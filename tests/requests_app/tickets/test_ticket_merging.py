"""Two tickets of one story go on as one, and are two again for thirty days: nothing moves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.answers.models import Draft
from requests_app.answers.plain import find_ticket, ticket_as_plain
from requests_app.answers.services import save_draft
from requests_app.tickets.errors import AlreadyJoined, NotAllowed, Refused, TwoPersons
from requests_app.tickets.files import attach
from requests_app.tickets.inbound import SaidFile
from requests_app.tickets.models import Event, Mark, Outcome, State, Ticket, TicketMerge, ToDo
from requests_app.tickets.services import (
    ask,
    forget_merges,
    link,
    merge_by_number,
    merge_linked,
    merge_tickets,
    reopen,
    reroute,
    unmerge_last,
    unmerge_tickets,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
FIELDS = [
    "state",
    "outcome",
    "closed_at",
    "closed_by_id",
    "priority",
    "marks",
    "waiting_since",
    "due_at",
    "excerpt",
    "files_count",
    "merged_into_id",
    "assignee_id",
    "topic_id",
    "maison_id",
]


@pytest.fixture
def old(make_ticket, amina):
    at = NOW - timedelta(days=3)
    return make_ticket(person=amina, text="Ma facture est trop haute.", received_at=at, state=State.OPEN)


@pytest.fixture
def new(make_ticket, amina):
    return make_ticket(person=amina, text="Voici ma facture.", received_at=NOW - timedelta(hours=2))


@pytest.fixture
def merge(old, new, chloe):
    def do(merged=new, survivor=old, by=chloe, at=NOW, **more):
        log = merge_tickets(merged=merged, survivor=survivor, by=by, at=at, **more)
        for ticket in (old, new, merged, survivor):
            ticket.refresh_from_db()
        return log

    return do


def whole(*tickets):
    rows = Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).order_by("pk")
    return list(rows.values(*FIELDS)), [
        list(ticket.touchpoints.order_by("pk").values_list("pk", flat=True)) for ticket in rows
    ]


class TestMerge:
    def test_one_points_to_the_other_and_nothing_moves(self, old, new, merge):
        words = [ticket.touchpoints.get().pk for ticket in (old, new)]
        merge()
        assert (new.merged_into, new.state, new.outcome) == (old, State.CLOSED, Outcome.DUPLICATE)
        assert (old.state, old.merged_into_id) == (State.OPEN, None)
        assert [ticket.touchpoints.get().pk for ticket in (old, new)] == words

    def test_both_say_who_did_it_and_which_goes_on(self, old, new, merge, chloe):
        merge(reason="La même facture")
        for ticket in (old, new):
            event = Event.objects.get(ticket=ticket, kind=Event.Kind.MERGED)
            assert (event.by, event.data) == (
                chloe,
                {"from": new.reference, "to": old.reference, "reason": "La même facture"},
            )

    def test_what_the_new_one_waited_for_is_waited_for_in_the_old_one(self, old, new, merge):
        Ticket.objects.filter(pk=old.pk).update(state=State.WAITING_PERSON)
        Ticket.objects.filter(pk=new.pk).update(files_count=2, priority="urgent")
        merge()
        assert (old.state, old.files_count, old.priority) == (State.OPEN, 2, "urgent")
        assert old.excerpt == "Voici ma facture."
        assert old.waiting_since == NOW - timedelta(days=3)

    def test_once_answered_the_wait_is_a_new_one(self, old, new, merge):
        Ticket.objects.filter(pk=old.pk).update(answered_at=NOW - timedelta(days=1))
        merge()
        assert old.waiting_since == new.received_at

    def test_one_that_had_ended_keeps_its_own_end(self, old, new, merge):
        end = NOW - timedelta(hours=1)
        Ticket.objects.filter(pk=new.pk).update(state=State.CLOSED, outcome="answered", closed_at=end)
        merge()
        assert (new.outcome, new.closed_at) == ("answered", end)

    def test_three_make_one_without_chains(self, old, new, merge, make_ticket, amina):
        third = make_ticket(person=amina)
        merge(merged=third, survivor=new)
        merge()
        third.refresh_from_db()
        assert {third.merged_into_id, new.merged_into_id} == {old.pk}
        fourth = make_ticket(person=amina)
        merge(merged=fourth, survivor=new)  # named by a number that goes on elsewhere
        assert fourth.merged_into_id == old.pk

    def test_a_second_time_or_the_other_way_is_refused(self, old, new, merge):
        merge()
        for merged, survivor in ((new, old), (old, new), (old, old)):
            with pytest.raises(AlreadyJoined):
                merge(merged=merged, survivor=survivor)

    def test_show_ticket_tells_where_it_goes_on_and_the_words_of_both(self, old, new, merge):
        merge()
        gone, stays = (ticket_as_plain(find_ticket(each.reference)) for each in (new, old))
        assert (gone["merged_into"], stays["merged_into"]) == (old.reference, None)
        assert [message["text"] for message in stays["messages"]] == [
            "Ma facture est trop haute.",
            "Voici ma facture.",
        ]

    def test_what_an_agent_was_writing_is_found_there(self, old, new, merge, chloe, bruno):
        for ticket, text, author in ((new, "Bonjour, merci", chloe), (old, "Une note", bruno)):
            Draft.objects.create(ticket=ticket, author=author, kind="answer", text=text, updated_at=NOW)
        Draft.objects.create(ticket=new, author=bruno, kind="answer", text="La suite", updated_at=NOW)
        merge()
        texts = set(Draft.objects.filter(ticket=old).values_list("author__username", "text"))
        assert texts == {("chloe", "Bonjour, merci"), ("bruno", "Une note\n\nLa suite")}
        assert not Draft.objects.filter(ticket=new).exists()

    def test_what_is_typed_on_a_page_opened_before_is_found_there_too(self, old, new, merge, chloe):
        merge()
        save_draft(ticket=new, kind="note", text="Elle rappellera", by=chloe, at=NOW)
        assert Draft.objects.get().ticket == old

    def test_it_is_not_opened_again_by_itself(self, new, merge, chloe):
        merge()
        with pytest.raises(Refused, match="continue dans une autre"):
            reopen(ticket=new, reason="Erreur", by=chloe, at=NOW)


class TestRights:
    def test_A06_one_may_send_away_and_never_pull_in(self, old, new, merge, villeurbanne, chloe, elsa):
        reroute(ticket=old, maison=villeurbanne, reason="Elle a déménagé", by=chloe, at=NOW)
        with pytest.raises(NotAllowed):
            merge(merged=old, survivor=new)
        with pytest.raises(NotAllowed):
            merge(by=elsa)
        merge(by=chloe)
        assert new.merged_into_id == old.pk

    def test_A02_a_number_one_may_not_know_does_not_exist(self, old, new, villeurbanne, chloe):
        Ticket.objects.filter(pk=old.pk).update(maison=villeurbanne)
        with pytest.raises(Refused, match="Aucune de vos demandes"):
            merge_by_number(ticket=new, number=old.reference, by=chloe, at=NOW)

    def test_A03_a_reserved_one_is_never_read_through_one_that_is_not(self, old, new, merge):
        Ticket.objects.filter(pk=new.pk).update(is_sensitive=True)
        with pytest.raises(Refused, match="réservée"):
            merge()
        merge(merged=old, survivor=new)
        assert old.merged_into_id == new.pk

    def test_N12_a_danger_is_said_of_the_one_that_goes_on(self, old, new, merge):
        Ticket.objects.filter(pk=new.pk).update(is_sensitive=True, marks=[Mark.DANGER], priority="urgent")
        Ticket.objects.filter(pk=old.pk).update(is_sensitive=True)
        merge()
        assert (old.marks, old.priority) == ([Mark.DANGER], "urgent")

    def test_two_persons_are_named_before_their_tickets_are_merged(self, old, new, merge, make_person):
        Ticket.objects.filter(pk=new.pk).update(person=make_person(given_name="Koffi", family_name="Adjei"))
        with pytest.raises(TwoPersons, match="Koffi Adjei, Amina Benali"):
            merge()
        merge(is_two_persons=True)
        assert new.merged_into_id == old.pk

    def test_a_link_merges_the_way_that_the_agent_may(self, old, new, chloe, elsa, villeurbanne):
        found = link(from_ticket=new, to_ticket=old, kind="proposed", at=NOW)
        Ticket.objects.filter(pk=new.pk).update(maison=villeurbanne)
        found.refresh_from_db()
        merge_linked(found=found, by=chloe, at=NOW)
        old.refresh_from_db()
        assert old.merged_into_id == new.pk  # Chloé handles only that one


class TestUndo:
    @pytest.mark.parametrize("days", [0, 29])
    def test_all_is_as_before_for_thirty_days(self, old, new, merge, chloe, days):
        Ticket.objects.filter(pk=new.pk).update(files_count=1, priority="urgent", marks=[Mark.MACHINE])
        attach(new.touchpoints.get(), [SaidFile("facture.txt", "text/plain", b"12")])
        before = whole(old, new)
        log = merge()
        assert whole(old, new) != before
        unmerge_tickets(log=log, by=chloe, at=NOW + timedelta(days=days))
        assert whole(old, new) == before

    def test_not_later(self, merge, chloe):
        log = merge()
        with pytest.raises(Refused, match="30 jours"):
            unmerge_tickets(log=log, by=chloe, at=NOW + timedelta(days=30))
        assert forget_merges(at=NOW + timedelta(days=30)) == 1
        assert TicketMerge.objects.get().before == {}

    def test_what_was_changed_since_stays(self, old, merge, chloe, new):
        Ticket.objects.filter(pk=new.pk).update(priority="urgent")
        log = merge()
        Ticket.objects.filter(pk=old.pk).update(priority="normal", state=State.WAITING_OTHER)
        unmerge_tickets(log=log, by=chloe, at=NOW)
        old.refresh_from_db()
        assert (old.priority, old.state) == ("normal", State.WAITING_OTHER)

    def test_undone_twice_it_says_so(self, merge, chloe):
        log = merge()
        unmerge_tickets(log=log, by=chloe, at=NOW)
        with pytest.raises(Refused, match="déjà séparées"):
            unmerge_tickets(log=log, by=chloe, at=NOW)

    def test_of_three_the_middle_one_takes_its_own_back(self, old, new, merge, make_ticket, amina, chloe):
        third = make_ticket(person=amina)
        merge(merged=third, survivor=new)
        before = whole(old, new, third)
        merge()
        unmerge_last(ticket=old, by=chloe, at=NOW)
        assert whole(old, new, third) == before

    def test_of_three_the_first_one_leaves_the_two_others(self, old, new, merge, make_ticket, amina, chloe):
        third = make_ticket(person=amina)
        first = merge(merged=third, survivor=new)
        merge()
        unmerge_tickets(log=first, by=chloe, at=NOW)
        pointed = Ticket.objects.filter(merged_into=old)
        assert list(pointed) == [new]
        unmerge_last(ticket=old, by=chloe, at=NOW)
        third.refresh_from_db()
        assert third.merged_into_id is None

    def test_A06_a_stranger_to_both_undoes_nothing(self, merge, elsa):
        with pytest.raises(NotAllowed):
            unmerge_tickets(log=merge(), by=elsa, at=NOW)


def url_of(ticket, rest=""):
    return f"/demandes/{ticket.reference}/{rest}"


def words_of(answer):
    return answer.content.decode().replace("\xa0", " ")


class TestPage:
    def test_the_old_number_leads_to_the_whole_story(self, client_of, chloe, old, new, merge):
        merge()
        page = client_of(chloe).get(url_of(new), follow=True)
        assert page.redirect_chain == [(url_of(old), 302)]
        for words in ("Voici ma facture.", "Ma facture est trop haute.", f"{new.reference} continue ici."):
            assert words in words_of(page)

    def test_is_merged_by_its_number_and_separated_again(self, client_of, chloe, old, new):
        client = client_of(chloe)
        given = {"number": old.reference[4:], "persons": ""}
        page = client.post(url_of(new, "reunir/"), given, follow=True)
        assert page.context["ticket"] == old
        undo = page.context["undo"]
        page = client.post(undo.action, {undo.name: undo.value}, follow=True)
        assert page.context["ticket"] == new
        assert Ticket.objects.filter(merged_into=None).count() == 2

    def test_can_be_separated_from_the_page_until_the_thirtieth_day(self, client_of, chloe, old, merge, new):
        log, client = merge(at=timezone.now() - timedelta(days=20)), client_of(chloe)
        assert "Séparer" in words_of(client.get(url_of(old)))
        client.post(url_of(old, "separer/"), {"which": log.pk})
        new.refresh_from_db()
        assert new.merged_into_id is None
        TicketMerge.objects.update(undone_at=None, at=timezone.now() - timedelta(days=31))
        Ticket.objects.filter(pk=new.pk).update(merged_into=old)
        assert "Séparer" not in words_of(client.get(url_of(old)))

    def test_two_persons_are_asked_about(self, client_of, chloe, old, new, make_person):
        Ticket.objects.filter(pk=new.pk).update(person=make_person(given_name="Koffi", family_name="Adjei"))
        client, given = client_of(chloe), {"number": old.reference, "persons": ""}
        page = client.post(url_of(new, "reunir/"), given)
        assert page.status_code == 422
        assert "Koffi Adjei" in words_of(page)
        assert "Amina Benali" in words_of(page)
        client.post(url_of(new, "reunir/"), {**given, "persons": "two"})
        new.refresh_from_db()
        assert new.merged_into_id == old.pk

    def test_already_followed_says_where_answers_go(self, client_of, chloe, old, new):
        client = client_of(chloe)
        given = {"version": 1, "outcome": "duplicate", "reason": "Même facture", "number": ""}
        page = client.post(url_of(new, "terminer/"), given)
        assert page.status_code == 422
        assert "Écrivez le numéro de la demande qui continue." in words_of(page)
        page = client.post(url_of(new, "terminer/"), {**given, "number": old.reference}, follow=True)
        new.refresh_from_db()
        assert (new.merged_into, new.outcome) == (old, Outcome.DUPLICATE)
        assert "Même facture" in words_of(page)

    def test_who_may_not_read_there_sees_that_it_goes_on_elsewhere(
        self, client_of, chloe, old, new, merge, villeurbanne
    ):
        Ticket.objects.filter(pk=old.pk).update(maison=villeurbanne)
        merge()
        page = client_of(chloe).get(url_of(new))
        assert page.status_code == 200
        assert f"Cette demande continue dans {old.reference}." in words_of(page)
        assert not {"reopen", "close", "merge_ticket"} & set(page.context["panels"])

    def test_what_was_to_do_there_is_done_here(self, client_of, chloe, old, new, merge):
        task = ask(ticket=new, kind=ToDo.Kind.CALL, text="Appeler avant midi", key="k", at=NOW)
        merge()
        client = client_of(chloe)
        assert "Appeler avant midi" in words_of(client.get(url_of(old)))
        client.post(url_of(old, "chose-faite/"), {"which": task.pk})
        task.refresh_from_db()
        assert task.done_by == chloe

    def test_its_layout_opens_here_and_a_strangers_does_not(
        self, client_of, chloe, old, new, merge, make_ticket
    ):
        new.touchpoints.update(html="<p>Ma mise en page</p>")
        other = make_ticket(html="<p>Autre</p>")
        merge()
        client = client_of(chloe)
        answer = client.get(url_of(old, f"html/{new.touchpoints.get().pk}/"))
        assert "Ma mise en page" in words_of(answer)
        assert client.get(url_of(old, f"html/{other.touchpoints.get().pk}/")).status_code == 404

    def test_a_linked_one_is_merged_with_one_key(self, client_of, chloe, old, new):
        found, client = link(from_ticket=new, to_ticket=old, kind="proposed", at=NOW), client_of(chloe)
        assert 'data-key="u"' in words_of(client.get(url_of(new)))
        page = client.post(url_of(new, "reunir-les-liees/"), {"which": found.pk}, follow=True)
        assert page.context["ticket"] == old
        undo = page.context["undo"]
        client.post(undo.action, {undo.name: undo.value})
        new.refresh_from_db()
        assert new.merged_into_id is None

    def test_in_triage_too(self, client_of, chloe, old, new):
        found, client = link(from_ticket=new, to_ticket=old, kind="proposed", at=NOW), client_of(chloe)
        page = words_of(client.get(f"/tri/{new.reference}/"))
        assert "Peut-être la même demande" in page
        assert 'data-key="u"' in page
        client.post(url_of(new, "reunir-les-liees/") + "?vue=a-trier&ici=tri", {"which": found.pk})
        new.refresh_from_db()
        assert new.merged_into_id == old.pk
