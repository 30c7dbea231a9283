"""Generate the secrets of a docker-compose deployment, once: `… -m gru.launcher.compose_secrets OURS
OWNERS`.

In the first folder `secret_key` signs sessions and links, libpq reads `pgpass`, Valkey `valkey.conf` and its
clients `valkey_password`. The second, visible only to PostgreSQL and the migrations, has the owner's
password.
"""

import sys
from pathlib import Path

from gru.launcher.folder import secret, write_private
from gru.launcher.refusal import BAD_ARGUMENTS, Refusal, run_and_exit


def main() -> int:
    """Generate what is missing in the two folders given as arguments."""
    if len(sys.argv) != 3:
        raise Refusal("Donnez deux dossiers : celui des secrets, et celui du propriétaire.", BAD_ARGUMENTS)
    ours, owners = map(Path, sys.argv[1:])
    secret(ours / "secret_key")
    _pass(ours / "pgpass", secret(ours / "database_password"))
    _write_for_servers(ours / "valkey.conf", f"requirepass {secret(ours / 'valkey_password')}\n")
    _write_for_servers(ours / "valkey_password")
    _take_over(ours / "postgres_password", owners / "postgres_password")
    _pass(owners / "pgpass", secret(owners / "postgres_password"))
    _write_for_servers(owners / "postgres_password")
    return 0


def _take_over(old: Path, new: Path) -> None:
    """Move the owner's password, which lay with the others before the application had its own account."""
    if old.exists():
        write_private(new, old.read_text())
        old.unlink()


def _pass(file: Path, password: str) -> None:
    write_private(file, f"*:*:*:*:{password}\n")


def _write_for_servers(file: Path, text: str = "") -> None:
    """Make it readable to PostgreSQL and Valkey's accounts; only their containers mount it."""
    if text:
        write_private(file, text)
    file.chmod(0o644)


if __name__ == "__main__":
    run_and_exit(main)
