"""Advise on a ticket: where it goes, what it is about."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.utils import translation

from requests_app.accounts.models import User
from requests_app.catalog import proposals
from requests_app.catalog.proposals import Proposal
from requests_app.routing.evidence import Answer, Evidence
from requests_app.routing.models import RoutingDecision
from requests_app.routing.resolver import resolve
from requests_app.routing.territory import Territory, current

MAX_SHARING = 8
"""Beyond, hardly anything is known of the place: only the central team looks, and asks the person."""


def decide(
    evidence: Evidence, *, at: datetime, by: User | None = None, territory: Territory | None = None
) -> RoutingDecision:
    """Resolve and store the advice with its steps: one statement to write, one to read if no territory."""
    territory = territory or current()
    with translation.override(settings.LANGUAGE_CODE):
        answer = resolve(evidence, territory)
    maison_id = territory.sites[answer.maison.code].pk if answer.maison else None
    return RoutingDecision.objects.create(
        maison_id=maison_id, decided_at=at, decided_by=by, **_columns(answer)
    )


def sharing(codes: Sequence[str], territory: Territory) -> list[int]:
    """List the Maisons that see a ticket until one is chosen: those the advice hesitates between."""
    return [territory.sites[code].pk for code in codes] if len(codes) <= MAX_SHARING else []


def propose_topic(text: str) -> Proposal | None:
    """Propose a topic of the catalog from the words of a message: at most one statement."""
    return proposals.propose_topic(text, current().topics.values())


def _columns(answer: Answer) -> dict[str, object]:
    return {
        "outcome": answer.outcome,
        "confidence": answer.confidence,
        "candidates": [asdict(candidate) for candidate in answer.candidates or answer.others],
        "transfer_body": answer.transfer.body if answer.transfer else "",
        "transfer_insee": answer.transfer.insee_code if answer.transfer else "",
        "steps": list(answer.steps),
    }
