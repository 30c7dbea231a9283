"""Whether the services the product depends on answer: read by /healthz and by `manage doctor`."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from kombu import Connection
from kombu.exceptions import OperationalError

_BROKER_SECONDS = 1
_seen_migrated: set[str] = set()


def database_answers() -> bool:
    """Tell whether PostgreSQL answers one round trip."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def is_migrated() -> bool:
    """Tell whether every migration is applied; read once, since a process never gets newer code."""
    name = str(connection.settings_dict["NAME"])
    if name not in _seen_migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _seen_migrated.add(name)
    return True


def broker_answers(url: str | None = None) -> bool:
    """Tell whether Celery's broker answers one short round trip."""
    limits = {"socket_timeout": _BROKER_SECONDS, "socket_connect_timeout": _BROKER_SECONDS}
    broker = Connection(
        url or settings.CELERY_BROKER_URL, transport_options=limits, connect_timeout=_BROKER_SECONDS
    )
    try:
        broker.ensure_connection(max_retries=0, timeout=_BROKER_SECONDS)
    except (OperationalError, OSError):
        return False
    finally:
        broker.release()
    return True
