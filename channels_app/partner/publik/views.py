"""The address that a portal's workflow calls: authentic or 403, stored, then answered with the ticket.

POST brings a request, GET with ``url`` says what became of it. Answers are those that w.c.s. reads: ``err``
0 with ``data``, else ``err_class`` and ``err_desc``.
"""

import logging
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_app.intake.services.immediate import process_stored
from channels_app.partner.publik import portals
from channels_app.partner.publik.signing import Forbidden, Signed, check
from channels_app.partner.publik.standing import standing_of, standing_of_arrival
from channels_app.partner.publik.storing import SOURCE, store_request, use_signature
from requests_app.lib.bodies import MAX_BYTES_WITH_FILES, accepts_body

logger = logging.getLogger(__name__)

BAD, FORBIDDEN, NOT_FOUND, AWAY = 400, 403, 404, 503
CLASSES = {BAD: "Interrupted", FORBIDDEN: "Access denied", NOT_FOUND: "Not found", AWAY: "Unavailable"}


@accepts_body(MAX_BYTES_WITH_FILES)
@csrf_exempt  # no browser calls here: each call is authenticated by its signature
@require_http_methods(["GET", "POST"])
def requests(request: HttpRequest) -> HttpResponse:
    """Take a request of a portal in, or say where one is."""
    at = timezone.now()
    try:
        signed = check(request.META.get("QUERY_STRING", ""), key_of=portals.key_of, at=at)
        return _take_in(request, signed, at) if request.method == "POST" else _tell(signed, at)
    except Forbidden:
        logger.warning("portal: refused, not authentic")
        return _refusal(_("Signature refusée."), FORBIDDEN)
    except OSError:  # the caller hung up
        return _refusal(_("Appel interrompu."), BAD)
    except (OperationalError, InterfaceError) as error:
        logger.error("portal: the database refused (%s)", type(error).__name__)
        connection.close()
        return _refusal(_("Réessayez plus tard."), AWAY)


def _take_in(request: HttpRequest, signed: Signed, at: datetime) -> HttpResponse:
    raw = request.read()
    arrival_id, is_new = store_request(raw, signed, at=at)
    if is_new:
        process_stored(arrival_id=arrival_id, source=SOURCE, at=at)
    return _answer(standing_of_arrival(arrival_id))


def _tell(signed: Signed, at: datetime) -> HttpResponse:
    if not use_signature(signed.digest, at):
        raise Forbidden
    found = standing_of(signed.orig, signed.values.get("url", ""))
    return _answer(found) if found else _refusal(_("Aucune demande à cette adresse."), NOT_FOUND)


def _answer(data: dict[str, Any]) -> JsonResponse:
    return JsonResponse({"err": 0, "data": data}, headers={"Cache-Control": "no-store"})


def _refusal(words: str, status: int) -> JsonResponse:
    said = {"err": 1, "err_class": CLASSES[status], "err_desc": words}
    return JsonResponse(said, status=status, headers={"Cache-Control": "no-store"})
