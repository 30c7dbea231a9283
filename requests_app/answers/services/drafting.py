"""What an agent types is saved as it is typed, by agent and ticket (threats: S09, W12)."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.answers import files as answer_files
from requests_app.answers.models import Draft, DraftFile
from requests_app.answers.services.answering import sent_already
from requests_app.tickets.errors import NotAllowed
from requests_app.tickets.models import Ticket
from requests_app.tickets.selectors.family import survivor_of

MAX_LENGTH = 20_000  # characters


@transaction.atomic
def save_draft(
    *,
    ticket: Ticket,
    kind: str,
    text: str,
    by: User,
    at: datetime,
    recipient: str = "",
    also: list[int] | None = None,
    token: str = "",
    files: Iterable[UploadedFile] = (),
) -> Draft | None:
    """Save what is typed and the files added to it; None when nothing is left to save.

    ``token`` names the page it is typed on: a late save from a page that has sent is ignored.

    Raises Refused for a file that cannot be sent: the text is saved all the same by the next call.
    """
    if not scope_of(by).can_note(ticket.maison_id, ticket.is_sensitive, ticket.shared_with):
        raise NotAllowed
    ticket = _goes_on(ticket, by)
    # The lock waits for an answer that is leaving with this text; look for the draft afterwards.
    draft = Draft.objects.select_for_update().filter(ticket=ticket, author=by, kind=kind).first()
    if token and sent_already(ticket, token):
        return draft
    added = answer_files.check_files(files, draft)
    if not text.strip() and not added and not (draft and draft.files.exists()):
        if draft:
            draft.delete()
        return None
    draft, _is_new = Draft.objects.update_or_create(
        ticket=ticket,
        author=by,
        kind=kind,
        defaults={
            "text": text[:MAX_LENGTH],
            "recipient": recipient[:270],
            "also": also,
            "updated_at": at,
        },
    )
    if added:
        answer_files.add(draft, added)
    return draft


def _goes_on(ticket: Ticket, by: User) -> Ticket:
    """Return the survivor of a ticket merged while its page was open, when the agent may write there."""
    after = survivor_of(ticket)
    return after if scope_of(by).can_note(after.maison_id, after.is_sensitive, after.shared_with) else ticket


@transaction.atomic
def remove_file(*, file: DraftFile) -> None:
    """Remove a file from a draft; an empty draft is deleted with it."""
    answer_files.drop([file])
    if not file.draft.text.strip() and not file.draft.files.exists():
        file.draft.delete()


@transaction.atomic
def drop_draft(*, ticket: Ticket, kind: str, by: User) -> None:
    """Delete what was typed, once it is saved elsewhere or discarded."""
    draft = Draft.objects.filter(ticket=ticket, author=by, kind=kind).first()
    if draft:
        answer_files.drop(draft.files.all())
        draft.delete()
