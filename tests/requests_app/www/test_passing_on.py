"""A body is proposed, and one gesture passes a ticket on: in the triage and on its page."""

import pytest
from django.utils import timezone

from requests_app.catalog.models import CompetentBody
from requests_app.outbox.models import Outgoing
from requests_app.tickets.inbound import InboundMessage
from requests_app.tickets.models import Outcome, State
from requests_app.tickets.services import receive
from tests.browser import violations

WORDS = "France Travail m’a radiée, je n’ai plus rien à manger."


@pytest.fixture
def ticket(lyon_8):
    said = InboundMessage(
        channel="mail",
        occurred_at=timezone.now(),
        text=WORDS,
        sender_kind="email",
        sender_value="samira@exemple.fr",
        mailboxes=("mdm.lyon8-est@grandlyon.com",),
    )
    return receive(said, at=timezone.now()).ticket


def words_of(answer):
    return answer.content.decode().replace("\xa0", " ")


@pytest.mark.django_db
class TestPages:
    def test_N11_the_maison_reads_it_and_sees_the_proposal(self, client_of, chloe, ticket):
        client = client_of(chloe)
        for path in (f"/tri/{ticket.reference}/", f"/demandes/{ticket.reference}/"):
            page = words_of(client.get(path))
            assert WORDS in page
            assert "France Travail" in page
            assert f"/demandes/{ticket.reference}/transmettre/" in page

    def test_N11_the_desk_that_cannot_handle_is_offered_nothing(self, client_of, bruno, ticket):
        assert "/transmettre/" not in words_of(client_of(bruno).get(f"/demandes/{ticket.reference}/"))

    def test_passing_on_shows_the_next_and_can_be_undone(self, client_of, chloe, ticket, make_ticket):
        other, client = make_ticket(), client_of(chloe)
        path = f"/demandes/{ticket.reference}/transmettre/?vue=a-trier&ici=tri"
        answer = client.post(path, {"version": ticket.version})
        assert answer.url.startswith(f"/tri/{other.reference}/")
        ticket.refresh_from_db()
        assert ticket.outcome == Outcome.TRANSFERRED
        undo = client.get(answer.url).context["undo"]
        client.post(undo.action, {undo.name: undo.value})
        ticket.refresh_from_db()
        assert (ticket.state, ticket.outcome) == (State.TO_SORT, "")

    def test_the_thread_says_to_whom_it_went(self, client_of, chloe, ticket):
        CompetentBody.objects.create(name="France Travail", mail="accueil@travail.exemple")
        client = client_of(chloe)
        client.post(f"/demandes/{ticket.reference}/transmettre/", {"version": ticket.version})
        assert "Demande remise à accueil@travail.exemple" in words_of(
            client.get(f"/demandes/{ticket.reference}/")
        )

    def test_the_administrator_sets_the_address(self, client_of, admin):
        client = client_of(admin)
        fields = {"name": "France Travail", "mail": "accueil@travail.exemple"}
        assert client.post("/admin/catalog/competentbody/add/", fields).status_code == 302
        assert CompetentBody.objects.get().mail == "accueil@travail.exemple"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestKeys:
    def test_K1_one_key_passes_it_on_from_the_triage(self, browse, chloe, ticket):
        CompetentBody.objects.create(name="France Travail", mail="accueil@travail.exemple")
        page = browse(chloe, "/tri/")
        page.keyboard.press("j")
        page.get_by_text(WORDS, exact=True).wait_for()
        with page.expect_navigation():
            page.keyboard.press("e")
        assert Outgoing.objects.get(kind="handover").recipient == "accueil@travail.exemple"
        with page.expect_navigation():
            page.get_by_role("button", name="Annuler : la garder").click()
        ticket.refresh_from_db()
        assert ticket.state == State.TO_SORT

    def test_the_card_and_the_page_have_no_violation(self, browse, chloe, make_ticket):
        ticket = make_ticket(transfer_body="France Travail")
        for path in (f"/tri/{ticket.reference}/", f"/demandes/{ticket.reference}/"):
            assert violations(browse(chloe, path)) == []
