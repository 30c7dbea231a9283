"""The word that says what a file is, and archives that nobody opens (threats: M16)."""

import io
import struct
import time
import zipfile

import pytest

from channels_app.mail.parsing import understand

CALENDAR = """BEGIN:VCALENDAR
METHOD:{method}
BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Réunion\\, salle
  bleue
{start}
BEGIN:VALARM
SUMMARY:Rappel
END:VALARM
END:VEVENT
END:VCALENDAR"""


def file_of(kind: str, data: bytes = b"x"):
    head = f"From: a@b.fr\nContent-Type: {kind}\nContent-Disposition: attachment\n\n"
    return understand(head.encode() + data).files[0]


def archive(*names: str, size: int = 3) -> bytes:
    """The same bytes at any hour: they name the cases."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(zipfile.ZipInfo(name), b"\0" * size, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def changed(data: bytes, mark: bytes, at: int, value: bytes) -> bytes:
    """Each header that opens with this mark, with other bytes at a place of it."""
    for found in [n for n in range(len(data)) if data.startswith(mark, n)]:
        data = data[: found + at] + value + data[found + at + len(value) :]
    return data


class TestWord:
    @pytest.mark.parametrize(
        ("kind", "data", "word"),
        [
            ("message/rfc822", b"Subject: =?utf-8?q?Ma_facture_=E2=82=AC?=\n\nx", "message « Ma facture € »"),
            ("message/rfc822", b"\n\nx", "message sans objet"),
            (
                "text/vcard",
                b"BEGIN:VCARD\nFN;CHARSET=utf-8:Samira Benali\n",
                "carte de visite de Samira Benali",
            ),
            ("text/x-vcard", b"BEGIN:VCARD\nN:Benali\n", "carte de visite"),
            ("application/pkcs7-mime; smime-type=enveloped-data", b"x", "message chiffré S/MIME"),
            ("application/x-pkcs7-mime; smime-type=signed-data", b"x", "message signé S/MIME"),
            ("application/pkcs7-mime", bytes.fromhex("308006092a864886f70d010703"), "message chiffré S/MIME"),
            ("application/pkcs7-mime", bytes.fromhex("308006092a864886f70d010702"), "message signé S/MIME"),
            ("application/pkcs7-mime; smime-type=certs-only", b"x", "certificats S/MIME"),
            ("application/pkcs7-mime", b"x", "message signé ou chiffré S/MIME"),
            ("application/pkcs7-signature", b"x", "signature S/MIME"),
            ("application/octet-stream", b"\n-----BEGIN PGP MESSAGE-----\n", "message chiffré PGP"),
            ("application/pgp-signature", b"-----BEGIN PGP SIGNATURE-----", "signature PGP"),
            ("application/ms-tnef", b"", "winmail.dat, format d’Outlook"),
            ("application/octet-stream", b"\x78\x9f\x3e\x22\0\0", "winmail.dat, format d’Outlook"),
            ("application/pdf", b"%PDF-1.4", ""),
        ],
    )
    def test_says_what_the_name_does_not(self, kind, data, word):
        assert file_of(kind, data).word == word

    def test_is_never_longer_than_its_column(self):
        word = file_of("message/rfc822", b"Subject: " + b"tres longue " * 30 + b"\n\nx").word
        assert len(word) <= 80
        assert word.endswith("… »")

    @pytest.mark.parametrize(
        ("method", "start", "word"),
        [
            ("REQUEST", "DTSTART;TZID=Romance Standard Time:20260303T090000", "mardi 3 mars 2026 à 9 h"),
            ("REQUEST", 'DTSTART;TZID="Europe/London":20260303T090000', "mardi 3 mars 2026 à 10 h"),
            ("REQUEST", "DTSTART:20260701T073000Z", "mercredi 1er juillet 2026 à 9 h 30"),
            ("REQUEST", "DTSTART;VALUE=DATE:20260303", "mardi 3 mars 2026"),
            ("REQUEST", "DTSTART:20261399T990000", ""),
            ("REQUEST", "X-NOTHING:1", ""),
        ],
    )
    def test_tells_the_day_of_an_invitation(self, method, start, word):
        expected = ", ".join(filter(None, ["invitation", word, "Réunion, salle bleue"]))
        data = CALENDAR.format(method=method, start=start).encode()
        assert file_of("text/calendar; charset=utf-8", data).word == expected
        assert file_of("application/octet-stream", data.replace(b"\n", b"\r\n")).word == expected

    @pytest.mark.parametrize(
        ("method", "word"),
        [("CANCEL", "annulation"), ("REPLY", "réponse à une invitation"), ("", "rendez-vous d’agenda")],
    )
    def test_tells_what_is_asked(self, method, word):
        data = CALENDAR.format(method=method, start="DTSTART:20260303").encode()
        assert file_of("text/calendar", data).word.startswith(f"{word}, mardi 3 mars 2026")


class TestArchives:
    @pytest.mark.parametrize(
        ("data", "word"),
        [
            (archive("a.pdf"), "archive d’un fichier"),
            (archive("photos/", "photos/1.jpg", "photos/2.jpg"), "archive de 2 fichiers"),
            (archive("a.pdf", "autre.zip"), "archive de 2 fichiers, dont une archive"),
            (
                changed(archive("a", "b"), b"PK\1\2", 8, b"\1"),
                "archive de 2 fichiers, protégée par un mot de passe",
            ),
            (archive(*map(str, range(1200))), "archive de plus de 1 000 fichiers"),
            (archive(), "archive vide"),
            (archive("a.pdf")[:40], "archive abîmée"),
            (archive("[Content_Types].xml", "word/document.xml"), ""),
            (archive("[Content_Types].xml", "word/vbaProject.bin"), "document avec des macros"),
            (b"Rar!\x1a\x07\0", "archive RAR"),
        ],
    )
    def test_M16_are_told_in_a_word(self, data, word):
        file = file_of("application/zip", data)
        assert (file.word, file.data) == (word, data)

    def test_M16_a_bomb_is_told_by_its_table_and_costs_nothing(self):
        bomb = changed(archive("a", "b"), b"PK\1\2", 24, struct.pack("<L", 4_000_000_000))
        nested = archive(*(f"{n}.zip" for n in range(10_000)))
        began = time.process_time()
        assert file_of("application/zip", bomb).word.startswith("archive anormale")
        assert (
            file_of("application/zip", nested).word == "archive de plus de 1 000 fichiers, dont une archive"
        )
        assert time.process_time() - began < 1

    def test_M16_tables_that_lie_are_read_without_harm(self):
        whole = archive("a.pdf", "b.pdf")
        for place in range(len(whole)):
            file_of("application/zip", whole[:place] + b"\xff" + whole[place + 1 :])
            file_of("application/zip", whole[:place])
