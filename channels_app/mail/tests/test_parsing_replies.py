"""The visible part of a reply: what its author wrote, and never nothing."""

import pytest

from .mails import mail, write_mail


class TestReply:
    @pytest.mark.parametrize(
        ("name", "kept"),
        [
            ("reply_outlook_fr", "Bonjour,\n\nVoici mon justificatif de domicile.\n\nAmina Diallo"),
            ("reply_le_a_ecrit_two_lines", "Oui, mardi me convient."),
            ("reply_message_d_origine", "C’est noté, merci."),
            ("reply_bottom_post", "La voici, bonne journée."),
            ("reply_from_telephone", "Je serai en retard de dix minutes."),
            ("html_only_reply", "Merci, c’est réglé."),
        ],
    )
    def test_loses_quote_and_signature(self, name, kept):
        assert mail(name).reply_text == kept

    def test_keeps_answers_between_the_quotes(self):
        visible = mail("reply_interleaved").reply_text
        assert "C’est le 1234567." in visible
        assert "Oui, en janvier." in visible
        assert "Avez-vous déménagé" not in visible

    @pytest.mark.parametrize("name", ["reply_only_quote", "forward_fr", "not_a_reply_fr"])
    def test_keeps_whole_what_is_only_a_quote_a_forward_or_no_reply(self, name):
        understood = mail(name)
        assert understood.reply_text == understood.text.strip()

    @pytest.mark.parametrize(
        "announcement",
        [
            "Le mar. 22 mai 2018 à 10:20, <a@b.fr> a écrit :",
            "Le 22/05/2018 à 10:20, Jean Dupont a écrit :",
            "On Mon, Apr 2, 2012 at 6:26 PM, Megan One <xxx@exemple.com> wrote:",
            'Am 13.12.2017 21:11 schrieb "Max" <max@exemple.de>:',
            "El mié., 3 ene. 2018 a las 10:02, Ana (<ana@exemple.es>) escribió:",
            "Il giorno 3 gen 2018, alle ore 10:02, Ugo <u@exemple.it> ha scritto:",
            '30.09.2017, 18:30, "John" <s@exemple.ru>:',
            "-------- Message d'origine --------",
            "---------- Original Message ----------",
            "De: Jean\nEnvoyé: lundi 2 mars 2026 14:05\nÀ: Paul\nObjet: Rappel",
            "Von: Max\nGesendet: Montag\nAn: Erika\nBetreff: Anfrage",
            "*From:* Max\n*Sent:* 2026-01-27\n*To:* info@exemple.org\n*Subject:* Hello",
            "2012/10/1 Jean <jean@exemple.fr>:",
            "Message du 22/05/18 10:20\nDe : a@b.fr\nA : c@d.fr\nCopie à :\nObjet : Rappel",
            "De : Jean Envoyé : mardi 22 mai 2018 10:20 À : Paul Objet : Rappel",
            "Date: Tue, 1 Jul 2014 13:25:00\nSubject: Test\nFrom: a@exemple.org\nTo: b@exemple.org",
            "-----E-mail d'origine-----",
            "Vào 14:24 8 tháng 6, 2015, Hùng <h@exemple.vn> đã viết:",
            "Merci beaucoup Le lun. 30 août 2021 à 09:40, X <x@exemple.fr> a écrit :",
            "##- Veuillez répondre au-dessus de cette ligne -##",
        ],
    )
    def test_knows_how_programs_announce_a_quote(self, announcement):
        visible = write_mail("Subject: Re: x", f"Ma réponse.\n\n{announcement}\n\nLe texte cité.").reply_text
        assert visible.removesuffix("\n\nMerci beaucoup") == "Ma réponse."

    @pytest.mark.parametrize(
        "line",
        [
            "Envoyé de mon iPhone",
            "Envoyé depuis l'application Mail Orange",
            "Sent from my Galaxy",
            "Télécharger Outlook pour Android<https://aka.ms/x>",
            "Provenance : Courrier pour Windows",
        ],
    )
    def test_loses_the_line_of_the_telephone(self, line):
        assert write_mail("Subject: x", f"Bonjour.\n\n{line}\n").reply_text == "Bonjour."

    @pytest.mark.parametrize(
        "end",
        [
            "Sent from my desk, which is easier.",
            "Envoyé de Lyon, mon courrier est resté sans réponse.",
            "Pièces :\n- Passeport\n- Facture",
            "Objet : relance\nDate : 3 mars\nÀ : la mairie\nDe : moi",
        ],
    )
    def test_keeps_what_people_write_like_programs(self, end):
        assert write_mail("Subject: x", f"Bonjour.\n\n{end}").reply_text == f"Bonjour.\n\n{end}"

    def test_a_forward_between_agents_is_kept_whole(self):
        body = "Pour suite.\n----- Transféré par J. Dupont le 24/05/2018 11:49 -----\nDe : a@b.fr\nLe texte."
        assert write_mail("Subject: x", body).reply_text == body

    def test_keeps_a_sentence_that_only_resembles(self):
        text = "Le 12 mai 2018, le syndic m’a écrit ceci :\nrien ne sera fait."
        assert "rien ne sera fait" in write_mail("Subject: x", f"Bonjour,\n{text}").reply_text
