"""Forms as providers post them, without the limits of Django's parser and with all files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from channels_app.mail.parsing import Unreadable
from channels_app.mail.parsing.headers import read_head
from channels_app.mail.parsing.parameters import read_parameters
from channels_app.mail.webhooks.parcels import Malformed

MAX_FIELDS = 1000
MAX_BOUNDARY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class PostedFile:
    field: str
    name: str
    content_type: str
    data: bytes


@dataclass(slots=True)
class Form:
    """Field values are bytes; of a name given twice the last one counts, as Mailgun's clients assume."""

    fields: dict[str, bytes] = field(default_factory=dict)
    files: list[PostedFile] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.fields.get(name, b"").decode("utf-8", "replace")


def read_form(data: bytes) -> Form:
    """Parse multipart or urlencoded bytes: the first two tell which. Raises Malformed."""
    data = data.removeprefix(b"\r\n")  # a preamble that some send
    return _multipart(data) if data.startswith(b"--") else _read_urlencoded(data)


def _read_urlencoded(data: bytes) -> Form:
    try:  # latin-1 both ways: the bytes come out as they were
        pairs = parse_qsl(
            data.decode("latin-1"),
            keep_blank_values=True,
            encoding="latin-1",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError as error:
        raise Malformed("Le formulaire du prestataire a trop de champs.") from error
    decoded = [(name.encode("latin-1").decode("utf-8", "replace"), value) for name, value in pairs]
    return Form({name: value.encode("latin-1") for name, value in decoded})


def _multipart(data: bytes) -> Form:
    form = Form()
    for number, part in enumerate(_parts(data)):
        if number == MAX_FIELDS:
            raise Malformed("Le formulaire du prestataire a trop de champs.")
        _take(form, part)
    return form


def _parts(data: bytes) -> Iterator[bytes]:
    """Yield the parts between the boundaries; a last one that is cut off is left out."""
    end_of_line = data.find(b"\r\n", 0, MAX_BOUNDARY_LENGTH)
    if end_of_line < 0:
        raise Malformed("Le formulaire du prestataire est illisible.")
    mark = b"\r\n" + data[:end_of_line].rstrip()
    start = end_of_line + 2
    while (end := data.find(mark, start - 2)) >= 0:
        yield data[start:end]
        if data.startswith(b"--", end + len(mark)):
            return
        end_of_line = data.find(b"\r\n", end + len(mark))
        if end_of_line < 0:
            return
        start = end_of_line + 2


def _take(form: Form, part: bytes) -> None:
    try:
        head, at = read_head(part)
    except Unreadable as error:
        raise Malformed("Le formulaire du prestataire est illisible.") from error
    described = read_parameters(head.raw("content-disposition"))
    name, data = described.get("name", "utf-8"), part[at:]
    form.fields[name] = data
    if any(parameter.startswith("filename") for parameter in described.raw):
        content_type = head.text("content-type")
        form.files.append(PostedFile(name, described.get("filename", "utf-8"), content_type, data))
