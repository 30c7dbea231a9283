"""What `bin/serve` prints once everything answers."""

import http.client
import socket
from collections.abc import Iterator

from gru.launcher.commands import LOOPBACK

_PAGES = (
    ("/", "Pages des usagers"),
    ("/connexion/", "Connexion des agents"),
    ("/accueil/", "Accueil au comptoir"),
    ("/tri/", "Tri des demandes"),
    ("/tableau-de-bord/", "Pilotage"),
    ("/quarantaine/", "Quarantaine"),
    ("/admin/", "Administration"),
)
_ACCOUNTS = (
    ("bruno", "accueil, Maison de Lyon 8e"),
    ("chloe", "instruction, Maison de Lyon 8e"),
    ("david", "responsable, Maison de Lyon 8e"),
    ("elsa", "instruction, Maison de Villeurbanne"),
    ("central", "centre de contact, tout le territoire"),
    ("admin", "administration"),
    ("archives", "archives, tout le territoire"),
    ("juriste", "juriste, tout le territoire"),
)
PASSWORD = "gru-demo"  # noqa: S105 - only ever given on embedded servers


def answer_of(port: int, path: str) -> int:
    """Return the status of a page of the local web server; 0 when nothing answers."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def is_open(port: int) -> bool:
    """Tell whether something accepts connections on a local port."""
    try:
        socket.create_connection((LOOPBACK, port), timeout=1).close()
    except OSError:
        return False
    return True


def block(port: int, mail_port: int, demo_port: int, *, with_accounts: bool) -> str:
    """Write the addresses that answer, the demo accounts, and the line that says « prêt »."""
    return "\n".join(_lines(port, mail_port, demo_port, with_accounts=with_accounts))


def _lines(port: int, mail_port: int, demo_port: int, *, with_accounts: bool) -> Iterator[str]:
    base = f"http://{LOOPBACK}:{port}"
    yield "Adresses"
    for path, label in _PAGES:
        if 0 < answer_of(port, path) < 400:
            yield f"  {label:<22} {base}{path}"
    yield f"  {'Porte du courriel':<22} {LOOPBACK}:{mail_port} (LMTP et SMTP)"
    if demo_port:
        yield f"  {'Courriels envoyés':<22} http://{LOOPBACK}:{demo_port}/courriels/"
        yield f"  {'Téléphone (SMS)':<22} http://{LOOPBACK}:{demo_port}/telephone/"
    if with_accounts:
        yield f"Comptes de démonstration (mot de passe : {PASSWORD})"
        yield from (f"  {name:<8} {role}" for name, role in _ACCOUNTS)
    yield f"GRU prêt : {base}/"
