"""A citizen reads what the law says of their request, asks why silence refused, then for their own data."""

import io
import json
import re
from datetime import timedelta
from urllib.parse import urljoin

import pypdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from channels_app.portal import services
from requests_app.catalog.models import Topic
from requests_app.lib import french
from requests_app.lib.months import add_months
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Participant, Ticket, ToDo
from tests.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EMAIL, SHAPES = "awa@exemple.fr", ((1280, 900), (360, 800))
TOPIC = "fsl-acces-maintien"


@pytest.fixture(autouse=True)
def _open(settings, territory):
    settings.LIMITS_ON = False
    Topic.objects.filter(code=TOPIC).update(
        regime="silence_refusal", appeal="gracious", to_validate=[], silence_months=2, sensitivity="normal"
    )


def press(page, role, name):
    """Reach a control as a keyboard does, and press it."""
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")


def write(page, label, text):
    page.get_by_label(label, exact=True).focus()
    page.keyboard.insert_text(text)


def go(page, path):
    page.goto(urljoin(page.url, path))


def ask(page, words):
    """Fill the form from the topic already chosen to the confirmation, by keyboard, answered by e-mail."""
    press(page, "button", "Continuer")
    write(page, "Votre demande", words)
    press(page, "button", "Continuer")
    write(page, "Commune ou code postal", "69008")
    press(page, "button", "Continuer")
    page.locator("#moyen-mail").focus()
    page.keyboard.press("Space")
    write(page, "Adresse e-mail", EMAIL)
    press(page, "button", "Continuer")
    page.get_by_label("Prénom").focus()
    page.keyboard.insert_text("Awa")
    press(page, "button", "Continuer")
    press(page, "button", "Envoyer ma demande")
    page.wait_for_url("**/demande/enregistree/")
    assert violations(page, SHAPES) == []
    return Ticket.objects.latest("pk")


def follow(page, ticket):
    """Open the page of a ticket by its number and the code sent."""
    go(page, "/suivi/")
    write(page, "Sinon, écrivez votre numéro de demande", ticket.reference)
    page.keyboard.press("Enter")
    page.get_by_label("Code", exact=True).wait_for()
    services.send_codes(at=timezone.now() + timedelta(seconds=10))
    sent = Outgoing.objects.filter(kind="code").latest("pk")
    [code] = re.findall(r": (\d{6})", links.insert_links(sent.payload["text"], sent))
    write(page, "Code", code)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ce que dit la loi").wait_for()


def say(page, words):
    page.get_by_text("Écrire un message").focus()
    page.keyboard.press("Enter")
    write(page, "Votre message", words)
    press(page, "button", "Envoyer mon message")
    page.get_by_text("Votre message est envoyé.").wait_for()


def law(page):
    return page.get_by_role("region", name="Ce que dit la loi")


def test_L232_4_a_citizen_asks_why_silence_refused_and_reads_why(browse, central):
    page = browse(None, "/demande/", viewport={"width": 360, "height": 800})
    page.locator("summary", has_text="Logement").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Payer un loyer").focus()
    page.keyboard.press("Space")
    ticket = ask(page, "Je n’arrive plus à payer ma facture d’électricité.")
    follow(page, ticket)
    expect(law(page)).to_contain_text("votre demande est refusée")
    expect(law(page)).to_contain_text("Vous pouvez demander pourquoi")
    assert violations(page, SHAPES) == []

    Ticket.objects.update(received_at=timezone.now() - timedelta(days=75), state="open")
    page.reload()
    say(page, "Pourquoi ma demande est-elle refusée ?")
    agent = browse(central, f"/demandes/{ticket.reference}/")
    agent.get_by_text("Refusée par notre silence depuis le").wait_for()
    agent.locator("summary", has_text="Raisons demandées").focus()
    agent.keyboard.press("Enter")
    press(agent, "button", "Noter")
    agent.get_by_text("Raisons du refus demandées le").wait_for()
    assert violations(agent, SHAPES) == []
    assert ToDo.objects.to_do().filter(ticket=ticket, kind="legal_day").exists()
    page.reload()
    expect(law(page)).to_contain_text("Vous avez demandé")
    write(agent, "Votre réponse", "Vos revenus dépassent le plafond de cette aide.")
    press(agent, "button", "Envoyer le refus")
    agent.get_by_text("Refusée").first.wait_for()
    Outgoing.objects.filter(kind="answer").update(state="sent", sent_at=timezone.now())
    page.reload()
    answer = page.locator("article.letter").filter(has_text="Vos revenus dépassent le plafond")
    expect(answer).to_contain_text("Vous avez deux mois pour contester cette décision")
    assert violations(page, SHAPES) == []


def test_P04_P05_a_citizen_gets_their_data_and_reads_what_stays(
    browse, central, make_person, make_ticket, make_touchpoint, tmp_path
):
    awa = make_person(given_name="Awa", family_name="N’Diaye", email=EMAIL)
    goes = make_ticket(person=awa, state="closed", text="On m’a aidée.", sender=EMAIL)
    Participant.objects.create(
        ticket=goes, address="nadia@exemple.fr", name="Nadia Kerbec", role="relative", added_at=timezone.now()
    )
    make_touchpoint(goes, text="Je suis sa voisine, elle dort mal.", sender="nadia@exemple.fr")
    make_touchpoint(goes, text="Nadia Kerbec nous a écrit.", sender="", direction="out", author=central)
    page = browse(None, "/donnees-personnelles/", viewport={"width": 360, "height": 800})
    assert violations(page, SHAPES) == []
    press(page, "link", "Demander mes données par le formulaire")
    expect(page.locator("#s-droits-donnees")).to_be_visible()
    page.locator("#s-droits-donnees").focus()
    page.keyboard.press("Space")
    ticket = ask(page, "Je voudrais voir puis effacer mes données.")
    Ticket.objects.filter(pk=ticket.pk).update(person=awa, state="open")

    agent = browse(central, "/archives/droits/")
    row = agent.get_by_role("row").filter(has_text=ticket.reference)
    expect(row).to_contain_text(french.short_day(add_months(timezone.localdate(), 1)))
    assert violations(agent, SHAPES) == []
    press(agent, "link", "Awa N’Diaye")
    agent.get_by_role("heading", name="Ses données").wait_for()
    assert violations(agent, SHAPES) == []
    press(agent, "link", "Relire et donner ses données")
    agent.get_by_role("heading", name="Relire avant de donner").wait_for()
    assert violations(agent, SHAPES) == []
    files = [taken(agent, f"Tout en {form}", tmp_path) for form in ("PDF", "JSON")]
    for text in (words_of_pdf(files[0]), files[1].read_text()):
        assert EMAIL in text
        for hidden in ("Kerbec", "nadia@", "dort mal"):
            assert hidden not in text
    assert json.loads(files[1].read_text())["person"]["family_name"] == "N’Diaye"
    press(agent, "link", "Ses données")
    press(agent, "button", "Demander l’effacement")
    agent.get_by_text("1 demande est sur la liste des archives.").wait_for()

    go(agent, f"/demandes/{ticket.reference}/")
    agent.locator("#files").set_input_files(files)
    agent.get_by_role("button", name=f"Retirer {files[1].name}").wait_for()
    write(agent, "Votre réponse", "Voici vos données. Une demande sera détruite après le visa des archives.")
    send(agent)
    agent.get_by_text("Voici vos données.").first.wait_for()
    refuse_to_correct(agent, awa)
    Outgoing.objects.filter(kind="answer").update(state="sent", sent_at=timezone.now())

    follow(page, ticket)
    letters = page.locator("article.letter")
    for file in files:
        expect(letters.filter(has_text="Voici vos données.")).to_contain_text(file.name)
    refused = letters.filter(has_text="Nous ne pouvons pas changer ces données.")
    expect(refused).to_contain_text("RGPD, article 16")
    expect(refused).to_contain_text("Votre date de naissance est celle de votre carte.")
    assert violations(page, SHAPES) == []


def taken(page, name, folder):
    """Download a file by the keyboard; where it is."""
    with page.expect_download() as got:
        press(page, "button", name)
    path = folder / got.value.suggested_filename
    got.value.save_as(path)
    return path


def send(page):
    """Send the answer and leave the request open; a narrow page names no key on this button."""
    page.locator("button[name=then][value='']").focus()
    page.keyboard.press("Enter")


def words_of_pdf(path):
    return " ".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages)


def refuse_to_correct(page, person):
    """Prepare the refusal, complete it, send it."""
    go(page, f"/archives/personne/{person.pk}/")
    page.get_by_label("Raison de la loi").select_option("correct_exact")
    press(page, "button", "Préparer le refus")
    page.get_by_text("Le refus est écrit.").wait_for()
    answer = page.get_by_label("Votre réponse", exact=True)
    text = re.sub(
        r"\[à compléter[^]]*]", "Votre date de naissance est celle de votre carte.", answer.input_value()
    )
    answer.fill(text)
    send(page)
    page.locator(".fil").get_by_text("Nous ne pouvons pas changer ces données.").first.wait_for()
