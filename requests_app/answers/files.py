"""What may be attached to an answer: documents and pictures that any mailbox accepts."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.answers.models import Draft, DraftFile
from requests_app.lib import french
from requests_app.tickets.errors import Refused
from requests_app.tickets.files import clean_name, content_type

MAX_BYTES = 10 * 1024 * 1024  # in all; many mailboxes refuse more once it is encoded
MAX_FILES = 10
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
ALLOWED = {
    "application/pdf",
    "application/msword",
    "application/rtf",
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/heic",
    "text/plain",
    f"{OFFICE}.wordprocessingml.document",
    f"{OFFICE}.spreadsheetml.sheet",
    f"{OFFICE}.presentationml.presentation",
    f"{OPEN}.text",
    f"{OPEN}.spreadsheet",
    f"{OPEN}.presentation",
}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file whose bytes match its type."""

    name: str
    data: bytes
    content_type: str


def check_files(files: Iterable[UploadedFile], draft: Draft | None) -> list[CheckedFile]:
    """Read the files to add to a draft; raises Refused, in words, before anything is written."""
    files = list(files)
    there = list(draft.files.values_list("size", flat=True)) if draft else []
    if len(there) + len(files) > MAX_FILES:
        raise Refused(_("Joignez dix fichiers au plus."))
    if sum(there) + sum(file.size or 0 for file in files) > MAX_BYTES:
        words = _("Les fichiers pèsent plus de %(most)s en tout. Joignez-en moins, ou réduisez-les.")
        raise Refused(words % {"most": french.size(MAX_BYTES)})
    return [_check_file(file) for file in files]


def _check_file(file: UploadedFile) -> CheckedFile:
    name, data = clean_name(file.name or ""), file.read()
    if not data:
        raise Refused(_("Le fichier « %(name)s » est vide.") % {"name": name})
    kind = content_type(data)
    if kind not in ALLOWED:
        words = _("« %(name)s » ne peut pas être joint. Joignez un PDF, une image ou un document de bureau.")
        raise Refused(words % {"name": name})
    return CheckedFile(name, data, kind)


def add(draft: Draft, files: Iterable[CheckedFile]) -> None:
    """Write the bytes, then the rows; a failure leaves neither."""
    rows: list[DraftFile] = []
    try:
        for file in files:
            row = DraftFile(
                draft=draft,
                name=file.name,
                size=len(file.data),
                sha256=hashlib.sha256(file.data).hexdigest(),
                content_type=file.content_type,
            )
            row.file.save("", ContentFile(file.data), save=False)
            rows.append(row)
        DraftFile.objects.bulk_create(rows)
    except Exception:
        drop_bytes(rows)
        raise


def drop_bytes(rows: Iterable[DraftFile]) -> None:
    for row in rows:
        if row.file.name:
            row.file.storage.delete(row.file.name)


def drop(rows: Iterable[DraftFile]) -> None:
    """Remove files nobody will send; their bytes are deleted after the commit."""
    rows = list(rows)
    DraftFile.objects.filter(pk__in=[row.pk for row in rows]).delete()
    transaction.on_commit(lambda: drop_bytes(rows))
