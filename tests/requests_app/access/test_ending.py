"""P02: audit logs end by their own months, and no younger line goes, whoever asks."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from requests_app.access.models import (
    BreakGlassGrant,
    GlassNotice,
    PersonSearch,
    Reading,
    ReadingAlert,
    ReadingNotice,
)

NOW = timezone.now()
OLD, YOUNG = NOW - timedelta(days=400), NOW - timedelta(days=100)


@pytest.fixture
def journals(chloe, david):
    for at in (OLD, YOUNG):
        until = at + timedelta(minutes=30)
        why = {"motive": "other", "reason": "Zoé attend"}
        glass = BreakGlassGrant.objects.create(
            user=chloe, ticket_id=1, reference="LYN-AAAAAA", at=at, until=until, **why
        )
        GlassNotice.objects.create(glass=glass, manager=david)
        Reading.objects.create(user=chloe, at=at, kind="ticket", subject_id=1, glass=glass)
        alert = ReadingAlert.objects.create(
            user=chloe, kind=ReadingAlert.Kind.values[0], day=at.date(), read_at=at
        )
        ReadingNotice.objects.create(alert=alert, manager=david)
        PersonSearch.objects.create(user=chloe, at=at, way="name", found=1, was_refused=False)


def test_P02_what_is_older_than_its_months_goes(journals, capsys):
    call_command("purge_journals")
    assert "6 lignes" in capsys.readouterr().out
    for model in (Reading, PersonSearch, BreakGlassGrant):
        assert [row.at for row in model.objects.all()] == [YOUNG]
    assert GlassNotice.objects.get().glass.at == YOUNG


def test_P02_the_months_are_a_setting(journals, settings):
    settings.JOURNAL_MONTHS = 36
    call_command("purge_journals")
    assert Reading.objects.count() == 2


@pytest.mark.parametrize("model", [Reading, PersonSearch, BreakGlassGrant, ReadingAlert])
def test_P02_a_young_line_stays_whoever_asks(journals, model):
    young = model.objects.filter(**{"read_at" if model is ReadingAlert else "at": YOUNG})
    assert young.count() == 1
    with pytest.raises(DatabaseError, match=r"only ever added|stays as it was"), transaction.atomic():
        young._raw_delete(young.db)
    with pytest.raises(DatabaseError, match=r"only ever added|stays as it was"), transaction.atomic():
        model.objects.update(user=None)
    assert young.count() == 1
