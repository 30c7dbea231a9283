"""Phone numbers, as people type them and as we store them (E.164)."""

import re

import phonenumbers

from requests_app.lib.text import visible

HOME = "FR"
_SEVERAL = re.compile(r"[(;,]\s*+(?=[^\d\s(])|[;,]| / | ou ")
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_ANSWERABLE = re.compile(r"\+?\d+|MG[0-9a-f]{32}")
_MOBILE_AT_HOME = re.compile(r"\+33[67]\d{8}")
_DIALLED_AT_HOME = re.compile(r"\+(?:33|262|590|594|596)[1-9]\d{8}")
_FICTION = "+3363998"  # reserved by the Arcep for films, amid the numbers of Mayotte
# A number of an overseas department is dialled with a 0 like any other, and has its own country code.
_OVERSEAS = {
    "+262": ("262", "263", "269", "639", "692", "693"),
    "+590": ("590", "690", "691"),
    "+594": ("594", "694"),
    "+596": ("596", "696", "697"),
}
_OF_HOME = ("+33", *_OVERSEAS)
_TAKES_SMS = {
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    phonenumbers.PhoneNumberType.UNKNOWN,
}


def e164(typed: str, region: str = HOME) -> str:
    """Turn « 06 39 98 12 34 (ma fille) » into « +33639981234 »; "" when it is not a valid number.

    Of several numbers, take the first.
    """
    for part in _SEVERAL.split(visible(typed)):
        if number := _one(part, region):
            return number
    return ""


def _one(typed: str, region: str) -> str:
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    value = _use_own_code(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    if value.startswith(_OF_HOME):  # new blocks open each year: the plan, not a list of them
        return value if _DIALLED_AT_HOME.fullmatch(value) else ""
    return value if phonenumbers.is_valid_number(number) else ""


def _use_own_code(value: str) -> str:
    """Give a number of an overseas department its country code; those of films stay at home."""
    for code, beginnings in _OVERSEAS.items():
        is_there = value.startswith(tuple(f"+33{beginning}" for beginning in beginnings))
        if is_there and not value.startswith(_FICTION):
            return code + value[3:]
    return value


def as_dialled(value: str) -> tuple[str, ...]:
    """Return the number, and the one meant by those who take its 0 for a mainland number: « 0692… »."""
    is_overseas = value[4:].startswith(_OVERSEAS.get(value[:4], ("?",)))
    return (value, f"+33{value[4:]}") if is_overseas else (value,)


def is_number(value: str) -> bool:
    """Tell whether it is an E.164 number, and not letters or a short code."""
    return _E164.fullmatch(value) is not None


def is_one_way(sender: str) -> bool:
    """Tell whether nobody can answer this sender: a name of letters (Arcep, 2022-1583)."""
    return bool(sender) and _ANSWERABLE.fullmatch(sender) is None


def region_of(value: str) -> str:
    """Turn « +33639981234 » into « FR »; "" when no country has it."""
    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        return ""
    code = number.country_code or 0
    return (
        phonenumbers.region_code_for_number(number) or phonenumbers.region_code_for_country_code(code) or ""
    )


def takes_sms(value: str) -> bool:
    """Tell whether an SMS can reach this number: a mobile, or one whose kind nobody can tell."""
    if value.startswith("+33"):
        return _MOBILE_AT_HOME.fullmatch(value) is not None
    try:
        return phonenumbers.number_type(phonenumbers.parse(value)) in _TAKES_SMS
    except phonenumbers.NumberParseException:
        return False


def format_national(value: str) -> str:
    """Turn « +33639981234 » into « 06 39 98 12 34 »; another country keeps its prefix."""
    try:
        number = phonenumbers.parse(value, HOME)
    except phonenumbers.NumberParseException:
        return value
    home = number.country_code == phonenumbers.country_code_for_region(HOME)
    kind = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, kind)


def mask(value: str) -> str:
    """Write « 06 ** ** 12 34 »: enough to recognise one’s own number, not to call it (threats: A05)."""
    groups = format_national(value).split(" ")
    return " ".join(g if i == 0 or i >= len(groups) - 2 else "**" for i, g in enumerate(groups))
