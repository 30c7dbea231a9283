"""An agent asks for documents, sees both clocks, refuses with reasons; prints what silence has accepted."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from requests_app.catalog.models import Topic
from requests_app.lib import french
from requests_app.outbox.models import Outgoing
from requests_app.tickets.deadlines import clock_of
from requests_app.tickets.models import Ticket
from tests import factories
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EMAIL, SHAPES = "awa@exemple.fr", ((1280, 900), (360, 800))
REASONS = "Vos revenus dépassent le plafond de cette aide."


@pytest.fixture
def given(make_ticket, make_person):
    """A request of Awa under a confirmed regime, received some days ago."""

    def make(regime, days, **fields):
        Topic.objects.filter(code="velo").update(
            regime=regime,
            appeal="mandatory",
            appeal_to="la présidence, 1 rue du Lac, 69003 Lyon",
            to_validate=[],
            sensitivity="normal",
        )
        awa = make_person(given_name="Awa", family_name="N’Diaye", email=EMAIL)
        at = timezone.now() - timedelta(days=days)
        due = at + timedelta(days=30)
        return make_ticket(
            person=awa, topic="velo", state="open", sender=EMAIL, received_at=at, due_at=due, **fields
        )

    return make


def press(page, role, name):
    """Reach a control as a keyboard does, and press it."""
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")


def fill(page, label, text):
    page.get_by_label(label, exact=True).first.fill(text)


def test_L114_5_L211_2_documents_then_a_refusal_with_its_reasons(browse, chloe, given):
    ticket = given("silence_refusal", days=20)
    page = browse(chloe, f"/demandes/{ticket.reference}/")
    before = clock_of(Ticket.objects.select_related("topic").get()).day
    page.locator("summary", has_text="changer l’état").focus()
    page.keyboard.press("Enter")
    fill(page, "Papiers qui manquent", "Dernier avis d’impôt\nBail")
    assert violations(page, SHAPES) == []
    press(page, "button", "Demander ces papiers")
    page.get_by_text("Papiers attendus au plus tard le").first.wait_for()
    ticket = Ticket.objects.select_related("topic").get()
    day = clock_of(ticket).day
    assert before is not None
    assert day is not None
    assert day > before
    said = page.get_by_role("region", name="Délai de la loi")
    expect(said).to_contain_text(f"Sans décision le {french.day(day)}, notre silence vaudra refus.")
    expect(said.get_by_role("img")).to_be_visible()
    expect(said).to_contain_text("Délai arrêté 15 jours.")
    assert violations(page, SHAPES) == []
    receipt = Outgoing.objects.filter(kind="receipt").latest("pk").payload["text"]
    assert "Dernier avis d’impôt" in receipt
    press(page, "button", "Tous les papiers sont là")
    expect(page.get_by_text("Papiers attendus au plus tard le")).to_have_count(0)
    expect(said).to_contain_text(f"Sans décision le {french.day(before)}")

    fill(page, "Votre réponse", "Votre demande est refusée.")
    press(page, "button", "Envoyer le refus")
    expect(page.get_by_role("alert").filter(has_text="raisons").first).to_be_visible()
    expect(page.get_by_label("Votre réponse", exact=True)).to_have_value("Votre demande est refusée.")
    assert not Outgoing.objects.filter(kind="answer").exists()
    assert violations(page, SHAPES) == []
    browse.complaints.clear()  # a refused form says 422
    fill(page, "Votre réponse", REASONS)
    press(page, "button", "Envoyer le refus")
    page.locator(".fil").get_by_text(REASONS).first.wait_for()
    assert violations(page, SHAPES) == []
    ticket.refresh_from_db()
    assert (ticket.state, ticket.outcome) == ("closed", "refused")
    text = Outgoing.objects.get(kind="answer").payload["text"]
    for told in (REASONS, "la présidence, 1 rue du Lac", "C’est obligatoire", "Défenseur des droits"):
        assert told in text
    other = given_again(ticket)
    page.goto(page.url.replace(ticket.reference, other.reference).partition("?")[0])
    check_letter(page, other)


def given_again(ticket):
    """The same person asks again, another day: this refusal goes by letter."""
    at = timezone.now() - timedelta(days=10)
    return factories.ticket(
        person=ticket.person,
        topic="velo",
        state="open",
        sender=EMAIL,
        received_at=at,
        text="Une autre fois.",
        due_at=at + timedelta(days=30),
    )


def check_letter(page, ticket):
    """Write, read the letter again, print it."""
    fill(page, "Votre réponse", REASONS)
    page.get_by_text("Enregistré").first.wait_for()
    press(page, "link", "Répondre par courrier")
    page.get_by_role("link", name="refus").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Refuser par courrier").wait_for()
    assert violations(page, SHAPES) == []
    printed = words_of(page, "Imprimer (PDF)")
    for told in (REASONS, "la présidence, 1 rue du Lac", "C’est obligatoire", ticket.reference):
        assert told in printed


def words_of(page, name):
    """What the PDF behind a link says, on one line."""
    link = page.get_by_role("link", name=name)
    link.focus()
    answer = page.request.get(link.evaluate("link => link.href"))
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.body())).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def test_L232_3_what_silence_accepted_is_attested_on_paper(browse, chloe, given):
    ticket = given("silence_acceptance", days=90)
    page = browse(chloe, f"/demandes/{ticket.reference}/")
    day = clock_of(Ticket.objects.select_related("topic").get()).day
    expect(page.get_by_text(f"Acceptée par notre silence depuis le {french.day(day)}.")).to_be_visible()
    assert violations(page, SHAPES) == []
    printed = words_of(page, "Attestation à imprimer")
    received = french.full_date(ticket.received_at).replace("\xa0", " ")
    for told in (
        ticket.reference,
        received,
        french.full_date(day).replace("\xa0", " "),
        "est acceptée",
        "L232-3",
    ):
        assert told in printed
    page.goto(page.url.partition("/demandes/")[0] + "/decisions-a-venir/")
    expect(page.get_by_role("row").filter(has_text=ticket.reference)).to_contain_text("Vaut accord")
    assert violations(page, SHAPES) == []
