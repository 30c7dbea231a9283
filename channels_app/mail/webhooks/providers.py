"""The providers whose calls we understand; one without a key in the settings lets nobody in."""

from typing import Protocol

from django.http import HttpRequest

from channels_app.mail.webhooks.body import Body
from channels_app.mail.webhooks.mailgun import Mailgun
from channels_app.mail.webhooks.parcels import Parcel
from channels_app.mail.webhooks.postmark import Postmark

NAMED = frozenset({"mailgun", "postmark", "brevo", "mailjet", "amazon_ses"})  # addresses of the product


class Provider(Protocol):
    """One provider's habits; its words die here."""

    name: str

    def check_caller(self, request: HttpRequest, secret: str) -> None:
        """Before the body is read; raises Forbidden."""
        ...

    def check_body(self, body: Body, secret: str, now: float) -> str:
        """Once it is read; returns a token that opens the door once, or "". Raises Forbidden."""
        ...

    def parcel(self, data: bytes, *, is_cut: bool = False) -> Parcel:
        """Return what the call says; raises Malformed."""
        ...


PROVIDERS: dict[str, Provider] = {provider.name: provider for provider in (Postmark(), Mailgun())}
