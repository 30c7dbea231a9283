"""One mail, written otherwise or damaged: what the road does to it, and what an enemy would."""

import base64
import quopri
import random
import re
from collections.abc import Callable
from email.header import Header

TEXT_PART = (
    "MIME-Version: 1.0\nContent-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: {way}\n\n"
)
FORMS = ("mixed", "related", "alternative", "signed")
SURROUNDINGS = (b"\r\n", b"\n", b"\r")


def encode_part(text: str, *, charset: str, way: str, kind: str = "plain") -> bytes:
    """A text part: its fields, a blank line, its bytes."""
    data = text.encode(charset, "xmlcharrefreplace" if kind == "html" else "strict")
    if way == "base64":
        data = base64.encodebytes(data)
    elif way == "quoted-printable":
        data = quopri.encodestring(data)
    return TEXT_PART.format(kind=kind, charset=charset, way=way).encode() + data


def nest(part: bytes, *, form: str, depth: int, file: bytes = b"") -> bytes:
    """The same part inside a number of multiparts, a file beside it."""
    for level in range(depth):
        mark = f"=_{form}_{level}".encode()
        beside = b"--" + mark + b"\n" + file + b"\n" if file and level == 0 and form != "alternative" else b""
        head = b'Content-Type: multipart/%s; boundary="%s"\n\n' % (form.encode(), mark)
        part = head + b"--" + mark + b"\n" + part + b"\n" + beside + b"--" + mark + b"--\n"
    return part


def head_of(
    subject: str, *, sender: str = "Amina <amina@exemple.fr>", more: str = "", charset: str = "utf-8"
) -> bytes:
    try:
        word = Header(subject, charset).encode() if not subject.isascii() else subject
    except UnicodeEncodeError:
        word = Header(subject, "utf-8").encode()
    return f"From: {sender}\nSubject: {word}\n{more}".encode()


def damage(raw: bytes, rng: random.Random) -> bytes:
    """Some of what happens on the road, or on purpose."""
    for _ in range(rng.randint(1, 3)):
        raw = rng.choice(DAMAGES)(raw, rng)
    return raw


def _cut(raw: bytes, rng: random.Random) -> bytes:
    return raw[: rng.randint(0, len(raw))]


def _flip(raw: bytes, rng: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(rng.randint(1, 20)):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _other_line_ends(raw: bytes, rng: random.Random) -> bytes:
    return re.sub(rb"\r\n|\r|\n", rng.choice(SURROUNDINGS), raw)


def _lines(raw: bytes, rng: random.Random) -> bytes:
    """Drop, double or swap some lines."""
    lines = raw.split(b"\n")
    at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    way = rng.randrange(3)
    if way == 0:
        del lines[at]
    elif way == 1:
        lines.insert(other, lines[at])
    else:
        lines[at], lines[other] = lines[other], lines[at]
    return b"\n".join(lines)


def _wrap(raw: bytes, rng: random.Random) -> bytes:
    width = rng.choice((20, 72, 998))
    pieces = (line[at : at + width] for line in raw.split(b"\n") for at in range(0, max(1, len(line)), width))
    return b"\n".join(pieces)


def _forward(raw: bytes, rng: random.Random) -> bytes:
    kind = rng.choice((b"message/rfc822", b"text/plain", b"message/global", b"application/octet-stream"))
    head = (
        b"From: a@b.fr\nSubject: Fwd: x\nContent-Type: multipart/mixed; boundary=fwd\n\n--fwd\nContent-Type: "
    )
    return head + kind + b"\n\n" + raw + b"\n--fwd--\n"


def _splice(raw: bytes, rng: random.Random) -> bytes:
    """A piece of itself, somewhere else."""
    start = rng.randint(0, len(raw))
    piece = raw[start : start + rng.randint(0, 2000)]
    at = rng.randint(0, len(raw))
    return raw[:at] + piece * rng.randint(1, 5) + raw[at:]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut,
    _flip,
    _other_line_ends,
    _lines,
    _wrap,
    _forward,
    _splice,
)
