"""Kind of channel → its adapter, named once in the settings."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from channels_app.contract import Adapter, Arrived, Glance, Glancing


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
