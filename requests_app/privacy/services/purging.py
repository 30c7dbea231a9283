"""Destroy what is approved, one dossier per transaction; a kill at any instant loses or doubles nothing.

Rows are deleted and the certificate written in one transaction, with the files' names; the files are
deleted after it, and their names forgotten last.
"""

import logging
import time
from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import IntegrityError, OperationalError, models, transaction
from django.utils import timezone

from requests_app.lib.failpoints import failpoint
from requests_app.lib.holdings import HOLDINGS, PERSON, TICKET, Keys
from requests_app.people.services.name_words import purge_unborne
from requests_app.privacy.collecting import RowsToPurge
from requests_app.privacy.contacts import annotate_last_contact, last_contact_of
from requests_app.privacy.dossiers import dossiers_of
from requests_app.privacy.facts import record_erased
from requests_app.privacy.leaving import lock_messages
from requests_app.privacy.loose import still_loose
from requests_app.privacy.models import DisposalLine, DisposalSchedule, DoomedFile
from requests_app.privacy.persons import lock_persons, merged_records, persons_who_end
from requests_app.tickets.models import Ticket, Touchpoint
from requests_app.tickets.services.orphans import known_names

logger = logging.getLogger(__name__)

PATIENCE_S = 200.0  # per pass; the next one continues
Fate = DisposalLine.Fate


def purge(*, at: datetime, patience_s: float = PATIENCE_S, storage: Storage = default_storage) -> int:
    """Destroy approved dossiers, as many as time allows; return how many."""
    end, done, last = time.monotonic() + patience_s, 0, 0
    erase_files(storage=storage)
    while time.monotonic() < end and (last := _next_after(last)):
        if _try(last, at):
            failpoint("privacy.committed")
            erase_files(storage=storage)
            done += 1
    _close_schedules(at)
    if done:
        logger.info("privacy: %s dossiers purged", done)
    return done


def _next_after(last: int) -> int:
    """Return each line once per pass, so that a waiting one blocks no other; 0 when none is left."""
    waiting = DisposalLine.objects.to_purge().filter(pk__gt=last).order_by("pk")
    return waiting.values_list("pk", flat=True).first() or 0


def _try(line_id: int, at: datetime) -> bool:
    """Tell whether this line is settled; somebody who writes to it at this instant comes first."""
    try:
        return _purge_line(line_id, at)
    except (IntegrityError, OperationalError) as error:
        logger.warning("privacy: line %s waits for the next pass (%s)", line_id, type(error).__name__)
        return False


@transaction.atomic
def _purge_line(line_id: int, at: datetime) -> bool:
    """Destroy one dossier; return False when it waits, or when another worker has it."""
    waiting = DisposalLine.objects.to_purge().select_for_update(skip_locked=True, of=("self",))
    line = waiting.filter(pk=line_id).first()
    if line is None:
        return False
    rows = _rows_of(line)
    if rows is None:
        line.fate, line.decided_at = Fate.CHANGED, at
        line.save(update_fields=["fate", "decided_at"])
        return True
    if lock_messages(rows.keys_of("outbox.Outgoing")):
        return False
    record_erased(rows, at=at)
    line.counts, line.files_count = delete_rows(rows, at=at)
    line.fate, line.purged_at = Fate.PURGED, at
    line.save(update_fields=["counts", "files_count", "fate", "purged_at"])
    failpoint("privacy.purged")
    return True


def _rows_of(line: DisposalLine) -> RowsToPurge | None:
    """Return what goes with a line; None when it changed since its approval."""
    if line.model == PERSON:
        lock_persons(line.row_ids)
        return RowsToPurge(persons={pk for person in still_loose(line) for pk in merged_records(person)})
    if line.model != TICKET:
        return RowsToPurge(loose={line.model: still_loose(line)})
    tickets = list(Ticket.objects.select_for_update().filter(pk__in=line.ticket_ids).order_by("pk"))
    if _has_changed(line, tickets):
        return None
    lock_persons(persons_who_end(tickets))
    return RowsToPurge(tickets=line.ticket_ids, persons=persons_who_end(tickets))


def _has_changed(line: DisposalLine, tickets: list[Ticket]) -> bool:
    """Tell whether somebody wrote, reopened or joined it since it was listed, unseen by the approval."""
    if any(ticket.is_open for ticket in tickets):
        return True
    if not tickets:
        return False
    ids = [ticket.pk for ticket in tickets]
    if line.asked_at and Touchpoint.objects.filter(ticket__in=ids, recorded_at__gt=line.asked_at).exists():
        return True  # even on the day of the request, which the days below do not tell apart
    contacts = annotate_last_contact(Ticket.objects.filter(pk__in=ids))
    is_later = timezone.localdate(last_contact_of(list(contacts))) > line.last_contact_on
    return is_later or {pk for group in dossiers_of(ids) for pk in group} != set(line.ticket_ids)


def delete_rows(rows: RowsToPurge, *, at: datetime) -> tuple[dict[str, int], int]:
    """Delete them all and record the files to delete; return the rows by model, and the number of files.

    Foreign keys are checked at commit, so the order is free; a forgotten one makes it all fail.
    """
    found, names = rows.collect(), rows.files()
    for holding in HOLDINGS.values():
        if holding.before:
            holding.before(rows)
    for model, keys in found.items():
        _release(apps.get_model(model), keys, found)
    for model, keys in found.items():
        manager = apps.get_model(model)._base_manager
        manager.filter(pk__in=keys)._raw_delete(manager.db)
    gone = names - known_names(sorted(names)) - _sent_again(names)
    DoomedFile.objects.bulk_create(
        [DoomedFile(name=name, at=at) for name in sorted(gone)], ignore_conflicts=True
    )
    return {model: len(keys) for model, keys in sorted(found.items())}, len(gone)


def _release(model: type[models.Model], keys: Keys, found: dict[str, Keys]) -> None:
    """Set to null the nullable keys by which remaining rows refer to deleted ones."""
    for relation in model._meta.related_objects:
        field, other = relation.field, relation.related_model
        if field.null and not field.many_to_many:
            stay = other._base_manager.exclude(pk__in=found.get(other._meta.label, ()))
            stay.filter(**{f"{field.name}__in": keys}).update(**{field.name: None})


def _sent_again(names: Iterable[str]) -> set[str]:
    """Return files that a remaining message carries too."""
    outgoing = apps.get_model("outbox.Outgoing")._base_manager
    rows = outgoing.filter(files__overlap=sorted(names)).values_list("files", flat=True) if names else ()
    return {name for files in rows for name in files}


def erase_files(*, storage: Storage = default_storage) -> None:
    """Delete the files whose rows are gone, then forget their names; a failed deletion is retried."""
    for doomed in DoomedFile.objects.order_by("pk")[:500]:
        try:
            storage.delete(doomed.name)
        except OSError as error:
            logger.warning("privacy: file not erased (%s)", type(error).__name__)
            continue
        failpoint("privacy.file_erased")
        doomed.delete()


def _close_schedules(at: datetime) -> None:
    """Close lists whose every line went or is kept, and purge the unused words of names."""
    waiting = DisposalLine.objects.filter(schedule=models.OuterRef("pk"), fate=Fate.LISTED)
    done = DisposalSchedule.objects.with_visa().filter(~models.Exists(waiting), purged_at=None)
    if done.exists():
        purge_unborne()
        done.update(purged_at=at)
