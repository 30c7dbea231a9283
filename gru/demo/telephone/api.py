"""Twilio's Messages resource (API of 2010-04-01): create, list by pages, fetch."""

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from gru.demo.telephone.exchange import OUT, Exchange, Text
from requests_app.lib import phones

Fields = dict[str, str]
Reply = tuple[int, dict[str, Any]]
DEFAULT_PAGE, MAX_PAGE = 50, 1000
ERRORS = {
    "20003": (401, "Authenticate"),
    "20009": (409, "Cannot delete this resource before it is complete"),
    "20404": (404, "The requested resource was not found"),
    "20429": (429, "Too Many Requests"),
    "20500": (500, "Internal Server Error"),
    "20503": (503, "Service Unavailable"),
    "21211": (400, "Invalid 'To' Phone Number"),
    "21602": (400, "Message body is required"),
    "21603": (400, "A 'From' phone number is required"),
    "21610": (400, "Attempt to send to unsubscribed recipient"),
    "21614": (400, "'To' number is not a valid mobile number"),
}


def refusal(code: str) -> Reply:
    """Return an error as the API words it."""
    status, words = ERRORS[code]
    more = f"https://www.twilio.com/docs/errors/{code}"
    return status, {"code": int(code), "message": words, "more_info": more, "status": status}


def missing(fields: Fields) -> str:
    """Return the error code of a message that cannot be created, or ""."""
    if not phones.is_number(fields.get("To", "")):
        return "21211"
    if not fields.get("Body"):
        return "21602"
    return "" if fields.get("From") or fields.get("MessagingServiceSid") else "21603"


def one(exchange: Exchange, sid: str, account: str) -> Reply:
    """Return a message by its id."""
    text = exchange.find(sid)
    return (200, shape(text, account)) if text else refusal("20404")


def delete_message(exchange: Exchange, sid: str) -> Reply:
    """Delete a message by its id, once its state is final."""
    text = exchange.find(sid)
    if text is None:
        return refusal("20404")
    if text.status in {"accepted", "queued", "sending"}:
        return refusal("20009")
    exchange.delete(sid)
    return 204, {}


def list_messages(exchange: Exchange, path: str, query: Fields, account: str) -> Reply:
    """Return a page of messages, newest first; ``next_page_uri`` names the next one."""
    size = min(_number(query.get("PageSize"), DEFAULT_PAGE), MAX_PAGE)
    page = _number(query.get("Page"), 0)
    found = [text for text in exchange.newest_first() if not text.is_deleted and _fits(text, query)]
    shown = found[page * size : (page + 1) * size]
    is_last = (page + 1) * size >= len(found)
    return 200, {
        "messages": [shape(text, account) for text in shown],
        "page": page,
        "page_size": size,
        "first_page_uri": _page_uri(path, query, 0),
        "next_page_uri": None if is_last else _page_uri(path, query, page + 1),
        "previous_page_uri": _page_uri(path, query, page - 1) if page else None,
        "uri": _page_uri(path, query, page),
        "start": page * size,
        "end": page * size + max(len(shown) - 1, 0),
    }


def shape(text: Text, account: str) -> dict[str, Any]:
    """Return a message as the API shows it."""
    made = format_datetime(text.made_at)
    uri = f"/2010-04-01/Accounts/{account}/Messages/{text.sid}.json"
    return {
        "sid": text.sid,
        "account_sid": account,
        "api_version": "2010-04-01",
        "body": text.body,
        "date_created": made,
        "date_updated": made,
        "date_sent": None if text.status in {"queued", "accepted"} else made,
        "direction": text.direction,
        "error_code": int(text.error) if text.error else None,
        "error_message": None,
        "from": text.sender,
        "messaging_service_sid": None,
        "num_media": str(len(text.media)),
        "num_segments": str(text.segments),
        "price": None,
        "price_unit": "USD",
        "status": text.status,
        "subresource_uris": {"media": uri.replace(".json", "/Media.json")},
        "to": text.to,
        "uri": uri,
    }


def _fits(text: Text, query: Fields) -> bool:
    day = text.made_at.date().isoformat()
    return (
        text.to == query.get("To", text.to)
        and text.sender == query.get("From", text.sender)
        and day == query.get("DateSent", day)[:10]
        and text.made_at >= _instant(query.get("DateSent>"), datetime.min)
        and text.made_at <= _instant(query.get("DateSent<"), datetime.max)
        and (text.direction != OUT or text.status != "queued" or "DateSent>" not in query)
    )


def _instant(said: str | None, otherwise: datetime) -> datetime:
    found = datetime.fromisoformat(said.replace("Z", "+00:00")) if said else otherwise
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _number(said: str | None, otherwise: int) -> int:
    return int(said) if said and said.isdecimal() else otherwise


def _page_uri(path: str, query: Fields, page: int) -> str:
    return f"{path}?{urlencode({**query, 'Page': page})}"
