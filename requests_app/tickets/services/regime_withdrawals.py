"""Withdraw the confirmation of a regime, its values unchanged: nothing definite is printed any more."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from requests_app.access.scope import scope_of
from requests_app.accounts.models import User
from requests_app.catalog.models import Regime, Topic
from requests_app.catalog.regimes import PARTS, SENSE, others_to_validate
from requests_app.outbox.models import Outgoing
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.services.corrected_receipts import find_receipts
from requests_app.tickets.services.moves import require_reason
from requests_app.tickets.services.regimes import lock_unchanged, record_change, regime_of

SENSES = (Regime.SILENCE_REFUSAL, Regime.SILENCE_ACCEPTANCE)


@transaction.atomic
def withdraw_confirmation(
    *, topic: Topic, parts: Collection[str], reason: str, last: int, by: User, at: datetime
) -> None:
    """Have these parts wait for a reviewer again, with a reason kept in the history.

    ``last`` is the change that the reviewer had read: whoever comes second is told so.
    """
    if not scope_of(by).can_validate_law:
        raise NotAllowed
    stored = lock_unchanged(topic, last)
    if not parts or not set(parts) <= set(confirmed_parts(stored)):
        raise Refused(_("Choisissez ce que vous ne validez plus."))
    before, why = regime_of(stored), require_reason(reason)[:300]
    stored.to_validate = others_to_validate(stored.to_validate, {*stored.to_validate, *parts})
    if not confirmed_parts(stored):
        stored.validated_by = stored.validated_on = None
    stored.save(update_fields=["to_validate", "validated_by", "validated_on"])
    record_change(stored, before, by=by, at=at, reason=why)


def confirmed_parts(topic: Topic) -> list[str]:
    """Return the parts that may be printed as they stand."""
    if topic.regime == Regime.NONE:
        return []
    is_open = topic.regime == Regime.TO_VALIDATE
    return [part for part in PARTS if part not in topic.to_validate and not (is_open and part == SENSE)]


def count_told(topic: Topic) -> int:
    """Count the open tickets whose receipt, already gone, says a sense: they are told again an hour later."""
    says = Q(outgoing__payload__regime__in=SENSES) | Q(facts__receipt__regime__in=SENSES)
    has_left = Q(outgoing=None) | Q(outgoing__state__in=Outgoing.LEFT)
    told = find_receipts().filter(says, has_left, ticket__topic=topic, ticket__closed_at=None)
    return told.values("ticket").distinct().count()
