"""One answer in the two formats of the standard: XML, and JSON by its « Spark » convention."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from django.http import HttpResponse

JSON, XML = "json", "xml"
TYPES = {JSON: "application/json; charset=utf-8", XML: "text/xml; charset=utf-8"}
ITEMS = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "endpoints": "endpoint",
    "formats": "format",
}
# What XML 1.0 cannot hold, even escaped: one of them, and no client reads the rest.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Value = str | int | float | bool | None | Sequence["Value"] | Mapping[str, "Value"]


@dataclass(frozen=True, slots=True)
class Content:
    """What is answered: the name of its root, and a list or one object."""

    root: str
    value: Value


def render(content: Content, extension: str, *, status: int = 200) -> HttpResponse:
    """Write an answer in the format asked for by the address."""
    is_json = extension == JSON
    body = _as_json(content) if is_json else _as_xml(content)
    return HttpResponse(body, status=status, content_type=TYPES[JSON if is_json else XML])


def _as_json(content: Content) -> bytes:
    return json.dumps(content.value, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def _as_xml(content: Content) -> bytes:
    root = ET.Element(content.root)
    _fill(root, content.value)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _fill(parent: ET.Element, value: Value) -> None:
    if isinstance(value, Mapping):
        for name, each in value.items():
            _fill(ET.SubElement(parent, name), each)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            _fill(ET.SubElement(parent, ITEMS[parent.tag]), each)
    elif value is not None:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        parent.text = FORBIDDEN.sub("", text)
