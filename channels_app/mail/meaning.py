"""The same mail by another way: what it means stays, whatever a provider rebuilt of it (threats: I3, M06)."""

import hashlib
import re

from channels_app.mail.mailboxes import mailboxes
from channels_app.mail.parsing import Understood
from requests_app.lib.same_words import letters

MAX_MAILBOXES = 50  # of To and Cc: more of them is a mailing, and names no Maison
TAG = re.compile(r"<[^<>]*>")


def meaning_of(mail: Understood, address: str) -> str:
    """Return a name for these words and files sent to this service; a Message-ID alone never suffices.

    Addresses of ours that lead to the same service are one. "" when nothing names the mail.
    """
    if not mail.message_id:
        return ""
    parts = (mailboxes.service_of(address), mail.message_id, mail.from_address or "", letters(mail.subject))
    words = "\n".join((*parts, _words(mail), *_files(mail)))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def siblings_of(mail: Understood, address: str) -> tuple[str, ...]:
    """Return what the same mail means at the other services it was sent to."""
    mine = mailboxes.service_of(address)
    others = [box for box in mail.to[:MAX_MAILBOXES] if mailboxes.is_ours(box)]
    services = {mailboxes.service_of(box): box for box in others}
    return tuple(meaning_of(mail, box) for service, box in services.items() if service != mine)


def _words(mail: Understood) -> str:
    """Of a mail with a page its page: providers make up a text for one that has none."""
    return letters(TAG.sub(" ", mail.html)) or letters(mail.text)


def _files(mail: Understood) -> list[str]:
    """Its files by their bytes, whatever they are called and in whatever order; not the pictures of its page.

    Providers hand those over, or not, as they like.
    """
    page = mail.html.lower()
    drawn = [file for file in mail.files if file.content_id and f"cid:{file.content_id}".lower() in page]
    return sorted({hashlib.sha256(file.data).hexdigest() for file in mail.files if file not in drawn})
