"""Kind of channel → its adapter, named once in the settings."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from channels_app.contract import Adapter, Arrived, Exporting, Glance, Glancing, Salvaging, Unreadable
from requests_app.tickets.said import Said


@cache
def _adapters() -> dict[str, Adapter]:
    adapters: list[Adapter] = [import_string(path)() for path in settings.CHANNELS]
    return {adapter.kind: adapter for adapter in adapters}


def adapter_for(kind: str) -> Adapter:
    """The adapter of a kind; KeyError when no channel of the settings has it."""
    return _adapters()[kind]


def kinds() -> list[str]:
    """The doors that are open, in the order of the settings."""
    return list(_adapters())


def glance_at(kind: str, arrived: Arrived) -> Glance | None:
    """What a raw input says in words; None when its channel cannot tell, or is closed."""
    adapter = _adapters().get(kind)
    return adapter.glance(arrived) if isinstance(adapter, Glancing) else None


def salvage_from(kind: str, arrived: Arrived, *, is_brief: bool = False) -> Said | None:
    """What can be read of an input that became no ticket; None when its channel reads nothing of it."""
    adapter = _adapters().get(kind)
    if not isinstance(adapter, Salvaging):
        return None
    try:
        return adapter.salvage(arrived, is_brief=is_brief)
    except Unreadable:
        return None


def exporter_of(kind: str) -> Exporting | None:
    """The channel that tells its arrivals in a shape of its own; None when the common one does."""
    adapter = _adapters().get(kind)
    return adapter if isinstance(adapter, Exporting) else None
