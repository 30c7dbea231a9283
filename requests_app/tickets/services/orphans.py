"""Files that no row knows: written just before a crash kept their row from the database.

A file is looked at once a day or so, and goes when it is older than a day: an upload whose transaction is
still open is minutes old. Only names of our own making are touched, whatever else lies in the storage.
"""

import logging
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import models

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=1)
EVERY_S = 600
MAX_FILES = 500  # files removed by one pass
ASKED = 1000  # names of one statement
OUR_NAME = re.compile(r"[0-9a-f]{32}(_\w+)?")


def sweep_orphans(*, at: datetime, storage: Storage = default_storage) -> int:
    """Remove the orphans of one folder, the next one at each turn; returns how many."""
    try:
        folders = sorted(storage.listdir("")[0])
    except FileNotFoundError:  # nothing was ever stored here
        return 0
    if not folders:
        return 0
    folder = folders[int(at.timestamp() // EVERY_S) % len(folders)]
    gone = 0
    for name in _unknown(storage, folder):
        if gone == MAX_FILES:
            break
        gone += _remove(storage, name, at)
    if gone:
        logger.warning("files: %s without a row removed", gone)
    return gone


def _unknown(storage: Storage, folder: str) -> Iterator[str]:
    """Names of our own that no row holds, asked for by the thousand."""
    names = [f"{folder}/{name}" for name in storage.listdir(folder)[1] if OUR_NAME.fullmatch(name)]
    for start in range(0, len(names), ASKED):
        asked = names[start : start + ASKED]
        yield from sorted(set(asked) - known_names(asked))


def known_names(names: list[str]) -> set[str]:
    """Return those that some room keeps, whichever it is."""
    return {
        name
        for model, column in _columns()
        for name in model._base_manager.filter(**{f"{column}__in": names}).values_list(column, flat=True)
    }


def _columns() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield model, field.attname


def _remove(storage: Storage, name: str, at: datetime) -> bool:
    """Return whether it was old enough to go; one that went meanwhile is nobody's trouble."""
    try:
        if storage.get_modified_time(name) > at - KEPT_FOR:
            return False
    except FileNotFoundError:
        return False
    storage.delete(name)
    return True
