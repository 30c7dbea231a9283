"""The supported providers; one without a key in the settings accepts nobody."""

from typing import Protocol

from django.http import HttpRequest

from channels_app.mail.webhooks.body import Body
from channels_app.mail.webhooks.mailgun import Mailgun
from channels_app.mail.webhooks.parcels import Parcel
from channels_app.mail.webhooks.postmark import Postmark

NAMED = frozenset({"mailgun", "postmark", "brevo", "mailjet", "amazon_ses"})  # addresses of the product


class Provider(Protocol):
    """One provider's format; its terms do not leave this package."""

    name: str

    def check_caller(self, request: HttpRequest, secret: str) -> None:
        """Check the caller before the body is read; raises Forbidden."""
        ...

    def check_body(self, body: Body, secret: str, now: float) -> str:
        """Check the body once it is read; returns a token valid once, or "". Raises Forbidden."""
        ...

    def parcel(self, data: bytes, *, is_cut: bool = False) -> Parcel:
        """Parse the call; raises Malformed."""
        ...


PROVIDERS: dict[str, Provider] = {provider.name: provider for provider in (Postmark(), Mailgun())}
