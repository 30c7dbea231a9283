"""One webhook call: read up to a limit, checked against the public address, counted when refused."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.utils import timezone

from channels_app.sms.door.signatures import Fields, fields_of, is_authentic
from channels_app.sms.models import RefusedCalls

logger = logging.getLogger(__name__)

MAX_BYTES = 64 * 1024  # an SMS of 1 600 characters and all its fields take 20 KB at most
FORM = "application/x-www-form-urlencoded"
COUNT = """INSERT INTO {table} (day, count) VALUES (%s, 1)
ON CONFLICT (day) DO UPDATE SET count = {table}.count + 1"""


class Forbidden(Exception):
    """The caller is not the provider."""


@dataclass(frozen=True, slots=True)
class Call:
    """An authentic call of the provider."""

    body: bytes
    fields: Fields


def check_call(request: HttpRequest) -> Call:
    """Read and check a call; raises Forbidden before anything is stored."""
    body = request.read(MAX_BYTES + 1)
    is_form = request.content_type == FORM
    signature = request.headers.get("X-Twilio-Signature", "")
    is_short = len(body) <= MAX_BYTES
    if not is_short or not is_authentic(
        url=public_address(request),
        body=body,
        is_form=is_form,
        signature=signature,
        token=settings.TWILIO_AUTH_TOKEN,
    ):
        raise Forbidden
    return Call(body, fields_of(body) if is_form else Fields())


def public_address(request: HttpRequest) -> str:
    """Return the address that the provider called, never from the request's Host (threats: W07)."""
    query = request.META.get("QUERY_STRING", "")
    return f"{settings.PUBLIC_URL}{request.path}" + (f"?{query}" if query else "")


def count_refused(at: datetime) -> None:
    """Add one to today's count; nothing while the database is away."""
    logger.warning("webhook twilio: refused, not authentic")
    try:
        with connection.cursor() as cursor:
            cursor.execute(COUNT.format(table=RefusedCalls._meta.db_table), [timezone.localdate(at)])
    except DatabaseError:
        connection.close()
