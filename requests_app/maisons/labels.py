"""The short name of a Maison: « Lyon 8e – Latarjet »."""

import re

from django.db import models

from requests_app.lib.text import fold

_ARRONDISSEMENT = re.compile(r"^(?P<town>.+?) (?P<number>\d+)(?:er|e|ème) arrondissement$", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(\d+)(?:er|ère|e|ème|eme)\b")


def place_label(commune_name: str) -> str:
    """Shorten a commune's name: « Lyon 8e Arrondissement » gives « Lyon 8e »."""
    found = _ARRONDISSEMENT.match(commune_name)
    if not found:
        return commune_name
    return f"{found['town']} {found['number']}{'er' if found['number'] == '1' else 'e'}"


def town_name(commune_name: str) -> str:
    """Return the town that an envelope names: Lyon for « Lyon 8e Arrondissement »."""
    found = _ARRONDISSEMENT.match(commune_name)
    return found["town"] if found else commune_name


def maison_label(short_name: str, commune_name: str, kind: str = "principale") -> str:
    """Put the place before the short name, unless the short name already says the place."""
    place, short = place_label(commune_name), short_name.strip()
    bare_place, bare = _drop_ordinals(place), _drop_ordinals(short)
    if not place or not short or fold(bare) in fold(bare_place):
        label = place if fold(bare) == fold(bare_place) else short or place
        return f"{label} (permanence)" if kind == "permanence" else label
    if fold(bare).startswith(fold(bare_place)):
        rest = bare[len(bare_place) :].strip(" -–")
        return f"{place} – {rest[:1].upper()}{rest[1:]}"
    return short if fold(bare_place) in fold(bare) else f"{place} – {short}"


def _drop_ordinals(name: str) -> str:
    """Drop what makes « Lyon 2ème », « Lyon 2e » and « Lyon 2 » differ: they are one place."""
    return _ORDINAL.sub(r"\1", name)


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
