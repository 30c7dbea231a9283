"""What somebody writes on the demo telephone: fields of a form or of a command, and pictures (an MMS)."""

import base64
import io
import json
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError

MULTIPART = "multipart/form-data"
MAX_PICTURES, MAX_BYTES = 10, 5 * 1024 * 1024  # Twilio's own limits


@dataclass(frozen=True, slots=True)
class PhoneMessage:
    """``pictures`` are (type, bytes)."""

    fields: dict[str, str]
    pictures: list[tuple[str, bytes]]


def read(body: bytes, content_type: str) -> PhoneMessage:
    """Parse the body of a request; raises ValueError. JSON ``pictures`` are {"type", "data"} (base64)."""
    if content_type.startswith(MULTIPART):
        given = _multipart(body, content_type)
    elif "json" in content_type:
        given = _json(body)
    else:
        given = PhoneMessage(dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)), [])
    if len(given.pictures) > MAX_PICTURES or any(len(data) > MAX_BYTES for _type, data in given.pictures):
        raise ValueError("too much")
    return given


def _json(body: bytes) -> PhoneMessage:
    fields = json.loads(body or b"{}")
    pictures = [
        (str(each["type"]), base64.b64decode(each["data"], validate=True))
        for each in fields.pop("pictures", [])
    ]
    return PhoneMessage(fields, pictures)


def _multipart(body: bytes, content_type: str) -> PhoneMessage:
    meta = {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body))}
    try:
        parser = MultiPartParser(meta, io.BytesIO(body), [TemporaryFileUploadHandler()], "utf-8")
        fields, files = parser.parse()
    except MultiPartParserError as error:
        raise ValueError(str(error)) from error
    sent = [each for each in files.getlist("pictures") if each.size]
    return PhoneMessage(
        {name: str(value) for name, value in fields.items()}, [_picture(each) for each in sent]
    )


def _picture(sent: UploadedFile) -> tuple[str, bytes]:
    return sent.content_type or "application/octet-stream", sent.read()
