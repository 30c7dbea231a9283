"""P03: every column that may hold words carries the mark before a purge, or says here why it cannot.

Columns are found by introspection: a new one is marked by itself, or fails here until somebody looks at it.
"""

from datetime import timedelta

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.utils import timezone

from channels_app.frontdesk.models import KeptNote
from channels_app.frontdesk.typed_notes import forget_old
from requests_app.accounts.services import forget_sessions
from requests_app.lib.holdings import EXEMPT, HOLDINGS
from requests_app.pages.models import StoredPage
from requests_app.pages.services import purge_expired
from tests.requests_app.privacy.marked import MARK, tables_with
from tests.requests_app.privacy.test_purge import old

__all__ = ["old"]
WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, ArrayField)
NUMBER, SECRET, SHORT = (
    "a number or a key of ours",
    "a hash, or what only a hash is stored of",
    "a code of few signs",
)
NO_WORDS = {
    "answers.DraftFile.sha256": SECRET,
    "chat.Thread.key": SECRET,
    "delivery.Receipt.channel": SHORT,
    "feedback.SurveyCard.code": SECRET,
    "intake.Arrival.key": NUMBER,
    "intake.Arrival.meaning": SECRET,
    "intake.Arrival.raw_sha256": SECRET,
    "outbox.Outgoing.channel": SHORT,
    "outbox.Outgoing.files": NUMBER,
    "outbox.Outgoing.key": NUMBER,
    "outbox.Outgoing.message_id": NUMBER,
    "outbox.SecretLink.key": NUMBER,
    "outbox.SecretLink.secret_hash": SECRET,
    "people.Person.language": SHORT,
    "portal.CodeAsk.reference": NUMBER,
    "portal.CodeAsk.token_hash": SECRET,
    "portal.Draft.secret_hash": SECRET,
    "routing.RoutingDecision.transfer_insee": SHORT,
    "tickets.Attachment.sha256": SECRET,
    "tickets.ToDo.key": NUMBER,
    "tickets.Ticket.language": SHORT,
    "tickets.Ticket.reference": NUMBER,
    "visits.Visit.desk": SHORT,
}


def may_hold_words(field):
    is_ours = bool(field.choices) or field.is_relation or isinstance(field, models.FileField)
    base = getattr(field, "base_field", None)
    is_list_of_ours = base is not None and (bool(base.choices) or not isinstance(base, WORDS))
    return isinstance(field, WORDS) and not is_ours and not is_list_of_ours


def unmarked(label):
    """Columns of a table where no row says the mark, in words or in bytes."""
    model, mark = apps.get_model(label), f"%{MARK}%"
    fields = [field for field in model._meta.concrete_fields if may_hold_words(field)]
    with connection.cursor() as cursor:
        for field in fields:
            table, column = model._meta.db_table, field.column
            asked = (
                f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s OR "{column}"::text LIKE %s'
            )
            cursor.execute(asked, [mark, f"%{MARK.encode().hex()}%"])
            if not cursor.fetchone()[0]:
                yield f"{label}.{field.name}"


def test_P03_every_column_of_words_is_marked_or_says_why_not(old):
    found = {name for label in HOLDINGS for name in unmarked(label)}
    assert sorted(found) == sorted(NO_WORDS)


def test_P03_what_has_a_clock_of_its_own_goes_within_a_day_whatever_a_purge_does(chloe):
    now = timezone.now()
    typed = {"text": MARK}
    KeptNote.objects.create(author=chloe, kind="walk_in", fields=typed, kept_at=now)
    page = {"status": 200, "headers": {}, "body": MARK.encode(), "is_public": False}
    StoredPage.objects.create(key="k" * 64, expires_at=now + timedelta(minutes=30), **page)
    Session.objects.create(session_key="s", session_data=MARK, expire_date=now + timedelta(hours=12))
    assert set(tables_with()) == {"frontdesk_keptnote", "pages_storedpage", "django_session"}
    assert {"frontdesk.KeptNote", "pages.StoredPage", "sessions.Session"} <= set(EXEMPT)
    for forget in (forget_old, purge_expired, forget_sessions):
        forget(at=now + timedelta(days=1, minutes=1))
    assert tables_with() == []
