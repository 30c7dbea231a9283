"""Compare markup whatever its layout: where a template breaks its lines is nobody's promise."""

import re

_BLANKS = re.compile(r"[ \t\r\n]+")
_AROUND_TAG = re.compile(r" ?(</?[a-z][^>]*?) ?(/?>) ?")


def one_line(html: str) -> str:
    """Return the markup with every run of white space made one space."""
    return _BLANKS.sub(" ", html)


def compact(html: str) -> str:
    """Return the markup on one line, without white space beside its tags."""
    return _AROUND_TAG.sub(r"\1\2", one_line(html))
