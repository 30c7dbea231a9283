"""Files of a ticket: links signed for one agent and five minutes, checked again at each use (A07, M15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from requests_app.access.audit_log import Kind
from requests_app.access.gate import admit, refuse
from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.agent_request import AgentRequest
from requests_app.accounts.models import User
from requests_app.tickets.files import clean_name
from requests_app.tickets.models import LOCKED, Attachment, Ticket
from requests_app.tickets.pictures import PICTURES, ReencodedPicture, Unpresentable, reencode
from requests_app.tickets.selectors.thread import ThreadFile

SALT = "gru.files"
LIVES_S = 300
SAFE_TYPES = {"application/pdf", "image/jpeg", "image/png", "image/webp"}
POLICY = "default-src 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file as the page shows it; one that is locked has no link."""

    name: str
    size: int
    word: str
    icon: str
    url: str
    view_url: str


def link_files(request: AgentRequest, files: Iterable[ThreadFile]) -> list[LinkedFile]:
    """Sign a link for each file; pictures also have one that shows them."""
    user_id = request.user.pk
    return [_link_file(user_id, file) for file in files]


def _link_file(user_id: int, file: ThreadFile) -> LinkedFile:
    if file.control in LOCKED:
        word = str(Attachment.Control(file.control).label)
        return LinkedFile(file.name, file.size, word, "lock-fill", "", "")
    is_picture = file.content_type in PICTURES
    icon = "file-earmark-image" if is_picture else "file-earmark"
    seen = _link(user_id, file.id, "view") if is_picture else ""
    return LinkedFile(file.name, file.size, file.word, icon, _link(user_id, file.id, "save"), seen)


def _link(user_id: int, attachment_id: int, use: str) -> str:
    signed = signing.dumps([user_id, attachment_id, use], salt=SALT)
    return settings.FILES_URL + reverse("backoffice:file", args=[signed])


@require_GET
def file(request: HttpRequest, signed: str) -> HttpResponse | FileResponse:
    """Serve a file, or a reencoded picture; an old link leads back to its ticket."""
    user, attachment, use = _read_link(request, signed)
    scope = scope_of(user)
    ticket = _read_through(attachment, scope)
    where = (ticket.pk, ticket.maison_id, ticket.shared_with)
    glass = scope.glass_on(*where, is_archived=ticket.is_archived)
    if glass or ticket.is_archived:
        may_read = glass is not None and scope.can_read_by_glass(ticket.is_sensitive)
    else:
        may_read = scope.can_read(ticket.maison_id, ticket.is_sensitive, ticket.shared_with)
    admit(
        may_read,
        kind=Kind.FILE,
        subject_id=attachment.pk,
        by=user,
        at=timezone.now(),
        glass_id=glass.id if glass else None,
    )
    if attachment.is_locked:
        return _back_to(ticket)
    if _is_old(signed):
        return _back_to(ticket, "?lien=ancien")
    return _display(attachment) if use == "view" else _download(attachment)


def _read_through(attachment: Attachment, scope: Scope) -> Ticket:
    """Return the ticket of the file, or another that shows its message: merged with it, or split from it."""
    ticket = attachment.touchpoint.ticket
    if scope.can_read(ticket.maison_id, ticket.is_sensitive, ticket.shared_with):
        return ticket
    shows = Ticket.objects.filter(Q(merged_tickets=ticket) | Q(split_from=attachment.touchpoint))
    if not ticket.is_sensitive:
        return shows.readable(scope).first() or ticket
    return shows.readable(scope).filter(is_sensitive=True).first() or ticket


def _back_to(ticket: Ticket, query: str = "") -> HttpResponseRedirect:
    """Redirect to the ticket's page, which says what is wrong with a link."""
    page = reverse("backoffice:ticket", args=[ticket.reference])
    return HttpResponseRedirect(f"{settings.PUBLIC_URL if settings.FILES_URL else ''}{page}{query}")


def _read_link(request: HttpRequest, signed: str) -> tuple[User, Attachment, str]:
    """Read whose link it is: the host of the files gets no session, the signature alone names the agent."""
    try:
        user_id, attachment_id, use = signing.loads(signed, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Http404 from error
    if not settings.FILES_URL and request.user.pk != user_id:
        _refuse_stranger(request, attachment_id)
    user = User.objects.present().filter(pk=user_id).first()
    joined = Attachment.objects.select_related("touchpoint__ticket")
    attachment = joined.filter(pk=attachment_id).first()
    if user is None or attachment is None:
        raise Http404
    return user, attachment, use


def _refuse_stranger(request: HttpRequest, attachment_id: int) -> NoReturn:
    """Refuse somebody else's link; an agent who tries one is logged."""
    if isinstance(request.user, User):
        refuse(kind=Kind.FILE, subject_id=attachment_id, by=request.user, at=timezone.now())
    raise Http404


def _is_old(signed: str) -> bool:
    try:
        signing.loads(signed, salt=SALT, max_age=LIVES_S)
    except signing.SignatureExpired:
        return True
    return False


def _download(attachment: Attachment) -> FileResponse:
    kind = attachment.content_type if attachment.content_type in SAFE_TYPES else "application/octet-stream"
    stream = attachment.file.storage.open(str(attachment.file.name))
    name = clean_name(attachment.name)
    answer = FileResponse(stream, as_attachment=True, filename=name, content_type=kind)
    _lock_down(answer)
    return answer


def _display(attachment: Attachment) -> HttpResponse | FileResponse:
    try:
        with attachment.file.storage.open(str(attachment.file.name)) as stream:
            drawn = reencode(stream)
    except Unpresentable:
        return _download(attachment)
    answer = HttpResponse(drawn.data, content_type=drawn.content_type)
    name = _drawn_name(attachment, drawn)
    answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    _lock_down(answer)
    return answer


def _drawn_name(attachment: Attachment, drawn: ReencodedPicture) -> str:
    """Turn « IMG_0001.heic » into « IMG_0001.jpg »: what a colleague saves from the page opens everywhere."""
    stem = clean_name(attachment.name).rpartition(".")[0] or "image"
    return f"{stem}{'.png' if drawn.content_type == 'image/png' else '.jpg'}"


def _lock_down(answer: HttpResponseBase) -> None:
    """Forbid the browser to run or store any of the bytes, whatever they are."""
    answer["Content-Security-Policy"] = POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store, private"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cross-Origin-Resource-Policy"] = "same-site"
