"""From the SMS: where it stands in one tap (B3), a paper by photo in four (B4); accessible in both themes."""

from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from channels_app.portal.tests.test_following import secret_of
from channels_app.portal.tests.test_in_browser import PHONE, Taps
from requests_app.people.services import NewPerson, create_person
from requests_app.tickets.models import Attachment, Ticket
from tests.browser import violations
from tests.weight import HEAVIEST, weigh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ticket(make_ticket, no_limits):
    new = NewPerson(given_name="Amina", family_name="Benali", email="amina@exemple.fr")
    person = create_person(new=new, at=timezone.now())
    return make_ticket(person=person, state="waiting_person", sender="amina@exemple.fr")


@pytest.fixture
def paper(tmp_path):
    drawn = BytesIO()
    Image.new("RGB", (800, 600), "white").save(drawn, "JPEG")
    path = tmp_path / "quittance.jpg"
    path.write_bytes(drawn.getvalue())
    return path


def test_B3_the_sms_opens_the_page_in_one_tap(ticket, browse):
    page = browse(None, f"/s/{secret_of(ticket)}", **PHONE)
    assert page.get_by_role("heading", level=1).inner_text() == "Nous attendons une réponse de vous"


@pytest.mark.parametrize("with_script", [True, False])
def test_B4_a_paper_by_photo_takes_at_most_four_taps(ticket, browse, paper, with_script):
    page = browse(None, f"/s/{secret_of(ticket)}", java_script_enabled=with_script, **PHONE)
    taps = Taps(page)
    taps.count += 1  # the link of the SMS
    page.get_by_label("Prendre ou choisir une photo").set_input_files(paper)
    taps.count += 2  # the button, then the shutter of the telephone
    if not with_script:
        taps.on("Envoyer le papier")
    page.get_by_text("Votre papier est bien reçu.").wait_for()
    assert taps.count <= 4
    assert Attachment.objects.get().name == "quittance.jpg"


def test_a_message_a_withdrawal_and_its_undoing_by_touch(ticket, browse):
    page = browse(None, f"/s/{secret_of(ticket)}", **PHONE)
    page.get_by_text("Écrire un message").click()
    page.get_by_label("Votre message").fill("Bonjour, avez-vous reçu ?")
    page.get_by_role("button", name="Envoyer mon message").click()
    page.get_by_text("Votre message est envoyé.").wait_for()
    page.get_by_text("Je ne veux plus de cette demande").click()
    page.get_by_role("button", name="Retirer ma demande").click()
    page.get_by_role("button", name="Garder ma demande").click()
    page.get_by_text("Votre demande est gardée.").wait_for()
    assert Ticket.objects.get().is_open


def test_every_page_of_the_follow_up_is_accessible_in_both_themes_and_at_320_px(ticket, browse):
    secret = secret_of(ticket)
    page = browse(None, f"/suivi/{secret}/")
    assert violations(page) == []
    root = page.url.partition("/suivi/")[0]
    page.goto(f"{root}/avis/{secret}/")
    assert violations(page) == []
    Ticket.objects.update(is_sensitive=True)
    page.goto(f"{root}/suivi/{secret}/")
    assert violations(page) == []
    page.get_by_role("button", name="Recevoir un code").click()
    assert violations(page) == []
    page.goto(f"{root}/suivi/")
    page.get_by_role("button", name="Recevoir un code").click()
    assert violations(page) == []


def test_B3_the_page_weighs_less_than_100_kb(ticket, client):
    answer = client.get(f"/suivi/{secret_of(ticket)}/", headers={"Accept-Encoding": "gzip"})
    assert weigh(answer) < HEAVIEST


def test_N05_sent_then_back_edited_and_sent_again_both_are_in_the_thread(ticket, browse):
    page = browse(None, f"/suivi/{secret_of(ticket)}/", **PHONE)
    for words in ("Je viens mardi.", "Je viens mercredi."):
        if not page.get_by_label("Votre message").is_visible():
            page.get_by_text("Écrire un message").click()
        page.get_by_label("Votre message").fill(words)
        page.get_by_role("button", name="Envoyer mon message").click()
        page.get_by_text("Votre message est envoyé.").wait_for()
        page.go_back()
        page.get_by_text("Écrire un message").wait_for()
    page.reload()
    thread = page.locator("article.letter")
    for words in ("Je viens mardi.", "Je viens mercredi."):
        assert thread.filter(has_text=words).count() == 1


def test_W11_finished_on_this_computer_back_shows_nothing_of_it(ticket, browse):
    page = browse(None, f"/s/{secret_of(ticket)}")
    page.get_by_text("Écrire un message").click()
    page.get_by_label("Votre message").fill("Bonjour, avez-vous reçu ma facture ?")
    page.get_by_role("button", name="Envoyer mon message").click()
    page.get_by_text("Votre message est envoyé.").wait_for()
    page.get_by_role("button", name="J’ai fini sur cet ordinateur").click()
    page.get_by_role("heading", name="Cette page est fermée").wait_for()
    assert violations(page) == []
    for _back in range(2):
        page.go_back()
        page.get_by_role("button", name="Recevoir un code").wait_for()
        assert ticket.reference not in page.content()


def test_F04_left_alone_it_says_so_closes_and_gives_the_words_back(ticket, browse):
    secret = secret_of(ticket)
    page = browse(None, f"/s/{secret}")
    page.get_by_text("Écrire un message").click()
    page.get_by_label("Votre message").fill("Je cherche encore le papier.")
    page.evaluate("document.querySelector('form[data-idle]').dataset.idle = 50")
    page.get_by_text("Cette page se ferme dans une minute.").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Je suis encore là").click()
    page.evaluate("document.querySelector('form[data-idle]').dataset.idle = 1")
    page.get_by_role("heading", name="Cette page est fermée").wait_for()
    page.go_back()
    page.get_by_role("button", name="Recevoir un code").wait_for()
    page.goto(f"{page.url.partition('/suivi/')[0]}/s/{secret}")
    expect(page.get_by_label("Votre message")).to_have_value("Je cherche encore le papier.")
