"""The way out: Twilio's own client, pointed where the settings say."""

from channels_app.sms.provider.accounts import Account, account
from channels_app.sms.provider.sending import (
    RefusedByPerson,
    create,
    find,
    is_the_one,
    listed_since,
    status_of,
)

__all__ = [
    "Account",
    "RefusedByPerson",
    "account",
    "create",
    "find",
    "is_the_one",
    "listed_since",
    "status_of",
]
