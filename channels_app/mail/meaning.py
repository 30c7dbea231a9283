"""The same mail by another way: what it means stays, whatever a provider rebuilt of it (threats: I3, M06)."""

import hashlib
import re
from unicodedata import normalize

from channels_app.mail.mailboxes import mailboxes
from channels_app.mail.parsing import Understood

MOST_MAILBOXES = 50  # of To and Cc: more of them is a mailing, and names no Maison
TAG = re.compile(r"<[^<>]*>")
BETWEEN = re.compile(r"[\W_\ufffd]+")


def meaning_of(mail: Understood, address: str) -> str:
    """A name for these words sent to this service; a Message-ID alone never suffices.

    Addresses of ours that lead to the same service are one. "" when nothing names the mail.
    """
    if not mail.message_id:
        return ""
    parts = (mailboxes.service_of(address), mail.message_id, mail.from_address or "", letters(mail.subject))
    words = "\n".join((*parts, _words(mail)))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def siblings_of(mail: Understood, address: str) -> tuple[str, ...]:
    """What the same mail means at the other services it was sent to."""
    mine = mailboxes.service_of(address)
    others = [box for box in mail.to[:MOST_MAILBOXES] if mailboxes.is_ours(box)]
    services = {mailboxes.service_of(box): box for box in others}
    return tuple(meaning_of(mail, box) for service, box in services.items() if service != mine)


def letters(text: str) -> str:
    """Letters and digits only: lines, quotes and spaces are folded anew on each way.

    A text without any (« 👍 ») stands for itself.
    """
    return BETWEEN.sub("", normalize("NFKC", text)).casefold() or " ".join(text.split())


def _words(mail: Understood) -> str:
    """Of a mail with a page its page: providers make up a text for one that has none."""
    return letters(TAG.sub(" ", mail.html)) or letters(mail.text)
