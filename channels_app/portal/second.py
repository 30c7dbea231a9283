"""Answers edited after they were sent (Back, edit, send) begin a second request (threats: N05)."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from channels_app.portal import drafts, papers, photos
from channels_app.portal.forms import QuestionForm
from channels_app.portal.models import Draft, DraftFile
from channels_app.portal.photos import Paper
from channels_app.portal.quota import admit

IS_SECOND = "second"  # among the answers of a draft: another one was sent before it


def is_sent_already(request: HttpRequest, form: QuestionForm, draft: Draft, step: str) -> bool:
    """Return whether an answer is the one that was sent: it is the same submission again (W01)."""
    if papers.is_only_about_papers(request) or any(request.FILES.getlist("papiers")):
        return False
    return form.is_valid() and _as_kept(form.kept) == draft.answers.get(step)


@transaction.atomic
def open_second(sent: Draft, *, address: str, at: datetime) -> tuple[Draft, str]:
    """Copy what was sent into a draft of its own, documents too; returns it with its secret.

    Raises NoRoom: copies count like uploads.
    """
    files = list(sent.files.order_by("pk"))
    admit(address, [file.size for file in files], at=at)
    draft, secret = drafts.open_draft(at=at)
    before = sent.answers.get(IS_SECOND, {}).get("arrivals", [])
    draft.answers = {**sent.answers, IS_SECOND: {"arrivals": [*before, sent.arrival_id]}}
    draft.created_at = sent.created_at  # its questions were answered before: it may be sent quickly
    draft.save(update_fields=["answers", "created_at"])
    photos.join(draft, [_copy(file) for file in files], at=at)
    return draft, secret


def _copy(file: DraftFile) -> Paper:
    with file.file.open("rb") as stored:
        return Paper(file.name, stored.read(), file.content_type)


def _as_kept(answer: dict[str, Any]) -> Any:
    return json.loads(json.dumps(answer))
