"""Draws the secrets of a docker-compose deployment, once: `python -m gru.launcher.compose_secrets FOLDER`.

`secret_key` signs sessions and links; PostgreSQL reads `postgres_password`, and libpq `pgpass`.
"""

import sys
from pathlib import Path

from gru.launcher.folder import secret, write_private
from gru.launcher.refusal import BAD_ARGUMENTS, Refusal, run_and_exit


def main() -> int:
    """Make what is missing in the folder given as argument."""
    if len(sys.argv) != 2:
        raise Refusal("Donnez le dossier des secrets, et lui seul.", BAD_ARGUMENTS)
    folder = Path(sys.argv[1])
    secret(folder / "secret_key")
    password = secret(folder / "postgres_password")
    (folder / "postgres_password").chmod(
        0o644
    )  # PostgreSQL has its own account; only our containers mount this
    write_private(folder / "pgpass", f"*:*:*:*:{password}\n")
    return 0


if __name__ == "__main__":
    run_and_exit(main)
