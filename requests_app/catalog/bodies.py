"""The competent body of a topic, as people read it: the catalog abbreviates it."""

import re

# What the files of the territory shorten; « CCAS », « CAF » are names that people know.
_SHORT = re.compile(r"\bMDMS?(?: / MDMS?)?\b")
_SEVERAL = re.compile(r"\b(certaines|les|des|aux) MDMS?\b")
_NUMBER_ALONE = re.compile(r"\d{2,4}(?: en danger immédiat)?")


def body_words(written: str) -> str:
    """Turn « MDM / MDMS ; 3919 ; 17 en danger immédiat » into the Maison: the numbers are shown beside it."""
    parts = [part.strip() for part in written.split(";")]
    named = [part for part in parts if part and not _NUMBER_ALONE.fullmatch(part)]
    return " ; ".join(_expand(part) for part in named)


def _expand(part: str) -> str:
    return _SHORT.sub("Maison de la Métropole", _SEVERAL.sub(r"\1 Maisons de la Métropole", part))
