"""The words of a person are found wherever their program put them."""

import pytest

from .mails import write_mail

WORDS = "Bonjour, mon fils de 4 ans n'a plus de place à la crèche des Lilas. Pouvez-vous m'aider ?"


def alternative(plain, html):
    return write_mail(
        "Subject: x\nContent-Type: multipart/alternative; boundary=b",
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n--b\n"
        f"Content-Type: text/html; charset=utf-8\n\n{html}\n--b--",
    )


class TestTwoForms:
    @pytest.mark.parametrize(
        "placeholder",
        [
            "Votre messagerie ne permet pas d’afficher ce message.",
            "Your email client does not support HTML.",
            "This message contains HTML. Please view it in a browser: https://exemple.org/v/1",
            "Diese Nachricht kann nicht angezeigt werden. Bitte verwenden Sie ein HTML-Mailprogramm.",
            "Para ver este mensaje, utilice un lector compatible con HTML.",
            "Per visualizzare questo messaggio occorre un client HTML.",
        ],
    )
    def test_a_text_that_says_nothing_does_not_hide_the_words(self, placeholder):
        mail = alternative(placeholder, f"<p>{WORDS}</p>")
        assert mail.reply_text == WORDS
        assert mail.text == f"{WORDS}\n\n{placeholder}"

    def test_a_text_cut_short_does_not_hide_the_rest(self):
        whole = " ".join(f"Phrase numéro {number} de ma lettre." for number in range(60))
        assert whole[-20:] in alternative(whole[:200], f"<p>{whole}</p>").reply_text

    def test_words_that_only_one_form_holds_are_all_found(self):
        other = "Le dossier de ma mère Yvette est incomplet depuis septembre, il manque la notification."
        mail = alternative(WORDS, f"<p>{other}</p>")
        assert WORDS in mail.reply_text
        assert other in mail.reply_text

    def test_two_forms_of_the_same_words_are_read_once(self):
        mail = alternative(
            f"{WORDS}\n\nVoir https://exemple.org", f"<div>{WORDS.replace(' ', '&nbsp;')}</div>"
        )
        assert mail.text.count("crèche") == 1

    def test_a_short_word_of_the_html_changes_nothing(self):
        assert alternative("Texte seul", "<p>Autre</p>").text == "Texte seul"


class TestNamedText:
    @pytest.mark.parametrize(
        "head",
        [
            'Content-Type: text/plain; name="a.txt"\nContent-Disposition: inline; filename="a.txt"',
            "Content-Type: text/plain; name=corps.txt",
            'Content-Type: text/html; name="mail.html"\nContent-Disposition: inline; filename="mail.html"',
        ],
    )
    def test_the_only_text_is_read_though_it_has_a_name(self, head):
        photo = "Content-Type: image/gif; name=p.gif\nContent-Disposition: attachment\n\nGIF89a"
        mail = write_mail(
            "Content-Type: multipart/mixed; boundary=b",
            f"--b\n{head}\n\nIl pleut chez moi.\n--b\n{photo}\n--b--",
        )
        assert (mail.text, [file.name for file in mail.files]) == ("Il pleut chez moi.", ["p.gif"])

    def test_N01_a_letter_sent_as_a_file_alone_is_read_and_stays_a_file(self):
        letter = (
            'text/plain; charset=utf-8; name="carta.txt"\nContent-Disposition: attachment\n\nNão há água.'
        )
        photo = "Content-Type: image/gif; name=p.gif\nContent-Disposition: attachment\n\nGIF89a"
        parts = f"--b\n{photo}\n--b\nContent-Type: {letter}\n--b--"
        mail = write_mail("Content-Type: multipart/mixed; boundary=b", parts)
        assert (mail.text, [file.name for file in mail.files]) == ("Não há água.", ["p.gif", "carta.txt"])

    def test_N01_a_mail_that_is_nothing_but_a_letter_with_a_name_is_read(self):
        head = (
            "Content-Type: text/plain; name=lizher.txt\nContent-Disposition: attachment; filename=lizher.txt"
        )
        mail = write_mail(head, "Demat deoc’h.")
        assert (mail.text, [file.name for file in mail.files]) == ("Demat deoc’h.", ["lizher.txt"])

    @pytest.mark.parametrize("beside", ["Content-Type: text/plain\n\n", "{letter}"])
    def test_beside_an_empty_text_or_another_file_of_text_it_stays_a_file_alone(self, beside):
        letter = "Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\nOui"
        parts = f"--b\n{beside.format(letter=letter)}\n--b\n{letter}\n--b--"
        assert write_mail("Content-Type: multipart/mixed; boundary=b", parts).text == ""

    def test_a_long_file_is_no_letter(self):
        head = "Content-Type: text/plain; name=journal.txt\nContent-Disposition: attachment"
        assert write_mail(head, "ligne\n" * 12_000).text == ""

    def test_beside_another_text_it_is_a_file(self):
        named = "Content-Type: text/plain; name=notes.txt\n\nNotes"
        mail = write_mail("Content-Type: multipart/mixed; boundary=b", f"--b\n\nVoici.\n--b\n{named}\n--b--")
        assert (mail.text, [file.name for file in mail.files]) == ("Voici.", ["notes.txt"])


class TestDelimiters:
    PDF = "Content-Type: application/pdf; name=a.pdf\n\n%PDF"
    BODY = f"lu par personne\n--ab'c=1\n\nVoici.\n--ab'c=1\n{PDF}\n--ab'c=1--"

    @pytest.mark.parametrize(
        "parameter",
        [
            'boundary="ab\'c=1"',
            'boundary*0="ab\'";\n boundary*1="c=1"',
            'boundary*0="ab\'c";\n boundary*1="=1"',
            "boundary*=us-ascii'en'ab%27c%3D1",
            "boundary*0*=us-ascii''ab%27c;\n boundary*1=\"=1\"",
        ],
    )
    def test_are_put_together_from_pieces(self, parameter):
        mail = write_mail(f"Content-Type: multipart/mixed; {parameter}", self.BODY)
        assert (mail.text, [file.name for file in mail.files]) == ("Voici.", ["a.pdf"])

    @pytest.mark.parametrize("parameter", ["", "; boundary=other", '; boundary=""', "; boundary*0*=%%%"])
    def test_are_found_in_the_body_when_the_header_is_wrong(self, parameter):
        body = self.BODY.replace("\n\nVoici", "\nContent-Type: text/plain\n\nVoici")
        mail = write_mail(f"Content-Type: multipart/mixed{parameter}", body)
        assert (mail.text, [file.name for file in mail.files]) == ("Voici.", ["a.pdf"])

    def test_a_line_of_dashes_in_a_letter_is_no_delimiter(self):
        text = "Bonjour,\n--\nContent-Type est un mot que je ne comprends pas.\nMerci"
        assert write_mail("Content-Type: multipart/mixed", text).text == text
