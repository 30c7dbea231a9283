"""The photos of the second question: added and removed without leaving the page."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from channels_app.portal import photos
from channels_app.portal.models import Draft
from channels_app.portal.quota import NoRoom, admit
from requests_app.lib.callers import address_of

ADD, REMOVE = "ajouter", "retirer"


def is_only_about_papers(request: HttpRequest) -> bool:
    """Return whether the button adds or removes a document: the question stays."""
    return ADD in request.POST or REMOVE in request.POST


def change(request: HttpRequest, draft: Draft, *, at: datetime) -> str:
    """Add or remove documents; returns what to do when one is refused, the others being stored."""
    if REMOVE in request.POST:
        _remove(draft, request.POST[REMOVE])
        return ""
    sent = [file for file in request.FILES.getlist("papiers") if file]
    room = photos.MAX_FILES - draft.files.count()
    taken = sent[: max(room, 0)]
    try:
        admit(address_of(request), [file.size or 0 for file in taken], at=at)
        refusal = _join(draft, taken, at)
    except NoRoom as full:
        return str(full)
    if len(sent) > room:
        return _("Vous pouvez joindre 8 fichiers. Retirez-en un pour en ajouter un autre.")
    return refusal


def _join(draft: Draft, sent: list[UploadedFile], at: datetime) -> str:
    kept, refusal = [], ""
    for file in sent:
        try:
            kept.append(photos.read_paper(file))
        except photos.Refused as error:
            refusal = str(error)
    photos.join(draft, kept, at=at)
    return refusal


def _remove(draft: Draft, pk: str) -> None:
    file = draft.files.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 18 else None
    if file:
        photos.remove(file)
