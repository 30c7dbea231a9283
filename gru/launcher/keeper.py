"""Hold the embedded servers for as long as a `bin/manage` needs them, when no `bin/serve` runs.

Started by the first command; ends when the last one has gone: the kernel then gives it `run/users.lock`.
"""

import signal
import sys
from pathlib import Path

from gru.launcher.folder import DataFolder, Lock
from gru.launcher.home import home_of
from gru.launcher.refusal import TRY_AGAIN, Refusal, run_and_exit
from gru.launcher.servers import Servers


def main() -> int:
    """Start the servers of the data folder given as argument, publish them, stop them after the last user."""
    data = DataFolder(Path(sys.argv[1]))
    signal.signal(signal.SIGTERM, _leave)
    owner = data.own()
    if owner is None:
        return 0  # another was quicker
    servers = Servers(home_of(data.path), data.logs)
    try:
        servers.start()
        data.write_env(data.environment(servers.environment))
        Lock(data.run / "users.lock").take()
    finally:
        data.forget_env()
        servers.stop()
    return 0


def _leave(*_: object) -> None:
    raise Refusal("Arrêt demandé.", TRY_AGAIN)


if __name__ == "__main__":
    run_and_exit(main)
