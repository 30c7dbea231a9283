"""References of tickets: random, so that one never reveals how many there are nor what the next is."""

import re
import secrets

from django.conf import settings

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L
LENGTH = 6
_BETWEEN = re.compile(r"[\s.\-]")
_NAME_AND_YEAR = re.compile(r"[A-Za-z]{4}\d\d")  # « benz68 »


def new_reference() -> str:
    """Generate « LYN-7K4P2Q »; the unique key of the table refuses the rare duplicate."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{settings.REFERENCE_PREFIX}-{code}"


def normalise(typed: str) -> str:
    """Normalise « lyn 7k4 p2q », « 7K4P2Q » to « LYN-7K4P2Q »; "" when it cannot be a reference of ours."""
    letters = _BETWEEN.sub("", typed[:40]).upper()
    prefix = settings.REFERENCE_PREFIX
    code = letters[len(prefix) :] if letters.startswith(prefix) and len(letters) > LENGTH else letters
    return f"{prefix}-{code}" if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def find_reference(typed: str) -> tuple[str, str]:
    """Find the reference that only a ticket can have, and the text without it; "" when there is none.

    « Nadège » is made of our alphabet too: only a prefix, or letters mixed with digits, are certain.
    """
    tokens = typed.split()
    for at, token in enumerate(tokens):
        bare = token.strip("#.,;:()")
        if _is_sure(bare):
            prefix = at - 1 if at and tokens[at - 1].upper() == settings.REFERENCE_PREFIX else at
            return normalise(bare), " ".join(tokens[:prefix] + tokens[at + 1 :])
    whole = normalise(typed)
    starts = tokens[:1] and tokens[0].upper() == settings.REFERENCE_PREFIX
    return (whole, "") if whole and starts and _has_digit(whole) else ("", typed)


def _is_sure(token: str) -> bool:
    reference = normalise(token)
    if not reference:
        return False
    if token.upper().startswith(settings.REFERENCE_PREFIX) and len(token) > LENGTH:
        return "-" in token or _has_digit(reference)
    is_name_and_year = _NAME_AND_YEAR.fullmatch(token) is not None
    return _has_digit(reference) and not token.isdigit() and token.isalnum() and not is_name_and_year


def _has_digit(reference: str) -> bool:
    return any(character.isdigit() for character in reference[-LENGTH:])


def reference_of(number: int) -> str:
    """Return the reference of a number below ``len(ALPHABET) ** LENGTH``; each number has its own."""
    code = ""
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        code += ALPHABET[digit]
    return f"{settings.REFERENCE_PREFIX}-{code}"
