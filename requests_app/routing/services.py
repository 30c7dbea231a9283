"""Keep what was advised."""

from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.utils import translation

from requests_app.accounts.models import User
from requests_app.routing.evidence import Answer, Evidence
from requests_app.routing.models import RoutingDecision
from requests_app.routing.resolver import resolve
from requests_app.routing.territory import current


def decide(evidence: Evidence, *, at: datetime, by: User | None = None) -> RoutingDecision:
    """Resolve and keep the advice with its steps: one statement to read, one to write."""
    territory = current()
    with translation.override(settings.LANGUAGE_CODE):
        answer = resolve(evidence, territory)
    maison_id = territory.sites[answer.maison.code].pk if answer.maison else None
    return RoutingDecision.objects.create(
        maison_id=maison_id, decided_at=at, decided_by=by, **_columns(answer)
    )


def _columns(answer: Answer) -> dict[str, object]:
    return {
        "outcome": answer.outcome,
        "confidence": answer.confidence,
        "candidates": [asdict(candidate) for candidate in answer.candidates],
        "transfer_body": answer.transfer.body if answer.transfer else "",
        "transfer_insee": answer.transfer.insee_code if answer.transfer else "",
        "steps": list(answer.steps),
    }
