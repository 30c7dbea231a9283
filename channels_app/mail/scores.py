"""Measure the parser on the real mails of GRU_SHARED_DIR/data/mail, check by check."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from requests_app.lib.html import clean_html

from .parsing import MailFile, Understood, Unreadable, understand

LIVE = re.compile(
    r"<\s*/?(?:script|form|iframe|frame|frameset|base|meta|style|object|embed|applet|svg|math|link|input|button)\b"
    r"|\son\w+\s*=|(?:java|vb|live)script\s*:|style\s*=|srcset|url\(|src=\"(?!cid:|data:image/(?!svg))",
    re.IGNORECASE,
)
TAG = re.compile(r"<[^<>]*>")
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Result:
    """One check of one mail."""

    check: str
    file: str
    mail_class: str
    passed: bool


class Fields(Protocol):
    """What any parser gives of a mail; `tests/benchmarks/mime.py` compares another one."""

    @property
    def from_address(self) -> str | None: ...
    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def message_id(self) -> str: ...
    @property
    def references(self) -> tuple[str, ...]: ...
    @property
    def files(self) -> tuple[MailFile, ...]: ...


def measure(folder: Path) -> list[Result]:
    """Run every check of manifest.csv; an empty cell is no check."""
    results: list[Result] = []
    for row in read_manifest(folder):
        checks = _checks(row, (folder / row["file"]).read_bytes())
        results += [Result(name, row["file"], row["class"], passed) for name, passed in checks]
    return results


def read_manifest(folder: Path) -> list[dict[str, str]]:
    """Read what each mail of the folder must give."""
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as manifest:
        return list(csv.DictReader(manifest))


def check_fields(row: dict[str, str], mail: Fields) -> Iterator[tuple[str, bool]]:
    """Compare what MIME says of a mail, without what only an agent's screen needs."""
    yield from _texts(row, mail)
    yield from _files(row, mail)


def _checks(row: dict[str, str], raw: bytes) -> Iterator[tuple[str, bool]]:
    try:
        mail = understand(raw)
    except Unreadable:
        yield "no crash", row["may_reject"] == "yes"
        return
    yield "no crash", True
    yield from check_fields(row, mail)
    yield from _machines(row, mail)
    yield from _reply(row, mail)
    yield "html safe", not any(LIVE.search(tag) for tag in TAG.findall(clean_html(mail.html)))


def _texts(row: dict[str, str], mail: Fields) -> Iterator[tuple[str, bool]]:
    if row["expected_from"]:
        wanted = row["expected_from"].replace("<none>", "")
        yield "from", (mail.from_address or "") == wanted
    if row["expected_subject"]:
        wanted = row["expected_subject"].replace("<none>", "")
        yield "subject", _dense(mail.subject) == _dense(wanted)
    if row["expected_text"] == "<empty>":
        yield "text", not mail.text.strip()
    elif row["expected_text"]:
        yield "text", _dense(row["expected_text"]) in _dense(mail.text)
    if row["message_id"]:
        yield "message-id", mail.message_id == row["message_id"]
    if row["references"]:
        yield "references", set(row["references"].split()) <= set(mail.references)


def _files(row: dict[str, str], mail: Fields) -> Iterator[tuple[str, bool]]:
    if row["n_attachments"]:
        low, _, high = row["n_attachments"].partition("..")
        yield "file count", int(low) <= len(mail.files) <= int(high or low)
    if row["attachment_names"]:
        yield "file names", set(row["attachment_names"].split("|")) <= {file.name for file in mail.files}


def _machines(row: dict[str, str], mail: Understood) -> Iterator[tuple[str, bool]]:
    if row["is_auto"]:
        name = "automatic" if row["is_auto"] == "yes" else "human"
        yield name, mail.is_auto == (row["is_auto"] == "yes")
    if row["is_bounce"]:
        name = "bounce" if row["is_bounce"] == "yes" else "no bounce"
        yield name, mail.is_bounce == (row["is_bounce"] == "yes")
    if row["no_ack"] == "yes":
        yield "no ack", mail.no_ack
    if row["bounce_original_message_id"]:
        yield "bounce id", mail.bounce_original_message_id == row["bounce_original_message_id"]
    if row["bounce_recipient"]:
        yield "bounce address", mail.bounce_recipient in row["bounce_recipient"].split("|")


def _reply(row: dict[str, str], mail: Understood) -> Iterator[tuple[str, bool]]:
    yield "not empty", bool(mail.reply_text.strip()) or not mail.text.strip()
    if not row["reply_keep"]:
        return
    visible, dropped = _dense(mail.reply_text), _dense(row["reply_drop"])
    passed = _dense(row["reply_keep"]) in visible and not (dropped and dropped in visible)
    yield "reply", passed
    if "lang_fr" in row["tags"]:
        yield "french reply", passed


def _dense(text: str) -> str:
    return BLANKS.sub("", text)
