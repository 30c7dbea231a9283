"""From bytes to text, whatever the label says: a wrong letter is better than a lost message."""

import codecs
import re

# A label seen in real mail → the codec that really reads such mail (a superset when there is one).
ALIASES = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "ansi": "cp1252",
    "windows1252": "cp1252",
    "windows-1252": "cp1252",
    "us-ascii": "ascii",
    "ansi_x3.4-1968": "ascii",
    "ansi_x3.110-1983": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "iso-gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "euc-cn": "gb18030",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "x-mac-ce": "mac-latin2",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "utf-8-sig": "utf-8",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
}
# Labels that mean "I did not choose": what they hold may well be UTF-8.
ONE_BYTE = {"cp1252", "ascii", "iso8859-15", "iso8859-2", "cp1250", "cp1251", "koi8-r", "cp1254"}
TEXT_CODECS_ONLY = {"rot13", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs"}
JAPANESE_RUN = re.compile(rb"(?=\x1b[$(][@BIJ])")
OTHER_SPELLING = re.compile(r"(?:x-)?(cp|windows|win|dos|ibm|iso[-_]?8859)[-_ ]?(\d{1,5})")
UNWANTED = re.compile("[\x00\ud800-\udfff]")


def codec_of(label: str) -> str:
    """Return the codec of a declared charset, "" when unknown."""
    label = label.strip(" \t\r\n\"'<>;,").lower().partition("*")[0]
    if label.startswith("charset="):
        label = label[8:]
    label = ALIASES.get(label, label)
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError, UnicodeError):
        return _spelled_otherwise(label)
    known = info._is_text_encoding and info.name not in TEXT_CODECS_ONLY
    return info.name if known else ""


def _spelled_otherwise(label: str) -> str:
    """Return the usual spelling of `cp-850`, `windows 1251`, `dos-866`, `x-iso-8859-5`."""
    found = OTHER_SPELLING.fullmatch(label)
    if not found:
        return ""
    family = "iso8859-" if found[1].startswith("iso") else "cp"
    try:
        return codecs.lookup(family + found[2]).name
    except LookupError:
        return ""


def decode(data: bytes, label: str = "") -> str:
    """Decode bytes; never raises, never returns NUL or lone surrogates."""
    return UNWANTED.sub("", _decode(data, codec_of(label)))


def _decode(data: bytes, codec: str) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", "replace")
    if codec.startswith("utf-16") or (not codec and data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data, codec)
    if not codec or codec in ONE_BYTE:
        text = _strict(data, "utf-8")
        if text is not None:
            return _escaped_japanese(data, text)
    if not codec or codec == "ascii":
        return data.decode("cp1252", "replace")
    if codec.startswith("iso2022_jp"):
        return _iso_2022_jp(data)
    for candidate in (codec, "utf-8"):
        text = _strict(data, candidate)
        if text is not None:
            return text
    if codec == "utf-8" and _mostly_one_byte(data):
        return data.decode("cp1252", "replace")
    return data.decode(codec, "replace")


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _escaped_japanese(data: bytes, text: str) -> str:
    """Decode ISO-2022-JP, which is seven-bit: a mail without label looks like ASCII."""
    if b"\x1b$" in data or b"\x1b(" in data:
        return _iso_2022_jp(data)
    return text


def _iso_2022_jp(data: bytes) -> str:
    """Decode ISO-2022-JP; vendor characters (①, Ⅳ, ㈱) are in no standard, but in Windows' Shift_JIS."""
    text = _strict(data, "iso2022_jp_ext")
    if text is not None:
        return text
    return b"".join(_as_shift_jis(run) for run in JAPANESE_RUN.split(data)).decode("cp932", "replace")


def _as_shift_jis(run: bytes) -> bytes:
    """Turn one run of JIS X 0208 pairs into Shift_JIS; other runs only lose their escape sequence."""
    if run[:3] not in (b"\x1b$B", b"\x1b$@"):
        return run[3:] if run[:2] == b"\x1b(" else run
    out = bytearray()
    for row, cell in zip(run[3::2], run[4::2], strict=False):
        if not (0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E):
            continue
        out.append((row + 1) // 2 + (0x70 if row < 0x5F else 0xB0))
        out.append(cell + 0x7E if row % 2 == 0 else cell + (0x20 if cell >= 0x60 else 0x1F))
    return bytes(out)


def _utf16(data: bytes, codec: str) -> str:
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        codec = "utf-16"
    elif codec in ("utf-16", ""):  # no BOM: Latin letters have their zero byte second in little-endian
        codec = "utf-16-le" if data[1:200:2].count(0) > data[0:200:2].count(0) else "utf-16-be"
    if b"\x00" not in data:
        text = _strict(data, "utf-8")
        if text is not None:
            return text
    return data.decode(codec, "replace")


def _mostly_one_byte(data: bytes) -> bool:
    """Return whether it is Latin-1 labelled UTF-8, rather than UTF-8 with a broken letter or two."""
    broken = data.decode("utf-8", "replace").count("\ufffd")
    high = sum(1 for byte in data[:100_000] if byte > 127)
    return broken * 2 > high
