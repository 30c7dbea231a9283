"""What was corrected in a person's record, in words: who, when, from what to what."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.lib import phones
from requests_app.people.models import AccessNeed, ContactPoint, Mandate, PersonChange

MAX_ROWS = 30
Kind = PersonChange.Kind
OF_IDENTITY = {
    "given_name": gettext_lazy("Prénom"),
    "family_name": gettext_lazy("Nom"),
    "usage_name": gettext_lazy("Nom d’usage"),
    "birth_year": gettext_lazy("Année de naissance"),
    "birth_date": gettext_lazy("Date de naissance"),
}
OF_POINT = {
    "is_shared": gettext_lazy("Partagé"),
    "needs_check": gettext_lazy("À vérifier"),
    "verified_at": gettext_lazy("Vérifié"),
}


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One value: what it was and what it became, "" for nothing."""

    label: str
    was: str
    became: str


@dataclass(frozen=True, slots=True)
class Change:
    """``can_come_back``: a contact that was removed, and that they do not have now."""

    id: int
    what: str
    agent: str
    at: datetime
    lines: list[HistoryEntry] = field(default_factory=list)
    can_come_back: bool = False


def history_of(
    person_id: int, *, contacts: Collection[tuple[str, str]] = (), with_identity: bool
) -> list[Change]:
    """List changes, latest first, those of merged records too; one statement.

    ``contacts`` are the (kind, value) they have now. Without ``with_identity``, only what to do for them.
    """
    changes = PersonChange.objects.filter(Q(person=person_id) | Q(person__merged_into=person_id))
    if not with_identity:
        changes = changes.filter(kind=Kind.NEEDS)
    rows = changes.select_related("by").order_by("-at", "-pk")[:MAX_ROWS]
    return [_change(row, contacts) for row in rows]


def last_word(person_id: int) -> PersonChange | None:
    """Return the last change of their record, by whom and when."""
    return PersonChange.objects.filter(person=person_id).select_related("by").order_by("-at", "-pk").first()


def _change(row: PersonChange, contacts: Collection[tuple[str, str]]) -> Change:
    removed = row.kind == Kind.POINT_REMOVED
    return Change(
        id=row.pk,
        what=str(Kind(row.kind).label),
        agent=row.by.full_name,
        at=row.at,
        lines=list(_lines(row)),
        can_come_back=removed and (row.before["kind"], row.before["value"]) not in contacts,
    )


def _lines(row: PersonChange) -> Iterator[HistoryEntry]:
    if row.kind == Kind.IDENTITY:
        return _identity_lines(row.before, row.after)
    if row.kind == Kind.MANDATE:
        return _mandate_lines(row.before, row.after)
    return (
        _need_lines(row.before, row.after) if row.kind == Kind.NEEDS else _point_lines(row.before, row.after)
    )


def _identity_lines(before: dict[str, Any], after: dict[str, Any]) -> Iterator[HistoryEntry]:
    """Yield changed identity fields; dates show their year."""
    names = [name for name in before if before[name] != after.get(name)]
    if "birth_date" in names and "birth_year" in names:
        names.remove("birth_year" if after["birth_date"] else "birth_date")
    for name in names:
        yield HistoryEntry(str(OF_IDENTITY[name]), _format(before[name]), _format(after[name]))


def _mandate_lines(before: dict[str, Any], after: dict[str, Any]) -> Iterator[HistoryEntry]:
    """Yield the whole mandate when it is noted or removed; its end alone when it ends."""
    if not (before and after):
        yield HistoryEntry("", _mandate(before), _mandate(after))
    elif before["ends_on"] != after["ends_on"]:
        yield HistoryEntry(_("Jusqu’au"), _format(before["ends_on"]), _format(after["ends_on"]))


def _mandate(row: dict[str, Any]) -> str:
    if not row:
        return ""
    return ", ".join([str(Mandate.Kind(row["kind"]).label), row["holder"], _format(row["starts_on"])])


def _format(value: Any) -> str:
    text = str(value or "")
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text.count("-") == 2 and text[:4].isdigit() else text


def _point_lines(before: dict[str, Any], after: dict[str, Any]) -> Iterator[HistoryEntry]:
    kind = ContactPoint.Kind((before or after)["kind"])
    was, became = _value(kind, before), _value(kind, after)
    if was != became:
        yield HistoryEntry(str(kind.label), was, became)
    if not (before and after):
        return
    for name, label in OF_POINT.items():
        if bool(before[name]) != bool(after[name]):
            yield HistoryEntry(str(label), _yes(before[name]), _yes(after[name]))
    if before["usable_for"] != after["usable_for"]:
        yield HistoryEntry(_("Sert à"), _uses(before), _uses(after))


def _value(kind: str, row: dict[str, Any]) -> str:
    value = str(row.get("value", ""))
    return phones.format_national(value) if kind == ContactPoint.Kind.PHONE else value


def _yes(value: object) -> str:
    return _("oui") if value else _("non")


def _uses(row: dict[str, Any]) -> str:
    return ", ".join(str(ContactPoint.Use(use).label) for use in row["usable_for"])


def _need_lines(before: dict[str, str], after: dict[str, str]) -> Iterator[HistoryEntry]:
    for kind in AccessNeed.Kind:
        was, became = _need(kind, before), _need(kind, after)
        if was != became:
            yield HistoryEntry("", was, became)


def _need(kind: AccessNeed.Kind, needs: dict[str, str]) -> str:
    if kind not in needs:
        return ""
    return f"{kind.label} ({needs[kind]})" if needs[kind] else str(kind.label)
