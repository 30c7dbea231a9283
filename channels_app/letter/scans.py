"""The files of a scan: identified by their bytes, never by their name (threats: M15)."""

import base64
from collections.abc import Iterable

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from channels_app.letter.sheet import Scan
from requests_app.lib import french
from requests_app.tickets.files import clean_name, content_type

MAX_FILES = 30
MAX_BYTES = 20_000_000  # bytes in all: thirty pages in grey at 200 dots per inch
TAKEN = {"application/pdf", "image/jpeg", "image/png", "image/heic", "image/heif"}


class ScansInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ScansField(forms.FileField):
    """Takes several files at once; cleans to a list of Scan."""

    widget = ScansInput

    def clean(self, data: object, initial: object = None) -> list[Scan]:
        sent = data if isinstance(data, (list, tuple)) else [data] if data else []
        return read_scans([file for file in sent if isinstance(file, UploadedFile)])


def read_scans(sent: Iterable[UploadedFile]) -> list[Scan]:
    """Return the files as they are stored; raises ValidationError with what to do."""
    files = list(sent)
    total = sum(file.size or 0 for file in files)
    if len(files) > MAX_FILES:
        raise forms.ValidationError(_("Choisissez au plus 30 fichiers à la fois."))
    if total > MAX_BYTES:
        said = {"size": french.size(total)}
        raise forms.ValidationError(_("Le scan pèse %(size)s : numérisez en gris, 20 Mo au plus.") % said)
    return [_read(file) for file in files]


def _read(file: UploadedFile) -> Scan:
    data, name = file.read(), clean_name(file.name or "")
    kind = content_type(data)
    if kind not in TAKEN:
        raise forms.ValidationError(
            _("« %(name)s » n’est ni un PDF ni une photo (JPEG, PNG, HEIC).") % {"name": name}
        )
    return Scan(name, kind, base64.b64encode(data).decode())
