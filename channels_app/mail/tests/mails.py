"""Where the tests find their mails."""

from pathlib import Path

from channels_app.mail.parsing import Understood, understand

CORPUS = Path(__file__).resolve().parents[3] / "tests" / "corpus" / "mail"


def raw(name: str) -> bytes:
    return (CORPUS / f"{name}.eml").read_bytes()


def mail(name: str) -> Understood:
    return understand(raw(name))


def write_mail(head: str, body: str | bytes = "Bonjour") -> Understood:
    """Understand a mail written in the test; it always has a sender."""
    data = body.encode() if isinstance(body, str) else body
    return understand(f"From: amina@exemple.fr\n{head}\n\n".encode() + data)
