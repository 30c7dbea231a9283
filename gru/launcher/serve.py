"""`bin/serve`: from nothing to a running product, and back to nothing on Ctrl-C."""

import argparse
import signal
import sys
from typing import NoReturn

from gru.launcher import commands
from gru.launcher.instance import Instance
from gru.launcher.refusal import BAD_ARGUMENTS, Refusal
from gru.launcher.steps import say


class Stop(BaseException):
    """Ctrl-C or SIGTERM, raised wherever the main thread is."""


def main() -> int:
    """Serve until told to stop; 0 then."""
    options = parse(sys.argv[1:])
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, _raise_stop)
    instance = Instance(options)
    try:
        instance.start()
        instance.watch()
    except Stop:
        say("Arrêt en cours…")
    finally:
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, signal.SIG_IGN)
        instance.stop()
    say("GRU est arrêté.")
    return 0


def parse(argv: list[str]) -> argparse.Namespace:
    """Read the options of product.md."""
    parser = argparse.ArgumentParser(prog="bin/serve", description="Lance GRU sur cette machine.")
    parser.add_argument("--port", type=int, default=commands.WEB_PORT, help="port du site (8000)")
    parser.add_argument("--mail-port", type=int, default=commands.MAIL_PORT, help="port du courriel (8025)")
    parser.add_argument("--demo-port", type=int, help="port des courriels envoyés (8026, sinon un libre)")
    parser.add_argument("--data-dir", help="dossier de données (GRU_DATA_DIR, sinon var/)")
    parser.add_argument("--empty", action="store_true", help="territoire et comptes, sans demandes")
    options = parser.parse_args(argv)
    ports = [port for port in (options.port, options.mail_port, options.demo_port) if port is not None]
    if not all(0 < port < 65536 for port in ports):
        raise Refusal("Un port est un nombre de 1 à 65535.", BAD_ARGUMENTS)
    if len(set(ports)) < len(ports):
        raise Refusal("Donnez des ports différents à --port, --mail-port et --demo-port.", BAD_ARGUMENTS)
    return options


def _raise_stop(*_: object) -> NoReturn:
    raise Stop
