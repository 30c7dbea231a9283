"""Mails as the programs of the world write them: a cause is fixed for all of its kind."""

import pytest

from channels_app.mail.parsing import understand

from .mails import write_mail
from .programs.absences import MARKED, SPOKEN
from .programs.bounces import NOTICES
from .programs.elsewhere import ELSEWHERE_ANSWERS, ELSEWHERE_NOTICES
from .programs.forwards import FORWARDS, PASSED_ON, WRITER, WRITTEN
from .programs.lookalikes import DOUBTFUL, LOOKALIKES, SILENT, raw
from .programs.people import PEOPLE
from .programs.replies import (
    ABOVE,
    ALWAYS_MARK,
    BELOW,
    BETWEEN,
    IN_HTML,
    QUOTED,
    SAID,
)
from .programs.replies import (
    MARKED as MARKED_QUOTE,
)


def read(text, *, subject="Re: Votre demande", kind="plain"):
    head = f"From: Amina <amina@exemple.fr>\nSubject: {subject}\nContent-Type: text/{kind}; charset=utf-8\n\n"
    return understand((head + text).encode())


class TestMachines:
    @pytest.mark.parametrize("notice", NOTICES + ELSEWHERE_NOTICES, ids=lambda notice: notice.server)
    def test_M11_a_notice_is_a_bounce_of_what_we_sent(self, notice):
        mail = understand(notice.raw())
        assert (mail.is_bounce, mail.is_auto) == (True, True)
        assert (mail.bounce_original_message_id, mail.bounce_recipient) == notice.names

    @pytest.mark.parametrize(
        "absence", MARKED + SPOKEN + ELSEWHERE_ANSWERS, ids=lambda absence: absence.program
    )
    def test_M11_an_answering_machine_is_known(self, absence):
        mail = understand(absence.raw())
        assert (mail.is_auto, mail.is_bounce, mail.no_ack) == (True, False, True)


# No field of theirs says so, and their words alone prove nothing.
UNPROVED = {"HCL Notes 12, in German", "a Polish server", "Exchange, marked by a gateway", "an Italian phone"}


def known_as(found):
    return [(subject, words, fields) for _what, subject, words, fields in found]


class TestLookalikes:
    @pytest.mark.parametrize(
        ("subject", "words", "fields"), known_as(LOOKALIKES), ids=[x[0] for x in LOOKALIKES]
    )
    def test_N01_nobody_is_taken_for_the_machine_that_they_resemble(self, subject, words, fields):
        mail = understand(raw(subject, words, fields))
        assert (mail.is_auto, mail.is_bounce, mail.report, mail.no_ack_reason) == (False, False, "", "")

    @pytest.mark.parametrize(
        ("subject", "words", "fields"),
        known_as(SILENT + DOUBTFUL),
        ids=[x[0] for x in SILENT + DOUBTFUL],
    )
    def test_M11_what_asks_for_no_answer_gets_none(self, subject, words, fields):
        mail = understand(raw(subject, words, fields))
        assert (mail.is_bounce, mail.report, mail.no_ack) == (False, "", True)

    @pytest.mark.parametrize("absence", SPOKEN, ids=lambda absence: absence.program)
    def test_N01_words_alone_prove_no_answer(self, absence):
        assert not understand(absence.raw()).is_answer

    @pytest.mark.parametrize("absence", ELSEWHERE_ANSWERS, ids=lambda absence: absence.program)
    def test_M11_a_field_or_two_signs_prove_one(self, absence):
        assert understand(absence.raw()).is_answer == (absence.program not in UNPROVED)


class TestPeople:
    @pytest.mark.parametrize(("subject", "text"), PEOPLE, ids=[subject for subject, _text in PEOPLE])
    @pytest.mark.parametrize("kind", ["plain", "html"])
    def test_M11_nobody_is_taken_for_a_machine(self, subject, text, kind):
        mail = read(text.replace("\n", "<br>") if kind == "html" else text, subject=subject, kind=kind)
        assert (mail.is_auto, mail.is_bounce, mail.is_list, mail.no_ack) == (False, False, False, False)
        assert mail.reply_text.strip()

    @pytest.mark.parametrize("absence", MARKED + SPOKEN, ids=lambda absence: absence.program)
    def test_M11_who_quotes_or_passes_on_a_machine_is_a_person(self, absence):
        quoted = "\n".join(f"> {line}" for line in absence.text.split("\n"))
        answer = read(f"Merci, j’attends votre retour.\n\nLe 3 mars 2026 à 09:12, X a écrit :\n{quoted}")
        passed_on = read(
            f"Qui le remplace ?\n\n---------- Forwarded message ---------\nDe : X <x@y.fr>\n\n{absence.text}",
            subject=f"Fwd: {absence.subject}",
        )
        assert (answer.is_auto, passed_on.is_auto) == (False, False)
        assert absence.text.split("\n")[-1] in passed_on.reply_text

    @pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.server)
    def test_M11_who_passes_on_a_notice_is_a_person(self, notice):
        mail = read(
            f"Pourquoi ?\n\n-------- Message transféré --------\n{notice.body}",
            subject=f"Tr : {notice.subject}",
        )
        assert (mail.is_auto, mail.is_bounce, mail.no_ack) == (False, False, False)

    def test_M11_who_passes_on_a_notice_with_its_parts_is_a_person(self):
        status = "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822;a@b.fr"
        head = "Subject: Fwd: Undelivered Mail\nContent-Type: multipart/mixed; boundary=b"
        mail = write_mail(head, f"--b\n\nVoyez.\n--b\n{status}\n--b--")
        assert (mail.is_auto, mail.is_bounce, len(mail.files)) == (False, False, 1)


class TestReplies:
    @pytest.mark.parametrize("quote", [QUOTED, MARKED_QUOTE], ids=["plain", "marked"])
    @pytest.mark.parametrize("program", ABOVE)
    def test_what_is_answered_is_left_out(self, program, quote):
        quote = MARKED_QUOTE if program in ALWAYS_MARK else quote
        visible = read(f"{SAID}\n\n{ABOVE[program]}{quote}\n").reply_text
        assert visible.removesuffix("\n\nAmina") == SAID

    @pytest.mark.parametrize("program", IN_HTML)
    def test_what_is_answered_in_html_is_left_out(self, program):
        assert read(IN_HTML[program], kind="html").reply_text == SAID

    @pytest.mark.parametrize("program", ["Thunderbird", "Gmail", "Apple Mail", "Roundcube", "KMail", "Horde"])
    def test_an_answer_below_is_found(self, program):
        assert read(f"{ABOVE[program]}{MARKED_QUOTE}\n\n{SAID}\n").reply_text == SAID

    @pytest.mark.parametrize("text", BETWEEN)
    def test_answers_between_are_found(self, text):
        visible = read(text).reply_text
        assert "Lilas" in visible
        assert "1980" in visible
        assert "naissance" not in visible

    @pytest.mark.parametrize("end", BELOW)
    def test_what_programs_add_is_left_out(self, end):
        assert read(f"{SAID}\n\n{end}\n").reply_text == SAID

    @pytest.mark.parametrize("end", BELOW)
    def test_a_mail_of_nothing_else_is_not_empty(self, end):
        assert read(end).reply_text.strip()

    def test_words_below_a_signature_that_stands_first_are_kept(self):
        assert SAID in read(f"-- \nAmina Diallo\n06 00 00 00 00\n\n{SAID}").reply_text

    @pytest.mark.parametrize(
        "sentence",
        [
            "Pour l'environnement, je trouve dommage que la mairie imprime tant de dépliants.",
            "Pensez à imprimer mon attestation.",
            "Le 3 mars, Paul m'a écrit ceci : venez mardi.",
            "De : mardi à jeudi, je peux venir.",
            "Objet : ma facture de cantine",
            "Quoting your letter: nothing was paid.",
        ],
    )
    def test_sentences_that_resemble_are_kept(self, sentence):
        assert sentence in read(f"Bonjour,\n\n{sentence}\n\nMerci.").reply_text


class TestForwards:
    @pytest.mark.parametrize("above", [f"{PASSED_ON}\n\n", ""], ids=["with a word", "alone"])
    @pytest.mark.parametrize("program", FORWARDS)
    def test_are_kept_whole_and_name_who_wrote(self, program, above):
        subject, between = FORWARDS[program]
        text = f"{above}{between}{WRITTEN}"
        mail = read(text, subject=subject)
        assert mail.reply_text == text.strip()
        assert mail.forwarded_from == WRITER
