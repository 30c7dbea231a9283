"""How each process of the product is started; docker-compose.yml uses the same commands (a test compares)."""

from dataclasses import dataclass

WEB_PORT, MAIL_PORT, DEMO_PORT = 8000, 8025, 8026
LOOPBACK = "127.0.0.1"


def web(address: str) -> list[str]:
    """Return the web server's command; gru/gunicorn.py sets its processes and threads."""
    return ["gunicorn", "--config", "python:gru.gunicorn", "--bind", address, "gru.wsgi"]


def worker() -> list[str]:
    """Return the command of the worker that parses and sends, outside of any request."""
    return ["celery", "-A", "gru.celery", "worker", "--loglevel", "WARNING", "--concurrency", "2"]


def scheduler(file: str) -> list[str]:
    """Return the scheduler's command; one on the whole platform is enough, two do no harm."""
    return ["celery", "-A", "gru.celery", "beat", "--loglevel", "WARNING", "--schedule", file]


def worker_and_scheduler(file: str) -> list[str]:
    """Return the command of both in one process, for a single machine."""
    return [*worker(), "--beat", "--schedule", file]


def mail_door(host: str, port: int) -> list[str]:
    """Return the command that receives mail by LMTP and SMTP."""
    return ["manage.py", "mail_door", "--host", host, "--port", str(port)]


def post_office(port: int, smtp_port: int) -> list[str]:
    """Return the command of the local mailbox and phone that the demo sends to."""
    return ["manage.py", "post_office", "--port", str(port), "--smtp-port", str(smtp_port)]


@dataclass(frozen=True)
class Step:
    """A management command that prepares the data, and the message shown meanwhile."""

    name: str
    sentence: str
    argv: tuple[str, ...]


MIGRATE = Step("migrate", "Mise à jour de la base…", ("migrate", "--verbosity", "0"))
TERRITORY = Step(
    "territory",
    "Chargement du territoire : communes, Maisons, motifs…",
    ("import_territory", "requests_app/maisons/data/lyon"),
)
ANSWER_MODELS = Step("answer models", "Chargement des modèles de réponse…", ("load_answer_models",))
APPOINTMENT_TYPES = Step(
    "appointment types", "Chargement des sortes de rendez-vous…", ("load_appointment_types",)
)
REMINDER_RULES = Step("reminder rules", "Chargement des règles de rappel…", ("load_reminder_rules",))
ACCOUNTS = Step("accounts", "Création des comptes de démonstration…", ("demo_accounts",))
DEMO = Step(
    "demo",
    "Création des demandes de démonstration…",
    ("seed_demo", "--tickets", "500", "--days", "45", "--seed", "8"),
)
STATIC = Step(
    "static", "Rassemblement des fichiers de style…", ("collectstatic", "--noinput", "--verbosity", "0")
)
