"""What events store: codes, ids and days, said in the reader's language; rows of earlier versions too."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from requests_app.tickets.models import Event
from requests_app.tickets.models import event_data as shapes
from requests_app.tickets.models.event_data import AppointmentAct, Cause, EventData
from requests_app.tickets.models.events import OF_PERSONS, SHAPES, read_details
from requests_app.tickets.selectors.events import sentence
from tests.house.english import french_left

TEN = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
DAY, LATER = date(2026, 12, 1), date(2026, 12, 20)
Kind = Event.Kind

STORED = [
    (
        Kind.APPOINTMENT,
        shapes.AppointmentChanged(did=AppointmentAct.MOVED, starts_at=TEN, was_at=TEN, is_by_person=True),
        "La personne a déplacé le rendez-vous : jeudi 26 novembre à 10 h 30 devient "
        "jeudi 26 novembre à 10 h 30",
    ),
    (
        Kind.WAITING,
        shapes.Waiting(state="waiting_person", documents=("Bail", "RIB"), until=DAY, reason="Gaz coupé"),
        "Le logiciel attend un papier de la personne : « Papiers demandés au plus tard le mardi 1er "
        "décembre 2026 : Bail ; RIB. Raison du délai : Gaz coupé »",
    ),
    (
        Kind.PAPERS_ASKED,
        shapes.Waiting(state="open", documents=("Bail",), until=DAY),
        "Le logiciel a demandé des papiers, sans arrêter l’étude : « Papiers demandés au plus tard le mardi "
        "1er décembre 2026 : Bail »",
    ),
    (
        Kind.PAPERS_DAY,
        shapes.DocumentsDayChanged(before=DAY, until=LATER, reason="Erreur"),
        "Le logiciel a changé le jour donné pour les papiers : « Du mardi 1er décembre 2026 au dimanche 20 "
        "décembre 2026. Erreur »",
    ),
    (
        Kind.PAPERS_CANCELLED,
        shapes.DocumentsNamed(documents=("Bail", "RIB")),
        "Le logiciel ne demande plus ces papiers : « Bail ; RIB »",
    ),
    (
        Kind.FIRST_RECEIVED,
        shapes.FirstReceived(first_on=DAY),
        "Le logiciel a noté la première réception : « Reçue d’abord ailleurs le mardi 1er décembre 2026 »",
    ),
    (
        Kind.FIRST_RECEIVED,
        shapes.FirstReceived(),
        "Le logiciel a noté la première réception : « Aucune autre administration ne l’a reçue avant nous. »",
    ),
    (
        Kind.REASONS_ASKED,
        shapes.ReasonsAsked(asked_on=DAY, due_on=LATER),
        "Le logiciel a noté que la personne demande les raisons du refus : « Demandées le mardi 1er décembre "
        "2026, à donner au plus tard le dimanche 20 décembre 2026 »",
    ),
    (
        Kind.SERVICE_ANSWERED,
        shapes.ServiceAnswered(outcome="answered", answered_on=DAY),
        "Le logiciel a noté la réponse du service : « Répondue le mardi 1er décembre 2026 »",
    ),
    (
        Kind.CLOSED,
        shapes.Closed(outcome="withdrawn", before="open", is_by_person=True),
        "La personne a terminé la demande (Retirée par la personne)",
    ),
    (
        Kind.REOPENED,
        EventData(cause=Cause.PERSON_KEEPS_IT, is_by_person=True),
        "La personne a rouvert la demande : « La personne veut la garder. »",
    ),
    (
        Kind.RESUMED,
        EventData(cause=Cause.DOCUMENTS_COMPLETE),
        "Le logiciel a repris la demande : « Tous les papiers sont là. »",
    ),
    (
        Kind.REROUTED,
        shapes.Rerouted(from_="", to="Lyon 8e", cause=Cause.AGENT_WORKS_THERE, name="Elsa 100 %", version=2),
        "Le logiciel a envoyé la demande vers Lyon 8e : « Elsa 100 % travaille à ce lieu. »",
    ),
    (
        Kind.UNROUTED,
        EventData(from_="Lyon 8e", to="", cause=Cause.REROUTE_UNDONE),
        "Le logiciel a repris la demande envoyée à Lyon 8e : « Envoi annulé »",
    ),
    (
        Kind.TASK_DONE,
        shapes.ToDoChanged(wrote_at=TEN),
        "Le logiciel l’a fait (Lire ce que la personne a répondu)",
    ),
    (
        Kind.PERSON_LINKED,
        shapes.PersonChanged(from_="Luc Roy", persons=(1, None), erased=("to",)),
        "Le logiciel a changé la personne : Luc Roy devient une fiche effacée",
    ),
]


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(("kind", "data", "french"), STORED)
class TestSentences:
    def test_say_in_french_what_is_stored_in_codes(self, kind, data, french):
        assert plain(sentence(kind, "", data.as_json())) == french

    def test_follow_the_reader_s_language(self, kind, data, french):
        with translation.override("en"):
            said = plain(sentence(kind, "", data.as_json()))
        assert said != french
        assert french_left(said) == []

    def test_are_read_back_as_they_were_stored(self, kind, data, french):
        assert read_details(kind, data.as_json()) == data


# As the previous version stored them.
OLD = [
    (
        Kind.APPOINTMENT,
        {"did": "moved", "to": "mardi 24 novembre à 9 h", "from": "lundi 23 novembre à 9 h", "reason": ""},
        "Chloé a déplacé le rendez-vous : lundi 23 novembre à 9 h devient mardi 24 novembre à 9 h",
    ),
    (
        Kind.WAITING,
        {"state": "waiting_person", "reason": "Papiers demandés au plus tard le lundi : Bail"},
        "Chloé attend un papier de la personne : « Papiers demandés au plus tard le lundi : Bail »",
    ),
    (
        Kind.PAPERS_DAY,
        {"reason": "Du lundi au mardi. Erreur"},
        "Chloé a changé le jour donné pour les papiers : « Du lundi au mardi. Erreur »",
    ),
    (Kind.PAPERS_CANCELLED, {"reason": "Bail ; RIB"}, "Chloé ne demande plus ces papiers : « Bail ; RIB »"),
    (
        Kind.FIRST_RECEIVED,
        {"reason": "Reçue d’abord ailleurs le lundi"},
        "Chloé a noté la première réception : « Reçue d’abord ailleurs le lundi »",
    ),
    (
        Kind.REASONS_ASKED,
        {"reason": "Demandées le lundi"},
        "Chloé a noté que la personne demande les raisons du refus : « Demandées le lundi »",
    ),
    (
        Kind.SERVICE_ANSWERED,
        {"reason": "répondue le lundi"},
        "Chloé a noté la réponse du service : « répondue le lundi »",
    ),
    (
        Kind.TASK_DONE,
        {"to": "Appeler", "reason": "Vérifiez l’adresse."},
        "Chloé l’a fait (Appeler) : « Vérifiez l’adresse. »",
    ),
    (
        Kind.UNROUTED,
        {"from": "Lyon 8e", "to": "", "reason": "Envoi annulé"},
        "Chloé a repris la demande envoyée à Lyon 8e : « Envoi annulé »",
    ),
    (
        Kind.PERSON_LINKED,
        {"from": "Luc Roy", "to": "une fiche effacée", "persons": [1, None]},
        "Chloé a changé la personne : Luc Roy devient une fiche effacée",
    ),
    (Kind.CLOSED, {"outcome": "answered", "reason": ""}, "Chloé a terminé la demande (Répondue)"),
]


class TestEarlierVersions:
    @pytest.mark.parametrize(("kind", "data", "said"), OLD)
    def test_are_shown_as_they_were_written(self, kind, data, said):
        assert sentence(kind, "Chloé", data) == said

    def test_say_that_the_person_did_it(self):
        data = {"did": "confirmed", "to": "lundi", "who": "La personne"}
        assert sentence(Kind.APPOINTMENT, "", data) == "La personne a confirmé le rendez-vous du lundi"

    @pytest.mark.parametrize("kind", [*Kind.values, "of_tomorrow"])
    @pytest.mark.parametrize(
        "value",
        [None, 7, "x", ["x"], {"x": 1}, {"until": 1, "starts_at": "demain", "persons": "x", "was": []}],
    )
    def test_nothing_stored_breaks_a_page(self, kind, value):
        data = value if isinstance(value, dict) else {"documents": value, "persons": value, "cause": value}
        assert sentence(kind, "Chloé", {**data, "until": "2026-99-99", "outcome": value, "erased": value})


def test_every_shape_is_that_of_a_kind():
    own = {each for each in vars(shapes).values() if isinstance(each, type) and issubclass(each, EventData)}
    assert own - {EventData} == set(SHAPES.values())
    assert set(SHAPES) <= set(Kind.values)
    assert {SHAPES[kind] for kind in OF_PERSONS} == {shapes.PersonChanged}
