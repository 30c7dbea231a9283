"""Rows stored as JSON, so that what was removed can be restored as it was."""

from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.utils.dateparse import parse_date, parse_datetime

Values = dict[str, Any]
M = TypeVar("M", bound=models.Model)


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def read(name: str, value: Any) -> Any:
    """Return the value of a field from its stored form."""
    if value and name.endswith("_at"):
        return parse_datetime(value)
    return parse_date(value) if value and name.endswith(("_date", "_on")) else value


def row_of(row: models.Model) -> Values:
    """Return all columns of a row."""
    return {field.attname: plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}


def rebuilt(model: type[M], row: Values) -> M:
    """Build the row as it was, unsaved."""
    return model(**{name: read(name, value) for name, value in row.items()})
