"""An answer by SMS from the page: counted while it is typed, exactly as the server counts."""

import pytest
from playwright.sync_api import expect

from requests_app.answers.models import Draft
from requests_app.lib.segments import fold, measure
from requests_app.outbox.models import Outgoing
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AMINA = "+33639981234"
TEXTS = [
    "",
    "a" * 160,
    "a" * 161,
    "a" * 307,
    "€" * 80,
    "€" * 81,
    "a" * 152 + "€" + "a" * 152,
    "ê" * 70,
    "ê" * 135,
    "😀" * 36,
    "ê" * 66 + "😀" + "a" * 66,
    "e\u0301" * 160,
    "« L’œuvre » — ça a l’air d’être là… 10\u202f€\u00a0!\r\nÉÀÇ ﬁ ² ½ •",
    "👨\u200d👩\u200d👧 [x]{y}~|\\^\f\t",
    "Здравствуйте 你好 שלום",
]


@pytest.fixture
def page(browse, chloe, make_ticket, make_touchpoint, amina):
    ticket = make_ticket(person=amina, channel="sms", text=None)
    make_touchpoint(ticket, sender=AMINA, text="Où en est ma demande ?")
    return browse(chloe, f"/demandes/{ticket.reference}/")


def counted(page):
    return page.locator("#segments .segments").inner_text()


def test_the_page_counts_and_replaces_exactly_as_the_server_does(page):
    script = page.locator("script[src*='segments']").get_attribute("src")
    found = page.evaluate(
        """async ([script, texts]) => {
          const { measure, fold } = await import(script);
          return texts.map((text) => [measure(text), fold(text)]);
        }""",
        [script, TEXTS],
    )
    for text, (theirs, folded) in zip(TEXTS, found, strict=True):
        ours = measure(text)
        assert (theirs["segments"], theirs["length"], theirs["room"]) == (
            ours.segments,
            ours.length,
            ours.room,
        )
        assert tuple(theirs["dear"]) == ours.dear
        assert folded == fold(text)


def test_is_written_counted_mended_and_sent_by_the_keyboard(page):
    page.keyboard.press("r")
    page.keyboard.type("C’est noté…")
    expect(page.locator("[data-dear]")).to_have_text("’ …")
    page.get_by_role("button", name="Remplacer").press("Enter")
    expect(page.locator("#answer_text")).to_have_value("C'est noté...")
    assert "1 SMS" in counted(page)
    page.locator("#answer_text").focus()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert "C'est noté..." in Outgoing.objects.get(channel="sms").payload["text"]


def test_too_long_is_told_at_once_and_by_the_server(page, browse):
    page.locator("#answer_text").fill("a" * 300)
    expect(page.get_by_text("2 SMS au plus")).to_be_visible()
    page.get_by_text("Brouillon enregistré à").first.wait_for()
    expect(page.get_by_text("2 SMS au plus")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.get_by_text("deux au plus").first.wait_for()
    assert Draft.objects.get().text == "a" * 300
    browse.complaints.clear()  # the browser tells of the refusal's status too


def test_the_counter_is_there_for_sms_alone(page):
    expect(page.locator("#segments")).to_be_visible()
    page.get_by_label("amina.benali@exemple.fr").check(force=True)
    expect(page.locator("#segments")).to_be_hidden()


def test_a_number_typed_is_counted_and_sent_once_its_warning_is_read(page, browse):
    page.locator("#to_other").check(force=True)
    page.get_by_label("Adresse e-mail ou numéro de mobile").fill("voisine@exemple.fr")
    expect(page.locator("#segments")).to_be_hidden()
    page.get_by_label("Adresse e-mail ou numéro de mobile").fill("06 12 34 56 78")
    expect(page.locator("#segments")).to_be_visible()
    page.locator("#answer_text").fill("C'est prêt")
    with page.expect_navigation():
        page.locator("#answer_text").press("Control+Enter")
    page.get_by_text("jamais écrit de ce numéro").first.wait_for()
    expect(page.locator("#segments")).to_be_visible()
    with page.expect_navigation():
        page.locator("#answer_text").press("Control+Enter")
    assert Outgoing.objects.get(channel="sms").recipient == "+33612345678"
    browse.complaints.clear()  # the browser tells of the refusal's status too


def test_has_no_accessibility_violation(page):
    page.locator("#answer_text").fill("ê’" * 90)
    expect(page.get_by_text("2 SMS au plus")).to_be_visible()
    assert violations(page) == []
