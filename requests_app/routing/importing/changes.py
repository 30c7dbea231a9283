"""Compare the files with the tables, and write the differences."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from requests_app.catalog.models import Topic
from requests_app.catalog.regimes import LAW_FIELDS, others_to_validate
from requests_app.maisons.models import Commune, Maison, Outline, SpokenPlace, TownHall
from requests_app.routing.importing import outlines
from requests_app.routing.importing.files import Row, Territory
from requests_app.routing.importing.tables import (
    COMMUNES,
    COVERAGE,
    MAISONS,
    SPOKEN_PLACES,
    TOPICS,
    TOWN_HALLS,
)
from requests_app.routing.models import Coverage

Values = dict[str, Any]


@dataclass(slots=True)
class Diff:
    """What one table gains, changes and loses; each name is what a person reads in the report."""

    table: str
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.created or self.changed or self.closed)


def write(territory: Territory, *, on: date) -> list[Diff]:
    """Bring the tables to what the files say, in the caller's transaction; what is gone is closed at `on`."""
    rows = territory.rows
    communes, maisons = _Target(Commune, "insee_code"), _Target(Maison, "code")
    return [
        _follow(communes, rows[COMMUNES.file], {"closed_on": None}, {"closed_on": on}, {"parent": communes}),
        _mirror(TownHall, ("commune",), rows[TOWN_HALLS.file], {"commune": communes}),
        _mirror(Outline, ("commune",), rows[outlines.FILE], {"commune": communes}),
        _follow(
            maisons,
            rows[MAISONS.file],
            {"closed_on": None},
            {"closed_on": on},
            {"commune": communes, "parent": maisons},
        ),
        _mirror(Coverage, COVERAGE.key, rows[COVERAGE.file], {"commune": communes, "maison": maisons}),
        _follow(
            _Target(Topic, "code"),
            _keep_validated(rows[TOPICS.file]),
            {"is_active": True},
            {"is_active": False},
            {},
        ),
        *_diff_spoken_places(rows.get(SPOKEN_PLACES.file)),
    ]


def _diff_spoken_places(rows: list[Row] | None) -> list[Diff]:
    """Compare what people call places; a folder without them leaves those in the table."""
    return [] if rows is None else [_mirror(SpokenPlace, SPOKEN_PLACES.key, rows, {})]


def _keep_validated(rows: list[Row]) -> list[Row]:
    """Leave out the regimes that a legal reviewer confirmed here: a file does not undo that."""
    validated = {topic.code: topic for topic in Topic.objects.exclude(validated_on=None)}
    return [_keep_regime(validated.get(row.values["code"]), row) for row in rows]


def _keep_regime(topic: Topic | None, row: Row) -> Row:
    if topic is None:
        return row
    values = {name: value for name, value in row.values.items() if name not in LAW_FIELDS}
    if "to_validate" in values:
        values["to_validate"] = others_to_validate(values["to_validate"], topic.to_validate)
    return Row(row.line, values)


class _Target:
    """The rows of a model by the code that files use; built once, completed as rows are created."""

    def __init__(self, model: type[models.Model], key: str) -> None:
        self.model, self.key = model, key
        self.known: dict[str, Any] = {getattr(row, key): row for row in model._default_manager.all()}


def _follow(
    target: _Target, rows: list[Row], alive: Values, gone: Values, references: dict[str, _Target]
) -> Diff:
    """Create, change and close rows that other tables reference: none is ever deleted."""
    diff = Diff(str(target.model._meta.verbose_name))
    keys = {row.values[target.key] for row in rows}
    for values in _parents_first([row.values for row in rows], target.key):
        key = values[target.key]
        wanted = _resolve(values, references) | alive
        existing = target.known.get(key)
        if existing is None:
            target.known[key] = target.model._default_manager.create(**wanted)
            diff.created.append(f"{key} {target.known[key]}")
        elif changed := _apply(existing, wanted):
            diff.changed.append(f"{key} {existing} ({', '.join(changed)})")
    for key, existing in target.known.items():
        if key not in keys and all(getattr(existing, name) == value for name, value in alive.items()):
            _apply(existing, gone)
            diff.closed.append(f"{key} {existing}")
    return diff


def _mirror(
    model: type[models.Model], key: tuple[str, ...], rows: list[Row], references: dict[str, _Target]
) -> Diff:
    """Make a table that nothing references the same as its file."""
    diff = Diff(str(model._meta.verbose_name))
    columns = [model._meta.get_field(name).attname for name in key]  # type: ignore[union-attr]
    known: dict[tuple[Any, ...], Any] = {
        tuple(getattr(row, column) for column in columns): row for row in model._default_manager.all()
    }
    for row in rows:
        wanted, name = _resolve(row.values, references), " ".join(str(row.values[k]) for k in key)
        place = tuple(getattr(wanted[k], "pk", wanted[k]) for k in key)
        existing = known.pop(place, None)
        if existing is None:
            model._default_manager.create(**wanted)
            diff.created.append(name)
        elif changed := _apply(existing, wanted):
            diff.changed.append(f"{name} ({', '.join(changed)})")
    for existing in known.values():
        diff.closed.append(str(existing))
        existing.delete()
    return diff


def _resolve(values: Values, references: dict[str, _Target]) -> Values:
    """Replace codes by the rows they name."""
    found = {name: target.known.get(values[name]) for name, target in references.items() if name in values}
    return {**values, **found}


def _parents_first(rows: list[Values], key: str) -> Iterable[Values]:
    """Order rows so that each follows its parent (the files have no cycle)."""
    by_key = {values[key]: values for values in rows}
    done: set[str] = set()

    def visit(values: Values) -> Iterable[Values]:
        if values[key] in done:
            return
        done.add(values[key])
        parent = values.get("parent")
        if parent in by_key:
            yield from visit(by_key[parent])
        yield values

    for values in rows:
        yield from visit(values)


def _apply(row: models.Model, wanted: Values) -> list[str]:
    """Set the fields that differ and save them; return their names."""
    names = {name: getattr(row._meta.get_field(name), "attname", name) for name in wanted}
    changed = [
        name for name in wanted if getattr(row, names[name]) != getattr(wanted[name], "pk", wanted[name])
    ]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.save(update_fields=[*changed, *(["label"] if isinstance(row, Maison) else [])])
    return changed
