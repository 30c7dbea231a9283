"""The one comparable form of a name, in any script; the database writes the same (``people_plain_name``)."""

from requests_app.lib.text import plain

# What stands between two words of a name; one list, because the classes of PostgreSQL follow its locale.
SEPARATORS = "-'.,;:/()[]\"&+*_`~|·•‐‑‒–—‘“”«»ʹʻʽʾʿ׳־،"
_SPACED = str.maketrans(dict.fromkeys(SEPARATORS, " "))


def plain_name(name: str) -> str:
    """« Jean-Pierre N’Diaye » → « jean pierre n diaye », « Işık » → « isik »."""
    return plain(name).translate(_SPACED)


def name_words(name: str) -> list[str]:
    """List the words of a name in comparable form."""
    return plain_name(name).split()
