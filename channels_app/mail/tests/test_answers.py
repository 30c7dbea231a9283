"""What a person answered, out of what programs put around it: in their language, in text and in HTML."""

import pytest

from channels_app.mail.parsing import understand

from .programs.answers import ANSWERS

ALL = [
    pytest.param(answer, id=f"{language}: {answer.program}")
    for language, answers in ANSWERS.items()
    for answer in answers
]


def read(text, *, subject="Re: Votre demande", kind="plain"):
    head = f"From: Amina <amina@exemple.fr>\nSubject: {subject}\nContent-Type: text/{kind}; charset=utf-8\n\n"
    return understand((head + text).encode())


class TestAnswers:
    @pytest.mark.parametrize("answer", ALL)
    def test_the_answer_alone_is_seen_and_the_rest_is_stored(self, answer):
        mail = read(answer.text, kind=answer.kind)
        assert mail.reply_text == answer.kept
        assert len(mail.text) >= len(mail.reply_text)

    @pytest.mark.parametrize("answer", ALL)
    def test_what_is_passed_on_is_seen_in_full(self, answer):
        mail = read(answer.text, subject="Fwd: Votre demande", kind=answer.kind)
        assert mail.reply_text == mail.text.strip()


class TestWhatPeopleWrite:
    @pytest.mark.parametrize(
        "line",
        [
            "Envoyé par courrier recommandé le 3 mars.",
            "Envoyé par mail le 3 mars",
            "J'utilise Outlook pour Android.",
            "Belge 3 Mart'ta gönderildi",
            "Sent with my application form",
            "Mon voisin m'a écrit le 23/11/2026 à 09:12 :",
            "Le 23/11/2026 à 9:12 votre service a écrit",
            "De : la mairie\nÀ : mes enfants\nDate : le plus tôt possible",
            "Nom : Petit\nMail : nora@exemple.fr\nRendez-vous : 03/12/2026 à 10:00",
            "---- URGENT ----",
        ],
    )
    def test_is_seen_though_programs_write_alike(self, line):
        assert read(f"Bonjour,\n\n{line}\n\nMerci de votre aide.").reply_text.count(line) == 1
