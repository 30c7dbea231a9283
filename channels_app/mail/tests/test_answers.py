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

    @pytest.mark.parametrize(
        "plea",
        [
            "Ce message est confidentiel, mon mari ne doit rien savoir.\nAppelez-moi au travail.",
            "Ce mail est pour Mme Roux.\nMon fils est malade.",
            "*****\nVoici les pièces jointes que vous demandez :\n- la facture\n- le bail",
            "Merci de ne pas répondre à ce mail, mon mari le lit.",
            "-----\nLe destinataire de l’aide est mon fils Adam.",
        ],
    )
    def test_is_seen_though_notices_speak_alike(self, plea):
        assert plea in read(f"Bonjour,\n\nJe vous écris de chez ma sœur.\n\n{plea}\n\nNora").reply_text


class TestSmallPrint:
    @pytest.mark.parametrize(
        "notice",
        [
            "**********\nLe courrier électronique n'est pas un moyen sûr.\nL'intégrité de ce message"
            " ne peut être garantie ; son émetteur décline toute responsabilité s'il a été altéré.",
            "Ce message et les fichiers joints sont confidentiels.\n"
            "Si vous l'avez reçu par erreur, détruisez-le.",
            "_____________\nThis e-mail is privileged and intended solely for the addressee.",
            "-----\nDer Inhalt dieser E-Mail ist vertraulich und nur für den Empfänger bestimmt.",
            "======\nEste mensaje es confidencial. Si lo ha recibido por error, elimínelo.",
            "Questo messaggio è riservato al destinatario.\nSe ricevuto per errore, eliminarlo.",
            "*****\nIncoming and outgoing e-mails are monitored and may be recorded for legal purposes; any"
            " disclosure is prohibited.",
            "-----\nThis message was scanned for viruses by our provider.",
            "- - Disclaimer - -\nThe views expressed in this email are those of the author and bind nobody.",
            "-----\nPour vous désabonner de la liste de diffusion, répondez à ce message.",
        ],
    )
    def test_of_employers_and_servers_is_left_out(self, notice):
        assert read(f"Bonjour,\n\nVoici le bail.\n\n{notice}").reply_text == "Bonjour,\n\nVoici le bail."
