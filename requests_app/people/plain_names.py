"""The one comparable form of a name, in any script; the database writes the same (``people_plain_name``)."""

from requests_app.lib.text import plain

# Separators of the words of a name; one list, because PostgreSQL's classes follow its locale.
SEPARATORS = "-'.,;:/()[]\"&+*_`~|·•‐‑‒–—‘“”«»ʹʻʽʾʿ׳־،"
_SPACED = str.maketrans(dict.fromkeys(SEPARATORS, " "))


def plain_name(name: str) -> str:
    """Normalise « Jean-Pierre N’Diaye » to « jean pierre n diaye », « Işık » to « isik »."""
    return plain(name).translate(_SPACED)


def name_words(name: str) -> list[str]:
    """List the words of a name in comparable form."""
    return plain_name(name).split()
