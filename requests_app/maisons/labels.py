"""The short name of a Maison: « Lyon 8 – Latarjet »."""

import re

from django.db import models

from requests_app.lib.text import fold

_ARRONDISSEMENT = re.compile(r"^(?P<town>.+?) (?P<number>\d+)(?:er|e|ème) arrondissement$", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(\d+)(?:er|ère|e|ème|eme)\b")


def place_label(commune_name: str) -> str:
    """Shorten a commune's name: « Lyon 8e Arrondissement » gives « Lyon 8 »."""
    found = _ARRONDISSEMENT.match(commune_name)
    return f"{found['town']} {found['number']}" if found else commune_name


def town_name(commune_name: str) -> str:
    """The town that an envelope names: « Lyon 8e Arrondissement » is in Lyon."""
    found = _ARRONDISSEMENT.match(commune_name)
    return found["town"] if found else commune_name


def maison_label(short_name: str, commune_name: str, kind: str = "principale") -> str:
    """Put the place before the short name, unless the short name already says the place."""
    place = place_label(commune_name)
    short = _ORDINAL.sub(r"\1", short_name).strip()
    if not place or not short or fold(short) in fold(place):
        label = short or place
        return f"{label} (permanence)" if kind == "permanence" else label
    if fold(short).startswith(fold(place)):
        rest = short[len(place) :].strip(" -–")
        return f"{place} – {rest[:1].upper()}{rest[1:]}"
    return short if fold(place) in fold(short) else f"{place} – {short}"


class LabelField(models.CharField):
    """A column that follows short_name, kind and commune, so that lists need no join to show it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        commune = getattr(model_instance, "commune", None)
        label = maison_label(
            getattr(model_instance, "short_name", "") or getattr(model_instance, "name", ""),
            commune.name if commune else "",
            getattr(model_instance, "kind", ""),
        )
        setattr(model_instance, self.attname, label)
        return label
