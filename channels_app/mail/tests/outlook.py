"""Write Outlook's envelopes as Outlook does, byte by byte."""

import base64
import struct

MESSAGE, ATTACHMENT = 1, 2
TEXT, UNICODE, BINARY, OBJECT, LONG = 0x1E, 0x1F, 0x102, 0x0D, 3
IMESSAGE = bytes.fromhex("0703020000000000c000000000000046")


def attribute(level, number, data):
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def pad(value):
    return struct.pack("<I", len(value)) + value + b"\0" * (-len(value) % 4)


def value(number, kind, content):
    head = struct.pack("<HH", kind, number)
    if kind == LONG:
        return head + struct.pack("<I", content)
    if kind == UNICODE:
        content = content.encode("utf-16-le") + b"\0\0"
    return head + struct.pack("<I", 1) + pad(content)


def properties(*values):
    return struct.pack("<I", len(values)) + b"".join(values)


def envelope(*attributes, body=b"", code_page=1252):
    start = b"\x78\x9f\x3e\x22\x01\x00" + attribute(MESSAGE, 0x00089006, b"\0\0\1\0")
    start += attribute(MESSAGE, 0x00069007, struct.pack("<II", code_page, 0))
    return start + (attribute(MESSAGE, 0x0002800C, body + b"\0") if body else b"") + b"".join(attributes)


def message(*values):
    return attribute(MESSAGE, 0x00069003, properties(*values))


def enclose(name, data, *values):
    """A file; its short name is that of 1985."""
    short = (name.encode("cp1252", "replace")[:6] + b"~1.DAT\0").upper()
    return (
        attribute(ATTACHMENT, 0x00069002, b"\1\0" + b"\xff" * 4 + b"\0" * 8)
        + attribute(ATTACHMENT, 0x00018010, short)
        + (attribute(ATTACHMENT, 0x0006800F, data) if data else b"")
        + attribute(ATTACHMENT, 0x00069005, properties(value(0x3707, UNICODE, name), *values))
    )


def pack(rtf):
    """Rich text in Outlook's compression, every letter as it is."""
    runs = [rtf[at : at + 8] for at in range(0, len(rtf), 8)]
    data = b"".join(b"\0" + run for run in runs)
    return struct.pack("<III", len(data) + 12, len(rtf), 0x75465A4C) + b"\0" * 4 + data


def mail_with(data, text="Voici mes papiers.", kind="application/ms-tnef", name="winmail.dat"):
    part = (
        f"Content-Type: {kind}; name={name}\nContent-Transfer-Encoding: base64\n\n".encode()
        + base64.encodebytes(data)
    )
    said = f"--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n".encode() if text else b""
    return said + b"--b\n" + part + b"--b--"
