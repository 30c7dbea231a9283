"""What was checked on a mail, in sentences for the log."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

RESULT = re.compile(r"(?i)\b(spf|dkim|dmarc)=([a-z]+)")
FAILURES = {"fail", "softfail", "permerror"}


def controls_of(authentication: str, crossed: Iterable[int]) -> list[str]:
    """Return the sentences: who vouches for the sender, and the filters passed."""
    numbers = ", ".join(str(number) for number in crossed)
    return [_authentication(authentication), _("Filtres passés : %(numbers)s.") % {"numbers": numbers}]


def _authentication(line: str) -> str:
    found = dict.fromkeys(RESULT.findall(line))
    if not found:
        return _("Authentification : le serveur qui l’a remis n’en dit rien.")
    results = ", ".join(f"{name.upper()} {_word(result.lower())}" for name, result in found)
    return _("Authentification, selon le serveur qui l’a remis : %(results)s.") % {"results": results}


def _word(result: str) -> str:
    if result == "pass":
        return _("réussi")
    return _("échoué") if result in FAILURES else _("sans réponse")
