"""A small IMAP server on a real socket (RFC 3501, as far as we speak it), with the troubles of real ones.

It keeps its own boxes: what it was asked, and the flags it was told, are the truth for the tests.
"""

import base64
import contextlib
import re
import socket
import socketserver
import threading
import time
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|\(([^()]*)\)|(\S+)')
DAY = "%d-%b-%Y"


@dataclass
class Kept:
    """One message of a box."""

    raw: bytes
    came_on: date
    is_seen: bool = False


@dataclass
class Folder:
    uid_validity: int = 1
    next_uid: int = 1
    is_read_only: bool = False
    mails: dict[int, Kept] = field(default_factory=dict)

    def put(self, raw: bytes, *, is_seen: bool = False, on: date | None = None) -> int:
        uid, self.next_uid = self.next_uid, self.next_uid + 1
        self.mails[uid] = Kept(raw, on or date.today(), is_seen)
        return uid

    def renumber(self) -> None:
        """Another UIDVALIDITY: the same messages under other numbers."""
        self.uid_validity += 1
        self.mails = {uid + 100_000: mail for uid, mail in self.mails.items()}
        self.next_uid += 100_000


@dataclass
class Troubles:
    """What goes wrong. Sets hold uids; ``cut`` drops the line in the middle of that message."""

    cut: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)  # NO to any FETCH that names one
    nil: set[int] = field(default_factory=set)
    sizes: dict[int, int] = field(default_factory=dict)  # told instead of the true ones
    gone: set[int] = field(default_factory=set)  # expunged between SEARCH and FETCH
    hangs: bool = False
    drips: bool = False
    knows_few_criteria: bool = False


class ImapServer(socketserver.ThreadingTCPServer):
    """`server.folders["INBOX"].put(raw)`; `server.url()` for GRU_IMAP_URL."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, user: str = "boite", password: str = "clef") -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.user, self.password = user, password
        self.folders = {"INBOX": Folder()}
        self.troubles = Troubles()
        self.said: list[str] = []
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def url(self, folder: str = "", password: str = "") -> str:
        user = self.user.replace("@", "%40")
        return f"imap://{user}:{password or self.password}@127.0.0.1:{self.server_address[1]}/{folder}"

    def count(self, command: str) -> int:
        return sum(line.upper().startswith(command) for line in self.said)

    def close(self) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()


class Conversation(socketserver.StreamRequestHandler):
    server: ImapServer
    folder: Folder | None = None

    def handle(self) -> None:
        if self.server.troubles.drips:
            self._drip()
            return
        with contextlib.suppress(OSError):
            self._write(b"* OK ready\r\n")
            while line := self.rfile.readline():
                tag, _space, command = line.decode().strip().partition(" ")
                self.server.said.append(command)
                if not self._obey(tag, command):
                    break

    def _drip(self) -> None:
        with contextlib.suppress(OSError):
            self._write(b"* OK ready\r\n")
            self.rfile.readline()
            while True:
                self._write(b"*")
                time.sleep(0.05)

    def _write(self, data: bytes) -> None:
        self.wfile.write(data)

    def _obey(self, tag: str, command: str) -> bool:
        verb, *words = _words(command)
        if verb.upper() == "UID":
            verb, words = f"uid_{words[0]}", words[1:]
        answer = getattr(self, f"do_{verb.lower()}", self.do_unknown)(*words)
        self._write(f"{tag} {answer} .\r\n".encode())
        return verb.upper() != "LOGOUT"

    def do_unknown(self, *_words: str) -> str:
        return "BAD unknown"

    def do_capability(self) -> str:
        self._write(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n")
        return "OK"

    def do_login(self, user: str, password: str) -> str:
        right = (self.server.user, self.server.password)
        return "OK" if (user, password) == right else "NO [AUTHENTICATIONFAILED] not you"

    def do_authenticate(self, _how: str) -> str:
        self._write(b"+ \r\n")
        _, user, password = base64.b64decode(self.rfile.readline()).decode().split("\0")
        return self.do_login(user, password)

    def do_select(self, name: str) -> str:
        self.folder = self.server.folders.get(name)
        if self.folder is None:
            return "NO no such folder"
        told = f"* {len(self.folder.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.folder.uid_validity}] x\r\n"
        self._write(f"{told}* OK [UIDNEXT {self.folder.next_uid}] x\r\n".encode())
        return "OK [READ-ONLY] done" if self.folder.is_read_only else "OK [READ-WRITE] done"

    do_examine = do_select

    def do_uid_search(self, *criteria: str) -> str:
        if self.server.troubles.knows_few_criteria and len(criteria) > 2:
            return "BAD too complicated"
        found = [uid for uid, mail in self._mails.items() if self._matches(uid, mail, list(criteria))]
        self._write(f"* SEARCH {' '.join(map(str, found))}\r\n".encode())
        return "OK"

    def do_uid_fetch(self, uids: str, what: str) -> str:
        troubles = self.server.troubles
        if troubles.hangs:
            time.sleep(30)
        wanted = [uid for uid in self._mails if _is_in(uid, uids, self._last) and uid not in troubles.gone]
        if troubles.refused.intersection(wanted):
            return "NO cannot give it"
        for uid in wanted:
            self._give(uid, self._mails[uid].raw, what)
        return "OK"

    def do_uid_store(self, uid: str, _how: str, flags: str) -> str:
        if self.folder is None or self.folder.is_read_only:
            return "NO read only"
        self._mails[int(uid)].is_seen = "\\Seen" in flags
        return "OK"

    def do_expunge(self) -> str:
        return "OK"

    def do_logout(self) -> str:
        self._write(b"* BYE\r\n")
        return "OK"

    @property
    def _mails(self) -> dict[int, Kept]:
        return self.folder.mails if self.folder else {}

    @property
    def _last(self) -> int:
        return max(self._mails, default=0)

    def _give(self, uid: int, raw: bytes, what: str) -> None:
        if "SIZE" in what:
            size = self.server.troubles.sizes.get(uid, len(raw))
            self._write(f"* 1 FETCH (UID {uid} RFC822.SIZE {size})\r\n".encode())
            return
        if "HEADER" in what:
            raw = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        if uid in self.server.troubles.nil:
            self._write(f"* 1 FETCH (UID {uid} BODY[] NIL)\r\n".encode())
            return
        self._write(f"* 1 FETCH (UID {uid} BODY[] {{{len(raw)}}}\r\n".encode())
        if uid in self.server.troubles.cut:
            self._write(raw[: len(raw) // 2])
            self.connection.shutdown(socket.SHUT_RDWR)
            raise ConnectionAbortedError
        self._write(raw + b")\r\n")

    def _matches(self, uid: int, mail: Kept, words: list[str]) -> bool:
        """Whether a message answers all the search keys."""
        while words:
            if not self._key(uid, mail, words):
                return False
        return True

    def _key(self, uid: int, mail: Kept, words: list[str]) -> bool:
        """Read one search key, and the keys that it holds."""
        match words.pop(0).upper():
            case "ALL":
                return True
            case "UID":
                return _is_in(uid, words.pop(0), self._last)
            case "UNSEEN":
                return not mail.is_seen
            case "SINCE":
                return mail.came_on >= datetime.strptime(words.pop(0), DAY).date()
            case "NOT":
                return not self._key(uid, mail, words)
            case "OR":
                one, other = self._key(uid, mail, words), self._key(uid, mail, words)
                return one or other
            case word:
                raise AssertionError(word)


def _words(command: str) -> list[str]:
    found: list[tuple[Any, ...]] = WORD.findall(command)
    return [plain or listed or re.sub(r"\\(.)", r"\1", quoted) for quoted, listed, plain in found]


def _is_in(uid: int, ranges: str, last: int) -> bool:
    """RFC 3501: « n:* » always holds the last one, and the ends of a range may come in any order."""
    for part in ranges.split(","):
        ends = [last if end == "*" else int(end) for end in part.split(":")]
        if min(ends) <= uid <= max(ends):
            return True
    return False
