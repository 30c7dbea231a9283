"""The embedded servers that the environment leaves to us: those whose URL is not set."""

import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from gru.launcher.account import ENVIRONMENT
from gru.launcher.home import Home
from gru.launcher.postgres import Postgres
from gru.launcher.valkey import Valkey

Server = Postgres | Valkey
OWNER = "GRU_OWNER_DATABASE_URL"


class Servers:
    """Starts what is missing, tells how to reach everything, stops it all."""

    def __init__(
        self, home: Home, logs: Path, *, durable: bool = True, database_env: Mapping[str, str] = ENVIRONMENT
    ) -> None:
        self.mine: list[Server] = []
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.environment: dict[str, str] = {}
        if not os.environ.get("DATABASE_URL"):
            postgres = Postgres(home, logs / "postgres.log", durable=durable, env=database_env)
            self.mine.append(postgres)
            owner, ours = (
                postgres.owner_url,
                postgres.url if durable else postgres.owner_url,
            )  # tests truncate
            self.environment |= {"DATABASE_URL": ours, OWNER: owner, "GRU_EMBEDDED": "1"}
        if not os.environ.get("REDIS_URL"):
            valkey = Valkey(home, logs / "valkey.log", durable=durable)
            self.mine.append(valkey)
            self.environment["REDIS_URL"] = valkey.url

    def start(self) -> None:
        """Start each server and wait for it; stops the first when the second refuses."""
        try:
            for server in self.mine:
                self.processes[server.name] = server.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop every server; kill what is still there after five seconds (both survive it)."""
        deadline = time.monotonic() + 5
        for server in reversed(self.mine):
            process = self.processes.get(server.name)
            if process and process.poll() is None:
                process.send_signal(server.stop_signal)
        for process in self.processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()


def is_embedded() -> bool:
    """Tell whether the database is ours: only then are demo accounts and tickets created."""
    return not os.environ.get("DATABASE_URL")
