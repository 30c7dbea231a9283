"""Bodies and files: everything that was sent is found, once."""

import base64

import pytest

from .mails import mail, write_mail


class TestText:
    def test_M03_unknown_charset_is_guessed(self):
        understood = mail("m03_unknown_charset")
        assert (understood.text, understood.subject) == ("Été à Lyon", "Jeu de caractères")

    def test_M05_holds_neither_nul_nor_lone_surrogate(self):
        understood = mail("m05_two_from_no_date")
        assert understood.text.startswith("ab")
        assert "\x00" not in understood.text + understood.subject
        understood.text.encode()

    @pytest.mark.parametrize(
        ("charset", "data", "text"),
        [
            ("iso-8859-1", "œuvre à 5 €".encode("cp1252"), "œuvre à 5 €"),
            ("us-ascii", "déjà".encode(), "déjà"),
            ("iso-8859-1", "déjà".encode(), "déjà"),
            ("utf-8", "déjà".encode("cp1252"), "déjà"),
            ("x-mac-cyrillic", "Привет".encode("mac-cyrillic"), "Привет"),
            ("cp-850", "déjà".encode("cp850"), "déjà"),
            ("rot13", b"abc", "abc"),
            ("", "déjà".encode("cp1252"), "déjà"),
        ],
    )
    def test_wrong_labels(self, charset, data, text):
        assert write_mail(f'Content-Type: text/plain; charset="{charset}"', data).text == text

    def test_utf16_without_mark(self):
        assert mail("utf16_body").text == "Où est ma pièce ?"

    @pytest.mark.parametrize("encoding", ["7-bit", "plain", "8bit;", "", "binary"])
    def test_odd_encodings_mean_none(self, encoding):
        assert write_mail(f"Content-Transfer-Encoding: {encoding}", "a=20b").text == "a=20b"

    def test_base64_with_stray_signs_and_no_padding(self):
        data = base64.b64encode("Été".encode()).rstrip(b"=")
        assert write_mail("Content-Transfer-Encoding: BASE64", data[:3] + b"!\n*" + data[3:]).text == "Été"

    def test_comes_from_html_when_there_is_no_text(self):
        body = "--b\nContent-Type: text/plain\n\n\n--b\nContent-Type: text/html\n\n<p>Oui<p>Non\n--b--"
        understood = write_mail("Content-Type: multipart/alternative; boundary=b", body)
        assert understood.text == "Oui\n\nNon"
        assert "<p>Oui" in understood.html

    def test_is_read_when_sent_as_an_unnamed_file(self):
        body = "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nOui\n--b--"
        understood = write_mail("Content-Type: multipart/related; boundary=b", body)
        assert (understood.text, understood.files) == ("Oui", ())


class TestBoundaries:
    @pytest.mark.parametrize(
        ("head", "body"),
        [
            ("boundary=b", "--b\n\nOui"),  # no closing one
            ("boundary=b", "--b\nOui\n--b--"),  # a part without header
            ('boundary="b', "--b\n\nOui\n--b--"),  # a quote that never closes
            ("boundary=c", "--b\nContent-Type: text/plain\n\nOui\n--b--"),  # the wrong one
            ("x=y", "--bbb\nContent-Type: text/plain\n\nOui\n--bbb--"),  # none declared
            ("boundary=b", "Oui"),  # none at all
        ],
    )
    def test_broken_ones_still_give_the_text(self, head, body):
        assert write_mail(f"Content-Type: multipart/mixed; {head}", body).text.strip() == "Oui"

    def test_one_may_be_the_start_of_another(self):
        inner = "--ab\n\nDedans\n--ab--"
        body = f"--a\nContent-Type: multipart/mixed; boundary=ab\n\n{inner}\n--a\n\nDehors\n--a--"
        assert write_mail("Content-Type: multipart/mixed; boundary=a", body).text == "Dedans\n\nDehors"


class TestFiles:
    def test_M15_names_are_kept_but_never_turn_around(self):
        understood = mail("m15_dangerous_names")
        assert [file.name for file in understood.files] == [
            "facture.html",
            "../../etc/passwd",
            "photogpj.exe",
        ]
        assert understood.text.strip() == "Voici."

    def test_M16_a_nested_mail_is_one_file_and_tnef_is_named(self):
        understood = mail("m16_nested_mail_and_tnef")
        assert [(file.name, file.word) for file in understood.files] == [
            ("Relancé.eml", "message « Relancé »"),
            ("winmail.dat", "winmail.dat, format d’Outlook"),
        ]

    @pytest.mark.parametrize(
        ("parameter", "name"),
        [
            ("filename*0*=UTF-8''pi%C3%A8; filename*1=\"ce.pdf\"", "pièce.pdf"),
            ('filename="=?utf-8?q?pi=C3=A8ce.pdf?="', "pièce.pdf"),
            ('filename="pièce.pdf"', "pièce.pdf"),
            ("filename=a;b.pdf", "a;b.pdf"),
            ("filename=ma pièce.pdf", "ma pièce.pdf"),
        ],
    )
    def test_names_in_every_dialect(self, parameter, name):
        understood = write_mail(
            f"Content-Type: application/pdf\nContent-Disposition: attachment; {parameter}", "%PDF"
        )
        assert [file.name for file in understood.files] == [name]

    def test_the_whole_mail_may_be_one(self):
        understood = write_mail(
            'Content-Type: application/pdf; name="a.pdf"\nContent-Transfer-Encoding: base64', "JVBERg=="
        )
        assert [(file.name, file.data) for file in understood.files] == [("a.pdf", b"%PDF")]
        assert understood.text == ""

    def test_encrypted_mail_is_said_to_be_unreadable(self):
        understood = write_mail("Content-Type: application/pkcs7-mime; name=smime.p7m", "x")
        assert understood.files[0].word == "message signé ou chiffré S/MIME"
        assert understood.notes
