"""One segment whatever the Maison, and nothing of what the appointment is about (threats: S07)."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from channels_app.sms.texts import fit, segments_of
from requests_app.appointments import services
from requests_app.catalog.models import Topic
from requests_app.lib.text import words
from requests_app.maisons.models import Maison
from requests_app.maisons.opening import PARIS
from requests_app.outbox.links import PLACEHOLDER
from requests_app.outbox.models import Outgoing
from requests_app.reminders.models import Reminder
from requests_app.reminders.texts import brief_texts, places, short_moment

Purpose = Reminder.Purpose
MAX_DAY = datetime(2026, 11, 25, 10, 30, tzinfo=PARIS)  # mercredi 25/11 à 10h30
# Words that would say why one comes, whatever the catalog calls it.
TELLING = set(
    "rsa apa pch ase enfance enfant protection handicap mdph aide sociale social sante santé grossesse "
    "violence violences pmi budget surendettement logement fsl insertion adoption agrement psychologue "
    "puericultrice planning familial mineur majeurs tutelle solidarite solidarites assistante".lower().split()
)


@pytest.fixture
def maisons(territory):
    found = list(Maison.objects.select_related("commune"))
    assert len(found) == 61
    return found


@pytest.mark.parametrize("purpose", Purpose.values)
@pytest.mark.parametrize("is_discreet", [False, True])
def test_every_maison_fits_in_one_segment(maisons, purpose, is_discreet, settings):
    settings.PUBLIC_URL = "https://gru.exemple.fr"
    for maison in maisons:
        text = fit(brief_texts(purpose, MAX_DAY, maison, is_discreet=is_discreet))
        assert segments_of(text) == 1, (maison.name, text)
        assert text.startswith("Métropole de Lyon : ")
        assert PLACEHOLDER in text
        assert settings.AUTHORITY_PHONE in text


def test_each_says_where_to_come(maisons, settings):
    settings.PUBLIC_URL = "https://gru.exemple.fr"
    assert all("RDV mercredi 25/11 à 10h30, " in written(maison) for maison in maisons)


def written(maison):
    return fit(brief_texts(Purpose.REMINDER, MAX_DAY, maison, is_discreet=False))


def test_reads_as_designed(lyon_8, settings):
    settings.PUBLIC_URL = "https://gru.exemple.fr"
    lyon_8.address = "12 rue des Acacias"
    text = fit(
        brief_texts(Purpose.REMINDER, datetime(2026, 11, 3, 14, 30, tzinfo=PARIS), lyon_8, is_discreet=False)
    )
    assert text == (
        "Métropole de Lyon : RDV mardi 3/11 à 14h30, 12 rue des Acacias, Lyon 8e. "
        "Voir ou changer : {lien} ou 04 78 63 40 40"
    )


def test_a_long_address_is_abbreviated_before_it_is_left_out(lyon_8, settings):
    settings.PUBLIC_URL = "https://gru.exemple.fr"
    lyon_8.address = "119-121 avenue du Professeur Beauvisage"
    text = written(lyon_8)
    assert segments_of(text) == 1
    assert "119-121 av. du Pr Beauvisage" in text
    lyon_8.address = "y" * 100
    assert ", y" not in written(lyon_8)


def test_what_an_sms_can_not_write_cheaply_is_replaced_and_the_accents_stay(lyon_8):
    lyon_8.address = "6 rue François-Cœur – l’Étoile"
    assert "6 rue Francois-Coeur - l'Étoile" in written(lyon_8)


def test_places_are_written_shorter_and_shorter(lyon_8):
    lyon_8.address = "2 bis avenue Marcel Cachin"
    assert places(lyon_8) == [
        "2 bis avenue Marcel Cachin, Lyon 8e",
        "2 bis av. Marcel Cachin, Lyon 8e",
        "2 bis avenue Marcel Cachin",
        "2 bis av. Marcel Cachin",
    ]


@pytest.mark.parametrize(
    ("moment", "said"),
    [("2026-11-04 09:00", "mercredi 4/11 à 9h"), ("2026-08-12 14:05", "mercredi 12/08 à 14h05")],
)
def test_dates_are_written_as_sms_write_them(moment, said):
    assert short_moment(datetime.fromisoformat(moment).replace(tzinfo=PARIS)) == said


class TestS07:
    @pytest.mark.parametrize("code", ["rsa-demande", "enfance-danger"])
    def test_S07_no_message_says_a_topic_or_the_name_of_a_place(self, give, make_ticket, amina, chloe, code):
        given = give(ticket=make_ticket(person=amina, topic=code))
        Outgoing.objects.update(state=Outgoing.State.SENT)
        services.call_off(appointment=given, reason="RSA : dossier incomplet", by=chloe, at=given.booked_at)
        messages = list(Outgoing.objects.all())
        assert len(messages) == 4
        for message in messages:
            said = set(words(message.payload["text"]))
            assert not said & TELLING, message.payload["text"]
            assert "maison" not in said
            assert given.maison.name not in message.payload["text"]
            assert given.type.label.lower() not in said

    def test_S07_no_template_holds_a_telling_word(self, maisons, settings):
        template = Path(settings.BASE_DIR, "templates", "messages", "appointment.txt").read_text()
        texts = [
            fit(brief_texts(p, MAX_DAY, Maison(commune=maisons[0].commune), is_discreet=True))
            for p in Purpose
        ]
        labels = {word for label in Topic.objects.values_list("label", flat=True) for word in words(label)}
        plain = {
            "demande",
            "rendez",
            "vous",
            "autre",
            "date",
            "pour",
            "une",
            "un",
            "le",
            "de",
            "a",
            "en",
            "du",
        }
        for text in [re.sub(r"{%.*?%}", "", template), *texts]:
            said = set(words(text))
            assert not said & TELLING
            assert {w for w in said & (labels - plain) if len(w) > 4} <= {"metropole"}, text

    def test_A03_a_sensitive_demand_does_not_even_say_where(self, give, make_ticket, amina, lyon_8):
        give(ticket=make_ticket(person=amina, topic="enfance-danger"))
        texts = Outgoing.objects.values_list("payload__text", flat=True)
        assert all(lyon_8.address not in text for text in texts)
        assert all("Lieu, voir ou changer" in text for text in texts)
