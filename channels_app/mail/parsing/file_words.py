"""A file's type in words, when its name does not say it; nothing is ever unpacked (threats: M16)."""

from . import archives, calendars, tnef
from .headers import read_head
from .tree import Part
from .words import one_line

MAX_LENGTH = 80  # characters
WORDS = {
    "message/partial": "fragment de message",
    "message/delivery-status": "avis de distribution",
    "message/global-delivery-status": "avis de distribution",
    "message/disposition-notification": "accusé de lecture",
    "message/feedback-report": "signalement d’abus",
    "text/rfc822-headers": "en-têtes du message d’origine",
    "application/pgp-signature": "signature PGP",
    "application/pgp-encrypted": "annonce d’un message chiffré PGP",
    "application/pgp-keys": "clé PGP",
    "application/pkcs7-signature": "signature S/MIME",
    "application/x-pkcs7-signature": "signature S/MIME",
}
NESTED = ("message/rfc822", "message/global")
CALENDARS = ("text/calendar", "application/ics", "text/x-vcalendar")
CARDS = ("text/vcard", "text/x-vcard", "text/directory")
SMIME = ("application/pkcs7-mime", "application/x-pkcs7-mime")
# The object identifiers that begin a PKCS#7 file (RFC 5652), in DER.
SIGNED = bytes.fromhex("06092a864886f70d010702")
ENVELOPED = bytes.fromhex("06092a864886f70d010703")
AUTHENTICATED = bytes.fromhex("060b2a864886f70d0109100117")
STARTS = (
    (tnef.MARK, "winmail.dat, format d’Outlook"),
    (b"-----BEGIN PGP MESSAGE-----", "message chiffré PGP"),
    (b"-----BEGIN PGP SIGNED MESSAGE-----", "message signé PGP"),
    (b"-----BEGIN PGP SIGNATURE-----", "signature PGP"),
    (b"-----BEGIN PGP PUBLIC KEY BLOCK-----", "clé PGP"),
)


def word_of(part: Part, data: bytes) -> str:
    """Return « message chiffré S/MIME », « archive de 3 fichiers »; "" when the name says enough."""
    return _shorten(part.word or _word(part, data))


def _word(part: Part, data: bytes) -> str:
    start = data[:64].lstrip()
    for mark, word in STARTS:
        if start.startswith(mark):
            return word
    if part.type in NESTED:
        return _describe_nested(data)
    if part.type in CALENDARS or start[:15].upper() == b"BEGIN:VCALENDAR":
        return calendars.word_of(part.text())
    if part.type in CARDS or start[:11].upper() == b"BEGIN:VCARD":
        return _describe_card(part.text())
    if part.type in SMIME:
        return _describe_smime(part.parameters.get("smime-type").lower(), data)
    if part.type in tnef.TYPES:
        return "winmail.dat, format d’Outlook"
    return WORDS.get(part.type) or archives.word_of(data)


def _describe_nested(data: bytes) -> str:
    subject = one_line(read_head(data.lstrip())[0].text("subject"))
    return f"message « {_shorten(subject, MAX_LENGTH - 12)} »" if subject else "message sans objet"


def _describe_card(text: str) -> str:
    for line in text.split("\n", 200)[:200]:
        name, colon, value = line.partition(":")
        if colon and name.partition(";")[0].strip().upper() == "FN" and value.strip():
            return f"carte de visite de {one_line(value)}"
    return "carte de visite"


def _describe_smime(declared: str, data: bytes) -> str:
    start = data[:64]
    if ENVELOPED in start or AUTHENTICATED in start or declared.endswith("enveloped-data"):
        return "message chiffré S/MIME"
    if SIGNED in start or declared == "signed-data":
        return "message signé S/MIME"
    return "certificats S/MIME" if declared == "certs-only" else "message signé ou chiffré S/MIME"


def _shorten(text: str, longest: int = MAX_LENGTH) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
