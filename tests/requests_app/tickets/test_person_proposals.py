"""What was said of a person for one ticket: accepted or refused in one gesture, and undone (N04)."""

import pytest
from django.utils import timezone

from requests_app.people.models import AccessNeed, ContactPoint, PersonChange
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.models import PersonProposal
from requests_app.tickets.services import (
    ProposalContent,
    accept_proposal,
    propose,
    refuse_proposal,
    undecide_proposal,
)

PHONE = "+33639981234"
SHARED = ProposalContent("shared", contact_kind="phone", contact_value=PHONE)
SILENT = ProposalContent("no_voice", contact_kind="phone", contact_value=PHONE)
VOICE = ProposalContent("voice", contact_kind="phone", contact_value=PHONE)
AVOID = ProposalContent("need", "avoid", "ne pas écrire le soir")


@pytest.fixture
def say(amina, make_ticket):
    """Say things for a new ticket of Amina; gives the last proposal."""

    def told(*said, person=amina, **fields):
        ticket = make_ticket(person=person, **fields)
        propose(touchpoint=ticket.touchpoints.get(), said=said, at=timezone.now())
        return PersonProposal.objects.select_related("ticket__person").latest("pk")

    return told


def record_of(person):
    return (
        list(ContactPoint.objects.filter(person=person).order_by("pk").values()),
        list(
            AccessNeed.objects.filter(person=person).order_by("kind").values("kind", "detail", "is_confirmed")
        ),
    )


def accept(proposal, by):
    accept_proposal(proposal=proposal, by=by, at=timezone.now())


def undo(proposal, by):
    undecide_proposal(proposal=proposal, by=by, at=timezone.now())


class TestAccepting:
    @pytest.mark.parametrize("uses", [[], ["answer", "reminder"], ["answer"], ["nothing"]])
    @pytest.mark.parametrize("said", [SHARED, SILENT, VOICE, AVOID])
    def test_N04_writes_it_signed_and_the_undo_gives_the_record_back(self, say, amina, chloe, said, uses):
        ContactPoint.objects.filter(kind="phone").update(usable_for=uses)
        before, proposal = record_of(amina), say(said)
        accept(proposal, chloe)

        assert record_of(amina) != before
        assert {change.by for change in PersonChange.objects.all()} == {chloe}
        undo(proposal, chloe)
        assert record_of(amina) == before
        assert PersonProposal.objects.pending().count() == 1

    def test_a_shared_contact_is_also_something_to_do(self, say, amina, chloe):
        accept(say(SHARED), chloe)

        assert ContactPoint.objects.get(kind="phone").is_shared
        need = AccessNeed.objects.get()
        assert (need.kind, need.is_confirmed, need.review_on is not None) == ("shared_contact", True, True)

    def test_no_message_never_stops_answers_nor_reminders(self, say, amina, chloe):
        ContactPoint.objects.filter(kind="phone").update(usable_for=[])
        accept(say(SILENT), chloe)

        assert ContactPoint.objects.get(kind="phone").usable_for == ["answer", "reminder"]

    def test_two_things_to_avoid_are_both_to_avoid(self, say, amina, chloe):
        AccessNeed.objects.create(person=amina, kind="avoid", detail="le matin", said_at=timezone.now())
        accept(say(AVOID), chloe)

        assert AccessNeed.objects.get().detail == "le matin ; ne pas écrire le soir"

    def test_the_same_said_for_another_ticket_is_settled_with_it(self, say, chloe):
        first, second = say(SHARED), say(SHARED)
        accept(second, chloe)

        assert not PersonProposal.objects.pending().exists()
        undo(second, chloe)
        assert set(PersonProposal.objects.pending()) == {first, second}

    def test_what_was_corrected_since_stays(self, say, amina, chloe):
        proposal = say(SHARED)
        accept(proposal, chloe)
        ContactPoint.objects.filter(kind="phone").update(needs_check=True)
        undo(proposal, chloe)

        assert ContactPoint.objects.get(kind="phone").is_shared

    def test_a_contact_that_is_gone_is_said(self, say, amina, chloe):
        proposal = say(SHARED)
        ContactPoint.objects.filter(kind="phone").delete()

        with pytest.raises(Refused, match="n’a plus ce contact"):
            accept(proposal, chloe)

    def test_whoever_comes_second_is_told(self, say, chloe, central):
        proposal = say(SHARED)
        accept(proposal, chloe)

        with pytest.raises(Refused, match="déjà décidé"):
            refuse_proposal(proposal=proposal, by=central, at=timezone.now())

    def test_nothing_is_written_before_the_person_is_chosen(self, say, chloe):
        with pytest.raises(Refused, match="qui est la personne"):
            accept(say(SHARED, person=None), chloe)


class TestRefusing:
    def test_N04_changes_nothing_and_is_undone(self, say, amina, chloe):
        before, proposal = record_of(amina), say(SHARED)
        refuse_proposal(proposal=proposal, by=chloe, at=timezone.now())

        assert record_of(amina) == before
        proposal.refresh_from_db()
        assert (proposal.is_accepted, proposal.decided_by) == (False, chloe)
        undo(proposal, chloe)
        assert PersonProposal.objects.pending().count() == 1

    def test_A06_leaves_what_was_said_in_another_place_to_those_who_handle_it(self, say, chloe, villeurbanne):
        elsewhere = say(SHARED, maison=villeurbanne)
        refuse_proposal(proposal=say(SHARED), by=chloe, at=timezone.now())

        assert list(PersonProposal.objects.pending()) == [elsewhere]


@pytest.mark.parametrize("verb", [accept_proposal, refuse_proposal, undecide_proposal])
def test_A01_is_for_those_who_handle_the_ticket(say, bruno, elsa, amina, verb):
    before, proposal = record_of(amina), say(SHARED)
    for stranger in (bruno, elsa):
        with pytest.raises(NotAllowed):
            verb(proposal=proposal, by=stranger, at=timezone.now())

    assert record_of(amina) == before


@pytest.mark.parametrize(
    ("said", "uses", "is_shared", "needs"),
    [
        (SHARED, [], True, ["shared_contact"]),
        (SILENT, ["answer"], False, ["no_voice_message"]),
        (VOICE, ["answer", "voice_message"], False, []),
        (ProposalContent("need", "simple_words"), [], False, ["simple_words"]),
    ],
)
def test_what_the_record_says_already_is_not_asked(say, amina, said, uses, is_shared, needs):
    ContactPoint.objects.filter(kind="phone").update(usable_for=uses, is_shared=is_shared)
    for kind in needs:
        AccessNeed.objects.create(person=amina, kind=kind, said_at=timezone.now())

    with pytest.raises(PersonProposal.DoesNotExist):
        say(said)
