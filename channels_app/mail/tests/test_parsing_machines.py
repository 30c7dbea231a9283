"""Machines are recognised, people are not taken for machines (M11)."""

import pytest

from .mails import mail, write_mail


class TestAutomatic:
    @pytest.mark.parametrize(
        "head",
        [
            "Auto-Submitted: auto-replied",
            "Auto-Submitted: auto-generated; owner-email=a@b.fr",
            "X-Autoreply: yes",
            "Precedence: auto_reply",
            "Subject: Réponse automatique : Votre demande",
            "Subject: Automatic reply: hello",
            "Subject: Absence du bureau",
            "Subject: Out of Office Re: hello",
        ],
    )
    def test_M11_is_recognised(self, head):
        understood = write_mail(head)
        assert (understood.is_auto, understood.no_ack) == (True, True)

    def test_M11_is_recognised_by_its_words_alone(self):
        assert mail("auto_reply_without_header_fr").is_auto

    @pytest.mark.parametrize("name", ["human_answers_auto_reply_fr", "not_a_reply_fr", "reply_outlook_fr"])
    def test_a_person_is_a_person(self, name):
        understood = mail(name)
        assert (understood.is_auto, understood.is_bounce, understood.no_ack) == (False, False, False)

    @pytest.mark.parametrize(
        "subject",
        [
            "Absence de mon fils",
            "Congés scolaires",
            "Auto-école",
            "Retour de courrier",
            "Message du 3 mars",
            "Automatisation du portail",
            "Vacances d’été : quelles aides ?",
            "Auto : ma voiture a été volée",
            "Je suis absent le jour du rendez-vous",
            "Réponse automatique incompréhensible",
        ],
    )
    def test_everyday_subjects_are_human(self, subject):
        assert not write_mail(
            f"Subject: {subject}", "Je suis en congé jusqu’au 5. Merci de me rappeler."
        ).is_auto


class TestBounce:
    def test_M11_without_report_is_recognised_and_linked(self):
        understood = mail("bounce_without_report_fr")
        assert (understood.is_bounce, understood.is_auto) == (True, True)
        assert understood.bounce_original_message_id == "notre-message-1@demande.invalid"
        assert understood.bounce_recipient == "inconnu@exemple.org"

    @pytest.mark.parametrize("kind", ["feedback-report", "disposition-notification"])
    def test_other_reports_are_automatic_but_no_bounce(self, kind):
        body = f"--b\n\nOuvert.\n--b\nContent-Type: message/{kind}\n\nFinal-Recipient: rfc822;a@b.fr\n--b--"
        understood = write_mail(f"Content-Type: multipart/report; report-type={kind}; boundary=b", body)
        assert (understood.is_bounce, understood.is_auto) == (False, True)

    def test_a_person_who_complains_of_a_bounce_is_no_bounce(self):
        understood = write_mail("Subject: Undelivered mail", "My mail could not be delivered, what can I do?")
        assert not understood.is_bounce


class TestAcknowledgment:
    @pytest.mark.parametrize(
        "head",
        [
            "List-Id: <a.b.fr>",
            "Precedence: bulk",
            "Return-Path: <>",
            "X-Auto-Response-Suppress: All",
            "From: x\nX-Spam-Flag: YES",
        ],
    )
    def test_M11_is_never_sent_to(self, head):
        understood = write_mail(head)
        assert understood.no_ack
        assert understood.no_ack_reason

    @pytest.mark.parametrize(
        "address", ["no-reply@a.fr", "noreply+1@a.fr", "ne-pas-repondre@a.fr", "nepasrepondre@a.fr"]
    )
    def test_M11_is_never_sent_to_who_does_not_read(self, address):
        from channels_app.mail.parsing import understand

        assert understand(f"From: {address}\n\nBonjour".encode()).no_ack
