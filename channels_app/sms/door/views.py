import logging
from collections.abc import Callable
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from channels_app.delivery.services import receive_receipt
from channels_app.sms.door.calls import Call, Forbidden, check_call, count_refused
from channels_app.sms.door.storing import store_call
from channels_app.sms.statuses import parse_callback

logger = logging.getLogger(__name__)

NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
TWIML = "text/xml; charset=utf-8"
FORBIDDEN, AWAY = 403, 503


@csrf_exempt  # no browser calls here: each call is authenticated by its signature
@require_POST
def inbound(request: HttpRequest) -> HttpResponse:
    """Store an SMS; it is parsed and answered later."""
    return _answer(request, _keep)


@csrf_exempt
@require_POST
def status(request: HttpRequest) -> HttpResponse:
    """Store the status of an SMS of ours."""
    return _answer(request, _note)


def _answer(request: HttpRequest, take_in: Callable[[HttpRequest, Call, datetime], None]) -> HttpResponse:
    at = timezone.now()
    try:
        take_in(request, check_call(request), at)
    except Forbidden:
        count_refused(at)
        return HttpResponse(status=FORBIDDEN)
    except OSError:  # the caller hung up
        return HttpResponse(status=400)
    except (OperationalError, InterfaceError) as error:
        logger.error("webhook twilio: the database refused (%s)", type(error).__name__)
        connection.close()
        return HttpResponse(status=AWAY)
    return HttpResponse(NOTHING_TO_SAY, content_type=TWIML)


def _keep(_request: HttpRequest, call: Call, at: datetime) -> None:
    store_call(call, at=at)


def _note(request: HttpRequest, call: Call, at: datetime) -> None:
    mark = request.GET.get("envoi", "")
    if told := parse_callback(call.fields, int(mark) if mark.isdecimal() and len(mark) < 19 else None):
        receive_receipt(told, at=at)
