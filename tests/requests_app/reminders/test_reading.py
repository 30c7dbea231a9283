"""What people write about an appointment: only what is plain acts, the rest is read by an agent."""

from datetime import date

import pytest

from requests_app.appointments.models import Appointment
from requests_app.reminders.days import fits, says_when
from requests_app.reminders.reading import read

Reply = Appointment.Reply
TODAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 26)  # a Tuesday, and that week's Thursday


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Je ne pourrai pas venir mardi",
            "je peux pas mardi",
            "Désolée, impossible jeudi",
            "J’ai un empêchement",
        ),
        *("Bonjour, mon fils est malade, je ne pourrai pas être là demain.", "I can't make it on Tuesday"),
        *(
            "je ne viendrai pas au rdv",
            "on pourra pas venir",
            "Je serai absente le 26/11",
            "cannot come sorry",
        ),
    ],
)
def test_who_will_not_come_is_understood_and_nothing_is_done(text):
    reading = read(text)
    assert (reading.reply, reading.is_clear) == (Reply.NOT_COMING, False)


@pytest.mark.parametrize(
    "text",
    [
        "annuler svp",
        "Annulez mon rdv merci",
        "J’annule",
        "Merci d’annuler le rendez-vous de mardi",
        "cancel please",
    ],
)
def test_an_order_to_cancel_is_clear(text):
    reading = read(text)
    assert (reading.reply, reading.is_clear) == (Reply.NOT_COMING, True)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "oui merci",
            "Oui, je serai là mardi, merci beaucoup",
            "ok pour mardi 26/11 à 10h30",
            "Yes thank you",
        ),
        *("D’accord merci bonne journée", "pas de problème je serai là", "je viendrai", "OUI je confirme"),
    ],
)
def test_a_plain_yes_is_clear(text):
    reading = read(text)
    assert (reading.reply, reading.is_clear) == (Reply.COMING, True)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "oui mais plutôt jeudi",
            "Est-ce possible de reporter ?",
            "Une autre date svp",
            "je voudrais changer la date",
        ),
        *("Can we reschedule?", "Je ne peux pas mardi, avez-vous un autre créneau", "déplacez mon rdv svp"),
    ],
)
def test_who_asks_for_another_date_is_understood(text):
    assert read(text).reply == Reply.OTHER_DATE


@pytest.mark.parametrize(
    "text",
    [
        *("non", "peut-être", "", "👍", "merci", "bien reçu merci", "N’annulez pas svp", "Puis-je annuler ?"),
        *(
            "ok merci, je voulais aussi savoir pour mon RSA",
            "نعم",
            "oui non",
            "pas d’accord",
            "Je suis en retard",
        ),
        "Je ne peux pas payer mon loyer de novembre car je n’ai plus de travail depuis longtemps",
    ],
)
def test_other_words_are_read_by_an_agent(text):
    reading = read(text)
    assert (reading.reply, reading.is_clear) == (Reply.WROTE, False)


@pytest.mark.parametrize(
    ("text", "is_about"),
    [
        *(("Je ne pourrai pas venir", True), ("Mon rdv de jeudi", True), ("Où en est mon dossier ?", False)),
        *(("oui merci", False), ("annuler mon dossier", False), ("Une autre date", False)),
    ],
)
def test_knows_whether_it_speaks_of_an_appointment_at_all(text, is_about):
    assert read(text).is_about is is_about


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        *(("jeudi", True), ("mardi", False), ("le 26", True), ("26/11", True), ("26 novembre", True)),
        *(
            ("le 27 novembre", False),
            ("25/11", False),
            ("demain", False),
            ("November 26", True),
            ("oui", True),
        ),
        *(("pas mardi mais jeudi", True), ("1er décembre", False), ("jeudi 3 décembre", False)),
    ],
)
def test_knows_which_day_is_meant(text, is_it):
    assert fits(text, THURSDAY, TODAY) is is_it


def test_tomorrow_is_counted_from_the_day_it_is_written():
    assert fits("demain", THURSDAY, date(2026, 11, 25))
    assert says_when("demain matin")
    assert not says_when("mon dossier 12 bis")


class TestAsPeopleText:
    @pytest.mark.parametrize(
        "text",
        [
            *(
                "ouiiii",
                "ça marche",
                "c’est bon pour moi",
                "ouais ok pour mardi",
                "Oui inchallah",
                "nickel merci",
            ),
            "je viendrai avec ma fille",
        ],
    )
    def test_a_yes_in_their_words_is_clear(self, text):
        reading = read(text)
        assert (reading.reply, reading.is_clear) == (Reply.COMING, True)

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "j peu pa venir",
                "dsl pas possible",
                "ma fille est malade",
                "je suis à l’hôpital",
            ),
            *("plus besoin du rdv", "supprimez mon rdv", "je laisse ma place", "no puedo ir", "gelemem"),
            *("لا أستطيع الحضور", "لن أحضر يوم الثلاثاء", "не зможу прийти", "não posso ir"),
        ],
    )
    def test_who_will_not_come_says_it_in_many_ways_and_nothing_is_done(self, text):
        reading = read(text)
        assert (reading.reply, reading.is_clear) == (Reply.NOT_COMING, False)

    @pytest.mark.parametrize("text", ["ANULER", "anulez svp", "anulation rdv mardi"])
    def test_an_order_with_a_slip_is_clear(self, text):
        reading = read(text)
        assert (reading.reply, reading.is_clear) == (Reply.NOT_COMING, True)

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "je préfère jeudi",
                "pas mardi mais mercredi",
                "on peut changer ?",
                "l’heure ne me convient pas",
            ),
            *("otro día por favor", "başka bir gün", "أريد موعد آخر", "можна інший день?"),
        ],
    )
    def test_another_date_is_asked_in_many_ways(self, text):
        assert read(text).reply == Reply.OTHER_DATE

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "c’est bon j’ai trouvé une solution",
                "ça marche pas",
                "c’est pas bon pour moi",
                "non je viens",
            ),
            *("Non, je n’ai pas reçu l’attestation", "je préfère vous appeler", "oui si je trouve un bus"),
            "pas de problème mais je serai en retard",
        ],
    )
    def test_what_says_more_is_left_to_an_agent(self, text):
        assert read(text).reply == Reply.WROTE
