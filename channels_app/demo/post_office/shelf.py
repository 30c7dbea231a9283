"""The mails accepted, in the order they came, kept in one file of JSON lines."""

import json
import threading
from collections import deque
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

KEPT = 2_000  # mails; the oldest are forgotten


@dataclass(frozen=True, slots=True)
class Posted:
    """One mail as the recipient would read it."""

    at: str
    to: str
    sender: str
    subject: str
    message_id: str
    text: str
    auto_submitted: str


class Shelf:
    """Keeps mails across restarts; safe between the two doors' threads."""

    def __init__(self, file: Path) -> None:
        self.file, self.lock = file, threading.Lock()
        self.mails: deque[Posted] = deque(self._read(), maxlen=KEPT)

    def add(self, raw: bytes, recipient: str) -> None:
        mail = message_from_bytes(raw, policy=policy.default)
        body = mail.get_body(("plain",))
        posted = Posted(
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            to=recipient,
            sender=str(mail["From"] or ""),
            subject=str(mail["Subject"] or ""),
            message_id=str(mail["Message-ID"] or "").strip("<> "),
            text=body.get_content() if body else "",
            auto_submitted=str(mail["Auto-Submitted"] or ""),
        )
        with self.lock:
            self.mails.append(posted)
            with self.file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(posted), ensure_ascii=False) + "\n")

    def newest_first(self) -> list[Posted]:
        with self.lock:
            return list(reversed(self.mails))

    def has(self, message_id: str) -> bool:
        return any(mail.message_id == message_id for mail in self.newest_first())

    def _read(self) -> list[Posted]:
        if not self.file.exists():
            self.file.parent.mkdir(parents=True, exist_ok=True)
            return []
        lines = self.file.read_text(encoding="utf-8").splitlines()[-KEPT:]
        return [Posted(**json.loads(line)) for line in lines if line.endswith("}")]
