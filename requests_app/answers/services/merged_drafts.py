"""Drafts follow a ticket that is merged, and come back with it."""

from typing import Any

from django.db import transaction

from requests_app.answers.models import Draft
from requests_app.answers.services.drafting import MAX_LENGTH
from requests_app.tickets.models import Ticket

MOVED, JOINED = "drafts_moved", "drafts_joined"
BETWEEN = "\n\n"


@transaction.atomic
def carry_drafts(merged: Ticket, survivor: Ticket) -> dict[str, Any]:
    """Move drafts to the survivor; two texts of one agent are joined."""
    moved, joined = [], []
    for draft in Draft.objects.select_for_update().filter(ticket=merged).order_by("pk"):
        there = Draft.objects.filter(ticket=survivor, author=draft.author_id, kind=draft.kind).first()
        if there is None:
            Draft.objects.filter(pk=draft.pk).update(ticket=survivor)
            moved.append(draft.pk)
        else:
            joined.append(_join(draft, there))
    return {MOVED: moved, JOINED: joined}


def _join(draft: Draft, there: Draft) -> dict[str, int]:
    """Append one text to the other; return where the second begins and ends."""
    text = BETWEEN.join(filter(None, [there.text, draft.text]))[:MAX_LENGTH]
    Draft.objects.filter(pk=there.pk).update(text=text)
    draft.files.update(draft=there)
    draft.delete()
    return {"draft": there.pk, "before": len(there.text), "length": len(text)}


def give_back_drafts(merged: Ticket, survivor: Ticket, carried: dict[str, Any]) -> None:
    """Move drafts back to their ticket; a text changed since stays whole where it is."""
    here = Draft.objects.filter(ticket=merged)
    written = {(draft.author_id, draft.kind) for draft in here}
    for draft in Draft.objects.filter(ticket=survivor, pk__in=carried.get(MOVED, [])):
        if (draft.author_id, draft.kind) not in written:
            Draft.objects.filter(pk=draft.pk).update(ticket=merged)
    for join in carried.get(JOINED, []):
        text = Draft.objects.filter(ticket=survivor, pk=join["draft"]).first()
        if text and len(text.text) == join["length"] and (text.author_id, text.kind) not in written:
            _part(text, merged, join["before"])


def _part(draft: Draft, merged: Ticket, before: int) -> None:
    first, second = draft.text[:before], draft.text[before:].removeprefix(BETWEEN if before else "")
    if not second:
        return
    Draft.objects.filter(pk=draft.pk).update(text=first)
    Draft.objects.create(
        ticket=merged, author=draft.author, kind=draft.kind, text=second, updated_at=draft.updated_at
    )
