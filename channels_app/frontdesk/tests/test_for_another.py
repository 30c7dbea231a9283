"""Somebody stands at the desk for somebody else: the ticket is that person's, the visitor takes part."""

import pytest
from django.urls import reverse
from django.utils import timezone

from channels_app.frontdesk.models import KeptNote
from requests_app.people.models import Person
from requests_app.tickets.models import Participant, Ticket, Touchpoint

AWA = {"qui": "Awa Kone", "personne": "nouvelle"}
ROUX = {"visiteur": "Mme Roux", "visiteur_role": "social_worker", "visiteur_contact": "06 39 98 77 88"}


def rows():
    return [
        (row.name, row.role, row.address, row.may_receive, row.added_by) for row in Participant.objects.all()
    ]


@pytest.mark.parametrize("kind", ["visite", "appel", "courrier"])
def test_the_ticket_has_its_person_and_the_visitor_takes_part(save, client_of, bruno, kind):
    asked = {"courrier": {"arrive_le": timezone.localdate()}}
    page = client_of(bruno).get(f"/accueil/?pour={kind}")
    form = page.context["form"]
    suite = form.kind.steps.values[0]
    typed = {name: form[name].value() or "" for name in form.fields if name != "scans"}
    typed |= {**AWA, **ROUX, "motif": "APA", **asked.get(kind, {}), "suite": suite}
    client_of(bruno).post(f"/accueil/?pour={kind}", typed)
    ticket = Ticket.objects.get()
    assert ticket.person.full_name == "Awa Kone"
    assert not ticket.person.contact_points.exists()
    assert rows() == [("Mme Roux", "social_worker", "+33639987788", False, None)]
    text = Touchpoint.objects.get().text
    assert "Agit pour la personne : Mme Roux, Travailleur social, 06 39 98 77 88." in text


def test_the_composer_offers_the_visitor_under_their_part(save, client_of, chloe):
    save(**AWA, **ROUX)
    page = client_of(chloe).get(f"/demandes/{Ticket.objects.get().reference}/")
    composer = page.context["composer"]
    assert composer.unreached == "Ni e-mail ni mobile utilisable pour Awa Kone."
    assert [(way.name, way.part) for way in composer.ways] == [
        ("Mme Roux", "Travailleur social, à confirmer")
    ]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"visiteur": "Jean"}, [("Jean", "other", "", False, None)]),
        ({"visiteur_contact": "Roux@CCAS.example"}, [("", "other", "roux@ccas.example", False, None)]),
        (
            {"visiteur": "Jo", "visiteur_contact": "04 78 00 00 01"},
            [("Jo", "other", "+33478000001", False, None)],
        ),
        ({"visiteur_role": "relative"}, []),
        ({}, []),
    ],
)
def test_each_part_may_miss(save, given, kept):
    assert save(**given).status_code == 302
    assert rows() == kept


@pytest.mark.parametrize("wrong", ["061234", "roux@", "@", "x@y@z", "demain"])
def test_what_reaches_nobody_is_said_beside_and_nothing_typed_is_lost(save, wrong):
    page = save(**AWA, **{**ROUX, "visiteur_contact": wrong})
    assert page.status_code == 422
    form = page.context["form"]
    assert list(form.errors) == ["visiteur_contact"]
    assert form.has_precisions
    assert (form["visiteur"].value(), form["visiteur_contact"].value()) == ("Mme Roux", wrong)
    assert not Ticket.objects.exists()


def test_a_role_that_nobody_may_choose_is_refused(save):
    assert save(**{**ROUX, "visiteur_role": "copied"}).status_code == 422


def test_W01_pressed_twice_is_one(save):
    key = "11111111-1111-4111-8111-111111111111"
    for _time in range(2):
        save(cle=key, **AWA, **ROUX)
    assert (Ticket.objects.count(), Participant.objects.count()) == (1, 1)


def test_the_undo_takes_the_visitor_away_too(save, client, amina, make_ticket):
    stays = make_ticket(person=amina, text="Mon dossier")
    Participant.objects.create(
        ticket=stays, address="a@b.example", name="Ami", role="other", added_at=timezone.now()
    )
    save(**AWA, **ROUX)
    page = client.get("/accueil/")
    client.post(reverse("frontdesk:undo"), {"visite": page.context["done"].token})
    assert [row.name for row in Participant.objects.all()] == ["Ami"]
    assert not Person.objects.filter(given_name="Awa").exists()


def test_S09_what_is_typed_is_kept(client_of, bruno):
    client_of(bruno).post("/accueil/garder/?pour=visite", {**AWA, **ROUX, "cle": ""})
    fields = KeptNote.objects.get().fields
    assert {name: fields[name] for name in ROUX} == ROUX
    form = client_of(bruno).get("/accueil/").context["form"]
    assert form["visiteur"].value() == "Mme Roux"
    assert form.has_precisions


def test_N01_the_ordinary_visitor_meets_it_folded(client_of, bruno):
    page = client_of(bruno).get("/accueil/").content.decode()
    assert '<details id="precisions">' in page
