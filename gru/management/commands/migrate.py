"""Django's own `migrate`, run as the owner of the database; then the application is granted its rows."""

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from gru.roles import as_owner, grant_to


class Command(migrate.Command):
    """Migrate as GRU_OWNER_DATABASE_URL says."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Switch to the owner before the checks: the other account may not exist yet in the database."""
        if options.get("database", DEFAULT_DB_ALIAS) != DEFAULT_DB_ALIAS:
            return super().execute(*args, **options)
        with as_owner() as application:
            said = super().execute(*args, **options)
            if application and not (options.get("plan") or options.get("check_unapplied")):
                grant_to(application)
        return said
