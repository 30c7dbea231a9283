"""Addresses and ids that come back to us by mail, signed so that nobody can make one up (threats: M07).

A ticket's number is not a secret: people write it in subjects. What proves that a message answers ours is
the address or the Message-ID that only our message carried.
"""

import re
import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SEAL_LENGTH = 16  # hexadecimal digits: 64 bits, far beyond guessing by mail
_ADDRESS = re.compile(r"^demande\+([A-Z]+-[0-9A-Z]{6})\.([0-9a-f]{16})@(.+)$", re.IGNORECASE)
_RETURN = re.compile(r"^demande\+([A-Z]+-[0-9A-Z]{6})\.([0-9a-f]{12})\.([0-9a-f]{16})@(.+)$", re.IGNORECASE)
_MESSAGE_ID = re.compile(
    r"^<?gru\.([A-Z]+-[0-9A-Z]{6})\.([0-9a-f]{12})\.([0-9a-f]{16})@(.+?)>?$", re.IGNORECASE
)


def reply_address(reference: str) -> str:
    """Return the address an answer comes back to: « demande+LYN-7K4P2Q.0123456789abcdef@… »."""
    return f"demande+{reference}.{_seal('reply', reference)}@{settings.MAIL_DOMAIN}"


def return_address(message_id: str) -> str:
    """Return the envelope sender of one of our messages, or "" for an id that is not signed.

    Only the servers that carry this message know it, so that a bounce sent there is about this one: those
    who share a ticket share its reply address (threats: N03).
    """
    found = _MESSAGE_ID.match(message_id.strip())
    if not found or not is_ours(message_id):
        return ""
    name = f"{found[1].upper()}.{found[2].lower()}"
    return f"demande+{name}.{_seal('return', name)}@{settings.MAIL_DOMAIN}"


def message_id_of_address(address: str) -> str:
    """Return the message whose bounces come to this address, or ""."""
    found = _RETURN.match(address.strip())
    if not found or found[4].lower() != settings.MAIL_DOMAIN:
        return ""
    name = f"{found[1].upper()}.{found[2].lower()}"
    is_sealed = constant_time_compare(found[3].lower(), _seal("return", name))
    return f"gru.{name}.{_seal('message', name)}@{settings.MAIL_DOMAIN}" if is_sealed else ""


def reference_of_address(address: str) -> str:
    """Return the ticket that an address leads back to, or "" when the signature is not ours."""
    if message_id := message_id_of_address(address):
        return reference_of_message_id(message_id)
    found = _ADDRESS.match(address.strip())
    if not found or found[3].lower() != settings.MAIL_DOMAIN:
        return ""
    reference = found[1].upper()
    return reference if constant_time_compare(found[2].lower(), _seal("reply", reference)) else ""


def new_message_id(reference: str) -> str:
    """Make a Message-ID of ours for a message about a ticket, without its angle brackets."""
    nonce = secrets.token_hex(6)
    return f"gru.{reference}.{nonce}.{_seal('message', f'{reference}.{nonce}')}@{settings.MAIL_DOMAIN}"


def reference_of_message_id(message_id: str) -> str:
    """Return the ticket our message was about, or "" when we never wrote that Message-ID."""
    found = _MESSAGE_ID.match(message_id.strip())
    if not found or found[4].lower() != settings.MAIL_DOMAIN:
        return ""
    reference, nonce = found[1].upper(), found[2].lower()
    seal = _seal("message", f"{reference}.{nonce}")
    return reference if constant_time_compare(found[3].lower(), seal) else ""


def is_ours(message_id: str) -> bool:
    """Tell whether we wrote this Message-ID: our own mail coming back."""
    return bool(reference_of_message_id(message_id))


def _seal(purpose: str, value: str) -> str:
    return salted_hmac(f"gru.seal.{purpose}", value, algorithm="sha256").hexdigest()[:SEAL_LENGTH]
