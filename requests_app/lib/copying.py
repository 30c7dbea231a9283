"""Bulk rows by COPY: the one place that knows the driver (psycopg2)."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

NULL = r"\N"


def copy_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Append rows to a model's table; values are text, numbers, aware datetimes or None.

    Only the database validates them. JSON comes as text, bytes as ``hex_bytes``.
    """
    buffer = io.StringIO()
    csv.writer(buffer).writerows([NULL if v is None else v for v in row] for row in rows)
    buffer.seek(0)
    names = ", ".join(f'"{name}"' for name in columns)
    statement = f"COPY \"{model._meta.db_table}\" ({names}) FROM STDIN WITH (FORMAT csv, NULL '{NULL}')"
    with connection.cursor() as cursor:
        cursor.copy_expert(statement, buffer)


def hex_bytes(data: bytes) -> str:
    """Write bytes as COPY reads them into a bytea column."""
    return r"\x" + data.hex()


def reserve_ids(model: type[Model], count: int) -> int:
    """Take ``count`` ids of a model's sequence at once; return the first."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        (sequence,) = cursor.fetchone()
        cursor.execute("SELECT setval(%s::regclass, nextval(%s::regclass) + %s)", [sequence, sequence, count])
        (last,) = cursor.fetchone()
    return int(last) - count
