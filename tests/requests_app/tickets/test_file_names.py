import pytest

from requests_app.tickets.files import clean_name, content_type


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\facture.pdf", "facture.pdf"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("a\r\nContent-Type: text/html.pdf", "html.pdf"),
        ("", "fichier"),
        ("...", "fichier"),
        ("avis d’imposition 2025.pdf", "avis d’imposition 2025.pdf"),
    ],
)
def test_M15_a_name_is_shown_without_path_control_or_direction(given, kept):
    assert clean_name(given) == kept


def test_M15_a_very_long_name_keeps_its_ending():
    name = clean_name("x" * 400 + ".pdf")
    assert len(name) <= 251
    assert name.endswith(".pdf")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "image/png"),
        (b"<html><script>alert(1)</script>", "application/octet-stream"),
        (b"<svg onload=alert(1)>", "application/octet-stream"),
        ("Bonjour, voilà".encode(), "text/plain"),
        (b"\0\1\2\3", "application/octet-stream"),
        (b"", "text/plain"),
    ],
)
def test_M15_the_type_comes_from_the_bytes(data, kind):
    assert content_type(data) == kind
