"""What `manage doctor` checks: one function per line of its table."""

import shutil
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.utils import timezone

from channels_app.mail.imap.health import health as imap_health
from channels_app.mail.sending.routes import Provider, route_of
from channels_app.portal import quota
from channels_app.sms.health import health as sms_health
from gru import law_checks, probes
from gru.metrics import values
from gru.roles import owns_tables
from requests_app.tickets.services.recounting import find_all_differences
from requests_app.webhooks.selectors import count_paused

_FULL_AT = 0.80  # threats F05
_CLOCK_SECONDS = 2.0
_SCHEDULER_SECONDS = 120.0
_PUSH_SECONDS = 3600.0


@dataclass(frozen=True)
class Finding:
    """One line of the table; `is_fatal` decides the exit code."""

    part: str
    state: str
    detail: str
    is_fatal: bool = False


def findings() -> list[Finding]:
    """Check everything, in the order in which it should be fixed."""
    return [
        database(),
        database_account(),
        *connections(),
        broker(),
        scheduler(),
        *arrivals(),
        mail_door(),
        *polled_boxes(),
        *providers(),
        *messages(),
        pushes(),
        storage(),
        unsent(),
        hand_counts(),
        clock(),
        pages_of_law(),
    ]


def _good(part: str, detail: str) -> Finding:
    return Finding(part, "bon", detail)


def _bad(part: str, detail: str) -> Finding:
    return Finding(part, "en panne", detail, is_fatal=True)


def database() -> Finding:
    """Check PostgreSQL and its schema."""
    part = "base de données"
    if not probes.database_answers():
        return _bad(part, "ne répond pas : vérifiez DATABASE_URL et le serveur")
    if not probes.is_migrated():
        return _bad(part, "des migrations manquent : lancez « bin/manage migrate »")
    return _good(part, f"PostgreSQL {connection.cursor().connection.server_version // 10000}, schéma à jour")


def database_account() -> Finding:
    """Check the account that we use: it should own nothing (threats N15)."""
    part = "compte de la base"
    try:
        is_owner = owns_tables()
    except DatabaseError:  # the line of the database says it
        return Finding(part, "à surveiller", "non vérifié : la base ne répond pas")
    if is_owner:
        words = "il possède les tables et pourrait effacer les journaux : voyez docs/operations.md"
        return Finding(part, "à surveiller", words)
    return _good(part, "ne possède rien")


def connections() -> list[Finding]:
    """Compare the open connections with what the server accepts."""
    part = "connexions"
    try:
        used, most = sum(values.database_connections().values()), values.max_connections()
    except DatabaseError:  # the line of the database says it
        return []
    if used > most * _FULL_AT:
        return [Finding(part, "à surveiller", f"{used} sur {most} : voyez docs/operations.md")]
    return [_good(part, f"{used} sur {most}")]


def broker() -> Finding:
    """Check Celery's broker."""
    part = "file des tâches"
    if not probes.broker_answers():
        return _bad(part, "ne répond pas : vérifiez REDIS_URL ; les demandes restent reçues")
    return _good(part, "répond")


def scheduler() -> Finding:
    """Check that the scheduler runs and that a worker answers it."""
    part, age = "planificateur", values.scheduler_age()
    if age == inf:
        return Finding(part, "à surveiller", "aucun passage noté : lancez bin/serve, ou le planificateur")
    if age > _SCHEDULER_SECONDS:
        words = f"dernier passage il y a {age:.0f} s : vérifiez le planificateur et les workers"
        return Finding(part, "à surveiller", words)
    return _good(part, "passe régulièrement")


def arrivals() -> list[Finding]:
    """Check that received = parsed + quarantined + discarded + pending, and nothing pending for long (I2)."""
    part = "arrivées"
    try:
        balance = values.arrivals(timezone.now(), is_whole=True)
    except DatabaseError:  # the line of the database says it
        return []
    if balance.gap:
        return [_bad(part, f"il manque {balance.gap} arrivée(s) : lancez « bin/manage reconcile »")]
    if not balance.is_right:
        minutes = (balance.oldest_pending_s or 0) // 60
        return [_bad(part, f"un message attend depuis {minutes} min : vérifiez les workers")]
    return [_good(part, f"juste ; {balance.quarantined} en quarantaine, {balance.pending} en cours")]


def mail_door() -> Finding:
    """Check the LMTP and SMTP server: it must greet."""
    part, where = "porte du courriel", (settings.MAIL_HOST, settings.MAIL_PORT)
    try:
        with socket.create_connection(where, timeout=3) as door:
            door.settimeout(3)
            greeting = door.recv(3)
    except OSError:
        return _bad(part, f"ne répond pas sur {where[0]}:{where[1]} : lancez bin/serve")
    return (
        _good(part, f"répond sur {where[0]}:{where[1]}")
        if greeting == b"220"
        else _bad(part, "salut inattendu")
    )


def polled_boxes() -> list[Finding]:
    """Check the IMAP mailboxes; one that is away still holds its mail, so nothing is lost."""
    try:
        boxes = imap_health(timezone.now())
    except DatabaseError:  # the line of the database says it
        return []
    states = {True: "bon", False: "à surveiller", None: "en attente"}
    return [Finding(f"boîte {box.name}".strip(), states[box.is_good], box.detail) for box in boxes]


def providers() -> list[Finding]:
    """Check outside services; one that nobody configured is no error."""
    return [outgoing_mail(), sms(), _provider("géocodeur", settings.GEOCODER_URL)]


def messages() -> list[Finding]:
    """Count what did not arrive, and what may have left without our knowing."""
    part = "envois"
    try:
        by_state = values.outgoing_messages()
    except DatabaseError:  # the line of the database says it
        return []
    detail = (
        f"{by_state['queued']} en attente, {by_state['failed']} non remis, {by_state['uncertain']} à vérifier"
    )
    return [Finding(part, "à surveiller", detail) if by_state["uncertain"] else _good(part, detail)]


def sms() -> Finding:
    """Check the SMS account, what of today's budget is spent, how many calls were not the provider's."""
    state, detail, is_fatal = sms_health(timezone.now())
    return Finding("SMS", state, detail, is_fatal)


def outgoing_mail() -> Finding:
    """Check where mails leave from; without it they wait in the outbox."""
    part, route = "courriel sortant", route_of(settings.EMAIL_URL)
    if route is None:
        return Finding(part, "non configuré", "les courriels attendent : donnez GRU_EMAIL_URL")
    if isinstance(route, Provider):
        return _good(part, f"service {route.name}, non interrogé")
    where = f"{route.host}:{route.port}"
    try:
        socket.create_connection((route.host, route.port), timeout=3).close()
    except OSError:
        return _bad(part, f"{where} ne répond pas ; les courriels attendent et partiront seuls")
    return _good(part, f"{where} répond")


def _provider(part: str, value: str) -> Finding:
    if not value:
        return Finding(part, "non configuré", "facultatif")
    host = urlsplit(value).hostname
    if not host:
        return _good(part, "configuré")
    try:
        socket.create_connection((host, urlsplit(value).port or 443), timeout=3).close()
    except OSError:
        return _bad(part, f"{host} ne répond pas")
    return _good(part, f"{host} répond")


def storage() -> Finding:
    """Check the storage of uploaded files: write one, read it, remove it; then the free space."""
    part = "stockage"
    try:
        name = default_storage.save(f"doctor/{uuid4().hex}", ContentFile(b"ok"))
        with default_storage.open(name) as file:
            is_same = file.read() == b"ok"
        default_storage.delete(name)
        used = shutil.disk_usage(settings.DATA_DIR)
    except OSError as error:
        return _bad(part, f"écriture impossible ({error.strerror})")
    share = used.used / (used.used + used.free)  # as df says it: what is kept for others is not ours to fill
    if not is_same or share > _FULL_AT:
        return _bad(part, f"disque rempli à {share:.0%}".replace("%", " %"))
    return _good(part, f"écrit et relu, disque rempli à {share:.0%}".replace("%", " %"))


def unsent() -> Finding:
    """Weigh the forms begun and not sent against their quota (threats W02)."""
    part = "formulaires"
    try:
        share = quota.share()
    except DatabaseError:  # the line of the database says it
        return Finding(part, "à surveiller", "non pesés : la base ne répond pas")
    detail = f"{share:.0%} de la place des formulaires non envoyés".replace("%", " %")
    if share >= _FULL_AT:
        return _bad(part, f"{detail} : un robot remplit peut-être le formulaire (GRU_UNSENT_MAX_MB)")
    return _good(part, detail)


def pushes() -> Finding:
    """Check that other software receives its events."""
    part, now = "abonnements", timezone.now()
    try:
        paused, lag = count_paused(now), values.push_lag(now)
    except DatabaseError:  # the line of the database says it
        return Finding(part, "à surveiller", "non lus : la base ne répond pas")
    if paused:
        return Finding(part, "à surveiller", f"{paused} en pause : ouvrez Agents, Abonnements")
    if lag > _PUSH_SECONDS:
        return Finding(part, "à surveiller", f"un évènement attend depuis {lag // 60:.0f} min")
    return _good(part, "à jour")


def hand_counts() -> Finding:
    """Compare what tickets count by hand with the rows themselves, as `manage recount` does."""
    part = "nombres"
    try:
        wrong = len(find_all_differences())
    except DatabaseError:  # the line of the database says it
        return Finding(part, "à surveiller", "non comptés : la base ne répond pas")
    if wrong:
        return Finding(part, "à surveiller", f"{wrong} faux : lancez « bin/manage recount --fix »")
    return _good(part, "justes")


def clock() -> Finding:
    """Compare our clock with the database's."""
    part = "horloge"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            theirs = cursor.fetchone()[0]
    except DatabaseError:
        return _bad(part, "non comparée : la base ne répond pas")
    gap = abs((datetime.now(UTC) - theirs).total_seconds())
    if gap > _CLOCK_SECONDS:
        return _bad(part, f"{gap:.1f} s d’écart avec la base : réglez NTP")
    return _good(part, "d’accord avec la base")


def pages_of_law() -> Finding:
    """Report what the legal pages leave out because nobody provided it."""
    part, absent = "pages de loi", law_checks.missing()
    if not settings.DATA_OFFICER_CONTACT:
        absent.insert(0, "GRU_DATA_OFFICER_CONTACT")
    if absent:
        return Finding(part, "à surveiller", f"il manque {', '.join(absent)} : voyez docs/settings.md")
    return _good(part, "complètes")
