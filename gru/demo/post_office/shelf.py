"""The accepted mails, in order of arrival, stored in one file of JSON lines."""

import hashlib
import json
import threading
from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path

KEPT = 2_000  # mails; the oldest are dropped


@dataclass(frozen=True, slots=True)
class Posted:
    """One mail as the recipient would read it; ``files`` are the names of what is attached."""

    at: str
    to: str
    sender: str
    subject: str
    message_id: str
    text: str
    auto_submitted: str
    reply_to: str = ""
    in_reply_to: str = ""
    references: str = ""
    html: str = ""
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Return the identifier of its page; it reveals nothing about anybody."""
        return hashlib.sha256(f"{self.at} {self.to} {self.message_id}".encode()).hexdigest()[:16]


class Shelf:
    """Stores mails across restarts; safe between the threads of the two servers."""

    def __init__(self, file: Path, *, kept: int = KEPT) -> None:
        self.file, self.kept, self.lock = file, kept, threading.Lock()
        file.parent.mkdir(parents=True, exist_ok=True)
        self.mails: deque[Posted] = deque(self._read(), maxlen=kept)
        self._times = Counter(mail.message_id for mail in self.mails)
        self._written = 0
        self._write_again()

    def add(self, raw: bytes, recipient: str) -> None:
        posted = _read_mail(raw, recipient)
        with self.lock:
            if len(self.mails) == self.kept:
                self._times[self.mails[0].message_id] -= 1
            self.mails.append(posted)
            self._times[posted.message_id] += 1
            if self._written >= 2 * self.kept:
                self._write_again()
            else:
                with self.file.open("a", encoding="utf-8") as file:
                    file.write(_line(posted))
                self._written += 1

    def newest_first(self) -> list[Posted]:
        with self.lock:
            return list(reversed(self.mails))

    def find(self, key: str) -> Posted | None:
        return next((mail for mail in self.newest_first() if mail.key == key), None)

    def has(self, message_id: str) -> bool:
        with self.lock:
            return self._times[message_id] > 0

    def _write_again(self) -> None:
        """Drop the oldest from the file too: it stays under twice what is stored."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text("".join(map(_line, self.mails)), encoding="utf-8")
        fresh.replace(self.file)
        self._written = len(self.mails)

    def _read(self) -> list[Posted]:
        """Return the stored mails; a line cut by a kill is dropped."""
        if not self.file.exists():
            return []
        lines = self.file.read_text(encoding="utf-8").splitlines()[-self.kept :]
        return [Posted(**json.loads(line)) for line in lines if line.endswith("}")]


def _line(posted: Posted) -> str:
    return json.dumps(asdict(posted), ensure_ascii=False) + "\n"


def _read_mail(raw: bytes, recipient: str) -> Posted:
    mail: EmailMessage = message_from_bytes(raw, policy=policy.default)
    text, page = mail.get_body(("plain",)), mail.get_body(("html",))
    return Posted(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        to=recipient,
        sender=_sender(mail),
        subject=str(mail["Subject"] or ""),
        message_id=str(mail["Message-ID"] or "").strip("<> "),
        text=text.get_content() if text else "",
        auto_submitted=str(mail["Auto-Submitted"] or ""),
        reply_to=str(mail["Reply-To"] or ""),
        in_reply_to=str(mail["In-Reply-To"] or "").strip("<> "),
        references=str(mail["References"] or ""),
        html=page.get_content() if page else "",
        files=[part.get_filename() or "" for part in mail.iter_attachments()],
    )


def _sender(mail: EmailMessage) -> str:
    """Decode with the legacy API: EmailMessage leaves a space between encoded words (RFC 2047, 6.2)."""
    written = next((value for name, value in mail.raw_items() if name.lower() == "from"), "")
    return str(make_header(decode_header("".join(written.splitlines()))))
