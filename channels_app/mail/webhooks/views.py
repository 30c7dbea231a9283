"""The address that providers call: authentic or 403, kept or 503, then 200 at once."""

import logging

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from channels_app.mail.webhooks.body import Interrupted, read_body
from channels_app.mail.webhooks.keeping import keep
from channels_app.mail.webhooks.parcels import Forbidden
from channels_app.mail.webhooks.providers import PROVIDERS, Provider

logger = logging.getLogger(__name__)

TAKEN, BAD, FORBIDDEN, AWAY = 200, 400, 403, 503


@csrf_exempt  # no browser calls here: each call proves itself by the provider's own lock
@require_POST
def receive(request: HttpRequest, provider: str) -> HttpResponse:
    """Keep what a provider brings. An answer other than 200 makes it come again, a 403 or 404 too."""
    known, secret = PROVIDERS.get(provider), settings.WEBHOOKS.get(provider)
    if known is None or not secret:
        raise Http404
    try:
        _take_in(request, known, secret)
    except Forbidden:
        logger.warning("webhook %s: refused, not authentic", known.name)
        return HttpResponse(status=FORBIDDEN)
    except Interrupted:
        return HttpResponse(status=BAD)
    except (OperationalError, InterfaceError) as error:
        logger.error("webhook %s: the database refused (%s)", known.name, type(error).__name__)
        connection.close()
        return HttpResponse(status=AWAY)
    return HttpResponse(status=TAKEN)


def _take_in(request: HttpRequest, provider: Provider, secret: str) -> None:
    at = timezone.now()
    provider.check_caller(request, secret)
    body = read_body(request)
    token = provider.check_body(body, secret, at.timestamp())
    keep(provider, body, token, at=at)
