"""Identifies the same mail by another route, whatever a provider rebuilt of it (threats: I3, M06)."""

import hashlib
import re

from channels_app.mail.mailboxes import mailboxes
from channels_app.mail.parsing import Understood
from requests_app.lib.same_words import letters

MAX_MAILBOXES = 50  # of To and Cc: more than that is a mailing, and names no Maison
TAG = re.compile(r"<[^<>]*>")


def meaning_of(mail: Understood, address: str) -> str:
    """Return a key for this text and these files sent to this service; a Message-ID alone is not enough.

    Addresses of ours that lead to the same service are one. "" when nothing identifies the mail.
    """
    if not mail.message_id:
        return ""
    parts = (mailboxes.service_of(address), mail.message_id, mail.from_address or "", letters(mail.subject))
    words = "\n".join((*parts, _words(mail), *_files(mail)))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def siblings_of(mail: Understood, address: str) -> tuple[str, ...]:
    """Return the keys of the same mail at the other services it was sent to."""
    mine = mailboxes.service_of(address)
    others = [box for box in mail.to[:MAX_MAILBOXES] if mailboxes.is_ours(box)]
    services = {mailboxes.service_of(box): box for box in others}
    return tuple(meaning_of(mail, box) for service, box in services.items() if service != mine)


def _words(mail: Understood) -> str:
    """Return the text, of the HTML when there is one: providers invent a plain text for mails without."""
    return letters(TAG.sub(" ", mail.html)) or letters(mail.text)


def _files(mail: Understood) -> list[str]:
    """Return digests of its files, whatever their names and order; not of pictures inside its HTML.

    Some providers hand those over, some do not.
    """
    page = mail.html.lower()
    drawn = [file for file in mail.files if file.content_id and f"cid:{file.content_id}".lower() in page]
    return sorted({hashlib.sha256(file.data).hexdigest() for file in mail.files if file not in drawn})
