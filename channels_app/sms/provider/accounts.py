from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

OFFICIAL = "https://api.twilio.com"
TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Account:
    """Whose SMS they are, from which sender, by which server."""

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
    """Twilio's client; the library takes 20 MB, and only those who send."""
    from twilio.http.http_client import TwilioHttpClient
    from twilio.rest import Client

    class Line(TwilioHttpClient):
        """The same requests to another server: the client itself can only name regions of Twilio."""

        def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
            return super().request(
                method, account.base.rstrip("/") + url.removeprefix(OFFICIAL), *args, **kwargs
            )

    return Client(account.sid, account.token, http_client=Line(timeout=TIMEOUT_S))
