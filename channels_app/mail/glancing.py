"""A preview of a raw mail for those who decide on it: header fields, text, names of its files."""

from django.utils.translation import gettext as _

from channels_app.contract import Preview, PreviewFile, RawMessage
from channels_app.mail.parsing import Unreadable, opening
from channels_app.mail.parsing.sandbox import understand_safely
from channels_app.mail.wholes import whole_mail

PATIENCE_S = 5  # someone waits for the page
MAX_VALUE_LENGTH, MAX_TEXT_LENGTH, MAX_FILES = 500, 20_000, 100


def glance(arrived: RawMessage) -> Preview:
    """Return what can be read of a mail; the header even when the rest exceeds our limits."""
    try:
        raw = whole_mail(arrived.raw, arrived.facts)
    except Unreadable as error:
        return Preview(_lines(arrived.raw), note=str(error))
    lines = _lines(raw)
    try:
        mail = understand_safely(raw, seconds=PATIENCE_S)
    except Unreadable as error:
        return Preview(lines, note=str(error))
    files = tuple(
        PreviewFile(file.name or file.word, file.declared_type, len(file.data))
        for file in mail.files[:MAX_FILES]
    )
    return Preview(lines, mail.text[:MAX_TEXT_LENGTH], files)


def _lines(raw: bytes) -> tuple[tuple[str, str], ...]:
    words = {
        "from": _("De"),
        "reply-to": _("Réponse à"),
        "to": _("À"),
        "cc": _("Copie à"),
        "subject": _("Objet"),
        "date": _("Daté du"),
        "message-id": _("Identifiant"),
        "auto-submitted": _("Envoi automatique"),
        "authentication-results": _("Contrôle de l’expéditeur"),
    }
    fields = opening(raw, words)
    return tuple((word, fields[name][:MAX_VALUE_LENGTH]) for name, word in words.items() if fields[name])
