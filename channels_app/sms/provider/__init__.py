"""Twilio's own client, pointed where the settings say."""

from channels_app.sms.provider.accounts import Account, account
from channels_app.sms.provider.pictures import Picture, PictureLost, fetch_picture, pictures_of
from channels_app.sms.provider.sending import (
    RefusedByPerson,
    create,
    erase,
    find,
    is_the_one,
    listed_before,
    listed_since,
    status_of,
)

__all__ = [
    "Account",
    "Picture",
    "PictureLost",
    "RefusedByPerson",
    "account",
    "create",
    "erase",
    "fetch_picture",
    "find",
    "is_the_one",
    "listed_before",
    "listed_since",
    "pictures_of",
    "status_of",
]
