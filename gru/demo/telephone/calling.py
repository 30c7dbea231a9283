"""The exchange calls us, as Twilio does: signed over the public address, without retries."""

import http.client
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator

from gru.demo.telephone.exchange import Exchange, Subscriber, Text
from gru.demo.telephone.troubles import LATE_S, PLANS

DOOR = "/entree/sms/twilio/"
LINES, TIMEOUT_S = 4, 10
STEP_S = 0.05  # between two receipts of one message


class Caller:
    """Posts messages and receipts to the given addresses, a few at a time."""

    def __init__(self, exchange: Exchange, subscriber: Subscriber) -> None:
        self.exchange, self.subscriber = exchange, subscriber
        self.lines = ThreadPoolExecutor(LINES, thread_name_prefix="telephone")
        self.refused = 0  # calls that were not answered 200
        self._lock = threading.Lock()

    def bring(self, text: Text) -> int:
        """Post an inbound message to the webhook and return the status code; 0 when nobody answers."""
        fields = {
            "MessageSid": text.sid,
            "SmsSid": text.sid,
            "SmsMessageSid": text.sid,
            "AccountSid": self.subscriber.sid,
            "From": text.sender,
            "To": text.to,
            "Body": text.body,
            "NumSegments": str(text.segments),
            "NumMedia": str(len(text.media)),
            "SmsStatus": "received",
            "ApiVersion": "2010-04-01",
            "FromCountry": "FR",
            "FromCity": "",
            **self._media(text),
        }
        return self._call(self.subscriber.public_url + DOOR, fields)

    def _media(self, text: Text) -> dict[str, str]:
        """Return the fields that say where the pictures are: on the provider's own server."""
        messages = f"https://api.twilio.com/2010-04-01/Accounts/{self.subscriber.sid}/Messages"
        fields = {}
        for rank, (sid, declared_type) in enumerate(text.media):
            fields[f"MediaUrl{rank}"] = f"{messages}/{text.sid}/Media/{sid}"
            fields[f"MediaContentType{rank}"] = declared_type
        return fields

    def tell(self, text: Text, trouble: str) -> None:
        """Post the receipts of an outgoing message later, in the order of its plan."""
        self.lines.submit(self._tell, text, trouble, time.monotonic())

    def _tell(self, text: Text, trouble: str, begun: float) -> None:
        pause = LATE_S if trouble == "late" else STEP_S
        for rank, (word, error) in enumerate(PLANS[trouble], start=1):
            time.sleep(max(0.0, begun + rank * pause - time.monotonic()))
            self.exchange.mark(text.sid, word, error)
            if text.callback:
                sid = f"SM{'0' * 32}" if trouble == "unknown" else text.sid
                self._call(text.callback, self._receipt(sid, text, word, error))

    def _receipt(self, sid: str, text: Text, word: str, error: str) -> dict[str, str]:
        fields = {
            "MessageSid": sid,
            "SmsSid": sid,
            "MessageStatus": word,
            "SmsStatus": word,
            "To": text.to,
            "From": text.sender,
            "AccountSid": self.subscriber.sid,
            "ApiVersion": "2010-04-01",
        }
        return {**fields, "ErrorCode": error} if error else fields

    def _call(self, url: str, fields: dict[str, str]) -> int:
        signature = RequestValidator(self.subscriber.token).compute_signature(url, fields)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": signature,
        }
        status = _post(url, urlencode(fields).encode(), headers)
        if status != http.client.OK:
            with self._lock:
                self.refused += 1
        return status


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    line = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_S)
    try:
        line.request("POST", f"{parts.path}?{parts.query}" if parts.query else parts.path, body, headers)
        answer = line.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        line.close()
