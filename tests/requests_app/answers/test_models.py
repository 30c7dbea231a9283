"""Models: filled from the ticket, found by a few letters, kept by managers."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from requests_app.answers import services, variables
from requests_app.answers.models import AnswerModel
from requests_app.answers.selectors import find_models
from requests_app.catalog.models import Topic
from requests_app.tickets.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def save(by, name="Papier", text="Bonjour {prenom}", model=None, topic=None, maison=None):
    return services.save_model(
        model=model, name=name, text=text, topic=topic, maison=maison, by=by, at=timezone.now()
    )


def names(ticket, words=""):
    return [model.name for model in find_models(ticket, words)]


class TestFilling:
    def test_every_name_has_its_value(self, make_ticket, make_model, amina, lyon_8):
        ticket = make_ticket(person=amina, topic="rsa-demande")
        make_model(text="{personne}|{prenom}|{nom}|{numero}|{sujet}|{maison}|{telephone}")
        (model,) = find_models(ticket, "")
        filled = model.text.split("|")
        assert filled[:4] == ["Amina Benali", "Amina", "Benali", ticket.reference]
        assert filled[4:] == [ticket.topic.label, lyon_8.name, lyon_8.phone]

    def test_what_is_not_known_is_to_complete(self, make_ticket, make_model):
        make_model(text="Bonjour {prenom}, avant le {date_reponse}")
        (model,) = find_models(make_ticket(), "")
        assert variables.find_blanks(model.text) == ["prénom", "date de réponse annoncée"]

    def test_A03_the_subject_of_a_sensitive_one_stays_out(self, make_ticket, make_model):
        make_model(text="Au sujet de {sujet}.")
        (model,) = find_models(make_ticket(topic="violences-conjugales"), "")
        assert "violence" not in model.text.lower()


class TestFinding:
    def test_by_the_beginning_of_words_without_accents(self, make_ticket, make_model):
        make_model(name="Préciser l’adresse")
        make_model(name="Papier")
        ticket = make_ticket()
        assert names(ticket, "adr prec") == ["Préciser l’adresse"]
        assert names(ticket, "esse") == []

    def test_those_of_another_topic_or_place_are_not_offered(self, make_ticket, make_model, villeurbanne):
        make_model(name="Ailleurs", maison=villeurbanne)
        make_model(name="Logement", topic=Topic.objects.get(code="domiciliation"))
        make_model(name="Retiré", is_active=False)
        make_model(name="RSA", topic=Topic.objects.get(code="rsa-demande"))
        make_model(name="À tous")
        assert names(make_ticket(topic="rsa-demande")) == ["RSA", "À tous"]


class TestKeeping:
    def test_unknown_names_are_refused_in_words(self, admin):
        with pytest.raises(Refused, match=r"\{prénom\}"):
            save(admin, text="Bonjour {prénom}")

    def test_a_name_serves_once(self, admin):
        save(admin)
        with pytest.raises(Refused, match="déjà ce nom"):
            save(admin)

    def test_one_that_is_retired_can_come_back_unless_its_name_is_taken(self, admin):
        model = save(admin)
        services.retire_model(model=model, by=admin, at=timezone.now())
        services.restore_model(model=model, by=admin, at=timezone.now())
        services.retire_model(model=model, by=admin, at=timezone.now())
        save(admin)
        with pytest.raises(Refused):
            services.restore_model(model=model, by=admin, at=timezone.now())

    def test_A06_a_manager_writes_for_his_maisons_only(self, david, lyon_8, villeurbanne):
        save(david, maison=lyon_8)
        for maison in (None, villeurbanne):
            with pytest.raises(NotAllowed):
                save(david, name="Autre", maison=maison)

    def test_a_manager_cannot_take_a_model_of_everyone(self, david, lyon_8, make_model):
        with pytest.raises(NotAllowed):
            save(david, model=make_model(), maison=lyon_8)


def test_the_shipped_ones_are_loaded_once_and_are_all_well_written():
    call_command("load_answer_models")
    call_command("load_answer_models")
    shipped = AnswerModel.objects.all()
    assert shipped.count() == 10
    assert [unknown for model in shipped for unknown in variables.unknown_in(model.text)] == []
