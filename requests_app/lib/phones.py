"""Phone numbers, as people type them and as we keep them (E.164)."""

import phonenumbers

HOME = "FR"


def e164(typed: str, region: str = HOME) -> str:
    """« 06 39 98 12 34 » → « +33639981234 »; "" when it is not a possible number."""
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def spoken(value: str) -> str:
    """« +33639981234 » → « 06 39 98 12 34 »; another country keeps its prefix."""
    try:
        number = phonenumbers.parse(value, HOME)
    except phonenumbers.NumberParseException:
        return value
    home = number.country_code == phonenumbers.country_code_for_region(HOME)
    kind = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, kind)


def masked(value: str) -> str:
    """« 06 ** ** 12 34 »: enough to recognise one’s own number, not to call it (threats: A05)."""
    groups = spoken(value).split(" ")
    return " ".join(g if i == 0 or i >= len(groups) - 2 else "**" for i, g in enumerate(groups))
