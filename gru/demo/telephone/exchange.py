"""Every SMS, in either direction, stored in one file of JSON lines."""

import hashlib
import json
import secrets
import threading
from collections import deque
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from requests_app.lib.segments import measure

KEPT = 20_000  # messages; the oldest are dropped
OUT, IN = "outbound-api", "inbound"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """The account of the exchange: its credentials, its number, and the addresses of the callbacks."""

    sid: str
    token: str
    number: str
    public_url: str


@dataclass(frozen=True, slots=True)
class Text:
    """One SMS as the provider knows it; ``status`` and ``error`` are the provider's."""

    sid: str
    direction: str
    sender: str
    to: str
    body: str
    at: str
    status: str
    error: str = ""
    callback: str = ""
    media: list[list[str]] = field(default_factory=list)  # (id, type) of each picture
    is_deleted: bool = False  # by the API: the provider no longer has it, the telephone still does

    @property
    def other(self) -> str:
        """Return the number that is not the authority's."""
        return self.to if self.direction == OUT else self.sender

    @property
    def key(self) -> str:
        """Return the identifier of its conversation in an address; it reveals nothing about anybody."""
        return key_of(self.other)

    @property
    def segments(self) -> int:
        return measure(self.body).segments

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.at)


def key_of(number: str) -> str:
    """Return a number as it may stand in an address."""
    return hashlib.sha256(number.encode()).hexdigest()[:16]


class Exchange:
    """Stores messages across restarts; safe between threads."""

    def __init__(self, file: Path, *, kept: int = KEPT) -> None:
        self.file, self.kept, self.lock = file, kept, threading.Lock()
        file.parent.mkdir(parents=True, exist_ok=True)
        self.texts: dict[str, Text] = {text.sid: text for text in self._read()}
        self._line_count = 0
        self._write_again()

    def add(
        self,
        direction: str,
        *,
        sender: str,
        to: str,
        body: str,
        status: str,
        callback: str = "",
        media: list[list[str]] | None = None,
    ) -> Text:
        """Store a new message under a new id."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        sid = f"{'MM' if media else 'SM'}{secrets.token_hex(16)}"
        text = Text(sid, direction, sender, to, body, at, status, "", callback, media or [])
        with self.lock:
            self.texts[text.sid] = text
            while len(self.texts) > self.kept:
                self.texts.pop(next(iter(self.texts)))
            self._append(text)
        return text

    def mark(self, sid: str, status: str, error: str = "") -> Text | None:
        """Store the new status of a message."""
        with self.lock:
            if sid not in self.texts:
                return None
            self.texts[sid] = text = replace(self.texts[sid], status=status, error=error)
            self._append(text)
        return text

    def delete(self, sid: str) -> None:
        """Delete a message at the provider; the telephone that received it still shows it."""
        with self.lock:
            self.texts[sid] = text = replace(self.texts[sid], is_deleted=True)
            self._append(text)

    def find(self, sid: str) -> Text | None:
        """Return what the provider still has under this id."""
        with self.lock:
            text = self.texts.get(sid)
        return None if text is None or text.is_deleted else text

    def newest_first(self) -> list[Text]:
        with self.lock:
            return list(reversed(self.texts.values()))

    def _append(self, text: Text) -> None:
        if self._line_count >= 4 * self.kept:
            self._write_again()
            return
        with self.file.open("a", encoding="utf-8") as file:
            file.write(_line(text))
        self._line_count += 1

    def _write_again(self) -> None:
        """Write one line per message, its last version: the file stays small."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text("".join(map(_line, self.texts.values())), encoding="utf-8")
        fresh.replace(self.file)
        self._line_count = len(self.texts)

    def _read(self) -> list[Text]:
        """Return the stored messages; a line cut by a kill is dropped, of two lines the last one counts."""
        if not self.file.exists():
            return []
        lines = deque(self.file.read_text(encoding="utf-8").splitlines(), maxlen=4 * self.kept)
        last = {text.sid: text for text in (Text(**json.loads(line)) for line in lines if line.endswith("}"))}
        return list(last.values())[-self.kept :]


def _line(text: Text) -> str:
    return json.dumps(asdict(text), ensure_ascii=False) + "\n"
