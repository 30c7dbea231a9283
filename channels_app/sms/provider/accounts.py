from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

OFFICIAL = "https://api.twilio.com"
TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Account:
    """The provider account: credentials, sender, server."""

    sid: str
    token: str
    sender: str
    base: str


def account() -> Account | None:
    """Return the account of the settings; None when there is none."""
    if not (settings.TWILIO_ACCOUNT_SID and settings.TWILIO_AUTH_TOKEN):
        return None
    return Account(
        settings.TWILIO_ACCOUNT_SID,
        settings.TWILIO_AUTH_TOKEN,
        settings.TWILIO_FROM,
        settings.TWILIO_API_BASE or OFFICIAL,
    )


@lru_cache(maxsize=4)
def client_of(account: Account) -> Any:
    """Return Twilio's client; imported here, since the library takes 20 MB and only senders need it."""
    from twilio.http.http_client import TwilioHttpClient
    from twilio.rest import Client

    class Line(TwilioHttpClient):
        """Sends the client's requests to another server: the client itself only knows Twilio's regions."""

        def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
            return super().request(
                method, account.base.rstrip("/") + url.removeprefix(OFFICIAL), *args, **kwargs
            )

    return Client(account.sid, account.token, http_client=Line(timeout=TIMEOUT_S))
