"""How long a process waits for the database before it gives up (threats: F11)."""

from django.db import connections


def bound_the_waiting(*, statement_ms: int, lock_ms: int = 0, connect_s: int = 5) -> None:
    """Bound every statement of this process's next connections, and the wait for others' locks.

    Call it before the first connection. A statement cut short raises OperationalError: what was not stored
    is refused, what was stored is parsed later.
    """
    options = connections.settings["default"].setdefault("OPTIONS", {})
    given = options.get("options", "")
    options["connect_timeout"] = connect_s
    options["options"] = f"{given} -c statement_timeout={statement_ms} -c lock_timeout={lock_ms}".strip()
