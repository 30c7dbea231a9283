"""Our parser of mail beside Python's own `email`, on the real mails whose content is known.

.venv/bin/python -m tests.benchmarks.mime [--failures]      (reads GRU_SHARED_DIR/data/mail; no server)

The library is used as a careful program would: every field is read apart, an error costs that field only, an
unknown charset falls back, HTML becomes text by our own function, and a root that is a file counts as one.
A mail that a parser refuses gives nothing: all its checks are missed.
"""

import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TypeVar

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gru.settings.dev")

import django

django.setup()

from django.conf import settings

from channels_app.mail.parsing import MailFile, Unreadable, understand
from channels_app.mail.scores import Fields, check_fields, read_manifest
from requests_app.lib.html import html_to_text

FOLDER = settings.SHARED_DIR / "data" / "mail"
Field = TypeVar("Field")
_SENDER = b"From: amina@exemple.fr\r\n"
HEAVY = {
    "2 000 multiparts in each other": _SENDER
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2000))
    + b"Content-Type: text/plain\r\n\r\nBonjour",
    "20 000 parts side by side": _SENDER
    + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--b\r\nContent-Type: text/plain\r\n\r\nBonjour\r\n" * 20_000,
    "20 000 parameters": _SENDER + b"Content-Type: text/plain; a=" + b"x;b=" * 20_000 + b"\r\n\r\nBonjour",
    "4 500 encoded words in the subject": _SENDER
    + b"Subject: "
    + b"=?utf-8?q?a?= " * 4_500
    + b"\r\n\r\nBonjour",
}


@dataclass(slots=True)
class LibraryMail:
    """What the standard library gives of a mail, and what it raised meanwhile."""

    from_address: str | None = None
    subject: str = ""
    text: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()
    files: tuple[MailFile, ...] = ()
    errors: list[str] = field(default_factory=list)

    def attempt(self, read: Callable[[], Field], otherwise: Field) -> Field:
        """Read one field; whatever the library raises is counted, and costs that field only."""
        try:
            return read()
        except Exception as error:
            self.errors.append(type(error).__name__)
            return otherwise


def read_by_library(raw: bytes) -> LibraryMail:
    mail = LibraryMail()
    message = mail.attempt(lambda: message_from_bytes(raw, policy=policy.default), EmailMessage())
    mail.from_address = mail.attempt(lambda: _address(message), None)
    mail.subject = mail.attempt(lambda: str(message["Subject"] or ""), "")
    mail.text = mail.attempt(lambda: _text(message), "")
    mail.message_id = mail.attempt(lambda: " ".join(_ids(message, "Message-ID")), "")
    mail.references = mail.attempt(lambda: (*_ids(message, "In-Reply-To"), *_ids(message, "References")), ())
    mail.files = mail.attempt(lambda: tuple(_files(message)), ())
    return mail


def _address(message: EmailMessage) -> str | None:
    addresses = message["From"].addresses if message["From"] else ()
    return next((each.addr_spec.lower() for each in addresses if each.domain), None)


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    text = _content(body)
    return html_to_text(text) if body.get_content_subtype() == "html" else text


def _content(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except LookupError:  # an unknown charset
        return part.get_payload(decode=True).decode("utf-8", "replace")


def _ids(message: EmailMessage, name: str) -> list[str]:
    return [each.strip("<>") for each in str(message[name] or "").split()]


def _files(message: EmailMessage) -> Iterator[MailFile]:
    for part in _leaves(message):
        name = part.get_filename() or ""
        if name or part.get_content_maintype() != "text" or part.is_attachment():
            yield MailFile(name, part.get_content_type(), b"", "", False, "")


def _leaves(part: EmailMessage) -> Iterator[EmailMessage]:
    """Every part that has no parts; a forwarded mail is one."""
    if part.get_content_maintype() != "multipart":
        yield part
    elif part.is_multipart():
        for child in part.iter_parts():
            yield from _leaves(child)


@dataclass(slots=True)
class Score:
    """What one parser found of all mails, and what it cost."""

    passed: Counter[str] = field(default_factory=Counter)
    missed: dict[tuple[str, str], object] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    def add(self, row: dict[str, str], mail: Fields) -> None:
        for check, is_right in check_fields(row, mail):
            if is_right:
                self.passed[check] += 1
            else:
                self.missed[check, row["file"]] = _given(mail, check)

    def share(self, check: str) -> str:
        passed = self.passed[check]
        return f"{passed:>3}/{passed + sum(1 for each, _file in self.missed if each == check)}"

    def cost(self) -> str:
        spent = sorted(1000 * each for each in self.seconds)
        median = statistics.median(spent)
        return f"median {median:.2f} ms of CPU, worst {spent[-1]:.0f} ms, all {sum(spent):.0f} ms"


def _given(mail: Fields, check: str) -> object:
    if check.startswith("file"):
        return [each.name for each in mail.files]
    value = {"from": mail.from_address, "subject": mail.subject, "message-id": mail.message_id}.get(check)
    return repr(value if check in ("from", "subject", "message-id") else mail.text)[:90]


def timed(read: Callable[[bytes], Fields], raw: bytes, score: Score) -> Fields:
    began = time.process_time()
    mail = read(raw)
    score.seconds.append(time.process_time() - began)
    return mail


def read_by_ours(raw: bytes) -> Fields:
    try:
        return understand(raw)
    except Unreadable:
        return LibraryMail()


READERS: dict[str, Callable[[bytes], Fields]] = {"library": read_by_library, "ours": read_by_ours}


def _cost_of(read: Callable[[bytes], Fields], raw: bytes) -> str:
    score = Score()
    is_read = bool(timed(read, raw, score).text)
    return f"{1000 * score.seconds[0]:.0f} ms{'' if is_read else ', refused'}"


def main(*, with_failures: bool = False) -> None:
    scores, errors = {"library": Score(), "ours": Score()}, Counter[str]()
    for row in read_manifest(FOLDER):
        raw = (FOLDER / row["file"]).read_bytes()
        mail = timed(read_by_library, raw, scores["library"])
        errors.update(mail.errors)
        scores["library"].add(row, mail)
        scores["ours"].add(row, timed(read_by_ours, raw, scores["ours"]))
    for check in scores["library"].passed:
        print(f"{check:<12}", *(f"  {name} {score.share(check)}" for name, score in scores.items()))
    for name, score in scores.items():
        wrong = {file for _check, file in score.missed}
        print(f"{name:<8} {score.cost()}; {len(wrong)} mails with something wrong")
    print(f"the library raised {dict(errors)}")
    for name, raw in HEAVY.items():
        print(
            f"{name}, {len(raw) // 1000} kB:",
            *(f"  {who} {_cost_of(read, raw)}" for who, read in READERS.items()),
        )
    if with_failures:
        name_failures(scores["library"], scores["ours"])


def name_failures(library: Score, ours: Score) -> None:
    for who, score, other in (("library", library, ours), ("ours", ours, library)):
        for (check, file), given in sorted(score.missed.items()):
            print(f"{who} {'(both) ' if (check, file) in other.missed else ''}{check}: {file}: {given}")


if __name__ == "__main__":
    main(with_failures="--failures" in sys.argv)
