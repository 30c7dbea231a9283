"""The address that providers call: authentic or 403, stored or 503, then 200 at once."""

import logging

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from channels_app.mail.webhooks.body import DRAINED, Busy, Interrupted, body_of, most_bytes
from channels_app.mail.webhooks.parcels import Forbidden
from channels_app.mail.webhooks.providers import NAMED, PROVIDERS, Provider
from channels_app.mail.webhooks.storing import store_call, wait_turn
from requests_app.lib.bodies import accepts_body

logger = logging.getLogger(__name__)

TAKEN, BAD, FORBIDDEN, AWAY = 200, 400, 403, 503


@accepts_body(most_bytes, cuts=DRAINED)  # too large, it still gets an answer (threats: M01)
@csrf_exempt  # no browser calls here: each call is authenticated the provider's way
@require_POST
def receive(request: HttpRequest, provider: str) -> HttpResponse:
    """Store what a provider posts; after any answer but 200 it tries again.

    A known provider without a key gets 403, as with a wrong key: nobody learns which provider we use.
    Any other name is 404.
    """
    if provider not in NAMED:
        raise Http404
    known, secret = PROVIDERS.get(provider), settings.WEBHOOKS.get(provider)
    try:
        if known is None or not secret:
            raise Forbidden
        _take_in(request, known, secret)
    except Forbidden:
        logger.warning("webhook %s: refused, not authentic", provider)
        return HttpResponse(status=FORBIDDEN)
    except Interrupted:
        return HttpResponse(status=BAD)
    except Busy:
        return HttpResponse(status=AWAY)
    except (OperationalError, InterfaceError) as error:
        logger.error("webhook %s: the database refused (%s)", provider, type(error).__name__)
        connection.close()
        return HttpResponse(status=AWAY)
    return HttpResponse(status=TAKEN)


def _take_in(request: HttpRequest, provider: Provider, secret: str) -> None:
    at = timezone.now()
    provider.check_caller(request, secret)
    with body_of(request) as body, wait_turn(body):
        token = provider.check_body(body, secret, at.timestamp())
        store_call(provider, body, token, at=at)
