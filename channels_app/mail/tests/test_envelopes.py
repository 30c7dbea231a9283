"""Outlook's winmail.dat: its files are files of the mail, its words are read when there are no others."""

import random
import time

import pytest

from channels_app.mail.parsing import compression, rtf

from . import outlook
from .mails import write_mail

HEAD = "Subject: x\nContent-Type: multipart/mixed; boundary=b"
PDF = b"%PDF-1.4\nfin"
RICH = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}"
    rb"\pard Bonjour, \'e9cole ferm\'e9e.\par Merci \u8364?\par}"
)
HTML_IN_RICH = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}"
    rb"\htmlrtf \par \htmlrtf0 Voici\'e0 lire {\*\htmltag84 <b>}\htmlrtf {\b \htmlrtf0 ici{\*\htmltag92 </b>}"
    rb"\htmlrtf }\htmlrtf0{\*\htmltag72 </p>}}"
)


def read(data, **parts):
    return write_mail(HEAD, outlook.mail_with(data, **parts))


def names(mail):
    return [file.name for file in mail.files]


class TestFiles:
    @pytest.mark.parametrize(
        ("kind", "name"),
        [
            ("application/ms-tnef", "winmail.dat"),
            ("application/octet-stream", "ATT00001.dat"),
            ("application/vnd.ms-tnef", "noname"),
        ],
    )
    def test_M16_are_files_of_the_mail(self, kind, name):
        data = outlook.envelope(
            outlook.enclose("Pièce d'identité.pdf", PDF), outlook.enclose("Фото.jpg", b"\xff\xd8\xff")
        )
        mail = read(data, kind=kind, name=name)
        assert names(mail) == ["Pièce d'identité.pdf", "Фото.jpg", name]
        assert [file.data for file in mail.files[:2]] == [PDF, b"\xff\xd8\xff"]
        assert [file.declared_type for file in mail.files[:2]] == ["application/pdf", "image/jpeg"]
        assert mail.files[2].word == "enveloppe d’Outlook, son contenu est affiché à part"
        assert mail.text == "Voici mes papiers."

    def test_M16_may_be_kept_in_their_properties(self):
        data = outlook.envelope(outlook.enclose("a.pdf", b"", outlook.value(0x3701, outlook.BINARY, PDF)))
        assert read(data).files[0].data == PDF

    def test_M16_of_a_message_inside_are_listed_with_its_words(self):
        inner = outlook.envelope(
            outlook.message(outlook.value(0x0037, outlook.UNICODE, "Rappel")),
            outlook.enclose("b.pdf", PDF),
            body=b"Deuxi\xe8me lettre",
        )
        forwarded = outlook.value(0x3701, outlook.OBJECT, outlook.IMESSAGE + inner)
        mail = read(outlook.envelope(outlook.enclose("Rappel", b"", forwarded)))
        assert names(mail) == ["Rappel.txt", "b.pdf", "winmail.dat"]
        assert mail.files[0].data.decode() == "Deuxième lettre"

    def test_M16_a_name_turns_nothing_around(self):
        mail = read(outlook.envelope(outlook.enclose("photo\u202egpj.exe", PDF)))
        assert names(mail)[0] == "photogpj.exe"

    def test_M16_envelopes_in_envelopes_end(self):
        data = outlook.envelope(outlook.enclose("fond.pdf", PDF))
        for _ in range(30):
            data = outlook.envelope(outlook.enclose("winmail.dat", data))
        assert len(read(data).files) <= 4

    def test_M16_a_thousand_files_are_not_listed(self):
        data = outlook.envelope(*[outlook.enclose(f"{number}.pdf", PDF) for number in range(1_000)])
        assert len(read(data).files) == 101


class TestWords:
    @pytest.mark.parametrize(
        ("attributes", "words"),
        [
            ({"body": b"Bonjour, \xe9cole ferm\xe9e."}, "Bonjour, école fermée."),
            ({"body": "Здравствуйте".encode("cp1251"), "code_page": 1251}, "Здравствуйте"),
        ],
    )
    def test_are_read_when_the_mail_has_no_others(self, attributes, words):
        data = outlook.envelope(outlook.enclose("a.pdf", PDF), **attributes)
        assert (read(data, text="").text, read(data).text) == (words, "Voici mes papiers.")

    def test_in_rich_text_are_read(self):
        body = outlook.message(outlook.value(0x1009, outlook.BINARY, outlook.pack(RICH)))
        assert read(outlook.envelope(body), text="").text == "Bonjour, école fermée.\nMerci €"

    def test_in_html_are_read(self):
        body = outlook.message(
            outlook.value(0x3FDE, outlook.LONG, 65001),
            outlook.value(0x1013, outlook.BINARY, "<p>École <b>fermée</b></p>".encode()),
        )
        mail = read(outlook.envelope(body), text="")
        assert (mail.text, mail.html) == ("École fermée", "<p>École <b>fermée</b></p>")

    def test_in_html_inside_rich_text_are_read(self):
        body = outlook.message(outlook.value(0x1009, outlook.BINARY, outlook.pack(HTML_IN_RICH)))
        mail = read(outlook.envelope(body), text="")
        assert mail.text == "Voicià lire ici"
        assert "<b>ici</b>" in mail.html

    def test_of_a_text_and_its_rich_form_are_read_once(self):
        rich = outlook.message(outlook.value(0x1009, outlook.BINARY, outlook.pack(HTML_IN_RICH)))
        mail = read(outlook.envelope(rich, body=b"Voici\xe0 lire ici"), text="")
        assert mail.text == "Voicià lire ici"


class TestRichText:
    def test_is_unpacked_as_the_specification_says(self):
        """The two examples of MS-OXRTFCP, 4.1."""
        first = (
            "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af3"
            "2068656c090020627705b06c647d0a800fa0"
        )
        second = "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"
        assert (
            compression.unpack(bytes.fromhex(first)) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
        )
        assert compression.unpack(bytes.fromhex(second)) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"

    def test_joins_letters_that_come_in_halves(self):
        assert rtf.read_rtf(rb"{\rtf1\uc1 \u-10179?\u-8704? \u20013?\uc0\u22269}").text == "😀 中国"

    def test_leaves_out_what_is_not_read(self):
        text = (
            rb"{\rtf1{\info{\author X}}{\*\secret Y}{\pict\bin4 abcd}{\fldinst{HYPERLINK z}}{\fldrslt Lien}}"
        )
        assert rtf.read_rtf(text).text == "Lien"


class TestBroken:
    def test_M16_a_file_that_is_no_envelope_stays_a_file(self):
        for data in (b"", b"\x78\x9f\x3e\x22", b"\x78\x9f\x3e\x22\0\0", b"bonjour", outlook.envelope()):
            mail = read(data)
            assert [(file.name, file.word) for file in mail.files] == [
                ("winmail.dat", "winmail.dat, format d’Outlook")
            ]

    def test_M16_one_cut_anywhere_gives_the_mail(self):
        data = outlook.envelope(
            outlook.message(outlook.value(0x1009, outlook.BINARY, outlook.pack(RICH))),
            outlook.enclose("a.pdf", PDF),
            outlook.enclose("b.pdf", PDF),
            body=b"Bonjour",
        )
        for end in range(0, len(data), 3):
            mail = read(data[:end])
            assert mail.text == "Voici mes papiers."
            assert names(mail)[-1] == "winmail.dat"

    def test_M16_one_with_wrong_bytes_gives_the_mail(self):
        data = outlook.envelope(
            outlook.message(outlook.value(0x1009, outlook.BINARY, outlook.pack(HTML_IN_RICH))),
            outlook.enclose("a.pdf", PDF, outlook.value(0x3701, outlook.OBJECT, outlook.IMESSAGE + b"x")),
        )
        chance = random.Random(7)
        for _ in range(400):
            broken = bytearray(data)
            for _ in range(chance.randint(1, 8)):
                broken[chance.randrange(6, len(broken))] = chance.choice((0, 1, 255, chance.randrange(256)))
            assert names(read(bytes(broken)))[-1] == "winmail.dat"

    @pytest.mark.parametrize(
        "text", [b"{" * 990_000, b"{\\*\\htmltag0 <" * 120_000, b"\\'e9" * 480_000, b"\\u8364?" * 270_000]
    )
    def test_M16_rich_text_made_to_last_does_not(self, text):
        body = outlook.value(0x1009, outlook.BINARY, outlook.pack(b"{\\rtf1\\fromhtml1 " + text))
        begun = time.process_time()
        read(outlook.envelope(outlook.message(body)), text="")
        assert time.process_time() - begun < 5
