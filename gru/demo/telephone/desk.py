"""What the telephone answers on the demo port: the provider's API, its pages, its commands."""

import base64
import binascii
import json
import time
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl

from gru.demo.telephone import api, media, pages
from gru.demo.telephone.calling import Caller
from gru.demo.telephone.credentials import PhoneMessage, read
from gru.demo.telephone.exchange import IN, OUT, Exchange, Subscriber, Text, key_of
from gru.demo.telephone.troubles import OFF, Troubles
from requests_app.lib import phones

API = "/2010-04-01/Accounts/"
HANGS_FOR_S = 60
BLOCKING = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
UNBLOCKING = {"START", "UNSTOP", "YES"}
CODES = {"429": "20429", "500": "20500", "503": "20503", "outage": "20503"}
CODES |= {"no_pictures": "20503", "pictures_gone": "20404"}
PICTURE = "/telephone/images/"
JSON, HTML, PLAIN = "application/json", "text/html; charset=utf-8", "text/plain"


class HangUp(Exception):
    """Close the connection without an answer."""


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One request; ``is_foreign`` when a page of another origin sent it."""

    method: str
    path: str
    query: dict[str, str]
    authorization: str = ""
    body: bytes = b""
    content_type: str = ""
    is_foreign: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    kind: str = PLAIN
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class Telephone:
    """The exchange, its failures on command, and its account."""

    def __init__(self, exchange: Exchange, subscriber: Subscriber) -> None:
        self.exchange, self.subscriber = exchange, subscriber
        self.troubles, self.caller = Troubles(), Caller(exchange, subscriber)
        self.album = media.Album(exchange.file.with_suffix(".media"))
        self.stopped: set[str] = set()  # numbers that sent STOP: the provider blocks them by itself

    def answer(self, asked: ApiCall) -> Reply | None:
        """Answer a call to the telephone; None for any other. Raises HangUp on command."""
        if asked.path.startswith(API):
            return self._api(asked)
        if asked.path == "/telephone.json":
            return _json(200, [asdict(text) for text in self.exchange.newest_first()])
        if asked.path in {"/telephone/recu", "/telephone/panne"} and asked.method == "POST":
            return self._command(asked)
        if asked.path.startswith(PICTURE) and asked.method == "GET":
            return self._picture(asked.path.removeprefix(PICTURE))
        if asked.path.startswith("/telephone/") and asked.method == "GET":
            return self._page(asked.path.removeprefix("/telephone/").strip("/"))
        return None

    # --- the API ---
    def _api(self, asked: ApiCall) -> Reply:
        if not self._is_ours(asked):
            return _json(*api.refusal("20003"))
        if self.troubles.is_outage:
            return _json(*api.refusal("20503"))
        rest = asked.path.removeprefix(f"{API}{self.subscriber.sid}/")
        if rest == "Messages.json" and asked.method == "POST":
            return self._create(dict(parse_qsl(asked.body.decode("utf-8", "replace"))))
        if rest == "Messages.json":
            return _json(*api.list_messages(self.exchange, asked.path, asked.query, self.subscriber.sid))
        if "/Media" in rest:
            return self._media(rest)
        sid = rest.removeprefix("Messages/").removesuffix(".json")
        if asked.method == "DELETE":
            return _json(*api.delete_message(self.exchange, sid))
        return _json(*api.one(self.exchange, sid, self.subscriber.sid))

    def _media(self, rest: str) -> Reply:
        if trouble := CODES.get(self.troubles.pictures.next()):
            return _json(*api.refusal(trouble))
        text, one = media.parse_path(self.exchange, rest)
        if text and one == media.ALL:
            return _json(200, media.list_pictures(text, self.subscriber.sid))
        found = self.album.picture_of(text, one) if text else None
        return Reply(200, *found) if found else _json(*api.refusal("20404"))

    def _picture(self, sid: str) -> Reply:
        """Return what the pages show of a picture."""
        found = next(
            filter(None, (self.album.picture_of(each, sid) for each in self.exchange.newest_first())), None
        )
        return Reply(200, *found) if found and found[0] in media.SHOWN else Reply(HTTPStatus.NOT_FOUND)

    def _is_ours(self, asked: ApiCall) -> bool:
        given = asked.authorization.removeprefix("Basic ")
        try:
            known = base64.b64decode(given).decode() == f"{self.subscriber.sid}:{self.subscriber.token}"
        except (binascii.Error, UnicodeDecodeError):
            return False
        return known and asked.path.startswith(f"{API}{self.subscriber.sid}/")

    def _create(self, fields: dict[str, str]) -> Reply:
        trouble = self.troubles.sending.next()
        if trouble == "hang":
            time.sleep(HANGS_FOR_S)
        if trouble in {"hang", "close_before"}:
            raise HangUp
        code = CODES.get(trouble) or (trouble if trouble in api.ERRORS else "") or api.missing(fields)
        if not code and fields["To"] in self.stopped:
            code = "21610"
        if code:
            return _json(*api.refusal(code))
        text = self._record_sent(fields)
        if trouble == "close_after":
            raise HangUp
        return _json(HTTPStatus.CREATED, api.shape(text, self.subscriber.sid))

    def _record_sent(self, fields: dict[str, str]) -> Text:
        text = self.exchange.add(
            OUT,
            sender=fields.get("From") or self.subscriber.number,
            to=fields["To"],
            body=fields["Body"],
            status="queued",
            callback=fields.get("StatusCallback", ""),
        )
        trouble = self.troubles.receipts.next()
        self.caller.tell(text, trouble)
        return text

    # --- the pages and the commands ---
    def _page(self, key: str) -> Reply:
        texts = self.exchange.newest_first()
        if key and not any(text.key == key for text in texts):
            return Reply(HTTPStatus.NOT_FOUND)
        return Reply(200, HTML, pages.telephone(texts, key, self.subscriber.number, self.troubles).encode())

    def _command(self, asked: ApiCall) -> Reply:
        if asked.is_foreign:  # a page of another site must not write in somebody's name
            return Reply(HTTPStatus.FORBIDDEN)
        try:
            given = read(asked.body, asked.content_type)
            is_text = asked.path.endswith("recu")
            result = self._receive(given) if is_text else self._break(given.fields)
        except (ValueError, KeyError, TypeError, AttributeError):
            return Reply(HTTPStatus.BAD_REQUEST)
        if "json" in asked.content_type:
            return _json(200, result)
        back = f"/telephone/{result.get('key', given.fields.get('key', ''))}/".replace("//", "/")
        return Reply(HTTPStatus.SEE_OTHER, headers={"Location": back})

    def _receive(self, written: PhoneMessage) -> dict[str, object]:
        """Receive an SMS from a citizen: ``from``, ``body``; without ``deliver`` only the list has it."""
        given = written.fields
        sender = phones.e164(str(given["from"])) or str(given["from"]).strip()
        if not sender:
            raise ValueError
        to = str(given.get("to") or self.subscriber.number)
        kept = self.album.keep(written.pictures)
        text = self.exchange.add(
            IN, sender=sender, to=to, body=str(given["body"]), status="received", media=kept
        )
        self._obey(sender, text.body)
        times = int(given.get("times") or 1) if given.get("deliver", True) not in {False, "non"} else 0
        answers = [self.caller.bring(text) for _ in range(min(times, 20))]
        return {"sid": text.sid, "answers": answers, "key": key_of(sender)}

    def _obey(self, sender: str, body: str) -> None:
        """Obey STOP and START in English, as the provider does by itself on its long numbers."""
        word = body.strip().upper()
        if word in BLOCKING:
            self.stopped.add(sender)
        elif word in UNBLOCKING:
            self.stopped.discard(sender)

    def _break(self, given: dict[str, str]) -> dict[str, object]:
        mode, count = str(given["mode"]), int(given.get("count") or 1)
        if not self.troubles.set(mode, 0 if mode == OFF else count):
            raise ValueError(mode)
        return {"mode": mode, "count": count}


def _json(status: int, data: object) -> Reply:
    if status == HTTPStatus.NO_CONTENT:
        return Reply(status)
    return Reply(status, JSON, json.dumps(data, ensure_ascii=False).encode())
