"""What a zip contains, from its table of contents only: nothing is unpacked (threats: M16)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

END = struct.Struct("<4s4H2LH")  # end of the central directory
ENTRY = struct.Struct("<4s6H3L5H2L")
END_MARK, ENTRY_MARK, LOCAL_MARK = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
MAX_END_LENGTH = END.size + 0xFFFF
MAX_ENTRIES = 1000  # that are read
BOMB_BYTES, BOMB_RATIO = 500_000_000, 100
WITHIN = (".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz", ".cab", ".iso")
# Office and phone formats are zips too; their names say what they are.
OFFICE = ("[content_types].xml", "mimetype", "meta-inf/manifest.xml")
OTHERS = (
    (b"Rar!\x1a\x07", "archive RAR"),
    (b"7z\xbc\xaf\x27\x1c", "archive 7z"),
    (b"\x1f\x8b\x08", "fichier compressé"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    size: int
    is_locked: bool


def word_of(data: bytes) -> str:
    """Return « archive de 3 fichiers », « archive protégée par un mot de passe »; "" when not an archive."""
    for mark, word in OTHERS:
        if data.startswith(mark):
            return word
    if not data.startswith((LOCAL_MARK, END_MARK)):
        return ""
    end = data.rfind(END_MARK, max(0, len(data) - MAX_END_LENGTH))
    if end < 0 or end + END.size > len(data):
        return "archive abîmée"
    entries = list(_entries(data, end))
    if any(entry.name.lower() in OFFICE for entry in entries[:10]):
        is_macro = any(entry.name.lower().endswith("vbaproject.bin") for entry in entries)
        return "document avec des macros" if is_macro else ""
    return _word(entries, len(data), END.unpack_from(data, end)[4])


def _entries(data: bytes, end: int) -> Iterator[Entry]:
    _mark, _disk, _first, _here, _total, size, at, _comment = END.unpack_from(data, end)
    at = min(at, max(0, end - size))  # when a stub precedes the archive, the offset is wrong
    for _ in range(MAX_ENTRIES + 1):
        if at + ENTRY.size > end or data[at : at + 4] != ENTRY_MARK:
            return
        fields = ENTRY.unpack_from(data, at)
        flags, size, name, extra, comment = fields[3], fields[9], *fields[10:13]
        raw = data[at + ENTRY.size : at + ENTRY.size + min(name, 300)]
        yield Entry(raw.decode("utf-8", "replace"), size, bool(flags & 1))
        at += ENTRY.size + name + extra + comment


def _word(entries: list[Entry], packed: int, declared: int) -> str:
    files = [entry for entry in entries if not entry.name.endswith("/")]
    size = sum(entry.size for entry in files)
    if size > BOMB_BYTES and size > BOMB_RATIO * packed:
        return "archive anormale, énorme une fois ouverte : ne pas l’ouvrir"
    if len(entries) > MAX_ENTRIES:
        count = "archive de plus de 1 000 fichiers"
    elif not files:
        count = "archive vide" if not declared else "archive abîmée"
    else:
        count = f"archive de {len(files)} fichiers" if len(files) > 1 else "archive d’un fichier"
    if any(entry.is_locked for entry in files):
        return f"{count}, protégée par un mot de passe"
    return f"{count}, dont une archive" if any(e.name.lower().endswith(WITHIN) for e in files) else count
