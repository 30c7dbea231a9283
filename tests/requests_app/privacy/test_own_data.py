"""« Mes données »: all of a person, nothing of anybody else; an erasure says what stays (P04, P05)."""

import io
import json
from datetime import timedelta

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from requests_app.access.models import Reading
from requests_app.lib import french
from requests_app.people.models import ContactPoint
from requests_app.privacy.erasing import ask_erasure, preview
from requests_app.privacy.models import DisposalLine, DisposalSchedule
from requests_app.privacy.services import give_visa, purge
from requests_app.tickets.models import Attachment, Note, Participant, State, Touchpoint

OTHER, AT_WORK = "nadia.secret@exemple.fr", "+33478112233"


@pytest.fixture
def amina(make_person):
    return make_person(
        given_name="Amina",
        family_name="Benali",
        email="amina@exemple.fr",
        phone="+33639980012",
        birth_year=1980,
    )


@pytest.fixture
def hers(amina, make_ticket, make_touchpoint, chloe):
    ticket = make_ticket(person=amina, state=State.CLOSED, text="Je suis Amina.", sender="amina@exemple.fr")
    Participant.objects.create(
        ticket=ticket, address=OTHER, name="Nadia Kerbec", role="relative", added_at=timezone.now()
    )
    make_touchpoint(ticket, text="Je suis sa sœur, elle boit.", sender=OTHER)
    answer = f"Madame Benali, Nadia KERBEC nous a écrit de {OTHER} ou du 04 78 11 22 33.\nChloé Martin"
    make_touchpoint(ticket, text=answer, sender="", direction="out", author=chloe)
    note = "Vu avec Kerbec (nadia.secret@exemple.fr) ; écrire à amina@exemple.fr"
    Note.objects.create(ticket=ticket, author=chloe, text=note, created_at=timezone.now())
    return ticket


@pytest.fixture
def page(client_of, central):
    return client_of(central)


def file_of(page, person, form):
    return page.get(reverse(f"archives:person_{form}", args=[person.pk])).content


def test_P04_the_file_has_all_of_the_person(page, amina, hers):
    data = json.loads(file_of(page, amina, "json"))
    assert (data["person"]["given_name"], data["person"]["birth_year"]) == ("Amina", 1980)
    assert {each["value"] for each in data["contacts"]} == set(
        ContactPoint.objects.filter(person=amina).values_list("value", flat=True)
    )
    request = data["requests"][0]
    assert request["reference"] == hers.reference
    assert len(request["messages"]) == Touchpoint.objects.filter(ticket=hers).count() == 3
    assert request["messages"][0]["text"] == "Je suis Amina."
    assert [each["from"] for each in request["messages"]] == ["you", "[un tiers]", "us"]


def test_P04_the_sheet_says_years_and_numbers_as_people_read_them(page, amina, hers):
    read = pypdf.PdfReader(io.BytesIO(file_of(page, amina, "pdf")))
    text = " ".join("".join(each.extract_text() for each in read.pages).split())
    today = french.full_date(timezone.localdate()).replace("\xa0", " ")
    assert f"Ce que nous avons sur vous, le {today}" in text
    assert "Contact : 06 39 98 00 12" in text


@pytest.mark.parametrize("form", ["json", "pdf"])
def test_P04_third_parties_are_masked(page, amina, hers, form):
    content = file_of(page, amina, form)
    if form == "pdf":
        content = "".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(content)).pages).encode()
    text = content.decode()
    for hidden in ("Nadia", "KERBEC", "Kerbec", OTHER, "04 78 11 22 33", "boit", "Chloé", "Martin"):
        assert hidden not in text
    assert "Benali" in text
    assert "amina@exemple.fr" in text
    assert "Madame Benali, [un tiers]" in text.replace("\n", " ")


def test_P04_taking_the_file_leaves_a_trace(page, amina, hers, central):
    file_of(page, amina, "json")
    seen = Reading.objects.get(user=central, kind="export")
    assert (seen.subject_id, seen.why) == (amina.pk, "person data json")


def test_P05_what_stays_says_why(amina, make_ticket):
    now = timezone.now()
    made = {
        "gone": make_ticket(person=amina, state=State.CLOSED),
        "open": make_ticket(person=amina),
        "appeal": make_ticket(person=amina, state=State.CLOSED, topic="rsa-demande"),
        "late": make_ticket(
            person=amina, state=State.CLOSED, topic="rsa-demande", received_at=now - timedelta(days=400)
        ),
    }
    why = {dossier.references[0]: dossier.why_not for dossier in preview(amina, at=now)}
    assert why[made["gone"].reference] == why[made["late"].reference] == ""
    assert "pas terminée" in why[made["open"].reference]
    assert "recours" in why[made["appeal"].reference]


def test_P05_an_erasure_asked_waits_for_the_visa(page, amina, hers, archivist):
    shown = page.get(reverse("archives:person_data", args=[amina.pk])).content.decode()
    assert "Détruite après le visa des archives." in shown
    page.post(reverse("archives:person_erase", args=[amina.pk]))
    line = DisposalLine.objects.get()
    assert line.references == [hers.reference]
    assert line.asked_at
    again = page.post(reverse("archives:person_erase", args=[amina.pk]), follow=True).content.decode()
    assert "Elle est déjà sur la liste des archives." in again
    assert DisposalLine.objects.count() == 1


def test_requests_about_data_have_their_list_and_a_month(page, amina, make_ticket):
    received = timezone.now() - timedelta(days=40)
    ticket = make_ticket(person=amina, topic="droits-donnees", received_at=received, state=State.OPEN)
    other = make_ticket(topic="accueil-premier")
    text = page.get(reverse("archives:data_requests")).content.decode()
    assert ticket.reference in text
    assert other.reference not in text
    assert "En retard" in text


def test_a_list_of_rights_costs_the_same_for_one_as_for_ten(page, amina, make_ticket):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            page.get(reverse("archives:data_requests"))
        return len(seen)

    make_ticket(person=amina, topic="droits-donnees")
    cost()
    for_one = cost()
    for n in range(9):
        make_ticket(person=amina if n else None, topic="droits-donnees")
    assert cost() == for_one


def test_P04_names_of_files_are_masked_as_words_are(page, amina, hers, make_touchpoint, chloe):
    from_sister = make_touchpoint(hers, text="Voici.", sender=OTHER, direction="in")
    ours = make_touchpoint(hers, text="Voici.", sender="", direction="out", author=chloe)
    own = Touchpoint.objects.filter(ticket=hers, sender="amina@exemple.fr").get()
    named = ((from_sister, "ivresse.pdf"), (ours, "courrier Nadia Kerbec.pdf"), (own, "bail.pdf"))
    for touchpoint, name in named:
        Attachment.objects.create(touchpoint=touchpoint, name=name, size=1, content_type="application/pdf")
    files = json.loads(file_of(page, amina, "json"))["requests"][0]["files"]
    assert [each["name"] for each in files] == ["[un tiers]", "courrier [un tiers].pdf", "bail.pdf"]


@pytest.mark.parametrize("state", ["booked", "confirmed"])
def test_P05_an_appointment_to_come_keeps_its_ticket(
    page, amina, make_ticket, make_appointment, chloe, state
):
    now = timezone.now()
    kept, gone = (make_ticket(person=amina, state=State.CLOSED) for _ in range(2))
    merged = make_ticket(person=amina, state=State.CLOSED, merged_into=kept)
    make_appointment(ticket=merged, agent=chloe, starts_at=now + timedelta(days=9), state=state)
    make_appointment(ticket=gone, agent=chloe, starts_at=now - timedelta(days=9), state=state)
    why = {
        reference: dossier.why_not for dossier in preview(amina, at=now) for reference in dossier.references
    }
    assert why[gone.reference] == ""
    assert "rendez-vous est prévu" in why[kept.reference]
    assert why[merged.reference] == why[kept.reference]


def test_P05_a_cancelled_appointment_keeps_nothing(amina, make_ticket, make_appointment, chloe):
    now = timezone.now()
    ticket = make_ticket(person=amina, state=State.CLOSED)
    make_appointment(ticket=ticket, agent=chloe, starts_at=now + timedelta(days=9), state="cancelled_person")
    assert [dossier.why_not for dossier in preview(amina, at=now)] == [""]


def test_P05_the_record_merged_into_theirs_is_theirs(amina, make_person, make_ticket):
    twin = make_person(given_name="Amina", family_name="Benali")
    make_ticket(person=amina, state=State.CLOSED)
    twin.merged_into = amina
    twin.save()
    for asked in (amina, twin):
        assert [dossier.why_not for dossier in preview(asked, at=timezone.now())] == [""]


@pytest.mark.parametrize(("minutes", "fate"), [(-5, "purged"), (5, "changed")])
def test_P05_words_of_the_same_day_keep_what_was_asked(
    amina, hers, archivist, make_touchpoint, minutes, fate
):
    asked = Touchpoint.objects.filter(ticket=hers).latest("recorded_at").recorded_at + timedelta(minutes=9)
    ask_erasure(person=amina, at=asked)
    make_touchpoint(hers, text="Encore un mot.", at=asked + timedelta(minutes=minutes))
    DisposalLine.objects.update(last_contact_on=timezone.localdate(asked + timedelta(days=1)))
    DisposalSchedule.objects.update(listed_at=asked)
    give_visa(schedule=DisposalSchedule.objects.get(), by=archivist, at=asked)
    purge(at=asked + timedelta(hours=1))
    assert DisposalLine.objects.get().fate == fate
