"""Photos and documents attached to a request: typed by their bytes, shown reencoded (threats: M15, M16)."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from channels_app.portal.models import Draft, DraftFile
from channels_app.portal.models.drafts import stored_name
from channels_app.portal.quota import NoRoom
from requests_app.tickets.files import clean_name, content_type
from requests_app.tickets.pictures import PICTURES, Unpresentable, reencode

MAX_FILES = 8
MAX_BYTES = 10_000_000  # bytes: a telephone's photo takes 2 to 6 million
PAPERS = {"application/pdf", *PICTURES}
TELEPHONE = {"image/heic", "image/heif"}  # what an iPhone takes; stored as JPEG, which everyone can open


class Refused(Exception):
    """The file cannot be attached; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it is stored."""

    name: str
    data: bytes
    content_type: str


def read_paper(sent: UploadedFile) -> Paper:
    """Return the file to store; raises Refused with what to do."""
    if (sent.size or 0) > MAX_BYTES:
        raise Refused(
            _("Ce fichier est trop lourd. Prenez une photo plus légère, ou envoyez-en moins à la fois.")
        )
    data = sent.read()
    name = clean_name(sent.name or "")
    kind = content_type(data)
    if not data:
        raise Refused(_("Ce fichier est vide. Reprenez la photo."))
    if kind in TELEPHONE:
        return Paper(f"{name.rpartition('.')[0] or name}.jpg", _as_jpeg(data), "image/jpeg")
    if kind not in PAPERS:
        raise Refused(_("Envoyez une photo ou un PDF : ce fichier est d’un autre type."))
    return Paper(name, data, kind)


def _as_jpeg(data: bytes) -> bytes:
    try:
        return reencode(BytesIO(data)).data
    except Unpresentable as error:
        raise Refused(_("Cette photo ne peut pas être lue. Reprenez-la.")) from error


def join(draft: Draft, papers: list[Paper], *, at: datetime) -> list[DraftFile]:
    """Store documents with the answers, all or none; raises NoRoom when the disk is full (threats: F05)."""
    rows = [
        DraftFile(
            draft=draft,
            name=paper.name,
            size=len(paper.data),
            content_type=paper.content_type,
            added_at=at,
            file=stored_name(),
        )
        for paper in papers
    ]
    try:
        for row, paper in zip(rows, papers, strict=True):
            row.file.storage.save(str(row.file.name), ContentFile(paper.data))
    except OSError as error:
        for row in rows:
            row.file.storage.delete(str(row.file.name))
        raise NoRoom from error
    return DraftFile.objects.bulk_create(rows)


def remove(file: DraftFile) -> None:
    """Delete a document and its bytes."""
    file.file.storage.delete(str(file.file.name))
    file.delete()
