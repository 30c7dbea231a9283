"""Send what no task sent, and settle what a dead worker left (threats: O01, O05)."""

import time
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from channels_app.contract import TemporaryFailure
from channels_app.delivery.services import circuits, noting
from channels_app.delivery.services.circuits import Route
from channels_app.delivery.services.claiming import claim, doubt_the_stranded
from channels_app.delivery.services.receipts import settle_receipts
from channels_app.delivery.services.sending import speak
from channels_app.registry import open_keys, outbound_of
from requests_app.outbox.models import Outgoing
from requests_app.outbox.models import OutgoingQuerySet as Rows
from requests_app.outbox.services import step

MAX_SECONDS = 8.0  # per pass and channel; the next pass comes ten seconds later
MAX_ROWS = 2_000
UNASKABLE = 1  # times a message in doubt is sent again when its absence is not certain


def sweep(*, at: datetime) -> int:
    """Send what is due, settle what is in doubt; returns how many. Safe beside workers and other sweeps."""
    settle_receipts(at=at)
    doubt_the_stranded(at)
    return sum(_sweep(channel, at) for channel in open_keys())


def _sweep(channel: str, at: datetime) -> int:
    end = time.monotonic() + MAX_SECONDS

    def open_way() -> Route | None:
        way = circuits.route_of(channel, at) if time.monotonic() < end else None
        return way if way and not way.is_paused else None

    rows = Outgoing.objects.filter(channel=channel).order_by("try_after", "pk")
    return _settle_all(rows.in_doubt(at), at, open_way) + _send_all(rows.due(at), at, open_way)


def _send_all(due: Rows, at: datetime, open_way: Callable[[], Route | None]) -> int:
    done = 0
    while done < MAX_ROWS and (way := open_way()) and (outgoing := claim(due, at)):
        speak(outgoing, at, way=way)
        done += 1
    return done


def _settle_all(doubted: Rows, at: datetime, open_way: Callable[[], Route | None]) -> int:
    done = 0
    for outgoing in doubted[:MAX_ROWS]:
        if (way := open_way()) is None:
            break
        _settle(outgoing, at, way)
        done += 1
    return done


def _settle(outgoing: Outgoing, at: datetime, way: Route) -> None:
    """Ask whether it left; send it again under the same identifier when it did not (threats: O01)."""
    way_out = outbound_of(outgoing.channel)
    try:
        answer = way_out.was_accepted(outgoing)
    except TemporaryFailure as error:
        circuits.note_failure(outgoing.channel, at)
        noting.asked_later(outgoing, at, str(error))
        return
    if answer:
        provider_id = answer if isinstance(answer, str) else ""
        words = _("Le serveur d’envoi l’avait bien accepté.")
        noting.record_sent(outgoing, at, provider_id=provider_id, words=words)
    elif outgoing.doubts <= (way_out.most_resends if answer is False else UNASKABLE):
        doubted = Outgoing.objects.in_doubt(at).filter(pk=outgoing.pk)
        _send_again(doubted, at, way, may_have_left=answer is None)
    else:
        noting.record_unresolved(outgoing, at)


def _send_again(rows: Rows, at: datetime, way: Route, *, may_have_left: bool) -> None:
    outgoing = claim(rows, at)
    if outgoing:
        step(outgoing.pk, _("Envoi sans réponse : nouvel essai, sous le même identifiant."), at=at)
        speak(outgoing, at, way=way, may_have_left=may_have_left)
