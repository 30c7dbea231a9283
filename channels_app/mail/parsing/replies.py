"""The part of a reply that its author wrote: no quote, no signature; never nothing."""


def visible(text: str, *, subject: str = "") -> str:
    return text
