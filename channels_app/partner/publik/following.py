"""What became of the requests handed over to portals: asked now and then, told in their log."""

import time
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from channels_app.contract import TemporaryFailure
from channels_app.delivery.services import StatusReport, receive_receipt
from channels_app.partner.key import KEY
from channels_app.partner.publik import client
from channels_app.partner.publik.portals import portal_at, portals
from requests_app.outbox.models import Outgoing, OutgoingQuerySet
from requests_app.outbox.services import step

FOLLOWED_FOR = timedelta(days=180)
MAX_ROWS, MAX_SECONDS = 200, 60.0
THERE = "there"  # in a payload: what the portal last said of the request
HANDED_OVER = (Outgoing.State.SENT, Outgoing.State.DELIVERED)


def follow(*, at: datetime) -> int:
    """Ask the portals for the requests they have not ended, those asked longest ago first.

    Returns how many were asked. A portal that does not answer is left until the next time.
    """
    if not portals():
        return 0
    silent, asked, end = set(), 0, time.monotonic() + MAX_SECONDS
    for outgoing in _list_open(at)[:MAX_ROWS]:
        portal = portal_at(outgoing.provider_id)
        if portal is None or portal in silent or time.monotonic() > end:
            continue
        try:
            found = client.fetch(portal, outgoing.provider_id)
        except TemporaryFailure:
            silent.add(portal)
            continue
        _record(outgoing, found, at)
        asked += 1
    return asked


def _list_open(at: datetime) -> OutgoingQuerySet:
    rows = Outgoing.objects.filter(channel=KEY, state__in=HANDED_OVER, sent_at__gte=at - FOLLOWED_FOR)
    open_ones = rows.exclude(provider_id="").exclude(payload__contains={THERE: {"endpoint": True}})
    asked_at = KT("payload__there__at")
    return open_ones.alias(asked_at=asked_at).order_by(F("asked_at").asc(nulls_first=True), "pk")


@transaction.atomic
def _record(outgoing: Outgoing, found: dict[str, Any] | None, at: datetime) -> None:
    """Store what the portal says, and tell what has changed since the last time."""
    row = Outgoing.objects.select_for_update().get(pk=outgoing.pk)
    before, now = row.payload.get(THERE, {}), _standing(found)
    if now["id"] != before.get("id"):
        step(row.pk, _sentence(found, now), at=at)
    row.payload = {**row.payload, THERE: {**now, "at": at.isoformat()}}
    row.save(update_fields=["payload"])
    if found is not None and row.state == Outgoing.State.SENT:
        delivered = StatusReport(channel=KEY, provider_id=row.provider_id, state=Outgoing.State.DELIVERED)
        receive_receipt(delivered, at=at)


def _standing(found: dict[str, Any] | None) -> dict[str, Any]:
    """Return the visible status of a request; one that is no longer there is over."""
    if found is None:
        return {"id": "gone", "name": "", "endpoint": True}
    workflow = found.get("workflow")
    status = workflow.get("status") if isinstance(workflow, dict) else None
    given = status if isinstance(status, dict) else {}
    return {
        "id": str(given.get("id") or "")[:60],
        "name": " ".join(str(given.get("name") or "").split())[:100],
        "endpoint": given.get("endpoint") is True,
    }


def _sentence(found: dict[str, Any] | None, now: dict[str, Any]) -> str:
    if found is None:
        return _("La demande n’est plus sur le portail.")
    number, url = str(found.get("display_id") or "?")[:30], str(found.get("url") or "")[:120]
    said = {"number": number, "status": now["name"] or now["id"] or "?", "url": url}
    return _("Sur le portail, n° %(number)s : « %(status)s ». %(url)s") % said
