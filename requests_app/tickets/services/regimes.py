"""Change a topic's legal regime, and confirm it: only a legal reviewer says what may be printed."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.catalog.models import Appeal, Regime, RegimeChange, Topic
from requests_app.catalog.regimes import APPEAL, LAW_FIELDS, PARTS, SENSE, others_to_validate
from requests_app.outbox.models import Outgoing
from requests_app.tickets.deadlines import local_day
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.models import Ticket
from requests_app.tickets.services.receipts import confirm

FIELDS_OF = {
    SENSE: ("regime", "silence_months", "from_complete_file", "acceptance_note", "acceptance_note_en"),
    APPEAL: ("appeal", "appeal_to", "appeal_court"),
}
COMPULSORY = (Appeal.MANDATORY, Appeal.JUDICIAL)


@transaction.atomic
def save_regime(
    *,
    topic: Topic,
    values: Mapping[str, Any],
    validated: Collection[str],
    last: int,
    by: User,
    at: datetime,
) -> None:
    """Save the columns of a regime; a changed part waits for the reviewer, unless ``validated`` now.

    ``last`` is the change that the agent had read: a concurrent edit is refused.
    """
    scope = scope_of(by)
    if not scope.can_read_law or (validated and not scope.can_validate_law):
        raise NotAllowed
    stored = lock_unchanged(topic, last)
    before = regime_of(stored)
    apply_values(stored, values, validated)
    _require_whole(stored, validated)
    if validated:
        stored.validated_by, stored.validated_on = by, local_day(at)
    stored.save(update_fields=[*LAW_FIELDS, "to_validate", "validated_by", "validated_on"])
    record_change(stored, before, by=by, at=at, validated=sorted(validated))


def lock_unchanged(topic: Topic, last: int) -> Topic:
    """Lock the topic as it is stored; raises Refused when it changed after the ``last`` change read."""
    stored = Topic.objects.select_for_update().get(pk=topic.pk)
    if last != last_change(stored):
        raise Refused(_("Quelqu’un a changé ce sujet : relisez-le avant d’enregistrer."))
    return stored


def record_change(stored: Topic, before: dict[str, Any], *, by: User, at: datetime, **details: Any) -> None:
    """Write the change into the history, and again the receipts that wait."""
    RegimeChange.objects.create(
        topic=stored,
        by=by,
        at=at,
        before=before,
        after=regime_of(stored),
        source=stored.regime_source,
        **details,
    )
    rewrite_waiting(stored, at)


def apply_values(topic: Topic, values: Mapping[str, Any], validated: Collection[str]) -> Topic:
    """Set these columns on a topic, unsaved: what changes and is not confirmed becomes unvalidated."""
    changed = {
        part
        for part, fields in FIELDS_OF.items()
        if any(getattr(topic, name) != values[name] for name in fields)
    }
    for name in LAW_FIELDS:
        setattr(topic, name, values[name])
    waiting = (set(topic.to_validate) | changed) - set(validated)
    topic.to_validate = others_to_validate(topic.to_validate, waiting)
    return topic


def regime_of(topic: Topic) -> dict[str, Any]:
    """Return the columns of a regime and its unvalidated parts, as the audit trail stores them."""
    waiting = [part for part in PARTS if part in topic.to_validate]
    return {**{name: getattr(topic, name) for name in LAW_FIELDS}, "to_validate": waiting}


def last_change(topic: Topic) -> int:
    """Return the number of a topic's last change; 0 when it is as its file says."""
    last = topic.regime_changes.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def _require_whole(topic: Topic, validated: Collection[str]) -> None:
    """Refuse to confirm an empty part."""
    if validated and not topic.regime_source.strip():
        raise Refused(_("Écrivez le texte de loi : il est gardé avec la validation."))
    if SENSE in validated and topic.regime == Regime.TO_VALIDATE:
        raise Refused(_("Choisissez ce que vaut le silence avant de le valider."))
    if SENSE in validated and bool(topic.acceptance_note) != bool(topic.acceptance_note_en):
        raise Refused(_("Écrivez la phrase ajoutée en français et en anglais."))
    if APPEAL in validated and topic.appeal in COMPULSORY and not topic.appeal_to.strip():
        raise Refused(_("Écrivez à qui la personne doit écrire pour contester."))
    if APPEAL in validated and topic.appeal == Appeal.JUDICIAL and not topic.appeal_court.strip():
        raise Refused(_("Écrivez le tribunal : ce n’est pas celui du territoire."))


def rewrite_waiting(topic: Topic, at: datetime) -> None:
    """Rewrite the receipts that have not left; the others follow an hour later (corrected_receipts.py)."""
    waiting = Outgoing.objects.filter(kind=Outgoing.Kind.RECEIPT, state=Outgoing.State.QUEUED)
    tickets = Ticket.objects.filter(topic=topic, touchpoints__outgoing__in=waiting).distinct()
    for ticket in tickets.select_related("topic", "maison__commune", "person"):
        confirm(ticket=ticket, at=at)
