"""A token leads to the reference of a report, at once or once it is heard; it cannot be guessed."""

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from channels_app.partner.open311.storing import find_report
from requests_app.open311.errors import Refusal
from requests_app.open311.rendering import Content

SALT = "open311.token"
LENGTH = 20
MAX_DIGITS = 18


def token_of(arrival_id: int) -> str:
    """Return the token of a report."""
    seal = salted_hmac(SALT, str(arrival_id), algorithm="sha256").hexdigest()[:LENGTH]
    return f"{arrival_id}-{seal}"


def read_token(token: str) -> Content:
    """Return the reference of a report, None while it waits to be heard; raises the 404 of a wrong token."""
    number = token.partition("-")[0]
    is_ours = number.isascii() and number.isdigit() and len(number) <= MAX_DIGITS
    if is_ours and constant_time_compare(token, token_of(int(number))):
        report = find_report(int(number))
        if report is not None:
            ticket = report.touchpoint.ticket if report.touchpoint else None
            row = {"service_request_id": ticket.reference if ticket else None, "token": token}
            return Content("service_requests", [row])
    raise Refusal(404, _("Ce « token » n’existe pas."))
