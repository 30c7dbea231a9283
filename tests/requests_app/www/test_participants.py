"""Who takes part beside the person, and what each of them receives."""

import pytest
from django.utils import timezone

from requests_app.answers.models import Draft
from requests_app.lib import seals
from requests_app.outbox.models import Outgoing
from requests_app.tickets import services
from requests_app.tickets.models import Participant, Ticket, Touchpoint
from requests_app.tickets.services.participants import MAX_ROWS, propose_copied

pytestmark = pytest.mark.django_db

HERS, HELPER, COPIED = "amina.benali@exemple.fr", "assistante@exemple.fr", "paul@exemple.fr"


@pytest.fixture
def asked(make_ticket, make_touchpoint, amina):
    ticket = make_ticket(person=amina, text=None)
    make_touchpoint(ticket, sender=HERS, text="Bonjour")
    return ticket


@pytest.fixture
def add(asked, chloe):
    def added(address=HELPER, name="Mme Roux", may_receive=True):
        role, at = Participant.Role.SOCIAL_WORKER, timezone.now()
        return services.add_participant(
            ticket=asked, address=address, name=name, role=role, may_receive=may_receive, by=chloe, at=at
        )

    return added


@pytest.fixture
def in_copy(asked):
    propose_copied(asked, [(COPIED, "Paul Roux")], timezone.now())
    return Participant.objects.get(address=COPIED)


def url_of(ticket, rest=""):
    return f"/demandes/{ticket.reference}/{rest}"


def words_of(answer):
    return answer.content.decode().replace("\xa0", " ")


def send(client, ticket, **given):
    page = client.get(url_of(ticket))
    fields = {
        "version": page.context["ticket"].version,
        "token": page.context["composer"].token,
        "to": f"mail:{HERS}",
        "text": "Voici la réponse.",
        "also_shown": "1",
        **given,
    }
    return client.post(url_of(ticket, "repondre/"), fields, follow=True)


def recipients():
    return sorted(Outgoing.objects.exclude(state="cancelled").values_list("recipient", flat=True))


class TestPanel:
    def test_names_who_takes_part_with_their_role_and_address(self, client_of, chloe, asked, add):
        add()
        page = words_of(client_of(chloe).get(url_of(asked)))
        for words in ("Mme Roux", HELPER, "Travailleur social", "Reçoit aussi nos réponses"):
            assert words in page

    def test_those_in_copy_are_proposed_and_receive_nothing(self, client_of, chloe, asked, in_copy):
        page = words_of(client_of(chloe).get(url_of(asked)))
        for words in ("En copie, à confirmer", "Paul Roux", "Ne reçoit pas nos réponses"):
            assert words in page

    @pytest.mark.parametrize(("path", "receives"), [("recoit", True), ("ne-recoit-rien", False)])
    def test_an_agent_says_what_becomes_of_them_and_may_go_back(
        self, client_of, chloe, asked, in_copy, path, receives
    ):
        page = client_of(chloe).post(
            url_of(asked, f"participant-{path}/"), {"which": in_copy.pk}, follow=True
        )
        (shown,) = page.context["beside"].participants
        assert (shown.may_receive, shown.is_proposed) == (receives, False)
        undo = page.context["undo"]
        client_of(chloe).post(undo.action, {undo.name: undo.value})
        in_copy.refresh_from_db()
        assert in_copy.may_receive is not receives

    def test_is_added_from_the_page(self, client_of, chloe, asked):
        given = {
            "address": " Voisine@Exemple.fr ",
            "full_name": "Mme Blanc",
            "role": "helper",
            "receives": "yes",
        }
        client_of(chloe).post(url_of(asked, "participant/"), given)
        added = Participant.objects.get()
        assert (added.address, added.name, added.may_receive, added.added_by) == (
            "voisine@exemple.fr",
            "Mme Blanc",
            True,
            chloe,
        )

    @pytest.mark.parametrize("address", ["", "pas une adresse", "a@b\r\nBcc: c@d.fr"])
    def test_a_wrong_address_keeps_what_was_typed(self, client_of, chloe, asked, address):
        given = {"address": address, "full_name": "Mme Blanc", "role": "helper", "receives": ""}
        page = client_of(chloe).post(url_of(asked, "participant/"), given)
        assert page.status_code == 422
        assert "Mme Blanc" in words_of(page)
        assert "par exemple nom@exemple.fr" in words_of(page)
        assert not Participant.objects.exists()

    def test_twenty_at_most(self, client_of, chloe, asked):
        propose_copied(asked, [(f"p{rank}@exemple.fr", "") for rank in range(MAX_ROWS)], timezone.now())
        Participant.objects.update(added_by=chloe)
        given = {"address": "encore@exemple.fr", "full_name": "", "role": "other", "receives": ""}
        assert "Vingt personnes" in words_of(client_of(chloe).post(url_of(asked, "participant/"), given))

    def test_is_removed_and_brought_back(self, client_of, chloe, asked, add):
        someone, client = add(), client_of(chloe)
        page = client.post(url_of(asked, "participant-retire/"), {"which": someone.pk}, follow=True)
        assert page.context["beside"].participants == []
        undo = page.context["undo"]
        page = client.post(undo.action, {undo.name: undo.value}, follow=True)
        assert [shown.may_receive for shown in page.context["beside"].participants] == [True]

    def test_who_was_removed_is_not_proposed_again_by_the_next_copy(self, client_of, chloe, asked, in_copy):
        client = client_of(chloe)
        client.post(url_of(asked, "participant-retire/"), {"which": in_copy.pk})
        propose_copied(asked, [(COPIED, "Paul Roux")], timezone.now())
        assert client.get(url_of(asked)).context["beside"].participants == []

    def test_A01_the_desk_sees_and_changes_nothing(self, client_of, bruno, asked, add):
        someone, client = add(), client_of(bruno)
        assert "Ajouter quelqu’un" not in words_of(client.get(url_of(asked)))
        answer = client.post(url_of(asked, "participant-retire/"), {"which": someone.pk})
        assert answer.status_code == 403

    def test_W15_names_are_escaped(self, client_of, chloe, asked, add):
        add(name="<script>alert(1)</script>")
        assert "<script>alert" not in words_of(client_of(chloe).get(url_of(asked)))


class TestWhoReceives:
    def test_the_allowed_are_ticked_and_the_others_are_not(self, client_of, chloe, asked, add, in_copy):
        add()
        copies = client_of(chloe).get(url_of(asked)).context["composer"].copies
        assert {copy.address: copy.is_chosen for copy in copies} == {HELPER: True, COPIED: False}

    def test_nobody_gets_the_answer_twice(self, client_of, chloe, asked, add):
        theirs = add(address=HERS)
        send(client_of(chloe), asked, also=[theirs.pk])
        assert recipients() == [HERS]

    def test_one_message_each_and_each_sees_only_himself(self, client_of, chloe, asked, add, in_copy):
        helper = add()
        send(client_of(chloe), asked, also=[helper.pk, in_copy.pk])
        assert recipients() == sorted([HERS, HELPER, COPIED])
        rows = Outgoing.objects.all()
        assert len({row.key for row in rows}) == len({row.message_id for row in rows}) == 3
        for row in rows:
            others = {HERS, HELPER, COPIED} - {row.recipient}
            assert not any(other in str(row.payload) for other in others)

    def test_nobody_ticked_only_the_person_gets_it(self, client_of, chloe, asked, add):
        add()
        send(client_of(chloe), asked)
        assert recipients() == [HERS]

    def test_whoever_is_already_the_recipient_gets_it_once(self, client_of, chloe, asked, add):
        helper = add(address=HERS)
        send(client_of(chloe), asked, also=[helper.pk])
        assert recipients() == [HERS]

    def test_O08_all_are_named_in_full_beside_the_way_back(self, client_of, chloe, asked, add):
        helper = add()
        page = send(client_of(chloe), asked, also=[helper.pk])
        assert page.context["undo"].text == f"E-mail à {HERS}, aussi à {HELPER}"

    def test_O08_taking_it_back_takes_all_of_them_back(self, client_of, chloe, asked, add):
        helper, client = add(), client_of(chloe)
        undo = send(client, asked, also=[helper.pk]).context["undo"]
        client.post(undo.action, {undo.name: undo.value})
        assert recipients() == []
        assert not Touchpoint.objects.filter(direction="out").exists()
        assert Draft.objects.get().also == [helper.pk]
        assert send(client, asked, also=[helper.pk]).status_code == 200
        assert recipients() == sorted([HERS, HELPER])

    def test_O08_once_one_of_them_left_none_is_taken_back(self, client_of, chloe, asked, add):
        helper, client = add(), client_of(chloe)
        undo = send(client, asked, also=[helper.pk]).context["undo"]
        Outgoing.objects.filter(recipient=HELPER).update(state=Outgoing.State.SENDING)
        page = client.post(undo.action, {undo.name: undo.value}, follow=True)
        assert "Trop tard" in words_of(page)
        assert recipients() == sorted([HERS, HELPER])

    def test_O02_posted_twice_each_gets_it_once(self, client_of, chloe, asked, add):
        helper, client = add(), client_of(chloe)
        token = client.get(url_of(asked)).context["composer"].token
        for _rank in range(2):
            send(client, asked, also=[helper.pk], token=token)
        assert recipients() == sorted([HERS, HELPER])

    def test_who_was_removed_meanwhile_stops_it_and_the_text_stays(self, client_of, chloe, asked, add):
        helper, client = add(), client_of(chloe)
        services.remove_participant(participant=helper, by=chloe, at=timezone.now())
        page = send(client, asked, also=[helper.pk])
        assert "ne participe plus" in words_of(page)
        assert page.context["composer"].typed.text == "Voici la réponse."
        assert recipients() == []

    def test_A01_nobody_of_another_demand_is_reached(self, client_of, chloe, asked, add, make_ticket):
        stranger = add()
        Participant.objects.update(ticket=make_ticket())
        send(client_of(chloe), asked, also=[stranger.pk])
        assert recipients() == []

    def test_K5_the_draft_keeps_who_was_chosen(self, client_of, chloe, asked, add):
        add()
        client = client_of(chloe)
        client.post(url_of(asked, "brouillon/reponse/"), {"text": "Je commence", "also_shown": "1"})
        (copy,) = client.get(url_of(asked)).context["composer"].copies
        assert not copy.is_chosen

    def test_K5_words_that_did_not_arrive_go_out_again_to_nobody_who_has_them(
        self, client_of, chloe, asked, add
    ):
        helper, client = add(), client_of(chloe)
        send(client, asked, also=[helper.pk])
        Outgoing.objects.filter(recipient=HERS).update(state=Outgoing.State.FAILED, reason="refusé")
        stuck = client.get(url_of(asked)).context["stuck"]
        page = client.post(url_of(asked, "reprendre-le-texte/"), {"message": stuck.id}, follow=True)
        assert [copy.is_chosen for copy in page.context["composer"].copies] == [False]

    def test_the_thread_tells_each_sending_in_one_line(self, client_of, chloe, asked, add):
        helper = add()
        page = words_of(send(client_of(chloe), asked, also=[helper.pk]))
        assert f"Même réponse à {HELPER}" in page
        assert page.count('class="fil-out"') == 1


def test_their_answer_joins_the_demand_by_the_seal(client_of, chloe, asked, add):
    helper = add()
    send(client_of(chloe), asked, also=[helper.pk])
    sealed = Outgoing.objects.get(recipient=HELPER).payload["reply_to"]
    assert seals.reference_of_address(sealed) == asked.reference
    assert services.parties.is_party(asked, HELPER, None)


def test_M07_who_was_removed_is_a_stranger(chloe, asked, add, make_touchpoint):
    helper = add()
    make_touchpoint(asked, direction="out", sender=HELPER)
    services.remove_participant(participant=helper, by=chloe, at=timezone.now())
    assert not services.parties.is_party(asked, HELPER, None)
    assert Ticket.objects.filter(pk=asked.pk, touchpoints__sender=HELPER).exists()
