"""Numbers of demands: random, so that one never tells how many there are nor what the next is."""

import re
import secrets

from django.conf import settings

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L
LENGTH = 6
_BETWEEN = re.compile(r"[\s.\-]")


def new_reference() -> str:
    """« LYN-7K4P2Q »; the unique key of the table refuses the rare second one."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{settings.REFERENCE_PREFIX}-{code}"


def normalise(typed: str) -> str:
    """« lyn 7k4 p2q », « 7K4P2Q » → « LYN-7K4P2Q »; "" when it cannot be a number of ours."""
    letters = _BETWEEN.sub("", typed[:40]).upper()
    prefix = settings.REFERENCE_PREFIX
    code = letters[len(prefix) :] if letters.startswith(prefix) and len(letters) > LENGTH else letters
    return f"{prefix}-{code}" if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def reference_of(number: int) -> str:
    """The reference of a number below ``len(ALPHABET) ** LENGTH``, each number its own."""
    code = ""
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        code += ALPHABET[digit]
    return f"{settings.REFERENCE_PREFIX}-{code}"
