"""Files without a row: stored just before a crash prevented their row.

Each file is checked about once a day, and goes when older than a day: an upload whose transaction is
still open is minutes old. Only names we generated are touched, whatever else is in the storage.
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
MAX_FILES = 500  # files removed per pass
ASKED = 1000  # names per statement
OUR_NAME = re.compile(r"[0-9a-f]{32}(_\w+)?")


def sweep_orphans(*, at: datetime, storage: Storage = default_storage) -> int:
    """Remove the orphans of one folder, the next one each time; return how many."""
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
    """Yield names we generated that no row holds, looked up by the thousand."""
    names = [f"{folder}/{name}" for name in storage.listdir(folder)[1] if OUR_NAME.fullmatch(name)]
    for start in range(0, len(names), ASKED):
        asked = names[start : start + ASKED]
        yield from sorted(set(asked) - known_names(asked))


def known_names(names: list[str]) -> set[str]:
    """Return those that any app stores."""
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
    """Delete a file old enough, and tell whether it was; one already gone is no error."""
    try:
        if storage.get_modified_time(name) > at - KEPT_FOR:
            return False
    except FileNotFoundError:
        return False
    storage.delete(name)
    return True
