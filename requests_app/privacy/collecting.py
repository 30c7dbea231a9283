"""Follow foreign keys from tickets and persons to every row that goes with them (see lib/holdings.py)."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.db import models

from requests_app.lib.holdings import HOLDINGS, PERSON, TICKET, Holding, Keys

EMPTY: Mapping[str, Keys] = MappingProxyType({})


class RowsToPurge:
    """The rows of these tickets and persons, model by model; each model is queried once.

    ``loose`` are rows without a ticket: what depends on them goes too.
    """

    def __init__(
        self,
        *,
        tickets: Collection[int] = (),
        persons: Collection[int] = (),
        loose: Mapping[str, Keys] = EMPTY,
    ) -> None:
        self._found: dict[str, Keys] = {TICKET: set(tickets), PERSON: set(persons), **loose}

    def keys_of(self, model: str) -> Keys:
        """Return the primary keys of a model's rows to purge."""
        if model not in self._found:
            self._found[model] = self._look_for(HOLDINGS[model])
        return self._found[model]

    def collect(self) -> dict[str, Keys]:
        """Collect all of them; models without rows are left out."""
        for model in HOLDINGS:
            self.keys_of(model)
        return {model: keys for model, keys in self._found.items() if keys}

    def files(self) -> set[str]:
        """Return the storage names of the files that these rows hold."""
        names: set[str] = set()
        for model, keys in self.collect().items():
            if more := HOLDINGS[model].files:
                names.update(more(keys))
            for field in file_fields(apps.get_model(model)):
                rows = _manager(model).filter(pk__in=keys)
                names.update(rows.values_list(field.attname, flat=True))
        return names - {""}

    def _look_for(self, holding: Holding) -> Keys:
        found: Keys = set()
        for field, model in holding.points_to:
            if keys := self.keys_of(model):
                rows = _manager(holding.model).filter(**{f"{field}__in": keys})
                found.update(rows.values_list("pk", flat=True))
        for model, field in holding.named_by:
            found |= self._named_rows(model, field)
        if holding.find:
            found.update(holding.find(self))
        return found

    def _named_rows(self, model: str, field: str) -> Keys:
        """Return what purged rows refer to, less what remaining rows refer to as well."""
        going = self.keys_of(model)
        if not going:
            return set()
        names = _manager(model).filter(pk__in=going, **{f"{field}__isnull": False})
        named = set(names.values_list(field, flat=True))
        stay = _manager(model).filter(**{f"{field}__in": named}).exclude(pk__in=going)
        return named - set(stay.values_list(field, flat=True))


def file_fields(model: type[models.Model]) -> Iterator[models.FileField]:
    """Yield the columns of a model that name a stored file."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.FileField):
            yield field


def _manager(model: str) -> models.Manager[Any]:
    return apps.get_model(model)._base_manager
