"""What the application's database account may do: read and write rows, own nothing (threats: N15, P02, A09).

Migrations run as the owner (GRU_OWNER_DATABASE_URL); after each run the other account, that of DATABASE_URL,
is granted what it needs. A table whose trigger is named `…_only_grows` is append-only: rows are never
changed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection, transaction
from psycopg2 import sql

WHERE = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
JOURNALS = """SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND tgname LIKE '%\\_only\\_grows'"""
MAINTAIN_SINCE = 170000  # PostgreSQL 17: ANALYZE may be granted; the demo's tables are filled in one go


@contextmanager
def as_owner() -> Iterator[str]:
    """Act as the owner within the block; yield the application's account, "" when both are one."""
    ours = {name: connection.settings_dict[name] for name in WHERE}
    owner = dj_database_url.parse(settings.OWNER_DATABASE_URL) if settings.OWNER_DATABASE_URL else None
    if owner is None or owner["USER"] == ours["USER"]:
        yield ""
        return
    theirs = {name: owner.get(name, {} if name == "OPTIONS" else "") for name in WHERE}
    connection.close()
    connection.settings_dict.update(theirs)
    try:
        ensure_role(str(ours["USER"]), _password(ours))
        yield str(ours["USER"])
    finally:
        connection.close()
        connection.settings_dict.update(ours)


def ensure_role(role: str, password: str) -> None:
    """Create the application's account when it is missing and the owner may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone():
            return
        cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            words = f"Le compte « {role} » n’existe pas dans la base : créez-le (docs/operations.md)."
            raise CommandError(words)
        login = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
        cursor.execute(login.format(sql.Identifier(role), sql.Literal(password or None)))


def grant_to(role: str) -> None:
    """Grant the rows of every table, of future ones too; on append-only tables, only insert and select."""
    with transaction.atomic(), connection.cursor() as cursor:  # others never lack a right meanwhile
        for statement in _grants():
            cursor.execute(sql.SQL(statement).format(role=sql.Identifier(role)))
        cursor.execute(JOURNALS)
        for (table,) in cursor.fetchall():
            revoke = sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}")
            cursor.execute(revoke.format(sql.Identifier(table), sql.Identifier(role)))


def _grants() -> Iterator[str]:
    rows, numbers = "SELECT, INSERT, UPDATE, DELETE", "USAGE, SELECT, UPDATE"
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
    yield "GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT {rows} ON ALL TABLES IN SCHEMA public TO {{role}}"
    yield f"GRANT {numbers} ON ALL SEQUENCES IN SCHEMA public TO {{role}}"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rows} ON TABLES TO {{role}}"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {numbers} ON SEQUENCES TO {{role}}"
    yield "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}"
    if settings.EMBEDDED and connection.cursor().connection.server_version >= MAINTAIN_SINCE:
        yield "GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO {role}"


def _password(where: dict[str, Any]) -> str:
    """Read the account's password where libpq does: in the address, else in the file that it names."""
    if where["PASSWORD"]:
        return str(where["PASSWORD"])
    file = (where["OPTIONS"] or {}).get("passfile")
    return Path(file).read_text().strip().rpartition(":")[2] if file else ""


def owns_tables() -> bool:
    """Tell whether our account could switch the append-only triggers off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public'"
            " AND tableowner = current_user) FROM pg_roles WHERE rolname = current_user"
        )
        return bool(cursor.fetchone()[0])
