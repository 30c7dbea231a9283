"""P04: the agent reads what would leave; others are hidden by what we know of them, the rest by hand."""

import io
import json

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from requests_app.access.models import Reading
from requests_app.privacy.own_data import data_of
from requests_app.tickets.models import Note, Participant, State, Touchpoint


@pytest.fixture
def amina(make_person):
    return make_person(given_name="Amina", family_name="Benali", email="amina@exemple.fr")


@pytest.fixture
def nadia(make_person):
    person = make_person(given_name="Nadia", family_name="Kerbec", email="nadia@exemple.fr")
    person.usage_name = "Tessier"
    person.save()
    return person


@pytest.fixture
def hers(amina, make_ticket):
    return make_ticket(
        person=amina, state=State.CLOSED, text="Le voisin, M. Orban, crie.", sender="amina@exemple.fr"
    )


@pytest.fixture
def page(client_of, central):
    return client_of(central)


def address(form, person):
    return reverse(f"archives:person_{form}", args=[person.pk])


def noted(ticket, agent, text):
    Note.objects.create(ticket=ticket, author=agent, text=text, created_at=timezone.now())


def notes_of(person):
    return [note["text"] for note in data_of(person, at=timezone.now())["requests"][0]["notes"]]


def test_P04_who_takes_part_is_hidden_by_all_the_names_of_their_record(amina, nadia, hers, chloe):
    Participant.objects.create(
        ticket=hers, person=nadia, address="+33639980077", role="helper", added_at=timezone.now()
    )
    noted(hers, chloe, "Vu Mme TESSIER, née Kerbec ; Nadia rappelle. Amina Benali attend.")
    assert notes_of(amina) == [
        "Vu Mme [un tiers], née [un tiers] ; [un tiers] rappelle. Amina Benali attend."
    ]


def test_P04_so_is_who_wrote_from_an_address_that_we_know(amina, nadia, hers, make_touchpoint, chloe):
    make_touchpoint(hers, text="Je suis sa sœur.", sender="nadia@exemple.fr")
    noted(hers, chloe, "Selon Kerbec, elle a déménagé.")
    assert notes_of(amina) == ["Selon [un tiers], elle a déménagé."]


def test_P04_agents_who_noted_or_have_it_are_hidden_too(amina, hers, chloe, bruno):
    hers.assignee = bruno
    hers.save()
    noted(hers, chloe, f"Vu avec {bruno.full_name}. {chloe.full_name}")
    assert notes_of(amina) == ["Vu avec [un tiers]. [un tiers]"]


def test_P04_the_home_of_another_is_hidden_and_their_own_stays(amina, hers, make_touchpoint, chloe):
    Participant.objects.create(
        ticket=hers, address="leo@exemple.fr", name="Léo Pham", role="relative", added_at=timezone.now()
    )
    for sender, postal in (
        ("leo@exemple.fr", "12 rue des Lilas, 69008 Lyon"),
        ("amina@exemple.fr", "3 rue Bât-d’Argent, 69008 Lyon"),
    ):
        said = make_touchpoint(hers, text="Voici.", sender=sender)
        Touchpoint.objects.filter(pk=said.pk).update(facts={"postal": postal})
    noted(hers, chloe, "Écrire au 12 RUE des lilas, 69008 Lyon, ou au 3 rue Bât-d’Argent, 69008 Lyon.")
    assert notes_of(amina) == ["Écrire au [un tiers], 69008 Lyon, ou au 3 rue Bât-d’Argent, 69008 Lyon."]


def test_P04_the_agent_reads_it_before_it_leaves(page, amina, hers, chloe, central):
    noted(hers, chloe, f"Vu par {chloe.full_name}.")
    assert address("review", amina) in page.get(address("data", amina)).content.decode()
    shown = page.get(address("review", amina)).content.decode()
    assert "Vu par <mark>[un tiers]</mark>." in shown
    assert "1 passage est masqué." in shown
    assert "M. Orban" in shown
    assert Reading.objects.filter(user=central, subject_id=amina.pk, why="person data review").exists()


@pytest.mark.parametrize("words", ["M. Orban", "m. orban", "  M.  Orban \r\n\r\nM. Orban"])
def test_P04_what_the_agent_hides_is_hidden_in_the_files_too(page, amina, hers, words):
    shown = page.post(address("review", amina), {"hide": words}).content.decode()
    assert "Le voisin, <mark>[un tiers]</mark>, crie." in shown
    data = json.loads(page.post(address("json", amina), {"hide": words}).content)
    assert data["requests"][0]["messages"][0]["text"] == "Le voisin, [un tiers], crie."
    pdf = pypdf.PdfReader(io.BytesIO(page.post(address("pdf", amina), {"hide": words}).content))
    assert "Orban" not in "".join(each.extract_text() for each in pdf.pages)


def test_P04_what_is_typed_is_shown_again_and_never_read_as_a_page(page, amina, hers):
    shown = page.post(address("review", amina), {"hide": "<script>x</script>\nOrban"}).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;\nOrban</textarea>" in shown
    assert "<script>x" not in shown


def test_it_costs_the_same_for_one_ticket_as_for_ten(amina, hers, make_ticket):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            data_of(amina, at=timezone.now())
        return len(seen)

    for_one = cost()
    for _n in range(9):
        make_ticket(person=amina, state=State.CLOSED)
    assert cost() == for_one
